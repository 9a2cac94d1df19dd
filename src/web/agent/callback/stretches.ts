// The half-hours of a day as stretches: those that may be chosen, and those that are forbidden with their reason. Pure.

import type { z } from 'zod';
import { defined } from '../../../base/defined.ts';
import type { callbackTimes } from '../../../http/wire/callbacks.ts';
import type { Stretch } from '../../ui/slots.tsx';
import type { Words } from '../../words/en.ts';

export type CallbackTimes = z.output<typeof callbackTimes>;
type Judged = CallbackTimes['slots'][number];

/** Why a time cannot be agreed on, with the rule's name. */
export function reasonOf({ forbidden }: Judged, words: Words): string | undefined {
  if (forbidden === undefined) return undefined;
  const { code, rule } = forbidden;
  const reason = words.callback.forbidden[code];
  return rule === undefined ? reason : `${reason}: ${words.callback.rules[rule] ?? rule}`;
}

const clock = ({ local }: Judged): string => local.slice(11);

export function stretchesOf(slots: readonly Judged[], words: Words): readonly Stretch[] {
  const stretches: { reason: string | undefined; slots: Judged[] }[] = [];
  for (const slot of slots) {
    const reason = reasonOf(slot, words);
    const last = stretches.at(-1);
    if (last !== undefined && last.reason === reason) last.slots.push(slot);
    else stretches.push({ reason, slots: [slot] });
  }
  return stretches.map(({ reason, slots: own }, place) => {
    const [first] = own;
    const next = stretches[place + 1]?.slots[0];
    return {
      label: `${first === undefined ? '' : clock(first)} – ${next === undefined ? '24:00' : clock(next)}`,
      slots: own.map((slot) => ({ code: slot.local, label: clock(slot) })),
      ...defined({ reason }),
    };
  });
}

/** Why a time that was typed cannot be agreed on, as far as the half-hours around it say. */
export function reasonAt(local: string, { slots }: Pick<CallbackTimes, 'slots'>, words: Words): string | undefined {
  const place = slots.findLastIndex((slot) => slot.local <= local);
  const [slot, next] = [slots[place], slots[place + 1]];
  if (slot === undefined || !slot.local.startsWith(local.slice(0, 10))) return undefined;
  // A boundary between two half-hours is the server's to judge.
  return slot.local === local || next?.forbidden !== undefined ? reasonOf(slot, words) : undefined;
}
