// Vectors of the packs for the United States: just inside, just outside, and where clocks or zones make an edge.

import { answered, binds, fifteenSeconds, kept, no, spares, informedOrNot, withinSeconds, yes } from './vector.ts';
import type { VectorAttempt, Vectors } from './vector.ts';

const NEW_YORK = '+12125550111';
const MIAMI = '+13055550111';
const PENSACOLA = '+18505550111';
const TULSA = '+15395550111';
const BALTIMORE = '+14105550111';
const SEATTLE = '+12065550111';
const PHOENIX = '+16025550111';
const TOLL_FREE = '+18005550111';
const LONDON = '+442079460111';
const TORONTO = '+14165550111';

const STATE = { person: { state: 'state' } };
const ZIP = { person: { zip: 'zip' } };

const consent = (agreed: string) => ({ person: { consent: 'agreed' }, fields: { agreed } });

const calls = (...at: string[]): { readonly history: readonly VectorAttempt[] } => ({
  history: at.map((moment) => ({ at: moment })),
});

/** Calls so many hours apart from that Monday noon on. */
const every = (hours: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(2026, 2, 2, 17) + index * hours * 3_600_000).toISOString(),
  );

/** No one is called before 8:00 or from 20:00 on. */
function eightToEight(number: string, zone: string): Vectors[string] {
  return [
    yes('8:00', number, `2026-03-02 08:00 ${zone}`),
    yes('the last ms', number, `2026-03-02 19:59:59.999 ${zone}`),
    no('7:59', number, [`2026-03-02 07:59:59.999 ${zone}`, `2026-03-02 08:00 ${zone}`]),
    no('20:00', number, [`2026-03-02 20:00 ${zone}`, `2026-03-03 08:00 ${zone}`]),
    no('the night before clocks go forward', number, [`2026-03-07 20:00 ${zone}`, `2026-03-08 08:00 ${zone}`]),
    no('the night before clocks go back', number, [`2026-10-31 20:00 ${zone}`, `2026-11-01 08:00 ${zone}`]),
  ];
}

/** No fourth call within 24 hours of the first of three. */
function threeInADay(number: string, zone: string): Vectors[string] {
  const three = [`2026-03-02 09:00 ${zone}`, `2026-03-02 12:00 ${zone}`, `2026-03-02 15:00 ${zone}`];
  return [
    yes('two calls', number, `2026-03-02 13:00 ${zone}`, calls(...three.slice(0, 2))),
    no('three calls', number, [`2026-03-02 16:00 ${zone}`, `2026-03-03 09:00 ${zone}`], calls(...three)),
    yes('24 hours after the first', number, `2026-03-03 09:00 ${zone}`, calls(...three)),
    no(
      'clocks go forward: 24 hours are 24 hours',
      number,
      [`2026-03-08 09:30 ${zone}`, `2026-03-08 10:00 ${zone}`],
      calls(`2026-03-07 09:00 ${zone}`, `2026-03-07 10:00 ${zone}`, `2026-03-07 11:00 ${zone}`),
    ),
    no('one of them to another phone of the person', number, [`2026-03-02 16:00 ${zone}`, `2026-03-03 09:00 ${zone}`], {
      history: three.map((at, index) => ({ at, ...(index === 1 ? { number: '+12125550199' } : {}) })),
    }),
    yes('one of them failed by our own trouble', number, `2026-03-02 16:00 ${zone}`, {
      history: three.map((at, index) => ({ at, counts: index !== 1 })),
    }),
  ];
}

const recordingIn = (state: string, number: string): Vectors[string] => [
  ...informedOrNot(number),
  binds(`an area code of ${state}`, number),
  binds(`a number of New York, but the contact lives in ${state}`, NEW_YORK, { state }),
  spares('New York', NEW_YORK),
  binds('a toll-free number may be anywhere', TOLL_FREE),
];

const recordedInSilence = { kind: 'recorded', plan: { when: 'all' }, becomes: 'at-once' } as const;

