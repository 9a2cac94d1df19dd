// Callbacks and people who call us on a real Asterisk: an agent on a SIP phone, persons of the box's network, the command
// line beside them, and in the end the call records of both sides.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { Desk, type DeskAgent } from '../support/desk.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 120_000;
const PERSON = personAnswers({ afterS: 1, talksS: 4 }, 77);
const CALLED = '+12125550161';
const DISPOSITIONS =
  '[{code: sale, label: Sold, key: 1}, {code: later, label: Call later, key: 2, ask: callback}, ' +
  '{code: rest, label: Do not call back, key: 3, then: do-not-call-back}]';

interface Callback {
  readonly id: number;
  readonly state: string;
  readonly agent: string | null;
  readonly record: number;
}

let desk: Desk;
let agent: DeskAgent;

beforeAll(async () => {
  desk = await Desk.open();
  await desk.ready('again', [PERSON], {
    dispositions: DISPOSITIONS,
    caller_ids: `{choose: fixed, numbers: ["${CALLED}"]}`,
    inbound: '{greeting: outdial/welcome, wait: 20s}',
    attempts: '{max: 1, per_day: 1}',
  });
  agent = await desk.readyAgent('again');
  await desk.act('again', 'start');
}, LIMIT_MS);
afterAll(() => desk.close());

async function callbacks(): Promise<readonly Callback[]> {
  return (await desk.cli('callback', 'list', '--state', 'all')).json as readonly Callback[];
}

/** The conversation that comes next, from the first word to the wrap-up. */
async function conversation(origin: string | undefined): Promise<void> {
  await desk.isIn(agent, 'talking');
  expect((await desk.view(agent)).origin).toBe(origin);
  await desk.isIn(agent, 'wrap-up');
}

describe('an agent, a person, and what they agree on', () => {
  test(
    '[A-17] after the call the agent types 21#: a personal callback in an hour stands',
    async () => {
      await conversation(undefined);
      await agent.phone.press('21#');
      await desk.isIn(agent, 'ready');
      expect(await callbacks()).toMatchObject([{ state: 'pending', agent: agent.number }]);
    },
    LIMIT_MS,
  );

  test(
    '[A-17] [A-18] moved to be due now: the agent is taken, the person dialed for this agent, the callback is kept',
    async () => {
      const [callback] = await callbacks();
      const moved = await desk.cli('callback', 'move', String(callback?.id), '--at', '4s');
      expect(moved).toMatchObject({ code: 0, json: { state: 'pending' } });
      await desk.isIn(agent, 'reserved');
      await conversation('personal-callback');
      await agent.phone.press('1');
      await desk.isIn(agent, 'ready');

      expect(await callbacks()).toMatchObject([{ id: callback?.id, state: 'done' }]);
      const rows = await desk.attempts('again');
      expect(rows.map(({ result, agent: who }) => [result, who])).toEqual([
        ['connected', agent.number],
        ['connected', agent.number],
      ]);
    },
    LIMIT_MS,
  );

  test('[A-17] a time that has passed is refused, exit 1 and the reason', async () => {
    const record = String((await callbacks())[0]?.record);
    const refused = await desk.cli('callback', 'add', record, '--at', '2020-01-01T10:00');
    expect(refused).toMatchObject({ code: 1, json: { error: { code: 'callback-past' } } });
  });

  test(
    '[C-16] the person calls back: greeted, then with the agent, the record open; kept beside the attempts',
    async () => {
      desk.centre.box.callIn({ caller: PERSON, called: CALLED, talksS: 8 });
      await conversation('inbound');
      await agent.phone.press('1');
      await desk.isIn(agent, 'ready');
      expect(await desk.attempts('again')).toHaveLength(2);
    },
    LIMIT_MS,
  );

  test(
    '[C-16] nobody is there: the caller hears so, presses 1, and is called back',
    async () => {
      await agent.phone.press('0');
      await desk.isIn(agent, 'paused');
      desk.centre.box.callIn({ caller: PERSON, called: CALLED, talksS: 30, presses: { key: '1', afterS: 2 } });
      await until(
        'the record waits to be called',
        async () => {
          const [record] = (await desk.cli('record', 'find', PERSON)).json as readonly { readonly state: string }[];
          return record?.state === 'waiting' ? true : undefined;
        },
        40_000,
      );
    },
    LIMIT_MS,
  );

  test(
    '[O-08] [C-16] every attempt and every call that came in has one record on either side',
    async () => {
      const { cdrFile } = desk.centre.box.carrier;
      let json: unknown;
      // Records are written after the end of a call: the audit is asked until both sides have all of them.
      await until(
        () => `both sides agree on every call: ${JSON.stringify(json)}`,
        async () => {
          ({ json } = await desk.cli('audit', '--carrier-cdr', cdrFile));
          const { unmatched, disagreements } = json as { readonly unmatched: number; readonly disagreements: number };
          return unmatched === 0 && disagreements === 0 ? true : undefined;
        },
        30_000,
      );
      const { own, carrier } = json as Record<'own' | 'carrier', { readonly disagreeing: readonly unknown[] }>;
      expect([...own.disagreeing, ...carrier.disagreeing]).toEqual([]);
      expect(json).toMatchObject({ attempts: 4, matched: 4, unmatched: 0, disagreements: 0, carrierCalls: 4 });
    },
    LIMIT_MS,
  );
});
