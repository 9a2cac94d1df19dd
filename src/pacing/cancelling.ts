// Which ringing calls to give up: those whose person would too probably get no agent.
// Never one that has rung for less than the legal time, never one that was picked up, never more than the surplus
// over the free agents.
//
// A call's own risk is Σ_t q'(t)·P(D without it (t) ≤ 0) ÷ Σ_t q'(t), q' its chance to be answered in each step.
// The worst one goes while its risk is above 3θ; then D is looked at again.

import type { PacedCall } from './call-book.ts';
import { STEPS } from './grid.ts';
import type { Learning } from './learning.ts';
import type { Supply } from './supply.ts';
import type { Tracker } from './tracker.ts';

/** A dial in flight has cost already; it is given up only at this multiple of the price. */
const TIMES_PRICE = 3;

export interface CancelRule {
  readonly now: number;
  readonly minRingMs: number;
  readonly price: number;
}

/** Whether a call has rung long enough to be given up. */
export function mayCancel(call: PacedCall, rule: { now: number; minRingMs: number }): boolean {
  return call.stage === 'placed' && call.ringingAt !== undefined && rule.now - call.ringingAt >= rule.minRingMs;
}

/** Names the calls to give up and takes them out of the supply. */
export function pickCancelled(supply: Supply, tracker: Tracker, learning: Learning, rule: CancelRule): string[] {
  const { agents, calls } = tracker;
  const surplus = calls.inFlight - Math.max(0, agents.ready - calls.waiting);
  if (surplus <= 0 || !threatened(supply, TIMES_PRICE * rule.price)) return [];
  const { answers } = learning;
  const rows: { id: string; row: number }[] = [];
  for (const call of calls.values()) {
    if (mayCancel(call, rule)) rows.push({ id: call.id, row: answers.row((rule.now - call.dialedAt) / 1000) });
  }
  const cancelled: string[] = [];
  while (cancelled.length < surplus && rows.length > 0) {
    const worst = worstOf(supply, answers.table, rows);
    const found = rows[worst.index];
    if (found === undefined || worst.risk <= TIMES_PRICE * rule.price) break;
    supply.removeCall(answers.table, found.row);
    cancelled.push(found.id);
    rows.splice(worst.index, 1);
  }
  return cancelled;
}

/** Whether any call at all can be above the limit: the cheap test that nearly always says no. */
function threatened(supply: Supply, limit: number): boolean {
  const noAgents = supply.noAgents();
  for (let k = 0; k < STEPS; k += 1) if ((noAgents[k] ?? 0) > limit) return true;
  return false;
}

function worstOf(
  supply: Supply,
  table: Float64Array,
  rows: readonly { row: number }[],
): { index: number; risk: number } {
  const worst = { index: -1, risk: -1 };
  let lastRow = -1;
  rows.forEach(({ row }, index) => {
    if (row === lastRow) return;
    lastRow = row;
    const risk = ownRisk(supply, table, row);
    if (risk > worst.risk) {
      worst.index = index;
      worst.risk = risk;
    }
  });
  return worst;
}

function ownRisk(supply: Supply, table: Float64Array, row: number): number {
  let before = 0;
  let risk = 0;
  for (let k = 0; k < STEPS; k += 1) {
    const upTo = table[row + k] ?? 0;
    if (upTo - before > 1e-6) risk += (upTo - before) * supply.noAgentWithout(k, table, row);
    before = upTo;
  }
  return before > 1e-6 ? risk / before : 0;
}
