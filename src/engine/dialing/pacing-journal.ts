// How the decisions of pacing are written down, so that they can be taken again: everything the pacer observed and
// asked, in order. One JSON value to a line. Reads and writes lines; knows no files.
//
// A stretch begins with its head (the pacer's options and what it had learned before) and goes on with arrays whose
// first element is the time in ms since the line before. Ids are written out once and numbered from then on.
//   [ms, "a", agent, state]   [ms, "d"|"r"|"p"|"l"|"m"|"x", call]   [ms, "c", call, agent]   [ms, "e", call, result]
//   [ms, "w", target, live answers, abandoned, end?, dials left?]   [ms, "u", agent, until]   [ms, "t", answer rate, dials]
//   [ms, "?"] asked, nothing to do, for the same reason as before   [ms, "!", dial, cancelled calls, reason] asked
//   [ms, "h", why] what kept the daemon from doing it   [ms, "!", dial] the same advice again, still kept from it

import { defined } from '../../base/defined.ts';
import { isDeepStrictEqual } from 'node:util';
import type { Json, PacerOptions, PacingDecision, PacingEvent } from '../../pacing/pacer.ts';

export interface JournalHead {
  readonly campaign: string;
  readonly at: number;
  readonly options: PacerOptions;
  /** What the pacer was made with; null: it began from nothing. */
  readonly learned: Json;
}

export type JournalEntry =
  | { readonly type: 'head'; readonly at: number; readonly head: JournalHead }
  | { readonly type: 'event'; readonly at: number; readonly event: PacingEvent }
  /** `decision` is absent when nothing was to be done, for the same reason as before. */
  | { readonly type: 'asked'; readonly at: number; readonly decision?: ReadDecision }
  | { readonly type: 'held'; readonly at: number; readonly why: string };

export type LoggedDecision = Pick<PacingDecision, 'dial' | 'cancel' | 'why'>;

/** A decision as a line has it: without its reason when that is as before. */
export type ReadDecision = Omit<LoggedDecision, 'why'> & Partial<Pick<LoggedDecision, 'why'>>;

/** Version of this form; a reader refuses others. */
const VERSION = 1;

type CallMark = 'd' | 'r' | 'p' | 'l' | 'm' | 'x';
const CALL_MARKS = {
  dialed: 'd',
  ringing: 'r',
  answered: 'p',
  live: 'l',
  machine: 'm',
  abandoned: 'x',
} as const satisfies Readonly<Record<string, CallMark>>;
const CALL_EVENTS = new Map(Object.entries(CALL_MARKS).map(([type, mark]) => [mark as string, type]));

/** Whether a decision is worth a report: it dials, it cancels, or something else holds the dialing back than before. */
function changesSomething(decision: LoggedDecision, before: LoggedDecision | undefined): boolean {
  return decision.dial > 0 || decision.cancel.length > 0 || decision.why.limit !== before?.why.limit;
}

/** Makes the lines of one stretch. */
export class JournalWriter {
  readonly #ids = new Map<string, number>();
  #numbered = 0;
  #at: number;
  #last: LoggedDecision | undefined;
  #isHeld = false;

  constructor(at: number) {
    this.#at = at;
  }

  static head(head: JournalHead): string {
    return JSON.stringify({ outdial: VERSION, ...head });
  }

