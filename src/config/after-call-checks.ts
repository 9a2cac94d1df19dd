// What a schema cannot tell of the keys about what comes after a call: call-again rules that say too much or too little,
// dispositions whose parts do not go together, an auto-callback campaign without its people.

import type { Checking } from './checking.ts';
import type { Path } from './source.ts';
import { valueAt } from './validate.ts';

type Tell = Checking['tell'];

export function checkAfterCall({ at, tell }: Checking): void {
  for (const [index, rule] of entries(at(['call_again']))) checkRule(tell, ['call_again', index], rule);
  for (const [index, item] of entries(at(['dispositions']))) checkDisposition(tell, ['dispositions', index], item);
  checkAutoCallback({ at, tell });
}

function checkRule(tell: Tell, path: Path, rule: unknown): void {
  const isAgain = valueAt(rule, ['after']) !== undefined;
  const ends = ['give_up', 'remove_contact'].filter((key) => isYes(valueAt(rule, [key])));
  const hint =
    'Write after: 10m to call again, give_up: yes to finish, or remove_contact: yes to take the contact out.';
  const [end] = ends;
  if (!isAgain && end === undefined) tell(path, 'The rule says neither when to call again nor to give up.', hint);
  if (isAgain && end !== undefined)
    tell([...path, end], `The rule both calls again and ${END_WORDS[end] ?? ''}.`, hint);
  if (ends.length > 1) tell([...path, 'remove_contact'], 'The rule both gives up and removes the contact.', hint);
  if (end !== undefined) {
    for (const key of ['phone', 'prefix', 'priority'].filter((key) => valueAt(rule, [key]) !== undefined)) {
      tell([...path, key], `A rule that ${END_WORDS[end] ?? ''} dials no phone.`, `Leave ${key} out.`);
    }
  }
  checkPrefix(tell, [...path, 'prefix'], valueAt(rule, ['prefix']));
}

const END_WORDS: Readonly<Record<string, string>> = { give_up: 'gives up', remove_contact: 'removes the contact' };

function checkPrefix(tell: Tell, path: Path, prefix: unknown): void {
  if (prefix === undefined) return;
  const changes = ['add', 'strip', 'replace'].filter((key) => valueAt(prefix, [key]) !== undefined);
  const hint = 'Write one of add: "49", strip: "0", or replace: "49" with with: "43".';
  const hasWith = valueAt(prefix, ['with']) !== undefined;
  const second = changes[1];
  if (changes.length === 0) tell(path, 'Nothing says how the number is changed.', hint);
  if (second !== undefined) tell([...path, second], 'The number is changed in two ways at once.', hint);
  if (changes.includes('replace') && !hasWith) tell([...path, 'replace'], 'Nothing says what takes its place.', hint);
  if (hasWith && !changes.includes('replace')) tell([...path, 'with'], 'There is nothing to replace.', hint);
}

function checkDisposition(tell: Tell, path: Path, item: unknown): void {
  const then = valueAt(item, ['then']);
  for (const key of ['list', 'numbers']) {
    if (valueAt(item, [key]) === undefined || then === 'do-not-call') continue;
    tell([...path, key], `${key} goes with then: do-not-call alone.`, 'Leave it out, or add then: do-not-call.');
  }
  if (then !== undefined && valueAt(item, ['ask']) === 'callback') {
    const hint = 'Leave ask: callback or then out.';
    tell([...path, 'ask'], 'A disposition cannot agree on a callback and end the record at once.', hint);
  }
}

function checkAutoCallback({ at, tell }: Pick<Checking, 'at' | 'tell'>): void {
  const isAuto = at(['mode']) === 'auto-callback';
  const section = at(['auto_callback']);
  if (isAuto && section === undefined) {
    tell(['mode'], 'Nothing says whose missed people are called.', 'Add auto_callback: {from: [CAMPAIGN]}.');
  }
  if (!isAuto && section !== undefined) {
    tell(['auto_callback'], 'Only a campaign of mode auto-callback has this.', 'Leave it out, or change the mode.');
  }
}

const isYes = (value: unknown): boolean => value === 'yes' || value === 'true';

function entries(value: unknown): readonly (readonly [number, unknown])[] {
  return Array.isArray(value) ? value.map((item: unknown, index) => [index, item] as const) : [];
}
