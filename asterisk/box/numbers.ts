// The numbering plan of the box's telephone network (asterisk/carrier): makes numbers that behave as asked,
// and says what a number will do. Each maker takes an index, so that every behaviour has thousands of
// numbers. All are valid US numbers in E.164. Holds no state; the dialplan is the other half of the truth.

import { createHash } from 'node:crypto';
import { seededRandom } from '../../src/base/random.ts';

/** What becomes of a call to a number. */
export type Fate =
  | { readonly kind: 'person'; readonly ringMs: number; readonly talkMs: number }
  | { readonly kind: 'machine'; readonly ringMs: number; readonly greeting: 'long' | 'short' }
  | { readonly kind: 'fax' | 'hangs-up-at-once' | 'silent'; readonly ringMs: number }
  | { readonly kind: 'rings-for-ever' }
  | { readonly kind: 'refused'; readonly ringMs: number; readonly sipCode: number };

const PERSON_AREAS = ['212', '646', '917', '718', '347', '929'] as const;
const POPULATION_AREAS = ['650', '713', '617', '303'] as const;
const FIRST_DIGITS = 8; // 2–9 may open an exchange

function digits(value: number, width: number, what: string): string {
  if (!Number.isInteger(value) || value < 0 || value >= 10 ** width) {
    throw new RangeError(`${what} must be a whole number from 0 to ${10 ** width - 1}: ${value}`);
  }
  return String(value).padStart(width, '0');
}

/** One behaviour of a family: area code, seconds, which one, and an index below 8000. */
function plain(area: string, seconds: number, which: number, index: number): string {
  if (index >= FIRST_DIGITS * 1000) throw new RangeError(`there are 8000 numbers of a kind: ${index}`);
  const first = 2 + (index % FIRST_DIGITS);
  const rest = digits(Math.floor(index / FIRST_DIGITS), 3, 'index');
  return `+1${area}${first}${digits(seconds, 2, 'seconds')}${which}${rest}`;
}

export interface PersonOptions {
  /** Seconds of ringing before the answer, 0–99; 2 when left out, and with 0 nothing rings. */
  readonly afterS?: number;
  /** Seconds of talk before the person hangs up, 0–98; never when left out. */
  readonly talksS?: number;
}

/** A person who picks up, says hello and talks; index below 4800. */
export function personAnswers(options: PersonOptions = {}, index = 0): string {
  const { afterS = 2, talksS = 99 } = options;
  const area = PERSON_AREAS[Math.floor(index / (FIRST_DIGITS * 100))];
  if (area === undefined) throw new RangeError(`there are 4800 persons of a kind: ${index}`);
  const first = 2 + (index % FIRST_DIGITS);
  const rest = digits(Math.floor(index / FIRST_DIGITS) % 100, 2, 'index');
  return `+1${area}${first}${digits(afterS, 2, 'afterS')}${digits(talksS, 2, 'talksS')}${rest}`;
}

/** An answering machine with a greeting of about 14 s and a beep; index below 8000, as for all that follow. */
export const machineLong = (index = 0, ringS = 2): string => plain('305', ringS, 0, index);
/** An answering machine that says "Leave a message." and beeps. */
export const machineShort = (index = 0, ringS = 2): string => plain('305', ringS, 1, index);

/** Rings until the caller gives up. */
export const noAnswer = (index = 0): string => plain('312', 0, 0, index);
/** 486 busy. */
export const busy = (index = 0, ringS = 0): string => plain('312', ringS, 1, index);
/** 603 declined: the person turns the call down. */
export const declined = (index = 0, ringS = 2): string => plain('312', ringS, 2, index);
/** 403 rejected by the network. */
export const rejected = (index = 0, ringS = 0): string => plain('312', ringS, 3, index);
/** 404 unknown number. */
export const unknownNumber = (index = 0, ringS = 0): string => plain('312', ringS, 4, index);
/** 503 congestion. */
export const congestion = (index = 0, ringS = 0): string => plain('312', ringS, 5, index);
/** 410 changed number. */
export const changedNumber = (index = 0, ringS = 0): string => plain('312', ringS, 6, index);
/** 500 failure of the network. */
export const failure = (index = 0, ringS = 0): string => plain('312', ringS, 7, index);
/** 484 incomplete number. */
export const incompleteNumber = (index = 0, ringS = 0): string => plain('312', ringS, 8, index);
/** 502 a gateway out of order. */
export const badGateway = (index = 0, ringS = 0): string => plain('312', ringS, 9, index);

