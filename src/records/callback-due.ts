// When an agreed callback may be dialed, and for whom: its own agent's first, by the campaign's rule anybody's later.
// Pure arithmetic; whether hours, lists and laws allow it is eligibility.ts.

import type { Campaign, CallbackRules } from '../campaign/definition.ts';
import { formatDuration } from '../base/durations.ts';
import { formatLocal } from '../base/local-time.ts';
import type { AgentNumber } from '../terms.ts';
import type { CallbackFacts } from './record.ts';

/** A callback's own decision: whether it is due for who would take it. */
interface CallbackRuling {
  readonly allows: boolean;
  readonly why: string;
  readonly notBeforeAt?: number;
  readonly never?: boolean;
  readonly inputs: Readonly<Record<string, string | number | boolean | null>>;
}

/** When whoever is free may take the callback, or look at it again: its time, for a personal one after its wait. */
export function personalDueAt(callback: Pick<CallbackFacts, 'at' | 'agent'>, rules: CallbackRules): number {
  return callback.agent === null || rules.then === 'wait' ? callback.at : callback.at + rules.personalWaitMs;
}

/** Whether the callback is due at `now` for `agent` (absent: for whoever is free). */
export function callbackDue(
  callback: CallbackFacts,
  {
    campaign,
    agent,
    now,
  }: { readonly campaign: Campaign; readonly agent?: AgentNumber | undefined; readonly now: number },
): CallbackRuling {
  const inputs = { callback: callback.callback, callbackAt: callback.at, agent: callback.agent, now };
  const time = formatLocal(callback.zone, callback.at);
  const what = callback.agent === null ? 'The callback' : `The personal callback of agent ${callback.agent}`;
  if (now < callback.at)
    return { allows: false, why: `${what} is agreed for ${time}.`, notBeforeAt: callback.at, inputs };
  if (callback.agent === null || callback.agent === agent) {
    return { allows: true, why: `${what} has been due since ${time}.`, inputs };
  }
  return afterItsWait(callback, campaign.callbacks, { now, inputs, what });
}

function afterItsWait(
  callback: CallbackFacts,
  rules: CallbackRules,
  { now, inputs, what }: { readonly now: number; readonly inputs: CallbackRuling['inputs']; readonly what: string },
): CallbackRuling {
  if (rules.then === 'wait') return { allows: false, why: `${what} waits for that agent.`, inputs };
  const overAt = personalDueAt(callback, rules);
  const wait = formatDuration(rules.personalWaitMs);
  const over = formatLocal(callback.zone, overAt);
  if (now < overAt) {
    return { allows: false, why: `${what} waits for that agent until ${over}.`, notBeforeAt: overAt, inputs };
  }
  if (rules.then === 'group') return { allows: true, why: `${what} has waited ${wait}: it is anybody's now.`, inputs };
  return { allows: false, never: true, why: `${what} has waited ${wait} in vain: it is given up.`, inputs };
}
