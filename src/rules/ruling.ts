// What a rule says of a record at a moment. Sentences are made only when someone reads them: the choice of the next
// record asks every rule of every candidate.

import type { Campaign } from '../campaign/definition.ts';
import type { AbroadQuota } from '../trunks/hourly.ts';
import type { KindOf } from '../campaign/number-gate.ts';
import type { AgentNumber } from '../terms.ts';
import type { RecordFacts } from '../records/record.ts';

/** The service's word on one number, as long as it counts. */
export interface ValidationCheck {
  readonly answer: 'allowed' | 'blocked' | 'unavailable';
  /** The service's reason, or what kept it from answering. */
  readonly reason: string;
  readonly askedAt: number;
  /** From then on it must be asked again. */
  readonly until: number;
}

export interface EligibilityInput {
  readonly facts: RecordFacts;
  readonly campaign: Campaign;
  /** Numbers (E.164) that must not be called, with the names of the lists that hold them. */
  readonly blocked: ReadonlyMap<string, readonly string[]>;
  /** Do-not-call lists that the campaign honours, with when each was last imported; absent: ages are not judged. */
  readonly listsImportedAt?: ReadonlyMap<string, number>;
  /** What the campaign's validation service has said of numbers; absent: nothing is known. */
  readonly validation?: ReadonlyMap<string, ValidationCheck>;
  /** What a number is; absent: not known, and nothing passes the gate of a campaign whose trunks are known. */
  readonly kindOf?: KindOf;
  /** Calls to countries abroad that are left in this hour; absent: not judged. */
  readonly quotas?: readonly AbroadQuota[];
  /** Who would take the call; absent: whoever is free. */
  readonly agent?: AgentNumber;
  /** An agent is engaged for this call and takes it for certain; absent: as the campaign's mode says. */
  readonly agentEngaged?: boolean;
  /** The phone to dial and no other, by its place, whatever its type: a person has chosen it. */
  readonly onlyPhone?: number;
  readonly now: number;
}

export type Inputs = Readonly<Record<string, string | number | boolean | null>>;

export interface Explanation {
  /** One sentence with the figures. */
  readonly why: string;
  readonly inputs: Inputs;
}

export interface Ruling {
  readonly allows: boolean;
  /** Refuses for good. */
  readonly never?: boolean;
  /** Refuses for now: the first moment at which it allows; absent when that cannot be foreseen. */
  readonly notBeforeAt?: number;
  /** Refuses every call for which no agent is engaged, however much time passes. */
  readonly engagedOnly?: boolean;
  /** From when on it allows a call for which an agent is engaged; absent: that makes no difference to it. */
  readonly agentEngagedFromAt?: number;
  /** Refuses without a moment: when it is worth asking again, in ms. */
  readonly askAgainMs?: number;
  readonly explain: () => Explanation;
}

/** A rule on the record as a whole. */
export interface RecordRule {
  readonly name: string;
  readonly judge: (input: EligibilityInput, at: number) => Ruling;
}

/** One phone of a record, looked at for dialing. */
export interface Facing {
  readonly input: EligibilityInput;
  readonly phoneIndex: number;
  readonly number: string;
}

/** A rule on one phone of the record. */
export interface PhoneRule {
  readonly name: string;
  readonly citation?: string;
  readonly judge: (facing: Facing, at: number) => Ruling;
}

/** Allows, with a sentence that is only made when asked for. */
export function allow(explain: () => Explanation): Ruling {
  return { allows: true, explain };
}

/** The time zone in which the campaign counts its days: its schedule's, else UTC. */
export function campaignZone(campaign: Pick<Campaign, 'schedule'>): string {
  return campaign.schedule?.timezone ?? 'UTC';
}
