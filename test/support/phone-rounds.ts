// A talking phone dies (kill -9, no BYE) and is started again: whom the person gets, how long they hear nothing, and
// whether the agent's session goes on.

import { agentView } from '../../src/http/wire/wire.ts';
import type { DeskAgent } from './desk.ts';
import type { PeerDesk } from './peer-desk.ts';
import { until } from './until.ts';

export interface PhoneRound {
  /** Who talked on with the person. */
  readonly then: 'the same agent' | 'another agent' | 'no agent';
  readonly silenceMs: number;
  readonly results: readonly (string | null)[];
  readonly endedBy: string | null | undefined;
  /** Whether the agent whose phone died is in the session from before, ready. */
  readonly sameSession: boolean;
}

const TALKS_MS = 20_000;
const LIMIT_MS = 60_000;

/** One round; `crew` are the agents of the campaign, whose phones are replaced where they die. */
export async function killPhone(desk: PeerDesk, campaign: string, crew: DeskAgent[]): Promise<PhoneRound> {
  const number = desk.peer.number(async (call) => {
    call.ring();
    await call.pause(300);
    await call.answer();
    await call.pause(TALKS_MS);
    await call.hangUp();
  });
  await desk.begin(campaign, [number]);
  const index = await talking(desk, crew);
  const victim = crew[index];
  if (!victim) throw new Error('no agent talks');
  const { session } = await desk.desk.view(victim);
  await victim.phones.kill();
  crew[index] = await phoneAgain(desk, victim);
  await until('the call is over', async () => ((await isOver(desk, number)) ? true : undefined), LIMIT_MS, 500);
  await desk.stop(campaign);
  await desk.desk.isIn(victim, 'ready', undefined, LIMIT_MS);
  const { silenceMs, results, rows } = await desk.outcome(number);
  const last = rows[0]?.agent;
  return {
    then:
      last === null || last === undefined ? 'no agent' : last === victim.number ? 'the same agent' : 'another agent',
    silenceMs,
    results,
    endedBy: rows[0]?.endedBy,
    sameSession: (await desk.desk.view(victim)).session === session,
  };
}

async function phoneAgain(desk: PeerDesk, agent: DeskAgent): Promise<DeskAgent> {
  const account = { username: agent.account, password: agent.sipPassword, autoAnswer: true };
  const phones = await desk.box.startPhones([account]);
  return { ...agent, phones, phone: phones.phone(agent.account) };
}

/** Place of the agent who talks. */
function talking(desk: PeerDesk, crew: readonly DeskAgent[]): Promise<number> {
  return until(
    'an agent talks',
    async () => {
      const place = await placeOfTalker(desk, crew);
      return place === -1 ? undefined : place;
    },
    LIMIT_MS,
  );
}

async function placeOfTalker(desk: PeerDesk, crew: readonly DeskAgent[]): Promise<number> {
  const agents = await desk.desk.centre.client.get(agentView.array(), '/agents');
  const talker = agents.find(({ state }) => state === 'talking');
  return crew.findIndex(({ number }) => number === talker?.number);
}

async function isOver(desk: PeerDesk, number: string): Promise<boolean> {
  return (await desk.outcome(number)).results.some((result) => result !== null);
}
