// Agents' phones that die or lose their network in a conversation: the person is never left in silence and never cut, the
// phone is called back into its session, and nothing is booked as the agent's doing.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as numbers from '../../asterisk/box/numbers.ts';
import { Desk, type DeskAgent } from '../support/desk.ts';
import { longestSilenceMs, toneMs } from '../support/hearing.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 240_000;
/** Until the phone is known to be gone the person hears nothing: 2 s, 1.5 s for an answer, 1 s of listening. */
const SILENCE_MS = 5_500;

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open({ record: true });
});
afterAll(() => desk.close());

const CAMPAIGN = {
  wrap_up: '{limit: 1s, disposition: optional, over: ready}',
  pacing: '{ring: 20s, min_ring: 15s, max_lines: 1, max_calls_per_second: 20}',
};

/** The softphone's process is started again, as its user would. */
async function restart(agent: DeskAgent): Promise<DeskAgent> {
  const { account, sipPassword } = agent;
  const phones = await desk.centre.box.startPhones([{ username: account, password: sipPassword, autoAnswer: true }]);
  await phones.registered();
  return { ...agent, phones, phone: phones.phone(account) };
}

/** Kills the phone of the one who talks, in the middle of it. */
async function killTalking(agents: readonly DeskAgent[]): Promise<{ victim: DeskAgent; session: string | undefined }> {
  const victim = await until(
    'an agent talks',
    async () => {
      for (const agent of agents) if ((await desk.view(agent)).state === 'talking') return agent;
      return undefined;
    },
    30_000,
  );
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const { session } = await desk.view(victim);
  await victim.phones.kill();
  return { victim, session };
}

// Each test has a campaign and phones of its own: they run at once.
describe.concurrent('[O-09] the phone of an agent dies in a conversation', () => {
  test(
    'another agent is ready: the person hears music and has them within seconds; the phone is called back into its session',
    async () => {
      await desk.ready('two', [numbers.personAnswers({ afterS: 1, talksS: 25 }, 500)], CAMPAIGN);
      const agents = [await desk.readyAgent('two'), await desk.readyAgent('two')];
      await desk.act('two', 'start');
      const { victim, session } = await killTalking(agents);
      const other = agents.find((agent) => agent !== victim);
      if (!other) throw new Error('no other agent');

      await desk.isIn(other, 'talking', undefined, 7_000);
      await desk.isIn(victim, 'paused', 'phone-lost', 1_000);
      const back = await restart(victim);
      await desk.isIn(back, 'ready', undefined, 10_000);

      expect((await desk.view(back)).session).toBe(session);
      const [row] = await desk.ended('two', 1, 40_000);
      expect(row).toMatchObject({ result: 'connected', endedBy: 'person' });
      if (!row) return;
      await until('it was recorded', () => Promise.resolve(seconds(row) > 20 ? true : undefined), 5_000);
      expect(longestSilenceMs(desk.heard(row))).toBeLessThanOrEqual(SILENCE_MS);
      expect(toneMs(desk.heard(row), other.phone.toneHz)).toBeGreaterThan(5_000);
    },
    LIMIT_MS,
  );

  test(
    'it is the only agent, and the softphone is started again: the same two talk on, within seconds',
    async () => {
      await desk.ready('one', [numbers.personAnswers({ afterS: 1, talksS: 25 }, 510)], CAMPAIGN);
      const agent = await desk.readyAgent('one');
      await desk.act('one', 'start');
      const { session } = await killTalking([agent]);

      const back = await restart(agent);
      await back.phone.until('established', 8_000);
      await desk.isIn(back, 'talking', undefined, 3_000);

      expect((await desk.view(back)).session).toBe(session);
      const [row] = await desk.ended('one', 1, 40_000);
      expect(row).toMatchObject({ result: 'connected', endedBy: 'person' });
      if (!row) return;
      await until('it was recorded', () => Promise.resolve(seconds(row) > 20 ? true : undefined), 5_000);
      expect(longestSilenceMs(desk.heard(row))).toBeLessThanOrEqual(SILENCE_MS);
    },
    LIMIT_MS,
  );

  test(
    'it is rung for each call: the person has the other agent within seconds, and the dead phone is not rung again',
    async () => {
      await desk.ready('rung', [numbers.personAnswers({ afterS: 1, talksS: 25 }, 520)], {
        ...CAMPAIGN,
        agent_phone: '{mode: ringing, ring: 15s}',
      });
      const agents = [await desk.readyAgent('rung'), await desk.readyAgent('rung')];
      await desk.act('rung', 'start');
      const { victim } = await killTalking(agents);
      const other = agents.find((agent) => agent !== victim);
      if (!other) throw new Error('no other agent');

      await desk.isIn(other, 'talking', undefined, 8_000);

      const [row] = await desk.ended('rung', 1, 40_000);
      expect(row).toMatchObject({ result: 'connected', endedBy: 'person', agent: other.number });
    },
    LIMIT_MS,
  );

  test(
    'idle agent: noticed before the next call is given to it, and back in its session when the phone is',
    async () => {
      await desk.ready('idle', [numbers.personAnswers({ afterS: 1, talksS: 5 }, 530)], CAMPAIGN);
      const agent = await desk.readyAgent('idle');
      const { session } = await desk.view(agent);

      await agent.phones.kill();

      await desk.isIn(agent, 'paused', 'phone-lost', 6_000);
      const back = await restart(agent);
      await desk.isIn(back, 'ready', undefined, 5_000);
      expect((await desk.view(back)).session).toBe(session);
    },
    LIMIT_MS,
  );
});

/** Length of what the person heard; 0 while there is no recording. */
function seconds(row: { readonly attempt: string }): number {
  try {
    return desk.heard(row).length / 8000;
  } catch {
    return 0; // the carrier has not written it yet
  }
}
