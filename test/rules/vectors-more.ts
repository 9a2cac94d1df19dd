// Vectors of the packs with plain hours: states of the US with stricter ones, and further countries. Written out of a few
// figures each: the edges of a Tuesday, of a Saturday, a Sunday, a holiday, and the days on which clocks change.

import { no, yes } from './vector.ts';
import type { DialVector, Vector, Vectors } from './vector.ts';

interface Hours {
  readonly to: string;
  readonly zone: string;
  readonly from: string;
  readonly until: string;
  /** From when on a Sunday; closed: not at all, then until the Monday. */
  readonly sunday?: string;
  readonly saturday?: string;
  /** A holiday of the rules, and the first day after it on which calls are allowed. */
  readonly holidays?: readonly (readonly [day: string, next: string])[];
}

/** 2026-03-03 is a Tuesday; clocks of the US change on the 8th. */
function hours({ to, zone, from, until, sunday = from, saturday = from, holidays = [] }: Hours): readonly DialVector[] {
  const at = (day: string, time: string): string => `${day} ${time} ${zone}`;
  const day = '2026-03-03';
  const next = '2026-03-04';
  const sundayOpens = sunday === 'closed' ? at('2026-03-09', from) : at('2026-03-08', sunday);
  const saturdayOpens = saturday === 'closed' ? at('2026-03-09', from) : at('2026-03-07', saturday);
  return [
    yes('as soon as it opens', to, at(day, from)),
    no('the night before', to, [at(day, '03:00'), at(day, from)]),
    no('as it closes', to, [at(day, until), at(next, from)]),
    no('the night before a Saturday', to, [at('2026-03-07', '00:30'), saturdayOpens]),
    no('the night before the Sunday on which clocks go forward in America', to, [
      at('2026-03-08', '00:30'),
      sundayOpens,
    ]),
    ...holidays.map(([holiday, after]) => no(`the holiday ${holiday}`, to, [at(holiday, '12:30'), at(after, from)])),
  ];
}

const CLOSED = { sunday: 'closed' } as const;
const HOUSTON = '+17135550111';
const NEW_ORLEANS = '+15045550111';
const BUFFALO = '+17165550111';

function emergency(pack: string, to: string): readonly Vector[] {
  const now = '2026-03-03T17:00:00Z';
  return [
    yes('none is declared', to, now),
    no('one is declared', to, [now, 'unforeseen'], { emergencies: [pack] }),
    yes('one is declared elsewhere', to, now, { emergencies: ['us-utah'] }),
    no('one is declared: at night as well', to, ['2026-03-03T07:00:00Z', 'unforeseen'], { emergencies: [pack] }),
  ];
}

function listed(to: string, list: string, days: number): readonly Vector[] {
  const now = Date.parse('2026-03-30T12:00:00Z');
  const ago = (ms: number): string => new Date(now - ms).toISOString();
  const oldest = days * 86_400_000;
  const lists = (when: string) => ({ lists: { [list]: when } });
  return [
    yes('as old as may be', to, ago(0), lists(ago(oldest))),
    no('older by a moment', to, [ago(0), 'unforeseen'], lists(ago(oldest + 1))),
    no('never imported', to, [ago(0), 'unforeseen'], lists('')),
    yes('not honoured: the admin answers', to, ago(0), { lists: {} }),
  ];
}

function agreed(to: string, elsewhere: string): readonly Vector[] {
  const now = '2026-03-03T12:00:00Z';
  const says = (value: string) => ({ person: { consent: 'agreed' }, fields: { agreed: value } });
  return [
    yes('agreed', to, now, says('2025-12-01')),
    no('not agreed', to, [now, 'never'], says('no')),
    no('nothing is known', to, [now, 'never'], says('')),
    yes('another country', elsewhere, now, says('')),
  ];
}

