// One reader's stream of Server-Sent Events. A reader that does not keep up is dropped, and may come again where it was.

import type { ServerResponse } from 'node:http';

/** A reader with more than this unsent is dropped. */
const MOST_UNSENT_BYTES = 1_048_576;

export class DeskStream {
  readonly #response: ServerResponse;
  #isOpen = true;

  /** `onEnd`: however it ends, once. */
  constructor(response: ServerResponse, onEnd: () => void) {
    this.#response = response;
    const over = (): void => {
      if (!this.#isOpen) return;
      this.#isOpen = false;
      onEnd();
    };
    response.on('close', over);
    response.on('error', over);
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
    response.write('retry: 1000\n\n');
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** An event; with an id, the reader comes back behind it. */
  send(event: string, data: unknown, id?: string): void {
    if (this.#isOpen) this.sendText(event, JSON.stringify(data), id);
  }

  /** The same of data that is JSON already, for several readers. */
  sendText(event: string, json: string, id?: string): void {
    if (!this.#isOpen) return;
    if (this.#response.writableLength > MOST_UNSENT_BYTES) return void this.#response.destroy();
    const head = id === undefined ? '' : `id: ${id}\n`;
    this.#response.write(`${head}event: ${event}\ndata: ${json}\n\n`);
  }

  end(): void {
    this.#response.end();
  }
}
