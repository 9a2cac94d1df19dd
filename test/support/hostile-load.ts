// Calls without end over the peer, in every detection mode at once, while something breaks: what each person got is held
// against what the daemon wrote down. Each breach is one sentence.

import { seededRandom, type Random } from '../../src/base/random.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import type { Detection } from '../../src/terms.ts';
import { campaignDetails } from '../../src/http/wire/wire.ts';
import { DETECTIONS, type PeerDesk } from './peer-desk.ts';
import type { Script } from './sip-peer.ts';
import type { SipCall } from './sip/call.ts';
import { until } from './until.ts';

export interface LoadFigures {
  readonly attempts: number;
  readonly answered: number;
  readonly connected: number;
  readonly results: Readonly<Record<string, number>>;
  readonly counted: number;
  /** Longest that anybody who had picked up heard nothing, ms. */
  readonly silenceMs: number;
  readonly silences: readonly string[];
  readonly breaches: readonly string[];
}

export interface Bounds {
  /** Longest that anybody may hear nothing, ms. */
  readonly silenceMs: number;
  /** Calls may be cut off: their Asterisk has died. */
  readonly mayCut?: boolean;
  /** The daemon's clock is not the peer's: times cannot be compared. */
  readonly skewed?: boolean;
  /** The peer's memory was lost: it cannot say what became of calls. */
  readonly forgets?: boolean;
}

const LOOK_EVERY_MS = 250;
/** People of each mode who are dialed after the trouble: a quick mode may be through its list by then. */
const PEOPLE_AFTER = 6;
const TALKING_LIMIT_MS = 90_000;
const RESUMES_LIMIT_MS = 90_000;
const OVER_LIMIT_MS = 90_000;
/** Our time of an answer and the peer's, at most: a busy machine and Asterisk's own whole seconds in call records. */
const CLOCKS_MS = 1_500;

export class HostileLoad {
  readonly #desk: PeerDesk;
  readonly #random: Random;
  readonly #beganAt = Date.now();
  /** Attempts of earlier loads; the daemon's clock may be anywhere. */
  #before: ReadonlySet<string> = new Set();

  private constructor(desk: PeerDesk, seed: number) {
    this.#desk = desk;
    this.#random = seededRandom(seed);
  }

