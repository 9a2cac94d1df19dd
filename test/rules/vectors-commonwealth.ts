// Vectors of the packs for the United Kingdom, Canada and Australia.

import { answered, binds, fifteenSeconds, kept, no, spares, withinSeconds, yes } from './vector.ts';
import type { VectorAttempt, Vectors } from './vector.ts';

const LONDON = '+442079460111';
const TORONTO = '+14165550111';
const VANCOUVER = '+16045550111';
const ST_JOHNS = '+17095550111';
const SYDNEY = '+61255501111';
const PERTH = '+61865501111';
const AUSTRALIAN_MOBILE = '+61491570156';
const BERLIN = '+493023125111';
const NEW_YORK = '+12125550111';

const past = (at: string, parts: Partial<VectorAttempt> = {}): { readonly history: readonly VectorAttempt[] } => ({
  history: [{ at, ...parts }],
});

export const COMMONWEALTH_VECTORS: Vectors = {
  'uk-ofcom/ring': fifteenSeconds,
  'uk-ofcom/message': withinSeconds(2),
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
      kind: 'ledger',
      given: 'people taken for machines',
      zone: 'Europe/London',
      detectorError: 0.01,
      kept: false,
      answers: [['2026-03-02T15:00:00Z', 1000, 0, 100]],
    },
    {
      kind: 'ledger',
      given: 'a new day by British summer time',
      zone: 'Europe/London',
      kept: true,
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
    yes('an agent is engaged: preview', LONDON, '2026-03-02T13:00:00Z', {
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
    yes('an agent is engaged: direct push preview', LONDON, '2026-03-02T13:00:00Z', {
      ...past('2026-03-02T12:00:00Z', { result: 'machine' }),
      mode: 'direct-push-preview',
    }),
    yes('it was busy', LONDON, '2026-03-02T13:00:00Z', past('2026-03-02T12:00:00Z', { result: 'busy' })),
  ],
  'uk-ofcom/do-not-call': [
    no('never imported', LONDON, ['2026-03-01T12:00:00Z', 'unforeseen'], { lists: { 'uk-tps': '' } }),
    yes('imported 28 days ago', LONDON, '2026-03-01T12:00:00Z', { lists: { 'uk-tps': '2026-02-01T12:00:00Z' } }),
    no('older', LONDON, ['2026-03-01T12:00:01Z', 'unforeseen'], { lists: { 'uk-tps': '2026-02-01T12:00:00Z' } }),
    yes('a number abroad', NEW_YORK, '2026-03-01T15:00:00Z', { lists: { 'uk-tps': '' } }),
  ],
  'uk-ofcom/caller-id': [...answered(true), binds('there', LONDON), spares('elsewhere', BERLIN)],

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
      kind: 'ledger',
      given: 'the month ends at midnight in Toronto',
      zone: 'America/Toronto',
      kept: true,
      answers: [
        ['2026-04-01T03:59:00Z', 100, 50],
        ['2026-04-01T04:00:00Z', 100, 5],
      ],
    },
    {
      kind: 'ledger',
      given: 'a bad day in a good month',
      zone: 'America/Toronto',
      kept: true,
      answers: [
        ['2026-03-02T15:00:00Z', 900, 0],
        ['2026-03-03T15:00:00Z', 100, 50],
      ],
    },
  ],
  'canada-crtc/message': withinSeconds(2),
  'canada-crtc/do-not-call': [
    no('never imported', TORONTO, ['2026-03-04T15:00:00Z', 'unforeseen'], { lists: { 'ca-national': '' } }),
    yes('imported 31 days ago', TORONTO, '2026-03-04T15:00:00Z', { lists: { 'ca-national': '2026-02-01T15:00:00Z' } }),
    no('older', TORONTO, ['2026-03-04T15:00:01Z', 'unforeseen'], { lists: { 'ca-national': '2026-02-01T15:00:00Z' } }),
    yes('a number of New York', NEW_YORK, '2026-03-04T15:00:00Z', { lists: { 'ca-national': '' } }),
  ],
  'canada-crtc/caller-id': [...answered(true), binds('there', TORONTO), spares('elsewhere', LONDON)],
  'canada-crtc/retention': [
    ...kept('calls', 1096, 'recordings'),
    binds('there', VANCOUVER),
    spares('elsewhere', LONDON),
  ],

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
    no('never imported', SYDNEY, ['2026-03-03T00:00:00Z', 'unforeseen'], { lists: { 'au-register': '' } }),
    yes('imported 30 days ago', SYDNEY, '2026-03-03T00:00:00Z', { lists: { 'au-register': '2026-02-01T00:00:00Z' } }),
    no('older', SYDNEY, ['2026-03-03T00:00:01Z', 'unforeseen'], { lists: { 'au-register': '2026-02-01T00:00:00Z' } }),
    yes('a number of London', LONDON, '2026-03-03T12:00:00Z', { lists: { 'au-register': '' } }),
  ],
  'australia/caller-id': [...answered(true), binds('there', AUSTRALIAN_MOBILE), spares('elsewhere', LONDON)],
};
