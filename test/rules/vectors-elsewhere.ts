// Vectors of the packs for the United Kingdom, Canada, Australia, Germany, France and Italy.

import { binds, no, spares, value, yes } from './vector.ts';
import type { VectorAttempt, Vectors } from './vector.ts';

const LONDON = '+442079460111';
const TORONTO = '+14165550111';
const VANCOUVER = '+16045550111';
const ST_JOHNS = '+17095550111';
const SYDNEY = '+61255501111';
const PERTH = '+61865501111';
const AUSTRALIAN_MOBILE = '+61491570156';
const BERLIN = '+493023125111';
const PARIS = '+33140205050';
const REUNION = '+262262123456';
const ROME = '+390612345678';
const NEW_YORK = '+12125550111';

const AGREED = { person: { consent: 'agreed' } };
const agreed = (word: unknown) => ({ ...AGREED, fields: { agreed: word } });
const past = (at: string, parts: Partial<VectorAttempt> = {}): { readonly history: readonly VectorAttempt[] } => ({
  history: [{ at, ...parts }],
});
const calls = (...at: string[]): { readonly history: readonly VectorAttempt[] } => ({
  history: at.map((moment) => ({ at: moment })),
});

/** A number that can be called back, shown to the people there and not demanded elsewhere. */
const numberShown = (there: string, elsewhere: string): Vectors[string] => [
  binds('there', there),
  spares('elsewhere', elsewhere),
  spares('New York', NEW_YORK),
];

