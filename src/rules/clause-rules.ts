// The clauses of rule packs that decide on dialing, each as a rule: hours, attempts in a span of time, quiet after
// something, consent first, the age of a do-not-call list.

import { own } from '../base/own.ts';
import { formatDuration } from '../base/durations.ts';
import { formatLocal } from '../base/local-time.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { AttemptsDemand, DoNotCallDemand, Excuse, QuietDemand, Span } from '../campaign/rule-pack.ts';
import { hoursAt, JointHours } from './calling-hours.ts';
import type { PlaceHours } from './calling-hours.ts';
import { readConsent } from './consent.ts';
import { isWithin, longestMs, overAt, quietReachMs, useOf } from './frequency.ts';
import type { PastAttempt, RecordFacts } from '../records/record.ts';
import { allow } from './ruling.ts';
import type { Facing, PhoneRule, Ruling } from './ruling.ts';

/** A clause where the person may be. */
export interface ClauseAt {
  /** `us-florida/hours` */
  readonly name: string;
  readonly citation: string;
  readonly zones: readonly string[];
}

/** An hour after which a list may have been imported again. */
const ASK_AGAIN_MS = 3_600_000;

const ENGAGING_MODES = new Set<Campaign['mode']>(['manual', 'preview', 'push-preview', 'direct-push-preview']);

export function hoursRule(parts: readonly PlaceHours[], { name, citation, zones }: ClauseAt): PhoneRule {
  const joint = new JointHours(parts);
  return {
    name,
    citation,
    judge(_, at) {
      const { open, toAt } = joint.at(at);
      const explain = () => {
        const closed = parts.filter((part) => !hoursAt(part, at).open).map(({ zone }) => formatLocal(zone, at));
        const opens = toAt === Infinity ? 'in no hour' : `from ${formatLocal(zones[0] ?? 'UTC', toAt)} on`;
        const why = open
          ? `Calls are allowed now in ${zonesText(zones)}.`
          : `No calls at ${closed.slice(0, 3).join(', ')}; allowed in ${zonesText(zones)} ${opens}.`;
        return {
          why,
          inputs: { zones: zones.join(' '), closedIn: closed.length, until: toAt === Infinity ? null : toAt },
        };
      };
      if (open) return allow(explain);
      return toAt === Infinity
        ? { allows: false, never: true, explain }
        : { allows: false, notBeforeAt: toAt, explain };
    },
  };
}

function zonesText(zones: readonly string[]): string {
  return zones.length <= 3 ? zones.join(', ') : `${zones.slice(0, 2).join(', ')} and ${zones.length - 2} more zones`;
}

function spanText(span: Span): string {
  if (span.unit === 'time') return formatDuration(span.ms);
  return span.days === 1 ? 'a day' : `${span.days} days`;
}

export function attemptsRule(demand: AttemptsDemand, { name, citation, zones }: ClauseAt): PhoneRule {
  const { most, within } = demand;
  const reachMs = longestMs(within);
  return {
    name,
    citation,
    judge({ input, number }, at) {
      const overAts: number[] = [];
      for (const past of input.facts.history) {
        if (past.dialedAt + reachMs <= at || !isCounted(demand, past, { facts: input.facts, number })) continue;
        overAts.push(overAt(within, past.dialedAt, zones));
      }
      const { used, freeAt } = useOf(overAts, most, at);
      const excuse = excuseFor(demand, { input, zones, at });
      const explain = () => ({
        why: `${used} of ${most} attempts to this ${demand.per} within ${spanText(within)} are used${excuseText(excuse)}.`,
        inputs: { used, most, per: demand.per, within: spanText(within), freeAt: freeAt ?? null },
      });
      if (used < most || excuse !== undefined) return allow(explain);
      return freeAt === undefined
        ? { allows: false, never: true, explain }
        : { allows: false, notBeforeAt: freeAt, explain };
    },
  };
}

interface Called {
  readonly facts: RecordFacts;
  readonly number: string;
}

function isCounted({ per, except }: AttemptsDemand, past: PastAttempt, { facts, number }: Called): boolean {
  if (!past.counts || (past.result !== null && except.includes(past.result))) return false;
  if (per === 'number') return past.number === number;
  // A call to a number that the contact shares with others has reached the contact's phone.
  return per === 'contact' || past.record === facts.record;
}

