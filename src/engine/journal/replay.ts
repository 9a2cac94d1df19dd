// A stretch that was written down, lived again from its lines alone: an engine is given what came in, one turn after the
// other, and what it makes of each must be, line by line, what was made of it then.

import { silentLog } from '../../base/log.ts';
import { Engine } from '../engine.ts';
import type { EngineParts } from '../hub.ts';
import type { TelephonyEvent } from '../ports.ts';
import { askAgain } from './asks.ts';
import {
  headOf,
  incomingOf,
  isCommand,
  isEvent,
  readOf,
  StretchWriter,
  type Incoming,
  type Read,
  type StretchHead,
} from './lines.ts';
import { passedPorts, type Pass } from './passed-ports.ts';

/** What is no part of the lines because it is the same everywhere: how numbers are read. */
export type NumberReading = Pick<EngineParts, 'kindOf' | 'readNumber'>;

export interface Replayed {
  readonly stretches: number;
  /** Things that came in. */
  readonly turns: number;
  readonly events: number;
  readonly commands: number;
  readonly fromAt: number | null;
  readonly toAt: number | null;
  readonly firstDifference: Difference | null;
}

/** Where the engine of now did something else than the one that was written down. */
export interface Difference {
  readonly at: number;
  /** The line in the log that began the turn, counted from 1. */
  readonly line: number;
  readonly came: string;
  /** What was done then, and what now; null: nothing more. */
  readonly logged: string | null;
  readonly again: string | null;
}

interface Turn {
  readonly line: number;
  readonly text: string;
  readonly came: Incoming;
  /** The lines after it. */
  readonly logged: string[];
  readonly reads: { readonly what: Read; readonly value: unknown }[];
}

/** Stops at the first difference. A line that was cut off ends its stretch. */
export async function replayEngine(
  lines: AsyncIterable<string> | Iterable<string>,
  readingOf: (head: StretchHead) => NumberReading,
): Promise<Replayed> {
  const replay = new Replay(readingOf);
  for await (const line of lines) {
    if (await replay.differs(line)) break;
  }
  return replay.result();
}

/** The lines of one stretch after the other, put together to turns. */
class Replay {
  readonly #readingOf: (head: StretchHead) => NumberReading;
  readonly #counts = { stretches: 0, turns: 0, events: 0, commands: 0 };
  #fromAt: number | null = null;
  #toAt: number | null = null;
  #line = 0;
  #stretch: Stretch | undefined;
  #turn: Turn | undefined;
  #difference: Difference | null = null;

  constructor(readingOf: (head: StretchHead) => NumberReading) {
    this.#readingOf = readingOf;
  }

