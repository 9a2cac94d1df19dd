// The small models of the views: times, keys, outcomes, fields, callbacks, answers.

import { describe, expect, test } from 'vitest';
import { DISPOSITIONS, aDeskCampaign, aDeskSession, aView } from '../../../test/web/views.ts';
import { languageOf } from '../words/language.ts';
import { crossed, secondsLeft, timer } from './bar/time.ts';
import { en } from '../words/en.ts';
import { reasonAt, stretchesOf } from './callback/stretches.ts';
import { instantOf, localIn } from './callback/times.ts';
import { campaignRows } from './campaigns/rows.ts';
import { readValue, shownText, type Field } from './contact/field-values.ts';
import { KEYS, keysWith, meantBy, readOwnKeys, withKey, type Pressed } from './keys/keys.ts';
import { found, numbered } from './outcomes/choose.ts';
import { isOneClick, shownAnswer, toggled, type Asking } from './script/answers.ts';

const pressed = (change: Partial<Pressed>): Pressed => ({
  key: '',
  code: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  isTyping: false,
  ...change,
});

describe('timers', () => {
  test.each([
    [0, '0:00'],
    [7_400, '0:07'],
    [754_000, '12:34'],
    [3_725_000, '1:02:05'],
    [-5, '0:00'],
  ])('%d ms is %s', (ms, shown) => expect(timer(ms)).toBe(shown));

  test('seconds left end at none', () => expect([secondsLeft(5_100, 0), secondsLeft(0, 9)]).toEqual([6, 0]));

  test('spoken at thresholds only, each once', () => {
    const spoken = Array.from({ length: 40 }, (_, place) => crossed(40 - place, 39 - place));
    expect(spoken.filter((one) => one !== undefined)).toEqual([30, 10, 5]);
  });
});

