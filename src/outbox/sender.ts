// The thread that sends, seen from outside: an order goes out, what came of each message comes back. A thread that breaks
// is started again; what it had in hand counts as not tried.

import type { Worker } from 'node:worker_threads';
import { startThread } from '../base/thread.ts';
import type { OutboxMessage } from '../engine/store/outbox.ts';
import type { Outcome, Receiver, SendAnswer, SendOrder } from './receivers.ts';

const THREAD = new URL(import.meta.url.endsWith('.ts') ? './sender-thread.ts' : './sender-thread.js', import.meta.url);

interface Waiting {
  readonly messages: readonly OutboxMessage[];
  readonly resolve: (outcomes: readonly Outcome[]) => void;
}

export class Sender {
  readonly #receivers: readonly Receiver[];
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #orders = 0;

  constructor(receivers: readonly Receiver[]) {
    this.#receivers = receivers;
  }

  send(receiver: string, messages: readonly OutboxMessage[]): Promise<readonly Outcome[]> {
    const thread = (this.#thread ??= this.#start());
    this.#orders += 1;
    const order = this.#orders;
    return new Promise((resolve) => {
      this.#waiting.set(order, { messages, resolve });
      thread.postMessage({ order, receiver, messages } satisfies SendOrder);
    });
  }

  async stop(): Promise<void> {
    await this.#thread?.terminate();
    this.#lost();
  }

  #start(): Worker {
    const thread = startThread(THREAD, { receivers: this.#receivers });
    thread.unref();
    thread.on('message', ({ order, outcomes }: SendAnswer) => {
      this.#waiting.get(order)?.resolve(outcomes);
      this.#waiting.delete(order);
    });
    // An error ends the thread.
    thread.on('error', () => undefined);
    thread.on('exit', () => this.#lost());
    return thread;
  }

  #lost(): void {
    this.#thread = undefined;
    for (const { messages, resolve } of this.#waiting.values()) {
      resolve(messages.map(({ id }) => ({ id, kind: 'receiver', fault: 'the thread that sends has ended' })));
    }
    this.#waiting.clear();
  }
}