/** 183, the three tones and "not in service" in early media, then 404. */
export const announcedUnknown = (index = 0): string => plain('786', 0, 0, index);
/** 183, four seconds of busy tone in early media, then 486. */
export const announcedBusy = (index = 0): string => plain('786', 0, 1, index);
/** 183 and a "please hold" that never ends. */
export const announcedForEver = (index = 0): string => plain('786', 0, 2, index);
/** 183 with the ringing tone in the audio, then a person who talks for 20 s. */
export const ringsInEarlyMedia = (index = 0, ringS = 2): string => plain('786', ringS, 3, index);
/** 183, "all circuits are busy" in early media, then 503. */
export const announcedCongestion = (index = 0): string => plain('786', 0, 4, index);

/** A fax machine: a tone of 2100 Hz for 3 s after the answer. */
export const fax = (index = 0, ringS = 1): string => plain('415', ringS, 0, index);
/** Picks up and hangs up in the same moment. */
export const hangsUpAtOnce = (index = 0, ringS = 1): string => plain('415', ringS, 1, index);
/** Picks up and says nothing for 30 s. */
export const silentAnswer = (index = 0, ringS = 1): string => plain('415', ringS, 2, index);
/** A person with a greeting of about 5 s, who talks for 20 s in all. */
export const personLongGreeting = (index = 0, ringS = 1): string => plain('415', ringS, 3, index);
/** Picks up, says nothing and presses 9 four seconds later. */
export const pressesNine = (index = 0, ringS = 1): string => plain('415', ringS, 4, index);

/** An agent's outside phone: picks up, types 2580# three seconds later and hangs up half a minute after that. */
export const outsidePhone = (index = 0, ringS = 1): string => plain('415', ringS, 5, index);

/** `count` different numbers of the mixed population, the same for the same seed. */
export function population(seed: number, count: number): string[] {
  const random = seededRandom(seed);
  const numbers = new Set<string>();
  while (numbers.size < count) {
    const area = POPULATION_AREAS[random.integer(POPULATION_AREAS.length)] ?? '650';
    numbers.add(`+1${area}${2 + random.integer(FIRST_DIGITS)}${String(random.integer(1e6)).padStart(6, '0')}`);
  }
  return [...numbers];
}

export interface NetworkSettings {
  /** The carrier's seed, talk scale and ring scale, as given to the box; 1 when left out. */
  readonly seed?: number;
  readonly talkScale?: number;
  readonly ringScale?: number;
}

/** What a number of the mixed population does on a network with these settings. */
export function fateInPopulation(number: string, settings: NetworkSettings = {}): Fate {
  const { seed = 1, talkScale = 1, ringScale = 1 } = settings;
  const hash = createHash('sha1')
    .update(`${seed}-${number.slice(1)}`)
    .digest('hex');
  const dice = hash.replaceAll(/\D/g, '');
  const [roll, u, v] = [Number(dice.slice(0, 3)), Number(dice.slice(3, 5)), Number(dice.slice(5, 7))];
  const shortRingMs = (1 + u * 0.02) * ringScale * 1000;
  const machineRingMs = (8 + u * 0.14) * ringScale * 1000;
  if (roll < 300) {
    return {
      kind: 'person',
      ringMs: (2 + u * 0.16) * ringScale * 1000,
      talkMs: (10 + v * v * 0.0153) * talkScale * 1000,
    };
  }
  if (roll < 420) return { kind: 'refused', ringMs: shortRingMs, sipCode: 486 };
  if (roll < 595) return { kind: 'machine', ringMs: machineRingMs, greeting: 'long' };
  if (roll < 670) return { kind: 'machine', ringMs: machineRingMs, greeting: 'short' };
  if (roll < 970) return { kind: 'rings-for-ever' };
  if (roll < 978) return { kind: 'refused', ringMs: shortRingMs, sipCode: 404 };
  if (roll < 984) return { kind: 'refused', ringMs: shortRingMs, sipCode: 403 };
  if (roll < 988) return { kind: 'refused', ringMs: shortRingMs, sipCode: 503 };
  if (roll < 992) return { kind: 'fax', ringMs: shortRingMs };
  if (roll < 996) return { kind: 'hangs-up-at-once', ringMs: shortRingMs };
  if (roll < 998) return { kind: 'refused', ringMs: shortRingMs, sipCode: 410 };
  return { kind: 'silent', ringMs: shortRingMs };
}
