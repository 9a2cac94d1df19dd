// How a stretch of the engine is written down: everything that comes in from outside, in order, and what the engine made
// of it. One JSON value to a line. Reads and writes lines; knows no files.
//
// A stretch begins with its head. What comes in begins a turn; time stands still in it:
//   ["heard", at, event]          the exchange says something
//   ["woke", at, timer]           a timer fires, numbered in the order in which they were set
//   ["ok"|"failed", at, call, …]  the outside has answered a call of ours: with this, or with this fault
//   ["ask", at, what, args]       somebody asks something of the engine
// What follows in the turn:
//   ["event", event, digest?]     the mailbox has handled this; what lives then, now and then
//   ["call", call, port, args]    the engine asks something of the outside; `execute` is a command to the exchange
//   ["read", what, value]         it was given an id, the sound of a name; a line of the pacing log was lost

import type { EngineParts } from '../hub.ts';
import type { EngineEvent } from '../events.ts';
import type { TelephonyEvent } from '../ports.ts';
import type { World } from '../world.ts';
import { digestOf, shortHash } from './digest.ts';
import { holdsSecrets, plain, unplain, type Cover } from './encoding.ts';

/** Version of this form; a reader refuses others. */
const VERSION = 1;

/** Parts that an engine can be without. */
export type OptionalPart =
  | 'callRecords'
  | 'spokenNames'
  | 'validator'
  | 'recordings'
  | 'soundFiles'
  | 'pacingLogs'
  | 'rereadCampaigns'
  | 'readNumber';

export interface StretchHead {
  readonly at: number;
  readonly settings: EngineParts['settings'];
  readonly has: readonly OptionalPart[];
  /** Between two digests of what lives, at least; 0: one with each event. */
  readonly digestEveryMs: number;
  /** What the reader must know besides: the country of numbers, the version of outdial. */
  readonly about: Readonly<Record<string, string>>;
}

export type Incoming =
  | readonly ['heard', number, TelephonyEvent]
  | readonly ['woke', number, number]
  | readonly ['ok' | 'failed', number, number, unknown]
  | readonly ['ask', number, string, readonly unknown[]];

export type Read = 'id' | 'sound' | 'lost';

/** Arguments that are longer stand as their hash: they are compared, not read. */
const LONGEST_ARGS = 2_000;
const COMMAND = 'telephony.execute';

/** Writes one stretch. */
export class StretchWriter {
  readonly #write: (line: string) => void;
  readonly #cover: Cover;
  readonly #digestEveryMs: number;
  #at = 0;
  #digestedAt = -Infinity;
  #pacing = '';
  /** Legs on which a PIN is being typed. */
  #typingPins: ReadonlySet<string> = new Set();

  constructor(write: (line: string) => void, { digestEveryMs }: StretchHead, cover: Cover) {
    this.#write = write;
    this.#digestEveryMs = digestEveryMs;
    this.#cover = cover;
  }

  static head(head: StretchHead): string {
    return JSON.stringify({ outdialEngine: VERSION, ...(plain(head) as object) });
  }

  heard(at: number, event: TelephonyEvent): void {
    this.#begin(['heard', at, this.#covered(event)]);
  }

  woke(at: number, timer: number): void {
    this.#begin(['woke', at, timer]);
  }

  ask(at: number, what: string, args: readonly unknown[]): void {
    this.#begin(['ask', at, what, plain(args)]);
  }

