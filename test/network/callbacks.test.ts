// Callbacks, people who call us, and people whom no one was there for, on a real Asterisk: agents on SIP phones, persons
// of the box's network, the command line beside them, and in the end the call records of both sides.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { SHIPPED_RULES } from '../../src/config/rule-packs.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { inboundRow } from '../../src/http/wire/callbacks.ts';
import { Desk, type DeskAgent } from '../support/desk.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 240_000;
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
      await desk.isIn(agent, 'engaged');
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
    '[C-16] no agent is there: the caller hears so, presses 1, and is called back',
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
});

/** A shipped rule pack, changed where it says `what`, for the people of the box's network, who are in the US. */
function packFor(name: string, changes: Readonly<Record<string, string>> = {}): void {
  const folder = path.join(desk.centre.dir, 'rules');
  mkdirSync(folder, { recursive: true });
  // Without the hours: the test runs at any time of any day.
  let text = readFileSync(path.join(SHIPPED_RULES, `${name}.yaml`), 'utf8').replace(
    / {2}- id: hours\n(?: {4}.*\n)+/,
    '',
  );
  for (const [what, instead] of Object.entries(changes)) {
    expect(text).toContain(what);
    text = text.replace(what, instead);
  }
  writeFileSync(path.join(folder, `${name}.yaml`), text.replace(/countries: \[.*\]/, 'countries: [US]'));
}

/** The campaign's next call rings, and its agent leaves: no agent is there when the person picks up. */
async function leftAlone(campaign: string, only: DeskAgent): Promise<void> {
  await until(
    `a call of ${campaign} rings`,
    async () => ((await desk.show(campaign)).calls.ringing > 0 ? true : undefined),
    20_000,
  );
  await only.phone.press('01');
  await desk.isIn(only, 'paused', 'break');
}

/** From the person's answer to both legs in one bridge, ms. */
const delayOf = (row: AttemptRow | undefined): number => (row?.bridgedAt ?? Infinity) - (row?.answeredAt ?? 0);

