// A store behind a thread of its own: requests go to the thread, answers come back, in as few messages as possible.
// Knows nothing of databases; which parts the port has, the thread says when it is ready.

import type { Worker } from 'node:worker_threads';
import { OperationalError } from '../base/errors.ts';
import { LATENCY_BOUNDS_MS, type Latency } from '../engine/store/store.ts';
import { DefinitionSender } from './definitions.ts';
import { storeClosed, unpackFailure } from './failure.ts';
import type { Failure } from './failure.ts';
import { startThread } from '../base/thread.ts';

export interface Request {
  readonly id: number;
  readonly noun: string;
  readonly method: string;
  readonly args: readonly unknown[];
}

export type Response =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly failure: Failure };

/** What a thread carries out: methods by the parts of the port. */
export type Methods = Readonly<Record<string, readonly string[]>>;

/** The first word of a thread: it is ready and carries out these methods; or why it cannot be. */
export type Greeting = { readonly methods: Methods } | { readonly failure: Failure };

/** What is sent to a thread: requests in their order, to end, or to say that it is alive. */
export type Message = readonly Request[] | 'close' | 'ping';

/** What a thread says: answers, or that it is alive. */
export type Word = readonly Response[] | 'pong';

/** How often a thread is asked whether it is alive. */
const PING_EVERY_MS = 1_000;
/** A thread that has not ended so long after it was asked to is ended: what it had answered is safe. */
const END_WITHIN_MS = 10_000;
/** So long a request that may wait does so, for others to travel with. */
const GATHER_MS = 100;

/** Which requests may wait a moment for others. */
export type MayWait = (request: Pick<Request, 'noun' | 'method'>) => boolean;

interface Waiting {
  /** When it was asked, by performance.now(). */
  readonly at: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The parts of a port of which each method is a request that `call` carries out. */
export function partsOf(
  methods: Methods,
  call: (request: Omit<Request, 'id'>) => Promise<unknown>,
): Readonly<Record<string, object>> {
  const parts = Object.entries(methods).map(([noun, names]) => {
    const pass = names.map((method) => {
      return [method, (...args: readonly unknown[]) => call({ noun, method, args })] as const;
    });
    return [noun, Object.fromEntries(pass)] as const;
  });
  return Object.fromEntries(parts);
}

/** One thread and the requests that it has not answered yet. */
export class WorkerLink {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  readonly #definitions = new DefinitionSender();
  readonly #mayWait: MayWait;
  #nextId = 1;
  #unsent: Request[] = [];
  /** When what is unsent will be: at the end of this turn, or a moment later. */
  #sending: 'now' | NodeJS.Timeout | undefined;
  #hasEnded = false;
  #closing: Promise<void> | undefined;
  #methods: Methods = {};
  /** When it was asked and has not answered since. */
  #pingedAt: number | undefined;
  readonly #latency = { counts: LATENCY_BOUNDS_MS.map(() => 0), count: 0, sumMs: 0 };