  /** The answer as the engine is to have it: read from the line, so that both see the same. */
  answered(at: number, how: 'ok' | 'failed', call: number, value: unknown): unknown {
    this.#at = at;
    const text = JSON.stringify(plain(value));
    const written = holdsSecrets(text) ? JSON.stringify(plain(value, this.#cover)) : text;
    this.#write(`["${how}",${at},${call},${written}]`);
    return unplain(JSON.parse(text));
  }

  event(event: EngineEvent, world: World): void {
    const written = event.type === 'telephony' ? { ...event, event: this.#covered(event.event) } : this.#keyless(event);
    const isDue = this.#at - this.#digestedAt >= this.#digestEveryMs;
    if (isDue) this.#digestedAt = this.#at;
    const line = ['event', plain(written), ...(isDue ? [digestOf(world, this.#pacing)] : [])];
    this.#write(JSON.stringify(line));
    const typing = [...world.signIns.values()].filter(({ state }) => state === 'asking-pin');
    this.#typingPins = new Set(typing.map(({ leg }) => leg));
  }

  call(call: number, port: string, args: readonly unknown[]): void {
    const text = port === 'verifySecret' ? '[]' : JSON.stringify(plain(args.map(briefly), this.#cover));
    const isShort = port === COMMAND || text.length <= LONGEST_ARGS;
    this.#write(`["call",${call},"${port}",${isShort ? text : `"${shortHash(text)}"`}]`);
  }

  read(what: Read, value: unknown): void {
    this.#write(JSON.stringify(['read', what, plain(value)]));
  }

  /** A line of the pacing log: all of them are part of the next digest. */
  pacing(line: string): void {
    this.#pacing = shortHash(`${this.#pacing}${line}`);
  }

  #begin(line: readonly ['heard' | 'woke' | 'ask', number, ...unknown[]]): void {
    this.#at = line[1];
    this.#write(JSON.stringify(line));
  }

  #covered(event: TelephonyEvent): TelephonyEvent {
    if (event.type !== 'key-pressed' || !this.#typingPins.has(event.leg)) return event;
    return { ...event, key: digitless(event.key) };
  }

  #keyless(event: EngineEvent): EngineEvent {
    if (event.type !== 'sign-in' || event.event.type !== 'key' || !this.#typingPins.has(event.leg)) return event;
    return { ...event, event: { ...event.event, key: digitless(event.event.key) } };
  }
}

/** A campaign's definition stands as its hash as well: it came in with a line of its own. */
function briefly(arg: unknown): unknown {
  if (typeof arg !== 'object' || arg === null || !('campaign' in arg) || typeof arg.campaign !== 'object') return arg;
  return { ...arg, campaign: shortHash(JSON.stringify(arg.campaign)) };
}

const digitless = (key: string): string => key.replace(/\d/g, '0');

const BEGINNINGS: ReadonlySet<unknown> = new Set(['heard', 'woke', 'ok', 'failed', 'ask']);

const isBeginning = (line: unknown): line is readonly [Incoming[0], number, unknown, unknown] =>
  Array.isArray(line) && BEGINNINGS.has(line[0]);

/** What came in and began a turn, if that is what the line says. */
export function incomingOf(line: unknown): Incoming | undefined {
  if (!isBeginning(line)) return undefined;
  const [what, at, third, fourth] = line;
  if (what === 'heard') return [what, at, third as TelephonyEvent];
  if (what === 'woke') return [what, at, third as number];
  if (what === 'ask') return [what, at, third as string, Array.isArray(fourth) ? fourth.map(unplain) : []];
  return [what, at, third as number, unplain(fourth)];
}

/** What was read from outside in a turn, if that is what the line says. */
export function readOf(line: unknown): { readonly what: Read; readonly value: unknown } | undefined {
  if (!Array.isArray(line) || line[0] !== 'read') return undefined;
  return { what: line[1] as Read, value: unplain(line[2]) };
}

/** The head of a stretch; undefined for anything else, and for another version's. */
export function headOf(line: unknown): StretchHead | undefined {
  if (typeof line !== 'object' || line === null || !('outdialEngine' in line)) return undefined;
  if (line.outdialEngine !== VERSION) return undefined;
  const head: unknown = unplain(line);
  return head as StretchHead;
}

/** A command to the exchange, among the lines of a turn. */
export const isCommand = (line: string): boolean => line.startsWith('["call",') && line.includes(`,"${COMMAND}",`);
export const isEvent = (line: string): boolean => line.startsWith('["event",');
