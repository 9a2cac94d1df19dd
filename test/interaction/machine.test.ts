// Every state of an interaction with every act and every happening: what is allowed is pinned, with what it does; everything
// else is refused with a reason, or leaves the interaction as it is.

import { describe, expect, test } from 'vitest';
import {
  ACTS,
  HAPPENINGS,
  INTERACTION_STATES,
  type Act,
  type Happening,
  type InteractionState,
} from '../../src/interaction/interaction.ts';
import { beginInteraction, stepInteraction } from '../../src/interaction/machine.ts';
import { MODE_ROWS } from '../../src/interaction/modes.ts';
import { aCallback, anInteraction, aPlan, aRecord, inWords, NOW } from './builders.ts';

const act: Readonly<Record<Act['do'], Act>> = {
  accept: { do: 'accept' },
  reject: { do: 'reject' },
  call: { do: 'call', phoneIndex: 1 },
  decline: { do: 'decline', until: 'never' },
  'cancel-dial': { do: 'cancel-dial', attempt: 'at1' },
  'hang-up': { do: 'hang-up', attempt: 'at1' },
  dispose: { do: 'dispose', code: 'sale' },
  'set-callback': { do: 'set-callback', callback: aCallback },
  'cancel-callback': { do: 'cancel-callback' },
  done: { do: 'done' },
};

const happening: Readonly<Record<Happening['type'], Happening>> = {
  'time-over': { type: 'time-over' },
  'attempt-placed': { type: 'attempt-placed', order: 'i1.1', attempt: 'at2' },
  'dial-refused': { type: 'dial-refused', order: 'i1.1', rule: 'do-not-call', why: 'Listed.' },
  connected: { type: 'connected', attempt: 'at1' },
  'call-over': { type: 'call-over', attempt: 'at1', result: 'no-answer', talked: false },
  'record-changed': { type: 'record-changed', record: aRecord({ phones: [] }) },
  'record-gone': { type: 'record-gone' },
  'campaign-stopped': { type: 'campaign-stopped' },
  'agent-gone': { type: 'agent-gone' },
  'lease-lost': { type: 'lease-lost' },
};

