// What becomes of messages after a try to send them. A receiver that takes nothing is left alone for longer and longer, and
// its messages wait in order; a message that a receiver does not take holds up no other. Pure.

import { backoffMs } from '../base/backoff.ts';
import type { OutboxMessage, Settled } from '../engine/store/outbox.ts';
import type { Outcome } from './receivers.ts';

/** A receiver that takes nothing is tried again after so long, and a message that was not taken. */
const RECEIVER = { firstMs: 1_000, maxMs: 600_000 };
const MESSAGE = { firstMs: 10_000, maxMs: 3_600_000 };
/** A message that the receiver itself does not take is given up after so many tries. */
const MESSAGE_TRIES = 8;

/** How a receiver stands: tries in a row without an answer, and until when it is left alone. */
export interface Line {
  readonly failures: number;
  readonly restsUntilAt: number;
}

export const FRESH: Line = { failures: 0, restsUntilAt: 0 };

export interface Tried {
  readonly hook: string;
  readonly messages: readonly OutboxMessage[];
  readonly outcomes: readonly Outcome[];
  readonly giveUpAfterMs: number;
  readonly now: number;
  /** In [0, 1): spreads the next tries of several receivers. */
  readonly chance: number;
}

/** What the store settles, and how the receiver stands then. */
export function afterTrying(line: Line, tried: Tried): { readonly line: Line; readonly settled: Settled } {
  const { hook, messages, outcomes, giveUpAfterMs, now, chance } = tried;
  const triesOf = new Map(messages.map(({ id, tries }) => [id, tries]));
  const sent = outcomes.flatMap((outcome) => (outcome.kind === 'sent' ? [outcome.id] : []));
  const faults = outcomes.flatMap((outcome): Settled['faults'] => {
    if (outcome.kind === 'receiver') return [{ id: outcome.id, fault: outcome.fault }];
    if (outcome.kind !== 'message') return [];
    const tries = (triesOf.get(outcome.id) ?? 0) + 1;
    const nextAt = tries >= MESSAGE_TRIES ? null : now + backoffMs(MESSAGE, tries - 1, chance);
    return [{ id: outcome.id, fault: outcome.fault, nextAt }];
  });
  const away = outcomes.find((outcome) => outcome.kind === 'receiver');
  if (away?.kind !== 'receiver') return { line: FRESH, settled: { sent, faults } };
  const failures = line.failures + 1;
  return {
    line: { failures, restsUntilAt: now + backoffMs(RECEIVER, failures - 1, chance) },
    settled: { sent, faults, giveUp: { hook, before: now - giveUpAfterMs, fault: away.fault } },
  };
}