export const MORE_VECTORS: Vectors = {
  'us-alabama/hours': hours({
    to: '+12055550111',
    zone: 'America/Chicago',
    from: '08:00',
    until: '20:00',
    ...CLOSED,
    holidays: [
      ['2026-04-27', '2026-04-28'],
      ['2026-11-26', '2026-11-27'],
      ['2026-07-03', '2026-07-06'],
    ],
  }),
  'us-connecticut/hours': hours({ to: '+18605550111', zone: 'America/New_York', from: '09:00', until: '20:00' }),
  'us-kentucky/hours': hours({ to: '+18595550111', zone: 'America/New_York', from: '10:00', until: '21:00' }),
  'us-louisiana/hours': hours({
    to: NEW_ORLEANS,
    zone: 'America/Chicago',
    from: '08:00',
    until: '20:00',
    ...CLOSED,
    holidays: [
      ['2026-02-17', '2026-02-18'],
      ['2026-11-27', '2026-11-28'],
      ['2026-04-03', '2026-04-04'],
    ],
  }),
  'us-louisiana/emergency': emergency('us-louisiana', NEW_ORLEANS),
  'us-massachusetts/hours': hours({ to: '+16175550111', zone: 'America/New_York', from: '08:00', until: '20:00' }),
  'us-michigan/hours': hours({ to: '+13135550111', zone: 'America/New_York', from: '09:00', until: '21:00' }),
  'us-minnesota/hours': hours({ to: '+16125550111', zone: 'America/Chicago', from: '09:00', until: '21:00' }),
  'us-mississippi/hours': hours({
    to: '+16015550111',
    zone: 'America/Chicago',
    from: '08:00',
    until: '21:00',
    ...CLOSED,
  }),
  'us-nevada/hours': hours({ to: '+17025550111', zone: 'America/Los_Angeles', from: '09:00', until: '20:00' }),
  'us-new-mexico/hours': hours({ to: '+15055550111', zone: 'America/Denver', from: '09:00', until: '21:00' }),
  'us-new-york/hours': hours({ to: BUFFALO, zone: 'America/New_York', from: '08:00', until: '21:00' }),
  'us-new-york/emergency': emergency('us-new-york', BUFFALO),
  'us-pennsylvania/hours': hours({
    to: '+14125550111',
    zone: 'America/New_York',
    from: '08:00',
    until: '21:00',
    holidays: [
      ['2026-05-25', '2026-05-26'],
      ['2026-09-07', '2026-09-08'],
    ],
  }),
  'us-rhode-island/hours': hours({
    to: '+14015550111',
    zone: 'America/New_York',
    from: '09:00',
    until: '18:00',
    saturday: '10:00',
    ...CLOSED,
    holidays: [
      ['2026-08-10', '2026-08-11'],
      ['2026-11-03', '2026-11-04'],
    ],
  }),
  'us-texas/hours': hours({ to: HOUSTON, zone: 'America/Chicago', from: '09:00', until: '21:00', sunday: '12:00' }),
  'us-utah/hours': hours({
    to: '+18015550111',
    zone: 'America/Denver',
    from: '08:00',
    until: '21:00',
    ...CLOSED,
    holidays: [
      ['2026-07-24', '2026-07-25'],
      ['2026-06-15', '2026-06-16'],
      ['2027-12-31', '2028-01-03'],
    ],
  }),
  'spain/consent': agreed('+34911234567', '+351211234567'),
  'spain/hours': hours({
    to: '+34922123456',
    zone: 'Atlantic/Canary',
    from: '09:00',
    until: '21:00',
    saturday: 'closed',
    ...CLOSED,
    holidays: [
      ['2026-01-06', '2026-01-07'],
      ['2026-10-12', '2026-10-13'],
    ],
  }),
  'netherlands/consent': agreed('+31201234567', '+3221234567'),
  'ireland/do-not-call': listed('+35312345678', 'ie-ndd', 28),
  'india/hours': hours({ to: '+911123456789', zone: 'Asia/Calcutta', from: '10:00', until: '21:00' }),
  'india/do-not-call': listed('+911123456789', 'in-ncpr', 7),
  'brazil/hours': hours({
    to: '+551155501111',
    zone: 'America/Sao_Paulo',
    from: '09:00',
    until: '21:00',
    saturday: '10:00',
    ...CLOSED,
    holidays: [
      ['2026-04-21', '2026-04-22'],
      ['2026-09-07', '2026-09-08'],
    ],
  }),
  'brazil/do-not-call': listed('+551155501111', 'br-nao-me-perturbe', 31),
  'mexico/do-not-call': listed('+525555501111', 'mx-repep', 31),
  'italy/hours': [
    ...hours({
      to: '+390612345678',
      zone: 'Europe/Rome',
      from: '09:00',
      until: '20:00',
      saturday: '10:00',
      ...CLOSED,
      holidays: [
        ['2026-06-02', '2026-06-03'],
        ['2026-12-08', '2026-12-09'],
      ],
    }),
    no('the morning before a holiday', '+390612345678', [
      '2026-06-01 09:30 Europe/Rome',
      '2026-06-01 10:00 Europe/Rome',
    ]),
    no('the night before clocks go forward', '+390612345678', [
      '2026-03-28 22:00 Europe/Rome',
      '2026-03-30 09:00 Europe/Rome',
    ]),
  ],
};