export const OTHER_VECTORS: Vectors = {
  'uk-ofcom/ring': [
    value('20 s stay', 20_000, 20_000),
    value('15 s are just enough', 15_000, 15_000),
    value('10 s become 15 s', 10_000, 15_000),
  ],
  'uk-ofcom/message': [value('1.5 s stay', 1500, 1500), value('2 s', 2000, 2000), value('3 s become 2 s', 3000, 2000)],
  'uk-ofcom/abandonment': [
    { kind: 'ledger', given: 'none', zone: 'Europe/London', answers: [['2026-03-02T15:00:00Z', 1000, 0]], kept: true },
    {
      kind: 'ledger',
      given: 'one of 1000',
      zone: 'Europe/London',
      answers: [['2026-03-02T15:00:00Z', 1000, 1]],
      kept: false,
    },
    {
      ...{
        kind: 'ledger',
        given: 'people taken for machines',
        zone: 'Europe/London',
        detectorError: 0.01,
        kept: false,
      },
      answers: [['2026-03-02T15:00:00Z', 1000, 0, 100]],
    },
    {
      ...{ kind: 'ledger', given: 'a new day by British summer time', zone: 'Europe/London', kept: true },
      answers: [
        ['2026-07-01T22:59:59Z', 10, 1],
        ['2026-07-01T23:00:00Z', 10, 0],
      ],
    },
  ],
  'uk-ofcom/quiet-after-abandoned': [
    no(
      'an hour after',
      LONDON,
      ['2026-03-02T13:00:30Z', '2026-03-05T12:00:30Z'],
      past('2026-03-02T12:00:00Z', { result: 'abandoned' }),
    ),
    yes('72 hours after', LONDON, '2026-03-05T12:00:30Z', past('2026-03-02T12:00:00Z', { result: 'abandoned' })),
    no(
      'over the change of clocks',
      LONDON,
      ['2026-03-31T11:00:00Z', '2026-03-31T12:00:30Z'],
      past('2026-03-28T12:00:00Z', { result: 'abandoned' }),
    ),
    yes('an agent is held: preview', LONDON, '2026-03-02T13:00:00Z', {
      ...past('2026-03-02T12:00:00Z', { result: 'abandoned' }),
      mode: 'preview',
    }),
    yes(
      'it was another number of the person',
      LONDON,
      '2026-03-02T13:00:00Z',
      past('2026-03-02T12:00:00Z', { result: 'abandoned', number: '+442079460112' }),
    ),
  ],
  'uk-ofcom/quiet-after-machine': [
    no(
      '23 hours after',
      LONDON,
      ['2026-03-03T11:00:00Z', '2026-03-03T12:00:30Z'],
      past('2026-03-02T12:00:00Z', { result: 'machine' }),
    ),
    yes('24 hours after', LONDON, '2026-03-03T12:00:30Z', past('2026-03-02T12:00:00Z', { result: 'machine' })),
    yes('an agent is held: direct push preview', LONDON, '2026-03-02T13:00:00Z', {
      ...past('2026-03-02T12:00:00Z', { result: 'machine' }),
      mode: 'direct-push-preview',
    }),
    yes('it was busy', LONDON, '2026-03-02T13:00:00Z', past('2026-03-02T12:00:00Z', { result: 'busy' })),
  ],
  'uk-ofcom/do-not-call': [
    yes('imported 28 days ago', LONDON, '2026-03-01T12:00:00Z', { lists: { 'uk-tps': '2026-02-01T12:00:00Z' } }),
    no('older', LONDON, ['2026-03-01T12:00:01Z', 'unforeseen'], { lists: { 'uk-tps': '2026-02-01T12:00:00Z' } }),
    yes('a number abroad', NEW_YORK, '2026-03-01T15:00:00Z', { lists: { 'uk-tps': '' } }),
  ],
  'uk-ofcom/caller-id': numberShown(LONDON, BERLIN),

  'canada-crtc/hours': [
    yes('weekday, 9:00', TORONTO, '2026-03-02 09:00 America/Toronto'),
    yes('weekday, 21:29', TORONTO, '2026-03-02 21:29:59.999 America/Toronto'),
    no('weekday, 21:30', TORONTO, ['2026-03-02 21:30 America/Toronto', '2026-03-03 09:00 America/Toronto']),
    no('Friday night: not before Saturday 10:00', VANCOUVER, [
      '2026-03-06 21:30 America/Vancouver',
      '2026-03-07 10:00 America/Vancouver',
    ]),
    no('Saturday, 18:00: the day after, clocks gone forward', VANCOUVER, [
      '2026-03-07 18:00 America/Vancouver',
      '2026-03-08 10:00 America/Vancouver',
    ]),
    no('Newfoundland or Labrador, half an hour behind', ST_JOHNS, ['2026-03-02T12:30:00Z', '2026-03-02T13:00:00Z']),
  ],
  'canada-crtc/abandonment': [
    {
      kind: 'ledger',
      given: '5 of 100',
      zone: 'America/Toronto',
      answers: [['2026-03-02T15:00:00Z', 100, 5]],
      kept: true,
    },
    {
      kind: 'ledger',
      given: '6 of 100',
      zone: 'America/Toronto',
      answers: [['2026-03-02T15:00:00Z', 100, 6]],
      kept: false,
    },
    {
      ...{ kind: 'ledger', given: 'the month ends at midnight in Toronto', zone: 'America/Toronto', kept: true },
      answers: [
        ['2026-04-01T03:59:00Z', 100, 50],
        ['2026-04-01T04:00:00Z', 100, 5],
      ],
    },
  ],
  'canada-crtc/message': [value('1 s', 1000, 1000), value('2 s', 2000, 2000), value('5 s become 2 s', 5000, 2000)],
  'canada-crtc/do-not-call': [
    yes('imported 31 days ago', TORONTO, '2026-03-04T15:00:00Z', { lists: { 'ca-national': '2026-02-01T15:00:00Z' } }),
    no('older', TORONTO, ['2026-03-04T15:00:01Z', 'unforeseen'], { lists: { 'ca-national': '2026-02-01T15:00:00Z' } }),
    yes('a number of New York', NEW_YORK, '2026-03-04T15:00:00Z', { lists: { 'ca-national': '' } }),
  ],
  'canada-crtc/caller-id': numberShown(TORONTO, LONDON),
  'canada-crtc/retention': numberShown(VANCOUVER, LONDON),

  'australia/hours': [
    yes('weekday, 9:00', SYDNEY, '2026-03-02 09:00 Australia/Sydney'),
    yes('Saturday, 16:59', SYDNEY, '2026-03-07 16:59:59.999 Australia/Sydney'),
    no('Saturday, 17:00: not on Sunday', SYDNEY, [
      '2026-03-07 17:00 Australia/Sydney',
      '2026-03-09 09:00 Australia/Sydney',
    ]),
    no('before Good Friday: not on Friday, Sunday, Monday', SYDNEY, [
      '2026-04-02 20:00 Australia/Sydney',
      '2026-04-04 09:00 Australia/Sydney',
    ]),
    no('Easter Saturday evening: clocks go back, Easter Monday', SYDNEY, [
      '2026-04-04 17:00 Australia/Sydney',
      '2026-04-07 09:00 Australia/Sydney',
    ]),
    no('Boxing Day on a Saturday: the Monday after as well', SYDNEY, [
      '2026-12-26 12:00 Australia/Sydney',
      '2026-12-29 09:00 Australia/Sydney',
    ]),
    no('9:00 in Sydney is 6:00 in Perth', PERTH, [
      '2026-03-02 09:00 Australia/Sydney',
      '2026-03-02 09:00 Australia/Perth',
    ]),
    no('a mobile may be anywhere in Australia', AUSTRALIAN_MOBILE, [
      '2026-03-02 09:00 Australia/Sydney',
      '2026-03-02 09:00 Australia/Perth',
    ]),
    yes('a mobile of a contact in New South Wales', AUSTRALIAN_MOBILE, '2026-03-02 10:00 Australia/Sydney', {
      person: { state: 'state' },
      fields: { state: 'NSW' },
    }),
  ],
  'australia/do-not-call': [
    yes('imported 30 days ago', SYDNEY, '2026-03-03T00:00:00Z', { lists: { 'au-register': '2026-02-01T00:00:00Z' } }),
    no('older', SYDNEY, ['2026-03-03T00:00:01Z', 'unforeseen'], { lists: { 'au-register': '2026-02-01T00:00:00Z' } }),
    yes('a number of London', LONDON, '2026-03-03T12:00:00Z', { lists: { 'au-register': '' } }),
  ],
  'australia/caller-id': numberShown(AUSTRALIAN_MOBILE, LONDON),

  'germany/consent': [
    yes('yes', BERLIN, '2026-03-02T10:00:00Z', agreed('yes')),
    yes('the day on which it was given', BERLIN, '2026-03-02T10:00:00Z', agreed('2026-01-31')),
    no('no', BERLIN, ['2026-03-02T10:00:00Z', 'never'], agreed('no')),
    no('nothing', BERLIN, ['2026-03-02T10:00:00Z', 'never'], AGREED),
    yes('a person in Paris', PARIS, '2026-03-02T10:00:00Z', AGREED),
  ],
  'germany/hours': [
    yes('weekday, 8:00', BERLIN, '2026-03-02 08:00 Europe/Berlin'),
    yes('Saturday, 17:59', BERLIN, '2026-03-07 17:59:59.999 Europe/Berlin'),
    no('weekday, 20:00', BERLIN, ['2026-03-02 20:00 Europe/Berlin', '2026-03-03 08:00 Europe/Berlin']),
    no('Saturday, 18:00: not on Sunday, on which clocks go forward', BERLIN, [
      '2026-03-28 18:00 Europe/Berlin',
      '2026-03-30 08:00 Europe/Berlin',
    ]),
    no('Ascension Day', BERLIN, ['2026-05-14 12:00 Europe/Berlin', '2026-05-15 08:00 Europe/Berlin']),
    no('unity day is a Saturday, then Sunday', BERLIN, [
      '2026-10-03 10:00 Europe/Berlin',
      '2026-10-05 08:00 Europe/Berlin',
    ]),
  ],
  'germany/three-a-day': [
    yes(
      'two today',
      BERLIN,
      '2026-03-02 15:00 Europe/Berlin',
      calls('2026-03-02 09:00 Europe/Berlin', '2026-03-02 11:00 Europe/Berlin'),
    ),
    no(
      'three today: from midnight on',
      BERLIN,
      ['2026-03-02 15:00 Europe/Berlin', '2026-03-03 00:00 Europe/Berlin'],
      calls('2026-03-02 09:00 Europe/Berlin', '2026-03-02 11:00 Europe/Berlin', '2026-03-02 13:00 Europe/Berlin'),
    ),
    yes(
      'one of three was yesterday by the clock there',
      BERLIN,
      '2026-03-02 15:00 Europe/Berlin',
      calls('2026-03-01T22:59:59Z', '2026-03-02 11:00 Europe/Berlin', '2026-03-02 13:00 Europe/Berlin'),
    ),
    no(
      'a day of 23 hours',
      BERLIN,
      ['2026-03-29 15:00 Europe/Berlin', '2026-03-29T22:00:00Z'],
      calls('2026-03-28T23:00:00Z', '2026-03-29 11:00 Europe/Berlin', '2026-03-29 13:00 Europe/Berlin'),
    ),
  ],
  'germany/fifteen-a-week': [
    yes('fourteen', BERLIN, '2026-03-06 15:00 Europe/Berlin', calls(...fiveHoursApart(14))),
    no(
      'fifteen',
      BERLIN,
      ['2026-03-06 15:00 Europe/Berlin', '2026-03-09 00:00 Europe/Berlin'],
      calls(...fiveHoursApart(15)),
    ),
    yes('a week later', BERLIN, '2026-03-09 00:00 Europe/Berlin', calls(...fiveHoursApart(15))),
  ],
  'germany/ring': [
    value('30 s stay', 30_000, 30_000),
    value('15 s', 15_000, 15_000),
    value('14.999 s become 15 s', 14_999, 15_000),
  ],
  'germany/caller-id': numberShown(BERLIN, LONDON),
  'germany/recording': [binds('Berlin', BERLIN), spares('Paris', PARIS), spares('New York', NEW_YORK)],
  'germany/retention': numberShown(BERLIN, PARIS),

  'france/consent': [
    yes('agreed', PARIS, '2026-09-01T10:00:00Z', agreed(true)),
    no('did not', PARIS, ['2026-09-01T10:00:00Z', 'never'], agreed(false)),
    no('an unreadable word', PARIS, ['2026-09-01T10:00:00Z', 'never'], agreed('perhaps')),
  ],
  'france/hours': [
    yes('10:00', PARIS, '2026-03-02 10:00 Europe/Paris'),
    no('9:59', PARIS, ['2026-03-02 09:59:59.999 Europe/Paris', '2026-03-02 10:00 Europe/Paris']),
    no('13:00: the pause', PARIS, ['2026-03-02 13:00 Europe/Paris', '2026-03-02 14:00 Europe/Paris']),
    no('Friday, 20:00: not before Monday, clocks gone forward', PARIS, [
      '2026-03-27 20:00 Europe/Paris',
      '2026-03-30 10:00 Europe/Paris',
    ]),
    no('14 July', PARIS, ['2026-07-14 11:00 Europe/Paris', '2026-07-15 10:00 Europe/Paris']),
    yes('10:00 in Réunion', REUNION, '2026-03-02 10:00 Indian/Reunion'),
    no('9:59 in Réunion', REUNION, ['2026-03-02 09:59 Indian/Reunion', '2026-03-02 10:00 Indian/Reunion']),
  ],
  'france/four-in-thirty-days': [
    yes('three', PARIS, '2026-03-12 11:00 Europe/Paris', calls(...tens(3))),
    no(
      'four: until the thirtieth day after the first',
      PARIS,
      ['2026-03-12 11:00 Europe/Paris', '2026-04-01 00:00 Europe/Paris'],
      calls(...tens(4)),
    ),
    yes('the thirtieth day after, clocks gone forward', PARIS, '2026-04-01 00:00 Europe/Paris', calls(...tens(4))),
  ],
  'france/quiet-after-refusal': [
    no(
      'a month after',
      PARIS,
      ['2026-04-02 11:00 Europe/Paris', '2026-05-02 00:00 Europe/Paris'],
      past('2026-03-02 11:00 Europe/Paris', { result: 'connected', talked: true, disposition: 'refused' }),
    ),
    yes(
      'sixty full days after',
      PARIS,
      '2026-05-02 00:00 Europe/Paris',
      past('2026-03-02 11:00 Europe/Paris', { result: 'connected', talked: true, disposition: 'refused' }),
    ),
    yes(
      'it was no refusal',
      PARIS,
      '2026-04-02 11:00 Europe/Paris',
      past('2026-03-02 11:00 Europe/Paris', { result: 'connected', talked: true, disposition: 'later' }),
    ),
  ],
  'france/caller-id': numberShown(REUNION, LONDON),

  'italy/abandonment': [
    { kind: 'ledger', given: '3 of 100', zone: 'Europe/Rome', answers: [['2026-03-02T10:00:00Z', 100, 3]], kept: true },
    {
      kind: 'ledger',
      given: '4 of 100',
      zone: 'Europe/Rome',
      answers: [['2026-03-02T10:00:00Z', 100, 4]],
      kept: false,
    },
    {
      kind: 'ledger',
      given: 'nobody answered',
      zone: 'Europe/Rome',
      answers: [['2026-03-02T10:00:00Z', 0, 0, 50]],
      kept: true,
    },
  ],
  'italy/message': [value('2 s stay', 2000, 2000), value('3 s', 3000, 3000), value('4 s become 3 s', 4000, 3000)],
  'italy/quiet-after-silent': [
    no(
      'four days after',
      ROME,
      ['2026-03-06T12:00:00Z', 'unforeseen'],
      past('2026-03-02T12:00:00Z', { result: 'abandoned' }),
    ),
    no(
      'five days after, and no agent held',
      ROME,
      ['2026-03-07T12:00:30Z', 'unforeseen'],
      past('2026-03-02T12:00:00Z', { result: 'abandoned' }),
    ),
    yes('five days after, an agent is held', ROME, '2026-03-07T12:00:30Z', {
      ...past('2026-03-02T12:00:00Z', { result: 'abandoned' }),
      mode: 'preview',
    }),
    no('half a year after, and no agent held', ROME, ['2026-09-07T12:00:30Z', 'unforeseen'], {
      ...past('2026-03-02T12:00:00Z', { result: 'abandoned' }),
    }),
    yes('somebody has talked with the person since', ROME, '2026-03-20T12:00:30Z', {
      history: [
        { at: '2026-03-02T12:00:00Z', result: 'abandoned' },
        { at: '2026-03-12T12:00:00Z', result: 'connected', talked: true },
      ],
    }),
    no('also when an agent is held', ROME, ['2026-03-06T12:00:00Z', '2026-03-07T12:00:30Z'], {
      ...past('2026-03-02T12:00:00Z', { result: 'abandoned' }),
      mode: 'preview',
    }),
    no(
      'over the change of clocks: five times 24 hours, then with an agent',
      ROME,
      ['2026-03-30T12:00:00Z', '2026-04-01T12:00:30Z'],
      { ...past('2026-03-27T12:00:00Z', { result: 'abandoned' }), mode: 'preview' },
    ),
  ],
  'italy/do-not-call': [
    yes('imported 15 days ago', ROME, '2026-03-16T12:00:00Z', { lists: { 'it-rpo': '2026-03-01T12:00:00Z' } }),
    no('older', ROME, ['2026-03-16T12:00:01Z', 'unforeseen'], { lists: { 'it-rpo': '2026-03-01T12:00:00Z' } }),
    yes('a person in Paris', PARIS, '2026-03-16T12:00:00Z', { lists: { 'it-rpo': '' } }),
  ],
  'italy/retention': numberShown(ROME, LONDON),
};

/** From Monday 2 March 2026, 8:00 in Berlin, on. */
function fiveHoursApart(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(2026, 2, 2, 7) + index * 5 * 3_600_000).toISOString(),
  );
}

/** At 11:00 in Paris on 2 March 2026 and the days after. */
function tens(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `2026-03-0${2 + index} 11:00 Europe/Paris`);
}
