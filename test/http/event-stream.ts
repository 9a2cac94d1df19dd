// An agent's stream of events as a browser reads it.

import { request as ask, type IncomingMessage } from 'node:http';
import type { Browser } from './browser.ts';

export interface StreamEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** What came over a stream so far. */
export class Stream {
  readonly code: number;
  readonly events: StreamEvent[] = [];
  readonly ended: Promise<void>;
  readonly #response: IncomingMessage;
  readonly #watchers: ((event: StreamEvent) => void)[] = [];
  #wake: () => void = () => undefined;

  constructor(response: IncomingMessage) {
    this.code = response.statusCode ?? 0;
    this.#response = response;
    this.ended = this.#read();
  }

  async #read(): Promise<void> {
    let rest = '';
    try {
      for await (const bytes of this.#response) {
        const blocks = (rest + String(bytes)).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) this.#take(block);
        this.#wake();
      }
    } catch {
      // Cut off: it has ended.
    }
    this.#wake();
  }

  #take(block: string): void {
    const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const data = field('data');
    if (data === undefined) return;
    const event = field('event') ?? 'message';
    const one = { id: field('id'), event, data: JSON.parse(data) as Record<string, unknown> };
    this.events.push(one);
    for (const watcher of this.#watchers) watcher(one);
  }

  /** Calls `watcher` with each event from now on, as it comes. */
  watch(watcher: (event: StreamEvent) => void): void {
    this.#watchers.push(watcher);
  }

  of(name: string): StreamEvent[] {
    return this.events.filter(({ event }) => event === name);
  }

  /** Waits, without letting virtual time pass, until such an event has come. */
  async has(name: string, isIt: (data: Record<string, unknown>) => boolean = () => true): Promise<StreamEvent> {
    for (;;) {
      const found = this.of(name).find(({ data }) => isIt(data));
      if (found) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#response.destroy();
  }
}

/** `after`: the id of the last event that was read. */
export async function readStream(url: string, { cookies }: Pick<Browser, 'cookies'>, after?: string): Promise<Stream> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = { cookie, ...(after === undefined ? {} : { 'last-event-id': after }) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    ask(new URL('/api/agent/stream', url), { headers }, resolve).on('error', reject).end();
  });
  return new Stream(response);
}
