// To whom a person may be given: destinations of the campaign, agents who are ready, a number that is typed. Pure.

import type { z } from 'zod';
import type { colleague } from '../../../http/wire/calls.ts';
import type { CallStanding, WantedThird } from '../../live/call.ts';

export type Colleague = z.output<typeof colleague>;

export interface Target {
  readonly id: string;
  readonly kind: 'destination' | 'agent' | 'number';
  readonly label: string;
  readonly to: WantedThird;
}

/** At least so many digits are a number, and no number of an agent. */
const FEWEST_DIGITS = 4;
const MOST = 8;

export function targetsOf(
  { destinations, anyNumber, agents }: CallStanding['transfer'],
  colleagues: readonly Colleague[],
  typed: string,
): readonly Target[] {
  const wanted = typed.trim().toLocaleLowerCase();
  const fits = (...texts: readonly string[]): boolean =>
    wanted.split(/\s+/).every((part) => texts.some((text) => text.toLocaleLowerCase().includes(part)));
  const named = destinations
    .filter(({ name, label, key }) => fits(label, name) || key === wanted)
    .map(({ name, label }): Target => ({ id: `d ${name}`, kind: 'destination', label, to: { destination: name } }));
  const ready = (agents ? colleagues : [])
    .filter((one) => one.isReady && fits(one.name, one.number))
    .map(({ number, name }): Target => ({
      id: `a ${number}`,
      kind: 'agent',
      to: { agent: number },
      label: name === '' || name === number ? number : `${name} (${number})`,
    }));
  const number = anyNumber ? numberIn(typed) : undefined;
  const dialed: readonly Target[] =
    number === undefined ? [] : [{ id: 'n', kind: 'number', label: number, to: { number } }];
  return [...named, ...ready, ...dialed].slice(0, MOST);
}

/** What was typed, when it can be a telephone number. */
function numberIn(typed: string): string | undefined {
  const text = typed.trim();
  const digits = text.replaceAll(/\D/g, '').length;
  return digits >= FEWEST_DIGITS && /^\+?[\d\s()/.-]+$/.test(text) ? text : undefined;
}

/** The one below or above in the list; at its ends it stays. */
export function neighbour(targets: readonly Target[], id: string | null, step: 1 | -1): Target | undefined {
  const place = targets.findIndex((one) => one.id === id);
  return targets[Math.min(targets.length - 1, Math.max(0, place + step))];
}