  /** Begins to dial in every mode; returns once all of them have people talking. The campaigns are staffed already. */
  static async begin(desk: PeerDesk, seed: number, people = 40): Promise<HostileLoad> {
    const load = new HostileLoad(desk, seed);
    load.#before = new Set((await desk.rows()).map(({ attempt }) => attempt));
    for (const detection of DETECTIONS) await desk.begin(detection, load.#people(people));
    await until('people talk in every mode', () => load.#isTalking(), TALKING_LIMIT_MS);
    return load;
  }

  /** Until every mode dials again. */
  async resumed(): Promise<void> {
    const before = new Set((await this.#desk.rows()).map(({ attempt }) => attempt));
    for (const detection of DETECTIONS) await this.#more(detection);
    let waiting: readonly string[] = [];
    await until(
      () => `dialing goes on in every mode; not in: ${waiting.join(', ')}`,
      async () => {
        const rows = (await this.#desk.rows()).filter(({ attempt }) => !before.has(attempt));
        waiting = DETECTIONS.filter((detection) => !rows.some(({ campaign }) => campaign === detection));
        return waiting.length === 0 ? true : undefined;
      },
      RESUMES_LIMIT_MS,
      LOOK_EVERY_MS,
    );
  }

  /** No new calls; resolves when those that are there have ended. */
  async end(): Promise<void> {
    for (const detection of DETECTIONS) await this.#desk.stop(detection);
    await until(
      'the last call is over',
      async () => {
        const open = (await this.#desk.rows()).some(({ result }) => result === null);
        return open ? undefined : true;
      },
      OVER_LIMIT_MS,
      LOOK_EVERY_MS,
    );
  }

  /** What came of it, in one mode or all of them; call it after `end`. */
  async figures(bounds: Bounds, detection?: Detection): Promise<LoadFigures> {
    const rows = (await this.#desk.rows()).filter(
      ({ attempt, campaign }) => !this.#before.has(attempt) && campaign === (detection ?? campaign),
    );
    const byAttempt = new Map(rows.map((row) => [row.attempt, row]));
    const rowOf = (call: SipCall): AttemptRow | undefined => byAttempt.get(call.header('x-outdial-attempt'));
    const calls = this.#desk.peer.calls.filter(
      (call) => call.seen.invitedAt >= this.#beganAt && (detection === undefined || rowOf(call) !== undefined),
    );
    const answered = calls.filter(({ seen }) => seen.answeredAt !== undefined);
    const silences = answered.filter((call) => call.heard().longestSilenceMs > boundOf(bounds, rowOf(call)));
    return {
      attempts: rows.length,
      answered: answered.length,
      connected: rows.filter(({ result }) => result === 'connected').length,
      results: tally(rows.map(({ result }) => result ?? 'open')),
      counted: rows.filter(({ counts }) => counts).length,
      silenceMs: Math.max(0, ...answered.map((call) => call.heard().longestSilenceMs)),
      silences: silences.map((call) => `${call.heard().longestSilenceMs} ms: ${storyOf(call, rowOf(call))}`),
      breaches: [
        ...rows.filter(({ result }) => result === null).map(({ attempt }) => `attempt ${attempt} has no result`),
        ...twins(rows, calls),
        ...calls.flatMap((call) => breachOf(call, rowOf(call), bounds)),
      ],
    };
  }

  /** Lists take more people once the trouble is over, which may be a moment later. */
  #more(detection: Detection): Promise<unknown> {
    const numbers = this.#people(PEOPLE_AFTER);
    return until(
      `more people are on the list ${detection}`,
      () => this.#desk.more(detection, numbers).then(() => true),
      RESUMES_LIMIT_MS,
      LOOK_EVERY_MS,
    );
  }

  #people(count: number): string[] {
    return Array.from({ length: count }, () =>
      this.#desk.peer.number(somebody(this.#random.next(), this.#random.next())),
    );
  }

  async #isTalking(): Promise<true | undefined> {
    for (const detection of DETECTIONS) {
      const { calls } = await this.#desk.desk.centre.client.get(campaignDetails, `/campaigns/${detection}`);
      if (calls.talking === 0) return undefined;
    }
    return true;
  }
}

/** One of the people who are dialed: most pick up and talk, some are busy, some are never there. */
function somebody(kind: number, length: number): Script {
  if (kind < 0.1) return (call) => call.refuse(486);
  if (kind < 0.15) {
    return async (call) => {
      call.ring();
      await call.pause(4000);
      call.refuse(480);
    };
  }
  return async (call) => {
    call.ring();
    await call.pause(300 + 1500 * length);
    await call.answer();
    await call.pause(4000 + 8000 * length);
    await call.hangUp();
  };
}

/** Each call that left is one attempt, and no attempt left twice. */
function twins(rows: readonly AttemptRow[], calls: readonly SipCall[]): string[] {
  const known = new Set(rows.map(({ attempt }) => attempt));
  const seen = new Set<string>();
  return calls.flatMap((call) => {
    const attempt = call.header('x-outdial-attempt');
    const isDouble = seen.has(attempt);
    seen.add(attempt);
    if (!known.has(attempt)) return [`a call to ${call.number} has no attempt`];
    return isDouble ? [`attempt ${attempt} left twice`] : [];
  });
}

/** In front of the agent the detector listens first, for up to 5 s (amd.conf), in which the person hears nothing. */
const LISTENING_MS = 4000;

function boundOf({ silenceMs }: Bounds, row: AttemptRow | undefined): number {
  return row?.campaign === 'before-agent' ? silenceMs + LISTENING_MS : silenceMs;
}

const PICKED_UP: ReadonlySet<string> = new Set(['connected', 'abandoned', 'machine', 'rejected']);

function breachOf(call: SipCall, row: AttemptRow | undefined, { mayCut, forgets, skewed }: Bounds): string[] {
  if (!row || forgets === true) return [];
  const { answeredAt, ackedAt, byeAt } = call.seen;
  const result = row.result ?? 'open';
  const story = storyOf(call, row);
  if (answeredAt === undefined) return PICKED_UP.has(result) ? [`nobody picked up: ${story}`] : [];
  if (ackedAt === undefined) return []; // the pick-up crossed our end of it
  if (!PICKED_UP.has(result)) return [`a person picked up: ${story}`];
  const isOff = row.answeredAt === null || Math.abs(row.answeredAt - answeredAt) > CLOCKS_MS;
  const isCut = byeAt !== undefined && result === 'connected' && mayCut !== true;
  return [
    ...(isOff && mayCut !== true && skewed !== true
      ? [`picked up at ${answeredAt}, we say ${row.answeredAt ?? 'never'}: ${story}`]
      : []),
    ...(isCut ? [`a conversation was cut off after ${byeAt - answeredAt} ms: ${story}`] : []),
  ];
}

function storyOf(call: SipCall, row: AttemptRow | undefined): string {
  const log = call.log.map(({ at, what }) => `${at - call.seen.invitedAt}:${what}`).join(' ');
  const since = (at: number | null): string => (at === null ? '–' : String(at - call.seen.invitedAt));
  const ours = row && `answered ${since(row.answeredAt)} bridged ${since(row.bridgedAt)} ended ${since(row.endedAt)}`;
  return `${row?.attempt} ${row?.campaign} ${row?.result} by ${row?.endedBy ?? '–'} cause ${row?.cause}, ${ours}; ${log}`;
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
