// A talking phone dies (kill -9, no BYE) and is started again: whom the person gets, how long they hear nothing, and
// whether the agent's session goes on.

import { agentView } from '../../src/http/wire.ts';
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
  readonly backAfterMs: number;
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
  const diedAt = Date.now();
  await victim.phones.kill();
  crew[index] = await phoneAgain(desk, victim);
  const heir = await until('the person is over or with an agent', () => whoTalks(desk, crew, number), LIMIT_MS);
  await desk.desk.isIn(victim, heir === index ? 'talking' : 'ready', undefined, LIMIT_MS);
  const backAfterMs = Date.now() - diedAt;
  await until('the call is over', async () => ((await isOver(desk, number)) ? true : undefined), LIMIT_MS, 500);
  await desk.stop(campaign);
  await desk.leftOver();
  const { silenceMs, results, rows } = await desk.outcome(number);
  return {
    then: heir === -1 ? 'no agent' : heir === index ? 'the same agent' : 'another agent',
    ...{ silenceMs, results, endedBy: rows[0]?.endedBy },
    sameSession: (await desk.desk.view(victim)).session === session,
    backAfterMs,
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

/** Once the dead phone is noticed: place of the agent who has the person now; -1 when the call is over. */
async function whoTalks(desk: PeerDesk, crew: readonly DeskAgent[], number: string): Promise<number | undefined> {
  const agents = await desk.desk.centre.client.get(agentView.array(), '/agents');
  if (await isOver(desk, number)) return -1;
  const isNoticed = agents.some(({ reason }) => reason === 'phone-lost');
  const place = await placeOfTalker(desk, crew);
  return isNoticed && place !== -1 ? place : undefined;
}

async function placeOfTalker(desk: PeerDesk, crew: readonly DeskAgent[]): Promise<number> {
  const agents = await desk.desk.centre.client.get(agentView.array(), '/agents');
  const talker = agents.find(({ state }) => state === 'talking');
  return crew.findIndex(({ number }) => number === talker?.number);
}

async function isOver(desk: PeerDesk, number: string): Promise<boolean> {
  return (await desk.outcome(number)).results.some((result) => result !== null);
}