/** State, what comes, the state then, and what is done; every other pair changes nothing. */
const ROWS: readonly [InteractionState, Act['do'] | Happening['type'], InteractionState, ...string[]][] = [
  ['offered', 'accept', 'preview', 'clear-timer'],
  ['offered', 'reject', 'done', 'clear-timer', 'record 7 to top'],
  ['offered', 'time-over', 'done', 'clear-timer', 'not ready: offer-missed', 'record 7 to top'],
  ['offered', 'record-changed', 'offered'],
  ['offered', 'record-gone', 'done', 'clear-timer', 'record 7 to gone'],
  ['offered', 'campaign-stopped', 'done', 'clear-timer', 'record 7 to top'],
  ['offered', 'agent-gone', 'done', 'clear-timer', 'record 7 to top'],
  ['offered', 'lease-lost', 'done', 'clear-timer', 'record 7 to gone'],
  ['preview', 'call', 'dialing', 'dial +12125550102 by click'],
  ['preview', 'decline', 'done', 'record 7 to never'],
  ['preview', 'set-callback', 'preview'],
  ['preview', 'done', 'done', 'record 7 to list'],
  ['preview', 'record-changed', 'preview'],
  ['preview', 'record-gone', 'done', 'record 7 to gone'],
  ['preview', 'campaign-stopped', 'done', 'record 7 to top'],
  ['preview', 'agent-gone', 'done', 'record 7 to top'],
  ['preview', 'lease-lost', 'done', 'record 7 to gone'],
  ['before-call', 'call', 'dialing', 'clear-timer', 'dial +12125550102 by click'],
  ['before-call', 'decline', 'done', 'clear-timer', 'record 7 to never'],
  ['before-call', 'set-callback', 'before-call'],
  ['before-call', 'time-over', 'dialing', 'clear-timer', 'dial +12125550101 by accept'],
  ['before-call', 'record-changed', 'preview', 'clear-timer'],
  ['before-call', 'record-gone', 'done', 'clear-timer', 'record 7 to gone'],
  ['before-call', 'campaign-stopped', 'done', 'clear-timer', 'record 7 to top'],
  ['before-call', 'agent-gone', 'done', 'clear-timer', 'record 7 to top'],
  ['before-call', 'lease-lost', 'done', 'clear-timer', 'record 7 to gone'],
  ['dialing', 'cancel-dial', 'dialing', 'cancel-dial at1'],
  ['dialing', 'set-callback', 'dialing'],
  ['dialing', 'connected', 'talking'],
  ['dialing', 'call-over', 'preview'],
  ['dialing', 'record-changed', 'dialing'],
  ['dialing', 'campaign-stopped', 'dialing'],
  ['dialing', 'agent-gone', 'dialing', 'cancel-dial at1'],
  ['talking', 'hang-up', 'talking', 'hang-up at1'],
  ['talking', 'dispose', 'talking'],
  ['talking', 'set-callback', 'talking'],
  ['talking', 'call-over', 'preview'],
  ['talking', 'record-changed', 'talking'],
  ['talking', 'campaign-stopped', 'talking'],
  ['talking', 'agent-gone', 'done', 'pass-on at1', 'record 7 to with-the-call'],
  ['wrap-up', 'call', 'dialing', 'clear-timer', 'close at1', 'dial +12125550102 by click'],
  ['wrap-up', 'dispose', 'wrap-up'],
  ['wrap-up', 'set-callback', 'wrap-up'],
  ['wrap-up', 'done', 'done', 'clear-timer', 'close at1', 'record 7 to by-result'],
  ['wrap-up', 'time-over', 'done', 'clear-timer', 'not ready: wrap-up-over', 'close at1', 'record 7 to by-result'],
  ['wrap-up', 'record-changed', 'wrap-up'],
  ['wrap-up', 'campaign-stopped', 'wrap-up'],
  ['wrap-up', 'agent-gone', 'done', 'clear-timer', 'close at1', 'record 7 to by-result'],
];

describe.each(INTERACTION_STATES)('an interaction that is %s', (state) => {
  const rows = ROWS.filter(([from]) => from === state);
  const step = (what: string): ReturnType<typeof stepInteraction> => {
    const wanted = ACTS.find((name) => name === what);
    const event =
      wanted === undefined ? happening[what as Happening['type']] : { type: 'act' as const, act: act[wanted] };
    return stepInteraction(anInteraction(state), event, NOW);
  };

  test.each(rows)('[A-08] %s, %s: %s', (_from, what, to, ...does) => {
    const { interaction, effects, ignored, refused } = step(what);
    expect({ ignored, refused }).toEqual({ ignored: false });
    expect(interaction.state).toBe(to);
    expect(effects.map(inWords)).toEqual(does);
    expect(interaction.version).toBe(4);
  });

  test('[A-08] every other act is refused with a reason, every other happening ignored, and nothing changes', () => {
    const described = new Set<string>(rows.map(([, what]) => what));
    for (const what of [...ACTS, ...HAPPENINGS].filter((name) => !described.has(name))) {
      const { interaction, effects, ignored, refused } = step(what);
      expect([interaction, effects], what).toEqual([anInteraction(state), []]);
      expect(ignored || refused !== undefined, what).toBe(true);
      if (refused) expect(refused.message, what).toMatch(/\.$/);
    }
  });

  test('[A-23] written down and read again it is the same', () => {
    const before = anInteraction(state);
    expect(JSON.parse(JSON.stringify(before))).toEqual(before);
  });
});

