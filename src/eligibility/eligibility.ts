// May this record be dialed now, on which phone, and if not, why and when? Rule by rule, in plain sentences.
// Stores choose by `decideRecord`, people read what `explainRecord` says: both ask the same rules. Decides nothing about
// lines, agents or the campaign's hours.

import { defined } from '../base/defined.ts';
import { lawHere } from '../rules/law.ts';
import type { LawHere } from '../rules/law.ts';
import { PHONE_RULES } from './phone-rules.ts';
import { phonesInTurn } from '../records/phones.ts';
import { RECORD_RULES } from './record-rules.ts';
import { whereabouts } from '../places/zones.ts';
import type { EligibilityInput, Facing, Inputs, PhoneRule, Ruling } from '../rules/ruling.ts';

export type { EligibilityInput } from '../rules/ruling.ts';

interface RuleFinding {
  readonly rule: string;
  readonly allows: boolean;
  /** One sentence with the figures. */
  readonly why: string;
  /** A rule that refuses for now: when it next allows. */
  readonly notBeforeAt?: number;
  /** A rule that refuses: from when on it allows a call for which an agent is engaged. */
  readonly agentEngagedFromAt?: number;
  readonly citation?: string;
  /** Index of the phone that it speaks of; absent: it speaks of the record. */
  readonly phoneIndex?: number;
  readonly inputs: Inputs;
}

interface Answer {
  /** Every rule on the record allows, and every rule on one of its phones. */
  readonly mayDial: boolean;
  /** Index into the record's phones of the phone that would be dialed; absent when none may be now. */
  readonly phoneIndex?: number;
  /** The first moment at which it may be dialed if nothing else changes; absent when now, never or not foreseeable. */
  readonly notBeforeAt?: number;
  /** It can never be dialed again unless someone changes the record, the lists, the rules or the campaign. */
  readonly never: boolean;
}

export interface Explanation extends Answer {
  readonly findings: readonly RuleFinding[];
}

export interface Decision extends Answer {
  /** Neither now nor never: when it is worth asking again, later than now. */
  readonly askAgainAt?: number;
  /** The first refusal; empty when it may be dialed. */
  readonly why: string;
  /** Name of the rule that says it. */
  readonly rule?: string;
}

/** A refusal with the name of the rule that refuses, which is only asked for when someone reads it. */
type Refusal = Ruling & { readonly ruleName: () => string };

/** When nothing can be foreseen. */
const UNFORESEEN_MS = 3_600_000;
/** Refusals passed one after the other before the moment counts as not foreseeable: each attempt ends a few of them. */
const MOST_STEPS = 2000;

/** Whether the record is dialed at `now`, and if not, when to ask again. Total, deterministic, microseconds. */
export function decideRecord(input: EligibilityInput): Decision {
  const asked = new Asked(input);
  const answer = asked.answer();
  if (answer.mayDial) return { ...answer, why: '' };
  const refusals = asked.refusalsNow();
  const why = refusals[0]?.explain().why ?? '';
  const rule = refusals[0]?.ruleName() ?? '';
  if (answer.never) return { ...answer, why, rule };
  const pauseMs = Math.min(UNFORESEEN_MS, ...refusals.map(({ askAgainMs }) => askAgainMs ?? UNFORESEEN_MS));
  return { ...answer, why, rule, askAgainAt: answer.notBeforeAt ?? input.now + pauseMs };
}

/** Why the record would or would not be dialed at `now`, and when it may be. Total and deterministic. */
export function explainRecord(input: EligibilityInput): Explanation {
  const asked = new Asked(input);
  return { ...asked.answer(), findings: asked.findings() };
}

interface Phone {
  readonly facing: Facing;
  readonly law: LawHere;
}

/** The rules asked about one record. */
class Asked {
  readonly #input: EligibilityInput;
  readonly #phones: readonly Phone[];
  readonly #phoneRefusals: (readonly Refusal[])[] = [];
  #record: readonly Refusal[] | undefined;

