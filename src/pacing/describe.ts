// One sentence that shows an administrator why the pacer dialed that many.
// Must not decide anything: it only reads a reason.

import type { PacingLimit, PacingReason } from './reason.ts';

function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`;
}

function count(n: number, noun: string): string {
  return `${String(n)} ${noun}${n === 1 ? '' : 's'}`;
}

function action(why: PacingReason): string {
  const dials = why.dial === 0 ? 'Dials no more' : `Dials ${String(why.dial)} more`;
  return why.cancelled === 0 ? dials : `${dials}, cancels ${count(why.cancelled, 'ringing call')}`;
}

function situation(why: PacingReason): string {
  const { ready, talking, wrapUp } = why.agents;
  return (
    `${String(ready)} ready, ${String(talking)} talking, ${String(wrapUp)} in wrap-up; ` +
    `${count(why.inFlight, 'call')} in flight` +
    (why.waiting > 0 ? `, ${count(why.waiting, 'caller')} waiting` : '')
  );
}

function forecast(why: PacingReason): string {
  return (
    `${percent(why.answerRate)} of dials reach a person, about ${why.expectedFree.toFixed(1)} agents ` +
    `should be free and ${why.expectedAnswers.toFixed(1)} people have answered by then`
  );
}

function because(why: PacingReason, limit: PacingLimit): string {
  switch (limit) {
    case 'no-agents':
      return 'no agent is working';
    case 'all-busy':
      return 'every ready agent has a line';
    case 'cold-start':
      return 'too few calls have been seen to dial ahead, so one line per ready agent';
    case 'target-zero':
      return 'the abandon target is 0, so never more lines than ready agents';
    case 'guard':
      return why.guard.abandonRate === 0
        ? 'the abandonment budget does not cover a single one yet (none so far), so one line per ready agent'
        : `the abandonment budget is used up (${percent(why.guard.abandonRate)} so far), so one line per ready agent`;
    case 'max-lines':
      return `all allowed lines are in use (${String(why.lines + why.dial)})`;
    case 'calls-per-second':
      return 'the limit of calls per second is reached';
    case 'risk':
      return (
        `another call answered by a person would find no agent with ${percent(why.risk)}, a cost of ` +
        `${percent(why.cost)} where ${percent(why.price)} is acceptable now (${forecast(why)})`
      );
  }
}

/** Puts a pacing reason into one sentence of plain English. */
export function describe(why: PacingReason): string {
  return `${action(why)}: ${because(why, why.limit)} (${situation(why)}).`;
}
