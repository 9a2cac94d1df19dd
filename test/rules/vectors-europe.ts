// Vectors of the packs for Germany, France and Italy.

import { answered, binds, fifteenSeconds, kept, no, spares, informedOrNot, withinSeconds, yes } from './vector.ts';
import type { VectorAttempt, Vectors } from './vector.ts';

const LONDON = '+442079460111';
const BERLIN = '+493023125111';
const PARIS = '+33140205050';
const REUNION = '+262262123456';
const ROME = '+390612345678';

const AGREED = { person: { consent: 'agreed' } };
const agreed = (word: unknown) => ({ ...AGREED, fields: { agreed: word } });
const past = (at: string, parts: Partial<VectorAttempt> = {}): { readonly history: readonly VectorAttempt[] } => ({
  history: [{ at, ...parts }],
});
const calls = (...at: string[]): { readonly history: readonly VectorAttempt[] } => ({
  history: at.map((moment) => ({ at: moment })),
});

export const EUROPEAN_VECTORS: Vectors = {
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
    yes('one of fifteen failed by our own trouble', BERLIN, '2026-03-06 15:00 Europe/Berlin', {
      history: fiveHoursApart(15).map((at, index) => ({ at, counts: index !== 7 })),
    }),
  ],
  'germany/ring': fifteenSeconds,
  'germany/caller-id': [...answered(false), binds('there', BERLIN), spares('elsewhere', LONDON)],
  'germany/recording': [...informedOrNot(BERLIN), binds('Berlin', BERLIN), spares('Paris', PARIS)],
  'germany/retention': [...kept('consent', 1827, 'calls'), binds('there', BERLIN), spares('elsewhere', PARIS)],

  'france/consent': [
    yes('agreed', PARIS, '2026-09-01T10:00:00Z', agreed(true)),
    no('did not', PARIS, ['2026-09-01T10:00:00Z', 'never'], agreed(false)),
    no('an unreadable word', PARIS, ['2026-09-01T10:00:00Z', 'never'], agreed('perhaps')),
    yes('a person in Berlin', BERLIN, '2026-09-01T10:00:00Z', agreed(false)),
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
    no(
      'one of them to another phone of the person',
      PARIS,
      ['2026-03-12 11:00 Europe/Paris', '2026-04-01 00:00 Europe/Paris'],
      {
        history: tens(4).map((at, index) => ({ at, ...(index === 1 ? { number: '+33140205051' } : {}) })),
      },
    ),
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
    no(
      'it was refused on another phone of the person',
      PARIS,
      ['2026-04-02 11:00 Europe/Paris', '2026-05-02 00:00 Europe/Paris'],
      past('2026-03-02 11:00 Europe/Paris', {
        result: 'connected',
        talked: true,
        disposition: 'refused',
        number: '+33140205051',
      }),
    ),
  ],
  'france/caller-id': [...answered(false), binds('there', REUNION), spares('elsewhere', LONDON)],

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
      given: 'the next period of 30 days stands for itself',
      zone: 'Europe/Rome',
      kept: true,
      answers: [
        ['2026-03-02T10:00:00Z', 100, 50],
        ['2026-04-01T10:00:00Z', 100, 3],
      ],
    },
    {
      kind: 'ledger',
      given: 'no one answered',
      zone: 'Europe/Rome',
      answers: [['2026-03-02T10:00:00Z', 0, 0, 50]],
      kept: true,
    },
  ],
  'italy/message': withinSeconds(3),
  'italy/quiet-after-silent': [
    no(
      'four days after',
      ROME,
      ['2026-03-06T12:00:00Z', 'unforeseen'],
      past('2026-03-02T12:00:00Z', { result: 'abandoned' }),
    ),
    no(
      'five days after, and no agent engaged',
      ROME,
      ['2026-03-07T12:00:30Z', 'unforeseen'],
      past('2026-03-02T12:00:00Z', { result: 'abandoned' }),
    ),
    yes('five days after, an agent is engaged', ROME, '2026-03-07T12:00:30Z', {
      ...past('2026-03-02T12:00:00Z', { result: 'abandoned' }),
      mode: 'preview',
    }),
    no('half a year after, and no agent engaged', ROME, ['2026-09-07T12:00:30Z', 'unforeseen'], {
      ...past('2026-03-02T12:00:00Z', { result: 'abandoned' }),
    }),
    yes('somebody has talked with the person since', ROME, '2026-03-20T12:00:30Z', {
      history: [
        { at: '2026-03-02T12:00:00Z', result: 'abandoned' },
        { at: '2026-03-12T12:00:00Z', result: 'connected', talked: true },
      ],
    }),
    no('also when an agent is engaged', ROME, ['2026-03-06T12:00:00Z', '2026-03-07T12:00:30Z'], {
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
    no('never imported', ROME, ['2026-03-16T12:00:00Z', 'unforeseen'], { lists: { 'it-rpo': '' } }),
    yes('imported 15 days ago', ROME, '2026-03-16T12:00:00Z', { lists: { 'it-rpo': '2026-03-01T12:00:00Z' } }),
    no('older', ROME, ['2026-03-16T12:00:01Z', 'unforeseen'], { lists: { 'it-rpo': '2026-03-01T12:00:00Z' } }),
    yes('a person in Paris', PARIS, '2026-03-16T12:00:00Z', { lists: { 'it-rpo': '' } }),
  ],
  'italy/retention': [...kept('calls', 731, 'consent'), binds('there', ROME), spares('elsewhere', LONDON)],
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