export function quietRule(demand: QuietDemand, { name, citation, zones }: ClauseAt, campaign: Campaign): PhoneRule {
  const reachMs = quietReachMs(demand);
  return {
    name,
    citation,
    judge({ input, number }, at) {
      let quietUntil = -Infinity;
      let eventAt: number | null = null;
      let unmet: number | null = null;
      for (const past of input.facts.history) {
        const pastAt = past.endedAt ?? past.dialedAt;
        if (pastAt + reachMs <= at || (demand.per === 'number' && past.number !== number)) continue;
        if (past.talked) unmet = null;
        if (!isEvent(demand.after, past, campaign)) continue;
        unmet = pastAt;
        const over = overAt(demand.for, pastAt, zones);
        if (over > quietUntil) [quietUntil, eventAt] = [over, pastAt];
      }
      if (quietUntil <= at && demand.thenAgentEngaged && unmet !== null)
        return engagedOnly({ demand, zones, unmet, quietUntil }, input);
      return quiet({ demand, zones, quietUntil, eventAt, excuse: excuseFor(demand, { input, zones, at }) }, at);
    },
  };
}

/** The quiet time is over; no one has talked with the person since. */
function engagedOnly({ demand, zones, unmet, quietUntil }: Unmet, input: Facing['input']): Ruling {
  const isEngaged = isAgentEngaged(input);
  const explain = () => {
    const [since, from] = [unmet, quietUntil].map((at) => formatLocal(zones[0] ?? 'UTC', at));
    const untilThen = `no agent has talked with the person since ${eventText(demand)} of ${since}`;
    const why = `Since ${from}, and until somebody talks with the person, only with an agent engaged for the call: ${untilThen}.`;
    return {
      why,
      inputs: { after: demand.after, eventAt: unmet, agentEngaged: isEngaged, agentEngagedFrom: quietUntil },
    };
  };
  return isEngaged ? allow(explain) : { allows: false, engagedOnly: true, agentEngagedFromAt: quietUntil, explain };
}

interface Unmet {
  readonly demand: QuietDemand;
  readonly zones: readonly string[];
  /** The last event after which no one has talked with the person. */
  readonly unmet: number;
  readonly quietUntil: number;
}

interface Quiet {
  readonly demand: QuietDemand;
  readonly zones: readonly string[];
  readonly quietUntil: number;
  readonly eventAt: number | null;
  readonly excuse: Excuse | undefined;
}

function quiet({ demand, zones, quietUntil, eventAt, excuse }: Quiet, at: number): Ruling {
  const isQuiet = quietUntil > at;
  const explain = () => {
    const what = eventText(demand);
    const span = spanText(demand.for);
    const until = isQuiet ? formatLocal(zones[0] ?? 'UTC', quietUntil) : '';
    const none = `No ${what.replace(/^an? /, '')} within the last ${span}.`;
    const then = demand.thenAgentEngaged ? ', and then only with an agent engaged for the call' : '';
    const why = isQuiet ? `Quiet after ${what} for ${span}, until ${until}${then}${excuseText(excuse)}.` : none;
    return { why, inputs: { after: demand.after, eventAt, quietFor: span, excuse: excuse ?? null } };
  };
  if (!isQuiet || excuse !== undefined) return allow(explain);
  return { allows: false, notBeforeAt: quietUntil, ...withAgentEngaged(demand, eventAt, quietUntil), explain };
}

/** From when on an agent who is engaged for the call makes the difference. */
function withAgentEngaged(
  { unless, thenAgentEngaged }: QuietDemand,
  eventAt: number | null,
  quietUntil: number,
): Pick<Ruling, 'agentEngagedFromAt'> {
  if (unless.includes('agent-held') && eventAt !== null) return { agentEngagedFromAt: eventAt };
  return thenAgentEngaged ? { agentEngagedFromAt: quietUntil } : {};
}

function eventText({ after }: QuietDemand): string {
  return after === 'abandoned' ? 'an abandoned call' : `a ${after}`;
}