  event(event: PacingEvent): string {
    const since = this.#since(event.at);
    if (event.type === 'dialed') this.#isHeld = false;
    switch (event.type) {
      case 'agent':
        return JSON.stringify([since, 'a', this.#id(event.agent), event.state]);
      case 'agent-until':
        return JSON.stringify([since, 'u', this.#id(event.agent), event.until]);
      case 'connected':
        return JSON.stringify([since, 'c', this.#id(event.call), this.#id(event.agent)]);
      case 'ended': {
        const call = this.#id(event.call);
        this.#ids.delete(event.call);
        return JSON.stringify([since, 'e', call, event.result]);
      }
      case 'window': {
        const { target, liveAnswers, abandoned, endsAt, dialsLeft } = event;
        // Without an end no one asks how many dials are left.
        const ahead = [endsAt, dialsLeft].filter((value) => value !== undefined);
        return JSON.stringify([since, 'w', target, liveAnswers, abandoned, ...(endsAt === undefined ? [] : ahead)]);
      }
      case 'expect':
        return JSON.stringify([since, 't', event.answerRate, event.dials]);
      default:
        return JSON.stringify([since, CALL_MARKS[event.type], this.#id(event.call)]);
    }
  }

  asked(at: number, decision: LoggedDecision): string {
    const since = this.#since(at);
    const { dial, cancel, why } = decision;
    const last = this.#last;
    this.#last = decision;
    if (!changesSomething(decision, last)) return JSON.stringify([since, '?']);
    const isSame = dial === last?.dial && cancel.length === 0 && why.limit === last.why.limit;
    if (this.#isHeld && isSame) return JSON.stringify([since, '!', dial]);
    return JSON.stringify([since, '!', dial, cancel.map((call) => this.#id(call)), why]);
  }

  held(at: number, why: string): string {
    this.#isHeld = true;
    return JSON.stringify([this.#since(at), 'h', why]);
  }

  #since(at: number): number {
    const since = at - this.#at;
    this.#at = at;
    return since;
  }

  #id(id: string): number | string {
    const known = this.#ids.get(id);
    if (known !== undefined) return known;
    this.#ids.set(id, this.#numbered);
    this.#numbered += 1;
    return id;
  }
}

/** Reads lines as they were written; a line that was cut off by a crash ends its stretch. */
export class JournalReader {
  readonly #ids: string[] = [];
  #at = 0;
  #open = false;

  /** What the line says; undefined for one that says nothing (blank, cut off, or behind a cut-off one). */
  read(line: string): JournalEntry | undefined {
    if (line === '') return undefined;
    const value = parse(line);
    const head = headOf(value);
    if (head) return this.#begin(head);
    if (!this.#open || !Array.isArray(value) || typeof value[0] !== 'number') {
      this.#open = false;
      return undefined;
    }
    this.#at += value[0];
    const entry = this.#entry(value as readonly unknown[]);
    if (!entry) this.#open = false;
    return entry;
  }

  #begin(head: JournalHead): JournalEntry {
    this.#ids.length = 0;
    this.#at = head.at;
    this.#open = true;
    return { type: 'head', at: head.at, head };
  }

  #entry([, mark, ...rest]: readonly unknown[]): JournalEntry | undefined {
    const at = this.#at;
    if (mark === '?') return { type: 'asked', at };
    if (mark === 'h') return { type: 'held', at, why: String(rest[0]) };
    if (mark === '!') {
      const [dial, cancelled = [], why] = rest as [number, (number | string)[]?, PacingDecision['why']?];
      const cancel = cancelled.map((call) => this.#id(call));
      return { type: 'asked', at, decision: { dial, cancel, ...defined({ why }) } };
    }
    const event = this.#event(String(mark), rest);
    return event && { type: 'event', at, event };
  }

  #event(mark: string, rest: readonly unknown[]): PacingEvent | undefined {
    const at = this.#at;
    const [first, second, third, fourth, fifth] = rest;
    const callType = CALL_EVENTS.get(mark);
    if (callType !== undefined) return { at, type: callType, call: this.#id(first) } as PacingEvent;
    switch (mark) {
      case 'a':
        return { at, type: 'agent', agent: this.#id(first), state: second } as PacingEvent;
      case 'u':
        return { at, type: 'agent-until', agent: this.#id(first), until: second } as PacingEvent;
      case 'c':
        return { at, type: 'connected', call: this.#id(first), agent: this.#id(second) };
      case 'e':
        return { at, type: 'ended', call: this.#id(first), result: second } as PacingEvent;
      case 'w': {
        const counts = { target: first, liveAnswers: second, abandoned: third };
        const endsAt = defined({ endsAt: fourth });
        const dialsLeft = defined({ dialsLeft: fifth });
        return { at, type: 'window', ...counts, ...endsAt, ...dialsLeft } as PacingEvent;
      }
      case 't':
        return { at, type: 'expect', answerRate: first, dials: second } as PacingEvent;
      default:
        return undefined;
    }
  }

  #id(written: unknown): string {
    if (typeof written === 'number') return this.#ids[written] ?? '';
    const id = String(written);
    this.#ids.push(id);
    return id;
  }
}

/** Where two decisions differ first: in what is done, or in a number that it rests on; undefined: nowhere. */
export function differenceOf(
  logged: ReadDecision,
  again: LoggedDecision,
): { readonly what: string; readonly logged: unknown; readonly again: unknown } | undefined {
  const parts = (decision: ReadDecision): [string, unknown][] => [
    ['dial', decision.dial],
    ['cancel', decision.cancel],
    ...Object.entries(decision.why ?? {}),
  ];
  const now = new Map(parts(again));
  for (const [what, value] of parts(logged)) {
    // Numbers are compared as the log keeps them.
    const mine: unknown = JSON.parse(JSON.stringify(now.get(what) ?? null));
    if (!isDeepStrictEqual(value ?? null, mine)) return { what, logged: value, again: mine };
  }
  return undefined;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // cut off by a crash
  }
}

function headOf(value: unknown): JournalHead | undefined {
  if (typeof value !== 'object' || value === null || !('outdial' in value) || value.outdial !== VERSION)
    return undefined;
  return value as unknown as JournalHead;
}