/** What the daemon wrote down, in its order. */
function logged(): readonly Readonly<Record<string, unknown>>[] {
  const lines = readFileSync(path.join(desk.centre.dir, 'daemon.log'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}

const AT_ONCE_MS = 500;
const NO_WRAP_UP = { wrap_up: '{limit: 0s, disposition: optional}' };

const PREDICTIVE = {
  mode: 'predictive',
  call_again: '[{when: result == "abandoned", after: 1s}]',
  ...NO_WRAP_UP,
  answer: '{detection: off, no_agent: {after: 2s, play: outdial/welcome}}',
};
let italian: DeskAgent;

describe('[X-07] predictive, and a call has met a person without an agent', () => {
  beforeAll(async () => {
    packFor('uk-ofcom');
    packFor('italy', { 'for: 5d': 'for: 1m' });
    await desk.ready('italy', [personAnswers({ afterS: 5, talksS: 3 }, 78)], { ...PREDICTIVE, rules: '[italy]' });
    italian = await desk.readyAgent('italy');
    await desk.act('italy', 'start');
    await leftAlone('italy', italian);
    await desk.ended('italy', 1);
    await italian.phone.press('1');
    await desk.isIn(italian, 'ready');
  }, LIMIT_MS);

  test(
    'Ofcom’s 72 hours: dialed when an agent is engaged, and connected to that agent alone, though another one is ready',
    async () => {
      await desk.ready('uk', [personAnswers({ afterS: 6, talksS: 3 }, 79)], { ...PREDICTIVE, rules: '[uk-ofcom]' });
      const one = await desk.readyAgent('uk');
      const other = await desk.agent('uk');
      await desk.typeIn(other, other.pin);
      await desk.isIn(other, 'paused');
      await desk.act('uk', 'start');
      await leftAlone('uk', one);
      expect(await desk.ended('uk', 1)).toMatchObject([{ result: 'abandoned' }]);

      await other.phone.press('1');
      await desk.isIn(other, 'engaged');
      await until(
        'the person’s phone rings again',
        async () => ((await desk.show('uk')).calls.ringing > 0 ? true : undefined),
        10_000,
      );
      const again = (await desk.attempts('uk'))[1]?.attempt;
      expect(await desk.view(other)).toMatchObject({ state: 'engaged', attempt: again });
      await one.phone.press('1');
      await desk.isIn(one, 'ready');
      expect((await desk.view(other)).state).toBe('engaged');

      const rows = await desk.ended('uk', 2);
      expect(rows[1]).toMatchObject({ result: 'connected', agent: other.number });
      expect(delayOf(rows[1])).toBeLessThan(AT_ONCE_MS);
    },
    LIMIT_MS,
  );
});

describe('[C-15] people who were missed, and the daemon ends before they are called back', () => {
  const SHOP = '+12125550162';
  const called = [84, 85].map((index) => personAnswers({ afterS: 5, talksS: 12 }, index));
  const callers = [86, 87].map((index) => personAnswers({ afterS: 1, talksS: 3 }, index));
  let seller: DeskAgent;
  let back: DeskAgent;

  beforeAll(async () => {
    await desk.ready('shop', called, {
      caller_ids: `{choose: fixed, numbers: ["${SHOP}"]}`,
      answer: '{detection: off, no_agent: {after: 2s, play: outdial/abandon}}',
    });
    await desk.campaign('back', {
      mode: 'auto-callback',
      auto_callback: '{from: [shop], after: 1s}',
      ...NO_WRAP_UP,
      caller_ids: '{choose: fixed, numbers: ["+12125550163"]}',
    });
    await desk.act('back', 'approve');
    await desk.act('back', 'start');
    seller = await desk.readyAgent('shop');
    await desk.act('shop', 'start');
  }, LIMIT_MS);

  const inbound = () => desk.centre.client.get(inboundRow.array(), '/inbound?campaign=shop');

  /** How many have heard so far that no agent is there. */
  const hears = (who: 'person' | 'caller'): number =>
    logged().filter(
      ({ campaign, to, attempt }) =>
        campaign === 'shop' && to === 'abandon-message' && String(attempt).startsWith('i-') === (who === 'caller'),
    ).length;

  /** One of the people is abandoned, and while the message plays one calls in and finds no agent; both in the books. */
  async function missed(index: number, books: 'open' | 'closed'): Promise<void> {
    await leftAlone('shop', seller);
    await until(
      'the person hears that no one is there',
      () => Promise.resolve(hears('person') > index || undefined),
      20_000,
    );
    desk.centre.box.callIn({ caller: callers[index] ?? '', called: SHOP, talksS: 30 });
    await until('so does the caller', () => Promise.resolve(hears('caller') > index || undefined), 20_000);
    if (books === 'open') return;
    await desk.ended('shop', index + 1);
    await until(
      'the caller stands in the books as missed',
      async () => ((await inbound())[index]?.outcome === 'missed' ? true : undefined),
      20_000,
    );
  }

  test(
    '[O-01] stopped and started: both are called back, and reach the agent',
    async () => {
      await missed(0, 'closed');
      await desk.centre.endDaemon('SIGTERM');
      await desk.centre.startDaemon();
      back = await desk.readyAgent('back');

      const rows = await desk.ended('back', 2, 60_000);
      const reached = rows.map(({ number, result, agent: who }) => [number, result, who]);
      expect(new Set(reached)).toEqual(new Set([called[0], callers[0]].map((who) => [who, 'connected', back.number])));
    },
    LIMIT_MS,
  );

  test(
    '[O-09] kill -9 while both still hear that no agent is there: the next start calls both back',
    async () => {
      await back.phone.press('01');
      await desk.isIn(back, 'paused', 'break');
      await seller.phone.press('1');
      await missed(1, 'open');
      await desk.centre.endDaemon('SIGKILL');
      expect(await desk.attempts('shop')).toMatchObject([{}, { result: null }]);
      await desk.centre.startDaemon();
      await back.phone.press('1');

      const rows = await desk.ended('back', 4, 60_000);
      const reached = rows.slice(2).map(({ number, result, agent: who }) => [number, result, who]);
      expect(new Set(reached)).toEqual(new Set([called[1], callers[1]].map((who) => [who, 'connected', back.number])));
      expect(await desk.attempts('shop')).toMatchObject([{ result: 'abandoned' }, { result: 'abandoned' }]);
      expect(await inbound()).toMatchObject([{ outcome: 'missed' }, { outcome: 'missed' }]);
    },
    LIMIT_MS,
  );
});

// The minute has gone by meanwhile.
test(
  '[X-07] the Italian order, a minute for its five days: not before, though an agent is ready; then with one held',
  async () => {
    const [abandoned, again] = await desk.ended('italy', 2, 90_000);

    expect(abandoned).toMatchObject({ result: 'abandoned' });
    expect(again).toMatchObject({ result: 'connected', agent: italian.number });
    expect((again?.dialedAt ?? 0) - (abandoned?.endedAt ?? Infinity)).toBeGreaterThanOrEqual(60_000);
    expect(delayOf(again)).toBeLessThan(AT_ONCE_MS);
    const steps = logged().filter(({ agent: who, attempt }) => who === italian.number || attempt === again?.attempt);
    const placed = steps.findIndex(({ msg }) => msg === 'call placed');
    expect(steps[placed - 1]).toMatchObject({ agent: italian.number, event: 'engage', to: 'engaged' });
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
      1000,
    );
    const { own, carrier } = json as Record<'own' | 'carrier', { readonly disagreeing: readonly unknown[] }>;
    expect([...own.disagreeing, ...carrier.disagreeing]).toEqual([]);
    expect(json).toMatchObject({ attempts: 16, matched: 16, unmatched: 0, disagreements: 0, carrierCalls: 16 });
  },
  LIMIT_MS,
);

// After the books have been compared: a call on a number of no campaign stands in ours nowhere.
describe('[O-09] kill -9 while a caller hears that no agent is there', () => {
  const DOOR = '+12125550164';
  const UNKNOWN = '+12125550169';

  /** Legs between the network and us, with the context of the dialplan that has each. */
  async function onTheLine(): Promise<readonly string[]> {
    const { box } = desk.centre;
    const channels = (await box.command('pbx', 'core show channels concise')).split('\n');
    const ours = channels.filter((line) => line.startsWith(`PJSIP/${box.pbx.trunk}-`));
    return ours.map((line) => line.split('!')[1] ?? '');
  }

  const nobody = async (): Promise<true | undefined> => ((await onTheLine()).length === 0 ? true : undefined);

  test.each([
    ['of a campaign that is closed', DOOR],
    ['on a number of no campaign', UNKNOWN],
  ])(
    '%s: Asterisk ends the call after the message, while we are away',
    async (_which, called) => {
      if (called === DOOR) {
        await desk.campaign('door', { caller_ids: `{choose: fixed, numbers: ["${DOOR}"]}` });
        await desk.act('door', 'approve');
      }
      await until('the line is free', nobody, 30_000);
      desk.centre.box.callIn({ caller: '+12125550171', called, talksS: 60 });
      const reported = async (): Promise<true | undefined> =>
        (await onTheLine()).includes('outdial-message') ? true : undefined;
      await until('the caller hears it', reported, 20_000, 50);
      await desk.centre.endDaemon('SIGKILL');
      expect(await onTheLine()).toHaveLength(1);

      await until('the caller is gone', nobody, 15_000);
      await desk.centre.startDaemon();
    },
    LIMIT_MS,
  );
});
