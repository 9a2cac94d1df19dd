// The pacer of one campaign in the daemon: the library's, with everything it observes and is asked written down, and with
// what earlier days say of this time of day. Decides nothing itself.

import { AnswerProfile } from '../../pacing/answer-profile.ts';
import type { Campaign } from '../../campaign/definition.ts';
import {
  createPacer,
  type Json,
  type Pacer,
  type PacerOptions,
  type PacingDecision,
  type PacingEvent,
} from '../../pacing/pacer.ts';
import { readPolicy } from '../../pacing/policy-words.ts';
import { Shadow } from '../../pacing/shadow.ts';
import type { ShadowView } from '../control-views.ts';
import { localDay } from '../../base/local-time.ts';
import { JournalWriter } from './pacing-journal.ts';
import type { PacedMode } from '../../terms.ts';

/** Where the decisions of pacing are written down. It never waits and never fails. */
export interface PacingLogs {
  /** A stretch in the campaign's log of that local day. */
  open(campaign: string, day: string): PacingLog;
}

export interface PacingLog {
  /** False when lines have been lost: the stretch is over, another one must begin. */
  write(line: string): boolean;
}

/** The zone of a campaign's hours and days. */
export function zoneOf(campaign: Campaign): string {
  return campaign.schedule?.timezone ?? 'UTC';
}

/** How the pacer works for a mode; missed people are called one line for each free agent. */
function pacedMode(mode: Campaign['mode']): PacedMode | undefined {
  if (mode === 'auto-callback') return 'progressive';
  return mode === 'progressive' || mode === 'predictive' || mode === 'ratio' ? mode : undefined;
}

/** The library's options for a campaign; undefined when its mode is not paced. */
export function pacerOptions({ mode: written, pacing, answer }: Campaign): PacerOptions | undefined {
  const mode = pacedMode(written);
  if (mode === undefined) return undefined;
  return {
    mode,
    abandonTarget: pacing.abandonTarget,
    answerLimitMs: answer.noAgentAfterMs,
    ringTimeoutMs: pacing.ringTimeoutMs,
    minRingMs: pacing.minRingMs,
    maxLines: pacing.maxLines,
    maxCallsPerSecond: pacing.maxCallsPerSecond,
    ratio: pacing.ratio,
  };
}

export class CampaignPacer implements Pacer {
  readonly #pacer: Pacer;
  readonly #profile: AnswerProfile;
  readonly #journal: JournalWriter;
  readonly #log: PacingLog | undefined;
  readonly #day: { readonly startAt: number; readonly endAt: number };
  #isLogged: boolean;
  #held = '';
  /** Policies that decide beside it, and are only compared. */
  readonly #shadows: readonly Shadow[];
  /** When each agent is planned to leave, as last reported. */
  readonly #plans = new Map<string, number | null>();

  /** `saved` is what `learned` of an earlier one gave, or anything: what is no such thing is a cold start. */
  constructor(parts: {
    readonly definition: Campaign;
    readonly options: PacerOptions;
    readonly saved: Json;
    readonly logs: PacingLogs | undefined;
    readonly now: number;
  }) {
    const { definition, options, saved, logs, now } = parts;
    const zone = zoneOf(definition);
    const { pacer: learned, profile } = savedParts(saved);
    const day = localDay(zone, now);
    this.#pacer = createPacer(options, learned);
    this.#profile = new AnswerProfile(zone, profile);
    this.#shadows = (definition.pacing.shadows ?? []).flatMap((words) => {
      const read = readPolicy(words);
      return 'policy' in read ? [new Shadow(read.policy)] : [];
    });
    for (const shadow of this.#shadows) shadow.begin(options, learned);
    this.#day = day;
    this.#journal = new JournalWriter(now);
    this.#log = logs?.open(definition.name, day.date);
    this.#isLogged = this.#log !== undefined;
    this.#write(JournalWriter.head({ campaign: definition.name, at: now, options, learned: learned ?? null }));
  }

  observe(event: PacingEvent): void {
    this.#profile.observe(event);
    if (event.type === 'dialed') this.#held = '';
    if (this.#isLogged) this.#write(this.#journal.event(event));
    this.#pacer.observe(event);
    for (const shadow of this.#shadows) shadow.observe(event);
  }

  decide(now: number): PacingDecision {
    const expected = this.#profile.enter(now);
    if (expected) this.observe({ at: now, type: 'expect', ...expected });
    const decision = this.#pacer.decide(now);
    if (this.#isLogged) this.#write(this.#journal.asked(now, decision));
    for (const shadow of this.#shadows) shadow.asked(now, decision.dial - decision.cancel.length);
    return decision;
  }

  /** What the policies beside it would have done differently since it was made. */
  shadows(): readonly ShadowView[] {
    return this.#shadows.map((shadow) => ({
      policy: shadow.policy.name,
      decisions: shadow.decisions,
      ...shadow.result(),
    }));
  }

  /** Something outside the pacer kept its decision from being carried out. */
  held(at: number, why: string): void {
    if (why === this.#held) return;
    this.#held = why;
    if (this.#isLogged) this.#write(this.#journal.held(at, why));
  }

  /** Informs the pacer when an agent is planned to leave, unless it knows already; undefined: nothing is planned. */
  plan(at: number, agent: string, untilAt: number | undefined): void {
    const until = untilAt ?? null;
    if ((this.#plans.get(agent) ?? null) === until) return;
    this.#plans.set(agent, until);
    this.observe({ at, type: 'agent-until', agent, until });
  }

  /** A new one is to be made from what this one has learned: the day is over, or its log has lost lines. */
  isSpent(now: number): boolean {
    return now >= this.#day.endAt || (this.#log !== undefined && !this.#isLogged);
  }

  learned(): Json {
    return { version: 2, pacer: this.#pacer.learned(), profile: this.#profile.save() };
  }

  #write(line: string): void {
    if (this.#log?.write(line) === false) this.#isLogged = false;
  }
}

/** The parts of what was saved; the form of older versions was the library's alone. */
function savedParts(saved: Json): { readonly pacer: Json | undefined; readonly profile: Json | undefined } {
  if (saved === null || typeof saved !== 'object' || !('version' in saved) || saved.version !== 2) {
    return { pacer: saved ?? undefined, profile: undefined };
  }
  return { pacer: saved['pacer'], profile: saved['profile'] };
}