  /** Takes the next line; true when a difference has been found. */
  async differs(text: string): Promise<boolean> {
    this.#line += 1;
    const line = parse(text);
    const [head, came] = [headOf(line), incomingOf(line)];
    const isCut = line === undefined && text !== '';
    if (head || came || isCut) await this.#finish(came === undefined);
    if (head) this.#begin(head);
    else if (came) this.#turn = { line: this.#line, text, came, logged: [], reads: [] };
    else if (isCut) this.#stretch = undefined;
    else if (this.#turn) note(this.#turn, text, line);
    return this.#difference !== null;
  }

  async result(): Promise<Replayed> {
    if (this.#difference === null) await this.#finish(true);
    return { ...this.#counts, fromAt: this.#fromAt, toAt: this.#toAt, firstDifference: this.#difference };
  }

  #begin(head: StretchHead): void {
    this.#stretch = new Stretch(head, this.#readingOf(head));
    this.#counts.stretches += 1;
    this.#fromAt ??= head.at;
  }

  /** All of a turn is there. */
  async #finish(isLast: boolean): Promise<void> {
    const turn = this.#turn;
    this.#turn = undefined;
    if (!this.#stretch || !turn) return;
    this.#counts.turns += 1;
    this.#counts.events += turn.logged.filter(isEvent).length;
    this.#counts.commands += turn.logged.filter(isCommand).length;
    this.#toAt = turn.came[1];
    this.#difference = (await this.#stretch.again(turn, isLast)) ?? null;
  }
}

function note({ logged, reads }: Turn, text: string, line: unknown): void {
  logged.push(text);
  const read = readOf(line);
  if (read) reads.push(read);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // cut off by a crash
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (fault: Error) => void;
}

/** One engine, from its start on. */
class Stretch {
  readonly #engine: Engine;
  readonly #lines: StretchWriter;
  readonly #calls = new Map<number, Waiting>();
  readonly #timers = new Map<number, () => void>();
  #listener: ((event: TelephonyEvent) => void) | undefined;
  #made: string[] = [];
  #turn: Turn | undefined;
  #at: number;
  #counted = { calls: 0, timers: 0, pacing: 0 };

  constructor(head: StretchHead, reading: NumberReading) {
    this.#at = head.at;
    // Secrets were covered when the lines were written.
    this.#lines = new StretchWriter(
      (line) => this.#made.push(line),
      head,
      (covered) => covered,
    );
    this.#engine = new Engine(this.#parts(head, reading));
  }

  /** Gives the engine what came in; what it makes of it is compared. The last turn may have been cut off. */
  async again(turn: Turn, isLast: boolean): Promise<Difference | undefined> {
    this.#turn = turn;
    this.#made = [];
    this.#at = turn.came[1];
    let fault: string | null = null;
    try {
      this.#give(turn.came);
    } catch (thrown) {
      fault = String(thrown);
    }
    await new Promise(setImmediate);
    const made = this.#made.slice(1);
    const { logged } = turn;
    const length = isLast ? logged.length : Math.max(logged.length, made.length);
    const place = Array.from({ length }, (_, i) => i).find((i) => made[i] !== logged[i]);
    if (place === undefined) return undefined;
    const again = made[place] ?? fault;
    return { at: this.#at, line: turn.line, came: turn.text, logged: logged[place] ?? null, again };
  }

  #give(came: Incoming): void {
    const [what, at, third] = came;
    switch (what) {
      case 'heard':
        this.#lines.heard(at, third);
        return this.#listener?.(third);
      case 'woke':
        this.#lines.woke(at, third);
        return taken(this.#timers, third)();
      case 'ask':
        this.#lines.ask(at, third, came[3]);
        return askAgain(this.#engine, third, came[3]);
      default: {
        const value = this.#lines.answered(at, what, third, came[3]);
        const { resolve, reject } = taken(this.#calls, third);
        return what === 'ok' ? resolve(value) : reject(value as Error);
      }
    }
  }

  #parts({ settings, has }: StretchHead, reading: NumberReading): EngineParts {
    const parts = new Set(has);
    return {
      ...passedPorts(this.#pass, parts),
      ...this.#reads(parts),
      clock: { now: () => this.#at, after: (_delayMs, wake) => this.#setTimer(wake) },
      log: silentLog,
      settings,
      kindOf: reading.kindOf,
      ...(parts.has('readNumber') && reading.readNumber ? { readNumber: reading.readNumber } : {}),
      journal: { handled: (event, world) => this.#lines.event(event, world) },
    };
  }

  readonly #pass: Pass = (port, args) => {
    const call = (this.#counted.calls += 1);
    this.#lines.call(call, port, args);
    if (port === 'telephony.start') this.#listener = args[0] as (event: TelephonyEvent) => void;
    return new Promise((resolve, reject) => {
      this.#calls.set(call, { resolve, reject });
    });
  };

  #setTimer(wake: () => void): () => void {
    const timer = (this.#counted.timers += 1);
    this.#timers.set(timer, wake);
    return () => this.#timers.delete(timer);
  }

  #reads(parts: ReadonlySet<string>): Pick<EngineParts, 'newId'> & Partial<EngineParts> {
    const spokenNames = {
      soundOf: () => this.#read('sound') as string | undefined,
      prepare: () => undefined,
      lend: () => undefined,
      giveBack: () => undefined,
    };
    return {
      newId: () => String(this.#read('id')),
      ...(parts.has('spokenNames') ? { spokenNames } : {}),
      ...(parts.has('pacingLogs')
        ? { pacingLogs: { open: () => ({ write: (line) => this.#writePacing(line) }) } }
        : {}),
    };
  }

  #read(what: Read): unknown {
    const place = this.#turn?.reads.findIndex((read) => read.what === what) ?? -1;
    const [read] = place < 0 ? [] : (this.#turn?.reads.splice(place, 1) ?? []);
    if (!read) throw new Error(`asks for ${what}, which it did not then`);
    this.#lines.read(what, read.value);
    return read.value;
  }

  #writePacing(line: string): boolean {
    const written = (this.#counted.pacing += 1);
    this.#lines.pacing(line);
    const isLost = this.#turn?.reads.some(({ what, value }) => what === 'lost' && value === written) === true;
    if (isLost) this.#read('lost');
    return !isLost;
  }
}

/** It is there once. */
function taken<T>(from: Map<number, T>, number: number): T {
  const one = from.get(number);
  if (one === undefined) throw new Error('there is nothing that waits for it now');
  from.delete(number);
  return one;
}
