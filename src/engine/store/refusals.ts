// What the store's port refuses, and whoever looks something up in it: each in the same words everywhere.

import { OperationalError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';

export function recordUnknown(record: number): OperationalError {
  const hint = 'outdial record find searches by name and number.';
  return new OperationalError('record-unknown', `There is no record ${record}.`, { hint, httpCode: 404 });
}

export function contactUnknown(contact: number): OperationalError {
  const hint = 'outdial contact find searches by name, number and field.';
  return new OperationalError('contact-unknown', `There is no contact ${contact}.`, { hint, httpCode: 404 });
}

export function attemptUnknown(attempt: string): OperationalError {
  const hint = 'outdial report attempts shows their ids; live events carry them.';
  return new OperationalError('attempt-unknown', `There is no attempt ${attempt}.`, { hint, httpCode: 404 });
}

/** `saved`: the filters that there are. */
export function filterUnknown(name: string, saved: readonly { readonly name: string }[]): OperationalError {
  const meant = didYouMean(
    name,
    saved.map((filter) => filter.name),
  );
  const hint = 'outdial filter list shows those that there are.';
  return new OperationalError('filter-unknown', `There is no filter ${name}.${meant}`, { hint, httpCode: 404 });
}

/** `known`: the numbers that agents have. */
export function agentUnknown(number: string, known: Iterable<string>): OperationalError {
  const hint = 'outdial agent list shows them all.';
  return new OperationalError('agent-unknown', `There is no agent ${number}.${didYouMean(number, known)}`, {
    hint,
    httpCode: 404,
  });
}

/** `hint`: how long an import is remembered, where that is known. */
export function importUnknown(
  id: string,
  hint = 'An import ends when it is finished or abandoned, and with the daemon.',
): OperationalError {
  return new OperationalError('import-unknown', `There is no import ${id}.`, { hint, httpCode: 404 });
}

export function listInUse(list: string, campaign: string): OperationalError {
  const hint = `Stop the campaign first: outdial campaign stop ${campaign}.`;
  return new OperationalError('list-in-use', `The campaign ${campaign} uses the list ${list}.`, {
    hint,
    httpCode: 409,
  });
}

/** `what`: what is imported, and into what; `hint`: what ends it. */
export function importRunning(what: string, hint = 'Wait until it has finished, or stop it.'): OperationalError {
  return new OperationalError('import-running', `An import ${what} is running.`, { hint, httpCode: 409 });
}

/** What cannot be read as a number of the default country or with its country code. */
export function numberInvalid(text: string): OperationalError {
  const hint = 'Give it as +, country code and number, or in the form of the default country.';
  return new OperationalError('number-invalid', `${text} is no telephone number.`, { hint });
}