describe('[A-22] keys', () => {
  test('each chord is there once', () => {
    const codes = KEYS.filter(({ alt }) => alt).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('single keys do nothing while somebody types, with Ctrl, or when they are switched off', () => {
    expect(meantBy(pressed({ key: '2' }), true)).toEqual({ digit: '2' });
    expect(meantBy(pressed({ key: '2', isTyping: true }), true)).toBeUndefined();
    expect(meantBy(pressed({ key: '2', ctrlKey: true }), true)).toBeUndefined();
    expect(meantBy(pressed({ key: '2' }), false)).toBeUndefined();
    expect(meantBy(pressed({ key: '?' }), true)).toEqual({ key: 'help' });
  });

  test('chords with Alt work while somebody types, by the place of the key whatever it writes', () => {
    expect(meantBy(pressed({ key: 'π', code: 'KeyP', altKey: true, isTyping: true }), false)).toEqual({ key: 'pause' });
    expect(meantBy(pressed({ key: 'Enter', code: 'NumpadEnter', altKey: true }), true)).toEqual({ key: 'main' });
    expect(meantBy(pressed({ key: 'd', code: 'KeyD', altKey: true }), true)).toBeUndefined();
  });
});

describe('[A-22] keys of an agent’s own', () => {
  const alt = (code: string, key = ''): Pressed => pressed({ code, key, altKey: true });

  test('another key in the place of one: it does that, is shown, and the usual one does nothing', () => {
    const step = withKey({}, 'mute', alt('KeyQ', 'q'));
    expect(step).toEqual({ own: { mute: { code: 'KeyQ', shown: 'Q' } } });
    const rows = keysWith('own' in step ? step.own : {});
    expect(meantBy(alt('KeyQ'), true, rows)).toEqual({ key: 'mute' });
    expect(meantBy(alt('KeyT'), true, rows)).toBeUndefined();
    expect(rows.find(({ id }) => id === 'mute')?.shown).toBe('Alt+Q');
  });

  test.each([
    ['a key of another', alt('KeyN'), 'taken'],
    ['a digit without Alt', pressed({ code: 'Digit1', key: '1' }), 'unfit'],
    ['a key of the browser', alt('F4'), 'unfit'],
    ['with Ctrl', { ...alt('KeyQ'), ctrlKey: true }, 'unfit'],
  ])('refused: %s', (_what, press, refused) => {
    expect(withKey({}, 'mute', press)).toMatchObject({ refused });
  });

  test('the one that has been freed may be taken, and the usual one again makes the table as it came', () => {
    const freed = { mute: { code: 'KeyQ', shown: 'Q' } };
    expect(withKey(freed, 'hold', alt('KeyT', 't'))).toMatchObject({ own: { hold: { code: 'KeyT' } } });
    expect(withKey(freed, 'mute', alt('KeyT', 't'))).toEqual({ own: {} });
  });

  test.each([
    ['twice the same', { mute: { code: 'KeyN', shown: 'N' } }],
    ['no key that a page may have', { mute: { code: 'F4', shown: 'F' } }],
    ['something else', 'rubbish'],
  ])('remembered, %s: the table as it came', (_what, remembered) => expect(readOwnKeys(remembered)).toEqual({}));

  test('remembered: as it was left', () => {
    const own = { mute: { code: 'KeyQ', shown: 'Q' } };
    expect(readOwnKeys({ ...own, help: { code: 'KeyX', shown: 'X' } })).toEqual(own);
  });
});

describe('[A-16] outcomes', () => {
  const rows = numbered(DISPOSITIONS);

  test('the campaign’s digits stay, the others take what is left', () => {
    expect(rows.map(({ outcome, digit }) => `${digit ?? '-'} ${outcome.code}`)).toEqual([
      ...['1 sale', '2 not-interested', '3 later', '4 moved', '5 wrong', '6 language'],
    ]);
  });

  test('more outcomes than digits: the last have none', () => {
    const many = Array.from({ length: 12 }, (_, place) => ({ code: `${place}`, label: 'x', key: null, ask: null }));
    expect(numbered(many).filter(({ digit }) => digit === null)).toHaveLength(3);
  });

  test.each([
    ['', 6],
    ['not', 2],
    ['NUMB', 1],
    ['in person', 0],
    ['wrong pers', 1],
    ['4', 1],
  ])('"%s" finds %d', (typed, count) => expect(found(rows, typed)).toHaveLength(count));

  test('what begins with it comes first', () => {
    expect(found(rows, 'not')[0]?.outcome.code).toBe('not-interested');
  });
});

describe('[L-06] values of fields', () => {
  const field = (type: Field['type'], choices: readonly string[] = []): Pick<Field, 'type' | 'choices'> => ({
    type,
    choices,
  });
  test.each([
    [field('text'), ' as typed ', { value: ' as typed ' }],
    [field('text'), '  ', { value: null }],
    [field('number'), '12,5', { value: 12.5 }],
    [field('number'), '-3', { value: -3 }],
    [field('number'), '12 apples', { fault: 'badNumber' }],
    [field('date'), '2026-12-01', { value: '2026-12-01' }],
    [field('date'), '2026-13-01', { fault: 'badDate' }],
    [field('date-time'), '2026-12-01 10:30', { value: '2026-12-01T10:30' }],
    [field('choice', ['Plus']), 'Plus', { value: 'Plus' }],
    [field('choice', ['Plus']), 'Minus', { fault: 'notAChoice' }],
    [field('check-box'), 'true', { value: true }],
  ] as const)('%o from "%s"', (one, typed, expected) => expect(readValue(one, typed)).toEqual(expected));

  test.each([
    ['date', '2026-12-31', '31 Dec 2026'],
    ['date', 'soon', 'soon'],
    ['date-time', '2026-12-31T09:30', '31 Dec 2026, 09:30'],
    ['date-time', '2026-12-31 09:30:10', '31 Dec 2026, 09:30'],
    ['text', '2026-12-31', '2026-12-31'],
    ['number', 412.5, '412.5'],
    ['text', null, ''],
  ] as const)('a %s of %s is read as "%s"', (type, value, shown) =>
    expect(shownText({ type, value }, 'en-GB')).toBe(shown),
  );

  test('a number of a German page has its comma, and no dots that a year would not have', () => {
    expect(shownText({ type: 'number', value: 412.5 }, 'de-DE')).toBe('412,5');
    expect(shownText({ type: 'number', value: 2026 }, 'de-DE')).toBe('2026');
  });
});

describe('[A-17] times of callbacks', () => {
  // Friday 27 November 2026, 15:20 in New York.
  const now = Date.UTC(2026, 10, 27, 20, 20);
  const zone = 'America/New_York';

  test('there and back, also on the days the clock is changed', () => {
    expect(localIn(zone, now)).toBe('2026-11-27T15:20');
    expect(instantOf('2026-11-27T15:20', zone)).toBe(now);
    // 01:30 comes twice: the first counts. 02:30 never comes.
    expect(instantOf('2026-11-01T01:30', zone)).toBe(Date.UTC(2026, 10, 1, 5, 30));
    expect(instantOf('2026-03-08T02:30', zone)).toBeUndefined();
  });

  const slot = (local: string, forbidden?: object) => ({
    at: 0,
    local: `2026-12-01T${local}`,
    ...(forbidden && { forbidden }),
  });
  const outside = { code: 'callback-outside-hours', why: '' };
  const byRule = { code: 'callback-forbidden', rule: 'calling-hours', why: '' };
  const slots = [
    slot('07:30', outside),
    slot('08:00', outside),
    slot('08:30'),
    slot('09:00'),
    slot('09:30', byRule),
  ] as Parameters<typeof stretchesOf>[0];

  test('hours of a day: what may be chosen one by one, what is forbidden as a stretch with the rule’s name', () => {
    expect(stretchesOf(slots, en).map(({ label, reason, slots: own }) => [label, reason, own.length])).toEqual([
      ['07:30 – 08:30', 'The campaign does not call then', 2],
      ['08:30 – 09:30', undefined, 2],
      ['09:30 – 24:00', 'Not allowed: calling hours', 1],
    ]);
  });

  test.each([
    ['08:00', 'The campaign does not call then'],
    ['07:40', 'The campaign does not call then'],
    // The campaign may open at 08:15: the server judges.
    ['08:20', undefined],
    ['09:10', undefined],
    ['09:30', 'Not allowed: calling hours'],
  ])('typed %s: %s', (time, reason) => {
    expect(reasonAt(`2026-12-01T${time}`, { slots }, en)).toBe(reason);
    expect(reasonAt(`2026-12-02T${time}`, { slots }, en)).toBeUndefined();
  });
});

describe('[A-02] My Campaigns', () => {
  const stopped = aDeskCampaign({ name: 'other', status: 'active' });
  const running = aDeskCampaign({ name: 'run', action: 'stop' });

  test('the last one first, then those that run; between sessions each can be chosen', () => {
    const rows = campaignRows(aView({ campaigns: [stopped, running, aDeskCampaign()] }));
    expect(rows.map(({ campaign, wasLast }) => [campaign.name, wasLast])).toEqual([
      ['spring-renewals', true],
      ['run', false],
      ['other', false],
    ]);
    expect(rows.every(({ mayChoose, action }) => mayChoose && action === null)).toBe(true);
  });

  test('[A-10] in a session only its own campaign has the button, which stops it or fetches', () => {
    const session = aDeskSession({ campaign: 'run' });
    const rows = campaignRows(aView({ campaigns: [stopped, running], session }));
    expect(rows.map(({ action }) => action?.word)).toEqual(['stop', undefined]);
  });
});

describe('[A-14] answers', () => {
  const asking = (type: Asking['type'], answer: Asking['answer'] = null): Asking => ({
    ask: 'q',
    text: 'Q?',
    type,
    choices: [],
    required: true,
    answer,
  });
  const section = (...parts: readonly (Asking | { say: string })[]) => ({
    section: 's',
    title: 'S',
    parts,
    isLast: false,
  });

  test('one question with one choice is answered and left by a click; two are not', () => {
    expect(isOneClick(section({ say: 'Hello' }, asking('choice')))).toBe(true);
    expect(isOneClick(section(asking('choice'), asking('text')))).toBe(false);
    expect(isOneClick(section(asking('several')))).toBe(false);
  });

  test('what is typed here is shown before what the server has', () => {
    expect(shownAnswer(asking('text', 'old'), undefined)).toBe('old');
    expect(shownAnswer(asking('text', 'old'), 'new')).toBe('new');
    expect(shownAnswer(asking('several', ['a']), undefined)).toEqual(['a']);
    expect(toggled(toggled(['a'], 'b'), 'a')).toEqual(['b']);
  });
});

test('the language is the one that was chosen, else the browser’s, else English', () => {
  expect([
    languageOf('de', ['en']),
    languageOf(null, ['de-AT', 'en']),
    languageOf(null, ['fr']),
    languageOf('xx', []),
  ]).toEqual([...['de', 'de', 'en', 'en']]);
});
