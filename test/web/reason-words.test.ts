// Why nothing is dialed, why no record came, and hours: every kind that the wire has, with values of each kind, is said in
// both languages by the page. A kind that is missing here does not compile.

import { describe, expect, test } from 'vitest';
import { OWN_RULES } from '../../src/eligibility/reasons.ts';
import type { Hours, Reason, TrunkReason } from '../../src/http/wire/reasons.ts';
import { RESULTS } from '../../src/terms.ts';
import { reasonWords as german } from '../../src/web/words/de/reasons.ts';
import { reasonWords as english } from '../../src/web/words/en/reasons.ts';

type Wait = NonNullable<Extract<Reason, { readonly kind: 'record-due' }>['wait']>;
type Trouble = Extract<TrunkReason, { readonly kind: 'trunk-rests' }>['trouble'];
type Week = Extract<Hours, { readonly kind: 'scheduled' }>['week'];
type Coded = { readonly kind: string };
type ByCode<T extends Coded> = { readonly [C in T['kind']]: readonly (T & { readonly kind: C })[] };

const AT = Date.UTC(2026, 10, 30, 14);
const zone = 'America/New_York';
const trunk = 'main';

const TROUBLES: readonly Trouble[] = [
  ...[1, 10].map((calls) => ({ what: 'refused-calls', calls }) as const),
  ...[1_000, 120_000].map((forMs) => ({ what: 'retry-after', forMs }) as const),
  ...[null, 'ringing' as const, ...RESULTS].flatMap((heard): Trouble[] => [
    { what: 'failed-calls', calls: 3, heard, rang: heard === 'congestion' },
    { what: 'failed-probe', calls: 1, heard, rang: false },
  ]),
];

const TRUNKS: ByCode<TrunkReason> = {
  'no-trunk': [{ kind: 'no-trunk' }],
  'trunk-takes-calls': [0, 1, 2].map((probes) => ({ kind: 'trunk-takes-calls', trunk, probes })),
  'trunk-unreachable': [{ kind: 'trunk-unreachable', trunk }],
  'trunk-rests': TROUBLES.map((trouble) => ({ kind: 'trunk-rests', trunk, untilAt: AT, trouble })),
  'trunk-tried': TROUBLES.map((trouble) => ({ kind: 'trunk-tried', trunk, probes: 1, trouble })),
  'lines-in-use': [1, 2, 30].map((lines) => ({ kind: 'lines-in-use', trunk, lines })),
  'trunk-rate': [1, 2.5].map((perSecond) => ({ kind: 'trunk-rate', trunk, perSecond })),
  'lines-due-to-others': [{ kind: 'lines-due-to-others', trunk }],
  'hour-used': [1, 1_200].map((calls) => ({ kind: 'hour-used', trunk, calls })),
};

const WAITS: readonly Wait[] = [
  { kind: 'hours', packs: ['us-federal'], opensAt: AT, zone },
  { kind: 'hours', packs: ['us-federal'], opensAt: null, zone },
  { kind: 'call-again', place: 1, when: 'result == "busy"' },
  { kind: 'law', pack: 'us-reg-f', clause: 'attempts', says: null },
  ...(['attempt-that-does-not-count', 'not-due', ...OWN_RULES] as const).map((kind) => ({ kind })),
  { kind: 'rule', rule: 'filter' },
];

const plain = <C extends Reason['kind']>(kind: C): { readonly kind: C } => ({ kind });

const REASONS: ByCode<Reason> = {
  'outbound-off': [
    { kind: 'outbound-off', by: 'user:eve', at: AT, note: '' },
    { kind: 'outbound-off', by: 'user:eve', at: AT, note: 'Feueralarm' },
  ],
  unapproved: [plain('unapproved')],
  approved: [plain('approved')],
  paused: [plain('paused')],
  stopped: [plain('stopped')],
  exhausted: [plain('exhausted')],
  archived: [plain('archived')],
  'not-loaded': [plain('not-loaded')],
  halted: (['fault', 'file', 'sound'] as const).map((by) => ({ kind: 'halted', by, what: 'oh' })),
  draining: [plain('draining')],
  'link-down': [plain('link-down')],
  'store-failing': [plain('store-failing')],
  'store-silent': [plain('store-silent')],
  'window-closed': [AT, null].map((opensAt) => ({ kind: 'window-closed', opensAt, zone })),
  'no-agent': [plain('no-agent')],
  'agents-paused': [1, 2, 3].map((agents) => ({ kind: 'agents-paused', agents })),
  'agents-working': [1, 2, 1_200].map((agents) => ({ kind: 'agents-working', agents })),
  trunks: [[], TRUNKS['lines-in-use']].map((trunks) => ({ kind: 'trunks', trunks })),
  'caller-ids-used': [1, 2, 3].map((n) => ({ kind: 'caller-ids-used', numbers: n, date: '2026-11-30', calls: n })),
  'numbers-checked': [plain('numbers-checked')],
  'record-due': [null, ...WAITS].map((wait) => ({ kind: 'record-due', at: AT, zone, wait })),
  'records-in-calls': [plain('records-in-calls')],
  'no-record-left': [plain('no-record-left')],
  'no-record-now': [plain('no-record-now')],
  'call-came-first': [plain('call-came-first')],
  'record-unknown': [plain('record-unknown')],
  'record-taken': [plain('record-taken')],
  'record-over': [plain('record-over')],
};

