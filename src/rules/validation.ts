// What an outside service has said of a number before it is dialed, and what follows: blocked numbers are not dialed,
// the contact's next one is; while the service is away the campaign says what happens. Asks no one itself.

import { phonesInTurn } from '../records/phones.ts';
import { allow } from './ruling.ts';
import type { EligibilityInput, Facing, PhoneRule, Ruling, ValidationCheck } from './ruling.ts';

/** What validation has made of the dialing of a record; kept with the attempt, and shown to agents. */
export type ValidationOutcome =
  'blocked-no-other' | 'blocked-next-used' | 'unavailable-no-other' | 'unavailable-next-used';

export const VALIDATION_MESSAGES: Readonly<Record<ValidationOutcome, string>> = {
  'blocked-no-other': 'The number is blocked, and the contact has no other number.',
  'blocked-next-used': 'The number is blocked; the next number of the contact is used.',
  'unavailable-no-other': 'The number cannot be checked now, and the contact has no other number.',
  'unavailable-next-used': 'The number cannot be checked now; the next number of the contact is used.',
};

export const VALIDATION_RULE: PhoneRule = { name: 'validation', judge: judgeValidation };

/** A number that has not been asked about is asked about at once. */
const ASK_AGAIN_MS = 1_000;

const NO_SERVICE = allow(() => ({ why: 'No service is asked about numbers.', inputs: {} }));

function judgeValidation({ input, number }: Facing, at: number): Ruling {
  const { validation: plan } = input.campaign;
  if (plan === undefined) return NO_SERVICE;
  const check = checkOf(input, number, at);
  if (check === undefined) return notAsked(number);
  const inputs = { number, answer: check.answer, reason: check.reason, askedAt: check.askedAt };
  const because = check.reason === '' ? '' : ` (${check.reason})`;
  if (check.answer === 'allowed') return allow(() => ({ why: `The service allows ${number}.`, inputs }));
  if (check.answer === 'blocked') {
    return { allows: false, never: true, explain: () => ({ why: `The service blocks ${number}${because}.`, inputs }) };
  }
  if (plan.whenUnavailable === 'dial') {
    return allow(() => ({
      why: `The service cannot be asked about ${number}${because}; it is dialed all the same.`,
      inputs,
    }));
  }
  return {
    allows: false,
    askAgainMs: check.until - at,
    explain: () => ({ why: `The service cannot be asked about ${number}${because}.`, inputs }),
  };
}

function notAsked(number: string): Ruling {
  return {
    allows: false,
    askAgainMs: ASK_AGAIN_MS,
    explain: () => ({ why: `The service has not been asked about ${number} yet.`, inputs: { number, answer: null } }),
  };
}

/** While the record is held for the service, an unavailable number of it keeps all of them. */
function checkOf(input: EligibilityInput, number: string, at: number): ValidationCheck | undefined {
  const own = fresh(input, number, at);
  if (own === undefined || input.campaign.validation?.whenUnavailable !== 'hold') return own;
  return (
    numbersOf(input)
      .map((other) => fresh(input, other, at))
      .find((check) => check?.answer === 'unavailable') ?? own
  );
}

function fresh({ validation }: EligibilityInput, number: string, at: number): ValidationCheck | undefined {
  const check = validation?.get(number);
  return check !== undefined && check.until > at ? check : undefined;
}

/** The numbers that might be dialed, in the order of trying. */
function numbersOf(input: EligibilityInput): readonly string[] {
  return phonesInTurn(input).flatMap((index) => input.facts.phones[index]?.number ?? []);
}

/** Numbers of the record that the service must be asked about before it can be dialed; none where no one is asked. */
export function unvalidated(input: EligibilityInput): readonly string[] {
  if (input.campaign.validation === undefined) return [];
  return [...new Set(numbersOf(input))].filter((number) => fresh(input, number, input.now) === undefined);
}

/** The same input as if the service had allowed every number that it has not been asked about. */
export function assumingAllowed(input: EligibilityInput, numbers: readonly string[]): EligibilityInput {
  const validation = new Map(input.validation);
  for (const number of numbers) {
    validation.set(number, { answer: 'allowed', reason: '', askedAt: input.now, until: Infinity });
  }
  return { ...input, validation };
}

/**
 * What validation has done to a record that is dialed on `phoneIndex`, or that is not dialed at all; undefined when it
 * stood in the way of nothing.
 */
export function validationOutcome(
  input: EligibilityInput,
  phoneIndex: number | undefined,
): ValidationOutcome | undefined {
  if (input.campaign.validation === undefined) return undefined;
  const chosen = phoneIndex === undefined ? undefined : input.facts.phones[phoneIndex]?.number;
  for (const number of numbersOf(input)) {
    if (number === chosen) return undefined;
    const answer = fresh(input, number, input.now)?.answer;
    const isUnavailable = answer === 'unavailable' && input.campaign.validation.whenUnavailable !== 'dial';
    if (answer === 'blocked') return chosen === undefined ? 'blocked-no-other' : 'blocked-next-used';
    if (isUnavailable) return chosen === undefined ? 'unavailable-no-other' : 'unavailable-next-used';
  }
  return undefined;
}