export const US_VECTORS: Vectors = {
  'us-federal/hours': [
    yes('8:00 in New York', NEW_YORK, '2026-03-02 08:00 America/New_York'),
    yes('20:59 in New York', NEW_YORK, '2026-03-02 20:59:59.999 America/New_York'),
    no('7:59 in New York', NEW_YORK, ['2026-03-02 07:59:59.999 America/New_York', '2026-03-02 08:00 America/New_York']),
    no('21:00 in New York', NEW_YORK, ['2026-03-02 21:00 America/New_York', '2026-03-03 08:00 America/New_York']),
    no('a night of 7 hours to go: clocks go forward', NEW_YORK, ['2026-03-08T05:00:00Z', '2026-03-08T12:00:00Z']),
    no('a night of 9 hours to go: clocks go back', NEW_YORK, ['2026-11-01T04:00:00Z', '2026-11-01T13:00:00Z']),
    no('Pensacola or Tallahassee: open in one of two zones', PENSACOLA, [
      '2026-03-02T13:30:00Z',
      '2026-03-02T14:00:00Z',
    ]),
    yes('Pensacola by its ZIP code', PENSACOLA, '2026-03-03T02:30:00Z', { ...ZIP, fields: { zip: '32501' } }),
    no('a number of New York, a contact in California', NEW_YORK, ['2026-03-02T14:00:00Z', '2026-03-02T16:00:00Z'], {
      ...STATE,
      fields: { state: 'CA' },
    }),
    yes("the contact's own zone is certain", NEW_YORK, '2026-03-03T04:00:00Z', {
      person: { zone: 'tz', zoneTrusted: true },
      fields: { tz: 'America/Los_Angeles' },
    }),
    no(
      'a zone in a column that is not trusted is no proof',
      NEW_YORK,
      ['2026-03-03T04:00:00Z', '2026-03-03T16:00:00Z'],
      { person: { zone: 'tz' }, fields: { tz: 'America/Los_Angeles' } },
    ),
    no('a ZIP code that cannot be read may be in Guam', NEW_YORK, ['2026-01-05T15:00:00Z', '2026-01-05T22:00:00Z'], {
      ...ZIP,
      fields: { zip: '00000' },
    }),
    yes('a ZIP code without its nought', NEW_YORK, '2026-03-02 08:00 America/New_York', {
      ...ZIP,
      fields: { zip: 2134 },
    }),
    no('Phoenix keeps no summer time', PHOENIX, ['2026-07-01T14:59:59Z', '2026-07-01T15:00:00Z']),
    no('toll-free: from Puerto Rico to Guam', TOLL_FREE, ['2026-01-05T15:00:00Z', '2026-01-05T22:00:00Z']),
  ],
  'us-federal/ring': fifteenSeconds,
  'us-federal/message': withinSeconds(2),
  'us-federal/abandonment': [
    { kind: 'ledger', given: '3 of 100', zone: 'UTC', answers: [['2026-03-02T15:00:00Z', 100, 3]], kept: true },
    { kind: 'ledger', given: '4 of 100', zone: 'UTC', answers: [['2026-03-02T15:00:00Z', 100, 4]], kept: false },
    {
      kind: 'ledger',
      given: 'a bad day within a good period',
      zone: 'UTC',
      kept: true,
      answers: [
        ['2026-03-02T15:00:00Z', 900, 0],
        ['2026-03-20T15:00:00Z', 100, 30],
      ],
    },
    {
      kind: 'ledger',
      given: 'the period of 30 days is over: a new one begins',
      zone: 'UTC',
      kept: false,
      answers: [
        ['2026-03-02T15:00:00Z', 900, 0],
        ['2026-04-01T15:00:00Z', 100, 4],
      ],
    },
    {
      kind: 'ledger',
      given: 'machines do not count',
      zone: 'UTC',
      detectorError: 0.5,
      kept: true,
      answers: [['2026-03-02T15:00:00Z', 100, 3, 500]],
    },
  ],
  'us-federal/do-not-call': [
    yes('imported 31 days ago', NEW_YORK, '2026-03-04T15:00:00Z', { lists: { 'us-national': '2026-02-01T15:00:00Z' } }),
    no('older by a moment', NEW_YORK, ['2026-03-04T15:00:00.001Z', 'unforeseen'], {
      lists: { 'us-national': '2026-02-01T15:00:00Z' },
    }),
    no('never imported', NEW_YORK, ['2026-03-04T15:00:00Z', 'unforeseen'], { lists: { 'us-national': '' } }),
    yes('the campaign does not honour it: the admin answers', NEW_YORK, '2026-03-04T15:00:00Z', { lists: {} }),
  ],
  'us-federal/caller-id': [
    ...answered(true),
    binds('New York', NEW_YORK),
    binds('toll-free', TOLL_FREE),
    spares('Toronto', TORONTO),
  ],
  'us-federal/recording': [
    { ...recordedInSilence, given: 'one party is enough', to: NEW_YORK },
    binds('New York', NEW_YORK),
    binds('Miami', MIAMI),
    spares('London', LONDON),
  ],
  'us-federal/retention': [
    ...kept('calls', 1827, 'recordings'),
    ...kept('consent', 1827, 'recordings').slice(0, 2),
    binds('New York', NEW_YORK),
    spares('Toronto', TORONTO),
  ],

  'us-florida/hours': [
    ...eightToEight(MIAMI, 'America/New_York'),
    no('Pensacola or Tallahassee, evening', PENSACOLA, ['2026-03-03T01:00:00Z', '2026-03-03T14:00:00Z']),
    yes('New York is not Florida', NEW_YORK, '2026-03-02 23:00 America/New_York'),
  ],
  'us-florida/three-in-24-hours': threeInADay(MIAMI, 'America/New_York'),
  'us-florida/recording': recordingIn('FL', MIAMI),
  'us-oklahoma/hours': eightToEight(TULSA, 'America/Chicago'),
  'us-oklahoma/three-in-24-hours': threeInADay(TULSA, 'America/Chicago'),
  'us-maryland/hours': eightToEight(BALTIMORE, 'America/New_York'),
  'us-maryland/three-in-24-hours': threeInADay(BALTIMORE, 'America/New_York'),
  'us-maryland/recording': recordingIn('MD', BALTIMORE),
  'us-washington/hours': eightToEight(SEATTLE, 'America/Los_Angeles'),
  'us-washington/recording': recordingIn('WA', SEATTLE),
  'us-recording/recording': recordingIn('CA', '+12135550111'),

  'us-autodial-consent/consent': [
    yes('a person in Miami who has agreed', MIAMI, '2026-03-02T17:00:00Z', consent('2025-12-01')),
    no('a person in Tulsa who has not', TULSA, ['2026-03-02T17:00:00Z', 'never'], consent('no')),
    no('a state that cannot be read may be Florida', NEW_YORK, ['2026-03-02T17:00:00Z', 'never'], {
      person: { consent: 'agreed', state: 'state' },
      fields: { state: 'Xanadu', agreed: '' },
    }),
    no('a day that the calendar does not have', MIAMI, ['2026-03-02T17:00:00Z', 'never'], consent('2026-99-99')),
    no('a day and more words', MIAMI, ['2026-03-02T17:00:00Z', 'never'], consent('2026-01-05 revoked by mail')),
    no('a day that is still to come', MIAMI, ['2026-03-02T17:00:00Z', '2026-04-02T10:00:00Z'], consent('2026-04-03')),
    no('a toll-free number may be in Maryland', TOLL_FREE, ['2026-03-02T23:00:00Z', 'never'], consent('')),
    yes('a person in New York', NEW_YORK, '2026-03-02T17:00:00Z', consent('')),
  ],

  'us-reg-f/hours': [
    yes('8:00', NEW_YORK, '2026-03-02 08:00 America/New_York'),
    yes('20:59', NEW_YORK, '2026-03-02 20:59:59.999 America/New_York'),
    no('21:00', NEW_YORK, ['2026-03-02 21:00 America/New_York', '2026-03-03 08:00 America/New_York']),
    no('the morning on which clocks go back', NEW_YORK, ['2026-11-01T12:59:59.999Z', '2026-11-01T13:00:00Z']),
  ],
  'us-reg-f/seven-in-seven-days': [
    yes('six calls', NEW_YORK, '2026-03-05 12:00 America/New_York', calls(...every(6, 6))),
    no(
      'seven calls: until the seventh day after the first',
      NEW_YORK,
      ['2026-03-05 12:00 America/New_York', '2026-03-09 00:00 America/New_York'],
      calls(...every(6, 7)),
    ),
    yes('the seventh day after', NEW_YORK, '2026-03-09 00:00 America/New_York', calls(...every(6, 7))),
    yes('one of them was busy', NEW_YORK, '2026-03-05 12:00 America/New_York', {
      history: every(6, 7).map((at, index) => ({ at, ...(index === 3 ? { result: 'busy' as const } : {}) })),
    }),
    yes('the person asked to be called', NEW_YORK, '2026-03-05 12:00 America/New_York', {
      ...calls(...every(6, 7)),
      callback: '2026-03-04 12:00 America/New_York',
    }),
    yes('on the seventh day after it was agreed', NEW_YORK, '2026-03-04 23:59:59 America/New_York', {
      ...calls(...every(6, 7)),
      callback: '2026-02-26 08:00 America/New_York',
    }),
    no('agreed nine days ago', NEW_YORK, ['2026-03-05 12:00 America/New_York', '2026-03-09 00:00 America/New_York'], {
      ...calls(...every(6, 7)),
      callback: '2026-02-24 12:00 America/New_York',
    }),
  ],
  'us-reg-f/quiet-after-conversation': [
    no(
      'a conversation on Monday: until next Monday',
      NEW_YORK,
      ['2026-03-04 12:00 America/New_York', '2026-03-09 00:00 America/New_York'],
      { history: [{ at: '2026-03-02 12:00 America/New_York', talked: true, result: 'connected' }] },
    ),
    yes('next Monday', NEW_YORK, '2026-03-09 00:00 America/New_York', {
      history: [{ at: '2026-03-02 12:00 America/New_York', talked: true, result: 'connected' }],
    }),
    yes('no one talked', NEW_YORK, '2026-03-04 12:00 America/New_York', calls('2026-03-02 12:00 America/New_York')),
    no(
      'in Chicago it was still Monday: the later of both days counts',
      PENSACOLA,
      ['2026-03-09T12:00:00Z', '2026-03-10T04:00:00Z'],
      {
        history: [{ at: '2026-03-03T05:30:00Z', talked: true, result: 'connected' }],
      },
    ),
    yes('the person asked to be called', NEW_YORK, '2026-03-04 12:00 America/New_York', {
      history: [{ at: '2026-03-02 12:00 America/New_York', talked: true, result: 'connected' as const }],
      callback: '2026-03-02 12:00 America/New_York',
    }),
    no(
      'what was agreed on an eighth day before excuses no more',
      NEW_YORK,
      ['2026-03-05 00:00 America/New_York', '2026-03-09 00:00 America/New_York'],
      {
        history: [{ at: '2026-03-02 12:00 America/New_York', talked: true, result: 'connected' as const }],
        callback: '2026-02-26 23:00 America/New_York',
      },
    ),
  ],
  'us-reg-f/recordings': [
    ...kept('recordings', 1096, 'calls'),
    binds('New York', NEW_YORK),
    spares('Toronto', TORONTO),
  ],
  'us-reg-f/retention': [...kept('calls', 1096, 'recordings'), binds('New York', NEW_YORK), spares('Toronto', TORONTO)],
};
