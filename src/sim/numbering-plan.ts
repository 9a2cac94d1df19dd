// A numbering plan in which the number says what happens, with the meanings of the carrier in the box
// (asterisk/carrier): +1, an area code, seven digits D1 … D7. Area codes with a mixed population draw lots.

import type { Random } from '../base/random.ts';
import type { CallOutcome, CallPlan, CallPlanner } from './call-plan.ts';
import { REFUSALS } from './call-plan.ts';
import { population } from './population.ts';

const SET_UP_MS = 5;
const AREAS_OF_PERSONS: ReadonlySet<string> = new Set(['212', '646', '917', '718', '347', '929']);
const AREAS_OF_POPULATION: ReadonlySet<string> = new Set(['650', '713', '617', '303']);

const ENDS: Readonly<Record<string, CallOutcome>> = {
  '1': REFUSALS.busy,
  '2': REFUSALS.declined,
  '3': REFUSALS.rejected,
  '4': REFUSALS.unknown,
  '5': REFUSALS.congestion,
  '6': REFUSALS.changed,
  '7': REFUSALS.failure,
  '8': REFUSALS.incomplete,
  '9': REFUSALS['out-of-order'],
};

function immediately(outcome: CallOutcome): CallPlan {
  return { setUpMs: SET_UP_MS, before: 'nothing', afterMs: 0, outcome };
}

function ringing(seconds: number, outcome: CallOutcome): CallPlan {
  if (seconds === 0) return immediately(outcome);
  return { setUpMs: SET_UP_MS, before: 'ringing', afterMs: seconds * 1000, outcome };
}

function earlyMedia(seconds: number, which: string): CallPlan {
  const plan = (afterMs: number, outcome: CallOutcome): CallPlan => ({
    setUpMs: SET_UP_MS + (which === '3' ? 0 : seconds * 1000),
    before: 'early-media',
    afterMs,
    outcome,
  });
  switch (which) {
    case '1':
      return plan(4000, REFUSALS.busy);
    case '2':
      return plan(0, { type: 'no-answer' });
    case '3':
      return plan(1000 * (seconds || 2), { type: 'person', talksMs: 20_000 });
    case '4':
      return plan(6000, REFUSALS.congestion);
    default:
      return plan(7000, REFUSALS.unknown);
  }
}

function odd(which: string): CallOutcome {
  switch (which) {
    case '0':
      return { type: 'fax', staysMs: 24_000 };
    case '2':
      return { type: 'silent', staysMs: 30_000 };
    case '3':
      return { type: 'person', talksMs: 20_000, hasLongGreeting: true };
    case '4':
      return { type: 'person', talksMs: 34_000, presses: { key: '9', afterMs: 4000 } };
    default:
      return { type: 'hangs-up-at-once' };
  }
}

function exact(area: string, local: string): CallPlan {
  const seconds = Number(local.slice(1, 3));
  const which = local.charAt(3);
  if (AREAS_OF_PERSONS.has(area)) {
    const talksS = Number(local.slice(3, 5));
    return ringing(seconds, talksS === 99 ? { type: 'person' } : { type: 'person', talksMs: talksS * 1000 });
  }
  switch (area) {
    case '305':
      return which === '1'
        ? ringing(seconds, { type: 'machine', greeting: 'short', recordsMs: 33_000 })
        : ringing(seconds, { type: 'machine', greeting: 'long', recordsMs: 44_000 });
    case '312':
      return which === '0' ? ringing(180, { type: 'no-answer' }) : ringing(seconds, ENDS[which] ?? REFUSALS.unknown);
    case '786':
      return earlyMedia(seconds, which);
    case '415':
      return ringing(seconds, odd(which));
    default:
      return immediately(REFUSALS.unknown);
  }
}

/** The carrier's plan; numbers of the mixed population are planned by `mixed`. */
export function numberingPlan(mixed: CallPlanner = population()): CallPlanner {
  return (number: string, random: Random): CallPlan => {
    const parts = /^\+?1([2-9]\d\d)([2-9]\d{6})$/.exec(number);
    const area = parts?.[1] ?? '';
    if (AREAS_OF_POPULATION.has(area)) return mixed(number, random);
    return exact(area, parts?.[2] ?? '');
  };
}