  private constructor(worker: Worker, mayWait: MayWait) {
    this.#worker = worker;
    this.#mayWait = mayWait;
    this.#ended = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#hasEnded = true;
        this.#rejectAll(new Error('the thread ended'));
        resolve();
      });
    });
    worker.on('error', (error) => this.#rejectAll(error instanceof Error ? error : new Error(String(error))));
  }

  /**
   * Starts `module` as a thread and waits until it is ready; rejects with what keeps it from being so. Requests that may
   * wait are sent with the next one that may not, in their order, or after a moment.
   */
  static async start(module: URL, settings: object, mayWait: MayWait = () => false): Promise<WorkerLink> {
    const worker = startThread(module, settings);
    const link = new WorkerLink(worker, mayWait);
    const greeting = await new Promise<Greeting>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    if ('failure' in greeting) {
      await link.#ended;
      throw unpackFailure(greeting.failure);
    }
    link.#methods = greeting.methods;
    worker.on('message', (word: Word) => {
      if (word === 'pong') link.#pingedAt = undefined;
      else for (const response of word) link.#settle(response);
    });
    const pings = setInterval(() => link.#ping(), PING_EVERY_MS);
    pings.unref();
    void link.#ended.then(() => clearInterval(pings));
    return link;
  }

  /** The parts that the thread carries out; each method passes its arguments on. */
  parts(): Readonly<Record<string, object>> {
    return partsOf(this.#methods, (request) => this.call(request));
  }

  call(request: Omit<Request, 'id'>): Promise<unknown> {
    if (this.#closing) return Promise.reject(storeClosed());
    if (this.#hasEnded) return Promise.reject(threadLost(new Error('the thread has ended')));
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { at: performance.now(), resolve, reject });
      this.#unsent.push({ ...request, args: this.#definitions.pack(request.args), id });
      this.#sendLater(request);
    });
  }

  /** For how long the thread has not answered the question whether it is alive, ms; a thread that has ended never will. */
  silentMs(): number {
    if (this.#hasEnded) return Infinity;
    return this.#pingedAt === undefined ? 0 : performance.now() - this.#pingedAt;
  }

  /** How long its requests took until now. */
  latency(): Latency {
    return { ...this.#latency, counts: [...this.#latency.counts] };
  }

  #took(durationMs: number): void {
    const latency = this.#latency;
    latency.count += 1;
    latency.sumMs += durationMs;
    const place = LATENCY_BOUNDS_MS.findIndex((bound) => durationMs <= bound);
    if (place >= 0) latency.counts[place] = (latency.counts[place] ?? 0) + 1;
  }

  #ping(): void {
    if (this.#pingedAt !== undefined || this.#hasEnded) return;
    this.#pingedAt = performance.now();
    this.#worker.postMessage('ping' satisfies Message);
  }

  /** Ends the thread after the requests that it has been given; later ones are refused with `store-closed`. */
  close(): Promise<void> {
    return (this.#closing ??= this.#end());
  }

  async #end(): Promise<void> {
    if (!this.#hasEnded) {
      this.#send();
      this.#worker.postMessage('close' satisfies Message);
    }
    const late = setTimeout(() => void this.#worker.terminate(), END_WITHIN_MS);
    await this.#ended;
    clearTimeout(late);
  }

  /** What waits for others does so no longer. */
  hurry(): void {
    if (this.#sending !== undefined && this.#sending !== 'now') this.#send();
  }

  #sendLater(request: Pick<Request, 'noun' | 'method'>): void {
    if (this.#sending === 'now') return;
    if (this.#mayWait(request)) {
      this.#sending ??= setTimeout(() => this.#send(), GATHER_MS);
      return;
    }
    clearTimeout(this.#sending);
    this.#sending = 'now';
    setImmediate(() => this.#send());
  }

  /** Sends what was asked in this turn of the event loop, and what had waited for it, in one message. */
  #send(): void {
    if (this.#sending !== 'now') clearTimeout(this.#sending);
    this.#sending = undefined;
    const requests = this.#unsent;
    this.#unsent = [];
    if (requests.length > 0 && !this.#hasEnded) this.#worker.postMessage(requests satisfies Message);
  }

  #settle(response: Response): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if (waiting) this.#took(performance.now() - waiting.at);
    if ('failure' in response) waiting?.reject(unpackFailure(response.failure));
    else waiting?.resolve(response.value);
  }

  #rejectAll(cause: Error): void {
    for (const { reject } of this.#waiting.values()) reject(threadLost(cause));
    this.#waiting.clear();
  }
}

function threadLost(cause: Error): OperationalError {
  const hint = 'Restart outdial; what had been answered before is safe.';
  return new OperationalError('store-failed', `The store has stopped: ${cause.message}.`, {
    hint,
    cause,
    httpCode: 503,
  });
}