/** Why the clause does not hold for this call; undefined when it does. */
function excuseFor(
  { unless, askedFor }: AttemptsDemand | QuietDemand,
  { input, zones, at }: { readonly input: Facing['input']; readonly zones: readonly string[]; readonly at: number },
): Excuse | undefined {
  const { callback } = input.facts;
  // Who has asked for a call has done so for a while only, where the law says for how long.
  const isAsked = callback !== null && (askedFor === undefined || isWithin(askedFor, callback.setAt, { at, zones }));
  return unless.find((excuse) => (excuse === 'callback' ? isAsked : isAgentEngaged(input)));
}

function isAgentEngaged({ campaign, agentEngaged }: Facing['input']): boolean {
  return agentEngaged ?? ENGAGING_MODES.has(campaign.mode);
}

function excuseText(excuse: Excuse | undefined): string {
  if (excuse === undefined) return '';
  return excuse === 'callback' ? '; the person asked to be called' : '; an agent is engaged for the call';
}

function isEvent(after: QuietDemand['after'], past: PastAttempt, campaign: Campaign): boolean {
  switch (after) {
    case 'conversation':
      return past.talked;
    case 'abandoned':
      return past.result === 'abandoned';
    case 'machine':
      return past.result === 'machine';
    case 'refusal':
      return past.disposition !== null && campaign.refusals.includes(past.disposition);
  }
}

export function consentRule({ name, citation }: ClauseAt): PhoneRule {
  return {
    name,
    citation,
    judge({ input: { facts, campaign } }, at) {
      const field = campaign.person.consent;
      const value = field === undefined ? undefined : own(facts.fields, field);
      const consent = readConsent(value, at);
      const explain = () => ({
        why: consentSentence(consent.agreed, field, value),
        inputs: { field: field ?? null, consent: consent.agreed },
      });
      if (consent.agreed) return allow(explain);
      const { fromAt } = consent;
      return fromAt === undefined
        ? { allows: false, never: true, explain }
        : { allows: false, notBeforeAt: fromAt, explain };
    },
  };
}

function consentSentence(agreed: boolean, field: string | undefined, value: unknown): string {
  if (field === undefined) return 'Nothing says that the person has agreed to be called (no field is named for it).';
  const says = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  if (agreed) return `The person has agreed to be called (${field}: ${says}).`;
  const isEmpty = says.trim() === '' || says === '""';
  const what = isEmpty
    ? `field ${field} is empty`
    : `field ${field} says \`${says}\`, which is no yes and no day that has come`;
  return `Nothing says that the person has agreed to be called (${what}).`;
}

export function doNotCallRule({ list, greatestAgeMs }: DoNotCallDemand, { name, citation }: ClauseAt): PhoneRule {
  return {
    name,
    citation,
    judge({ input: { listsImportedAt, campaign } }, at) {
      const importedAt = listsImportedAt?.get(list);
      const honoured = campaign.doNotCall?.includes(list) === true;
      const ageMs = importedAt === undefined ? null : at - importedAt;
      const stale =
        listsImportedAt !== undefined && honoured && (ageMs === null || ageMs > (greatestAgeMs ?? Infinity));
      const explain = () => ({
        why: listSentence({ list, honoured, ageMs, stale, isKnown: listsImportedAt !== undefined }),
        inputs: { list, honoured, importedAt: importedAt ?? null, greatestAgeMs },
      });
      return stale ? { allows: false, askAgainMs: ASK_AGAIN_MS, explain } : allow(explain);
    },
  };
}

interface ListAge {
  readonly list: string;
  readonly honoured: boolean;
  readonly ageMs: number | null;
  readonly stale: boolean;
  readonly isKnown: boolean;
}

function listSentence({ list, honoured, ageMs, stale, isKnown }: ListAge): string {
  if (!honoured) return `The campaign does not name ${list} under do_not_call: compliance is your responsibility.`;
  if (!isKnown) return `The campaign honours the list ${list}.`;
  if (ageMs === null) return `The list ${list} has never been imported.`;
  const age = formatDuration(Math.max(0, Math.round(ageMs / 3_600_000) * 3_600_000));
  return stale ? `The list ${list} is ${age} old: import it again.` : `The list ${list} was imported ${age} ago.`;
}