/** Little words that only the one language has. */
const ENGLISH = /\b(the|is|are|no|of|calls?|rests|after|has|not|and|with|for|to|you|which|until|before)\b/i;
const GERMAN = /\b(der|die|das|ist|sind|kein|keine|und|mit|für|nach|nicht|bis|vor)\b/i;

const SAID = [
  ...Object.values(REASONS)
    .flat()
    .map((one) => [english.reason(one, 'en-GB'), german.reason(one, 'de-DE')] as const),
  ...Object.values(TRUNKS)
    .flat()
    .map((one) => [english.trunk(one, 'en-GB'), german.trunk(one, 'de-DE')] as const),
];

describe('[A-22] every reason of the server is said in both languages, one thing in the singular', () => {
  test.each(SAID)('%s', (inEnglish, inGerman) => {
    for (const text of [inEnglish, inGerman]) expect(text).not.toMatch(/undefined|null|NaN|\[object|^$/);
    expect(inGerman).not.toMatch(ENGLISH);
    expect(inEnglish).not.toMatch(GERMAN);
    expect(inEnglish).not.toMatch(/\b1 (?:calls|agents|lines|seconds|IDs)\b|\b1 agent are/);
    expect(inGerman).not.toMatch(/\b1 (?:Anrufe|Anrufen|Agenten|Verbindungen|Sekunden)\b/);
  });

  test('days, times and figures are written as the language does, on the clocks of the zone that was meant', () => {
    const closed = { kind: 'window-closed', opensAt: AT, zone } as const;
    expect(german.reason(closed, 'de-DE')).toBe(
      'Die Anrufzeit ist vorbei und beginnt wieder Mo., 30. Nov., 09:00 (New York).',
    );
    expect(english.reason(closed, 'en-GB')).toBe('The window is closed and opens Mon 30 Nov, 09:00 (New York).');
    expect(german.trunk({ kind: 'hour-used', trunk, calls: 1_200 }, 'de-DE')).toContain('1.200 Anrufe');
    expect(german.reason({ kind: 'caller-ids-used', numbers: 2, date: '2026-11-30', calls: 5 }, 'de-DE')).toContain(
      '30.11.2026',
    );
  });
});

describe('[A-22] hours of a campaign in both languages', () => {
  const WEEKS: ByCode<Week> = {
    'any-time': [{ kind: 'any-time' }],
    never: [{ kind: 'never' }],
    days: [
      { kind: 'days', days: [{ first: 0, last: 4, spans: [{ from: 540, to: 1_080 }] }] },
      { kind: 'days', days: [{ first: 5, last: 5, spans: [{ from: 600, to: 3_000 }] }] },
    ],
    cron: [{ kind: 'cron', start: '0 9 1 * *', stop: '0 18 1 * *' }],
  };
  const BEGIN = [
    ['at any time', 'jederzeit'],
    ['never', 'nie'],
    ['Mon–Fri 09:00–18:00', 'Mo–Fr 09:00–18:00'],
    ['Sat 10:00 – Mon 02:00', 'Sa 10:00 – Mo 02:00'],
    ['from cron 0 9 1 * * to cron 0 18 1 * *,', 'von cron 0 9 1 * * bis cron 0 18 1 * *,'],
  ] as const;
  const cases = Object.values(WEEKS)
    .flat()
    .map((week, place) => [week, ...(BEGIN[place] ?? ['', ''])] as const);

  test.each(cases)('%j: %s, %s', (week, inEnglish, inGerman) => {
    const hours = { kind: 'scheduled', week, zone, holidays: 2, isOpen: false, changeAt: AT } as const;
    expect(german.hours(hours, 'de-DE')).toBe(
      `${inGerman} New York, nicht an Feiertagen; wieder ab Mo., 30. Nov., 09:00`,
    );
    expect(english.hours(hours, 'en-GB')).toBe(`${inEnglish} New York, not on holidays; next open Mon 30 Nov, 09:00`);
  });

  test('never open, open until, no schedule', () => {
    const week = { kind: 'any-time' } as const;
    const hours = { kind: 'scheduled', week, zone, holidays: 0, isOpen: false, changeAt: null } as const;
    expect(german.hours(hours, 'de-DE')).toBe('jederzeit New York; nie offen');
    expect(german.hours({ ...hours, isOpen: true, changeAt: AT }, 'de-DE')).toContain('; offen bis Mo., 30. Nov.');
    expect(german.hours({ kind: 'no-schedule' }, 'de-DE')).toBe('jederzeit (ohne Zeitplan)');
  });
});