describe('[C-05] where each mode begins', () => {
  const begin = (plan: Parameters<typeof aPlan>[0], more: object = {}): unknown => {
    const birth = {
      interaction: 'i1',
      agent: '7',
      campaign: 'renewals',
      plan: aPlan(plan),
      record: aRecord(),
      ...more,
    };
    const { interaction, effects } = beginInteraction(birth, NOW);
    return [interaction.state, ...effects.map(inWords)];
  };

  test.each([
    ['manual', {}, ['preview']],
    ['preview', {}, ['preview']],
    ['preview', { previewMs: 20_000 }, ['preview', 'timer 20000']],
    ['push-preview', {}, ['offered', 'timer 30000']],
    ['direct-push-preview', {}, ['offered', 'timer 30000']],
    ['engaged', {}, ['offered', 'timer 30000']],
    ['progressive', {}, ['dialing', 'dial +12125550101 by timer']],
    ['progressive', { beforeCallMs: 8_000 }, ['before-call', 'timer 8000']],
    ['progressive', { accept: true }, ['offered', 'timer 30000']],
    ['progressive', { handDialing: true }, ['preview']],
  ] as const)('%s with %o: %j', (kind, plan, expected) => {
    expect(begin({ kind, ...plan })).toEqual(expected);
  });

  test.each(['predictive', 'ratio', 'progressive', 'auto-callback'] as const)(
    '%s, connected already: talking',
    (kind) => {
      expect(begin({ kind }, { attempt: 'at1' })).toEqual(['talking']);
    },
  );

  test('every mode has its row, and only the agent pulls where records are chosen by the agent', () => {
    for (const row of Object.values(MODE_ROWS)) {
      if (row.chosenBy === 'agent') expect([row.isOnAtFirst, row.channel]).toEqual([false, undefined]);
    }
  });
});

describe('what is reported late or of another call', () => {
  test.each([
    ['dialing', { type: 'call-over', attempt: 'at9', result: 'busy', talked: false }],
    ['dialing', { type: 'connected', attempt: 'at9' }],
    ['talking', { type: 'call-over', attempt: 'at9', result: 'connected', talked: true }],
    ['preview', { type: 'connected', attempt: 'at9' }],
    ['preview', { type: 'record-changed', record: aRecord({ record: 8 }) }],
  ] as const)('[A-23] %s: %o changes nothing', (state, event) => {
    expect(stepInteraction(anInteraction(state), event, NOW).ignored).toBe(true);
  });

  test('[A-23] a timer that rings before its time is that of a state before: nothing', () => {
    expect(stepInteraction(anInteraction('wrap-up'), { type: 'time-over' }, NOW - 1).ignored).toBe(true);
  });

  test('[A-23] the end of a call is heard before its beginning: it is taken as both', () => {
    const { attempt: _attempt, ...asked } = anInteraction('dialing', { tried: [] });
    const over = stepInteraction(asked, { type: 'call-over', attempt: 'at1', result: 'busy', talked: false }, NOW);
    expect(over.interaction).toMatchObject({ state: 'preview', tried: [{ attempt: 'at1', result: 'busy' }] });
    const late = stepInteraction(over.interaction, { type: 'attempt-placed', order: 'i1.1', attempt: 'at1' }, NOW);
    expect(late.ignored).toBe(true);
  });
});

describe('[A-08] a record that someone else changes', () => {
  const change = (state: InteractionState, event: Happening) => stepInteraction(anInteraction(state), event, NOW);

  test('about to be dialed, and the number stays the contact’s: it is dialed in its time', () => {
    const { interaction, effects } = change('before-call', { type: 'record-changed', record: aRecord() });
    expect(interaction).toMatchObject({ state: 'before-call', order: { number: '+12125550101' } });
    expect(effects).toEqual([]);
  });

  test('about to be dialed, and the number is the contact’s no more: it is not dialed, and the agent reads why', () => {
    const { interaction } = change('before-call', { type: 'record-changed', record: aRecord({ phones: [] }) });
    expect(interaction).toMatchObject({ state: 'preview', message: { rule: 'number-gone' }, record: { phones: [] } });
    expect(interaction).not.toHaveProperty('order');
  });

  test('looked at, and its number must not be dialed any more: the agent reads why', () => {
    const message = { rule: 'do-not-call', why: 'Listed.', never: true } as const;
    const { interaction } = change('preview', { type: 'record-changed', record: aRecord(), message });
    expect(interaction).toMatchObject({ state: 'preview', message });
  });
});