  constructor(input: EligibilityInput) {
    this.#input = input;
    const { facts, campaign } = input;
    this.#phones = phonesInTurn(input).map((phoneIndex) => {
      const number = facts.phones[phoneIndex]?.number ?? '';
      const law = lawHere(campaign, whereabouts(number, facts.fields, campaign.person));
      return { facing: { input, phoneIndex, number }, law };
    });
  }

  answer(): Answer {
    const record = this.#recordNow();
    if (record.length === 0) {
      const { now } = this.#input;
      const free = this.#phones.find((phone) => phoneRefusals(phone, now, 'first').length === 0);
      if (free) return { mayDial: true, phoneIndex: free.facing.phoneIndex, never: false };
    }
    if (record.some(isForGood)) return { mayDial: false, never: true };
    const moments = this.#phones.map((phone, place) => this.#firstAllowedAt(phone, place));
    if (moments.every((at) => at === 'never')) return { mayDial: false, never: true };
    const foreseen = moments.filter((at) => typeof at === 'number');
    // A phone that cannot be foreseen may be free before the others are.
    const isForeseen = foreseen.length > 0 && !moments.includes('unforeseen');
    return { mayDial: false, never: false, ...(isForeseen ? { notBeforeAt: Math.min(...foreseen) } : {}) };
  }

  /** The refusals that count now: the record's, or those of its phones that are not refused for good. */
  refusalsNow(): readonly Refusal[] {
    const record = this.#recordNow();
    if (record.length > 0) return record;
    const phones = this.#phones.map((_, place) => this.#phoneNow(place));
    const lasting = phones.filter((refusals) => !refusals.some(isForGood));
    return (lasting.length > 0 ? lasting : phones).flat();
  }

  findings(): readonly RuleFinding[] {
    const { now } = this.#input;
    const record = RECORD_RULES.map(({ name, judge }) => finding({ name }, judge(this.#input, now)));
    const phones = this.#phones.flatMap(({ facing, law }) =>
      [...PHONE_RULES, ...law.hours, ...law.rules].map((rule) =>
        finding(rule, rule.judge(facing, now), facing.phoneIndex),
      ),
    );
    return [...record, ...phones];
  }

  /** The record's refusals now, asked for once. */
  #recordNow(): readonly Refusal[] {
    return (this.#record ??= this.#recordRefusals(this.#input.now));
  }

  /** The refusals of a phone now, by its place in the order of trying, asked for once. */
  #phoneNow(place: number): readonly Refusal[] {
    const known = this.#phoneRefusals[place];
    if (known) return known;
    const phone = this.#phones[place];
    const refusals = phone === undefined ? [] : phoneRefusals(phone, this.#input.now, 'all');
    this.#phoneRefusals[place] = refusals;
    return refusals;
  }

  #recordRefusals(at: number): readonly Refusal[] {
    const refusals: Refusal[] = [];
    for (const { name, judge } of RECORD_RULES) {
      const ruling = judge(this.#input, at);
      if (!ruling.allows) refusals.push({ ...ruling, ruleName: () => name });
    }
    return refusals;
  }

  /** Goes from refusal to the moment at which it ends until every rule allows: nothing is allowed in between. */
  #firstAllowedAt(phone: Phone, place: number): number | 'never' | 'engaged-only' | 'unforeseen' {
    let at = this.#input.now;
    let refusals: readonly Ruling[] = [...this.#recordNow(), ...this.#phoneNow(place)];
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      if (refusals.length === 0) return at;
      if (refusals.some(isForGood)) return 'never';
      if (refusals.some(({ engagedOnly }) => engagedOnly === true)) return 'engaged-only';
      let latest = at;
      for (const { notBeforeAt } of refusals) {
        if (notBeforeAt === undefined) return 'unforeseen';
        latest = Math.max(latest, notBeforeAt);
      }
      at = latest;
      refusals = [...this.#recordRefusals(at), ...phoneRefusals(phone, at, 'all')];
    }
    return 'unforeseen';
  }
}

function isForGood({ never }: Ruling): boolean {
  return never === true;
}

const NOT_NOW = 'Calls are not allowed at this hour where the person is.';

/** The refusals of the rules on a phone; `first`: none or one of them, whichever is found soonest. */
function phoneRefusals({ facing, law }: Phone, at: number, wanted: 'first' | 'all'): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const { open, toAt } = law.joint.at(at);
  if (!open) {
    const closed = () => law.hours.find((rule) => !rule.judge(facing, at).allows);
    refusals.push({
      allows: false,
      explain: () => closed()?.judge(facing, at).explain() ?? { why: NOT_NOW, inputs: {} },
      ruleName: () => closed()?.name ?? 'hours',
      ...(toAt === Infinity ? { never: true } : { notBeforeAt: toAt }),
    });
    if (wanted === 'first') return refusals;
  }
  for (const rules of [PHONE_RULES, law.rules]) {
    for (const rule of rules) {
      const ruling = rule.judge(facing, at);
      if (ruling.allows) continue;
      refusals.push({ ...ruling, ruleName: () => rule.name });
      if (wanted === 'first') return refusals;
    }
  }
  return refusals;
}

function finding(
  { name, citation }: Pick<PhoneRule, 'name' | 'citation'>,
  { allows, notBeforeAt, agentEngagedFromAt, explain }: Ruling,
  phoneIndex?: number,
): RuleFinding {
  return {
    rule: name,
    allows,
    ...explain(),
    ...defined({ notBeforeAt, agentEngagedFromAt, citation, phoneIndex }),
  };
}
