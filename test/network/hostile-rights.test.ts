// Rights in a campaign that change while calls are under way, on a real Asterisk: whoever loses them finishes the
// conversation, gets no call of that campaign any more and is informed; what a removed agent had agreed on goes to the group.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { Desk, type DeskAgent } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { StasisListener } from './plain-ari.ts';

const LIMIT_MS = 240_000;
const TALKS_S = 12;
const CAMPAIGN = {
  wrap_up: '{limit: 1s, disposition: optional, over: ready}',
  pacing: '{ring: 20s, min_ring: 15s, max_lines: 1, max_calls_per_second: 20}',
};

let desk: Desk;
let exchange: StasisListener;

beforeAll(async () => {
  desk = await Desk.open();
  exchange = await StasisListener.openBeside(desk.centre.box.pbx);
}, LIMIT_MS);
afterAll(async () => {
  await exchange.close();
  await desk.close();
});

const people = (count: number, first: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => personAnswers({ afterS: 1, talksS: TALKS_S }, first + index));

/** The agent hears the sentence on the phone, which then hangs up. */
async function hearsWhy(agent: DeskAgent): Promise<void> {
  await exchange.first(
    'sentence that says so',
    ({ type, playback }) => type === 'PlaybackStarted' && playback?.media_uri.includes('not-assigned') === true,
    2 * TALKS_S * 1000,
  );
  await desk.isIn(agent, 'offline');
  await agent.phone.until('idle', 15_000);
}

const change = (agent: DeskAgent, group: string) => desk.cli('agent', 'change', agent.number, '--group', group);

const LOSSES: Readonly<Record<string, (name: string, agent: DeskAgent) => Promise<unknown>>> = {
  'taken out of the group by the API': (_name, agent) => change(agent, 'elsewhere'),
  "of a group that the campaign's file no longer names": async (name) => {
    desk.write(name, { description: `Test ${name}`, ...CAMPAIGN, agents: '[elsewhere]' });
    await desk.cli('reload');
  },
};

describe('an agent who talks', () => {
  test.each(Object.keys(LOSSES).map((how, index) => [how, index] as const))(
    '[A-02] is %s: the conversation is finished, no call of the campaign comes, the agent hears why',
    async (how, index) => {
      const name = `rights-${index}`;
      await desk.ready(name, people(3, 700 + 10 * index), CAMPAIGN);
      const agent = await desk.readyAgent(name);
      await desk.act(name, 'start');
      await desk.isIn(agent, 'talking');
      exchange.events.length = 0;

      await LOSSES[how]?.(name, agent);

      await until(
        'it is said',
        async () => ((await desk.show(name)).why.includes('No agent') ? true : undefined),
        10_000,
      );
      expect((await desk.view(agent)).state).toBe('talking');
      await hearsWhy(agent);
      const rows = await desk.ended(name, 1);
      expect(rows[0]).toMatchObject({ result: 'connected', endedBy: 'person', agent: agent.number });
      expect((rows[0]?.endedAt ?? 0) - (rows[0]?.bridgedAt ?? 0)).toBeGreaterThan((TALKS_S - 2) * 1000);
      expect(rows).toHaveLength(1);
    },
    LIMIT_MS,
  );
});

test(
  '[A-18] [A-02] an agent with a personal callback is removed: the command names it, and another of the group makes the call',
  async () => {
    await desk.ready('owed', people(1, 730), {
      ...CAMPAIGN,
      attempts: '{max: 1, per_day: 1}',
      wrap_up: '{limit: 30s, disposition: required, over: ready}',
      dispositions: '[{code: sale, label: Sold, key: 1}, {code: later, label: Call later, key: 2, ask: callback}]',
      callbacks: '{then: wait}',
    });
    const agent = await desk.readyAgent('owed');
    await desk.act('owed', 'start');
    await desk.isIn(agent, 'wrap-up');
    await agent.phone.press('21#');
    await desk.isIn(agent, 'ready');
    exchange.events.length = 0;

    const removed = await desk.cli('agent', 'remove', agent.number);

    expect(removed).toMatchObject({
      code: 0,
      json: { handedOver: [{ campaign: 'owed', agent: agent.number, callbacks: 1 }] },
    });
    await exchange.first('sentence', ({ playback }) => playback?.media_uri.includes('not-assigned') === true, 10_000);
    await agent.phone.until('idle', 15_000);
    const other = await desk.readyAgent('owed');
    const list = (await desk.cli('callback', 'list', '--state', 'all')).json as readonly { id: number; agent: null }[];
    expect(list).toMatchObject([{ state: 'pending', agent: null }]);
    expect(await desk.cli('callback', 'move', String(list[0]?.id), '--at', '4s')).toMatchObject({ code: 0 });
    await desk.isIn(other, 'talking');
    await desk.isIn(other, 'wrap-up');
    await other.phone.press('1');
    const rows = await desk.ended('owed', 2);
    expect(rows.map(({ result, agent: who }) => [result, who]).toSorted()).toEqual(
      [
        ['connected', agent.number],
        ['connected', other.number],
      ].toSorted(),
    );
  },
  LIMIT_MS,
);
