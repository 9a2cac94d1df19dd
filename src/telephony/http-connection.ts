// One connection to an HTTP server that carries one request after the other. Node's own client takes four times the work
// for the few bytes of a command, and commands are most of what a call costs us. Repeats nothing.

import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { AnswerReader, type HttpAnswer } from './http-answer.ts';

/** Why there is no answer; `unused`: the server had closed a connection that had served before, and has seen nothing. */
export interface NoAnswer {
  readonly why: string;
  readonly unused: boolean;
}

type Done = (answer: HttpAnswer | undefined, failure: NoAnswer | undefined) => void;

export interface ConnectionHooks {
  /** It has answered and may carry another request. */
  free(connection: HttpConnection): void;
  /** It is no more. */
  gone(connection: HttpConnection): void;
}

export class HttpConnection {
  readonly #socket: Socket;
  readonly #hooks: ConnectionHooks;
  #reader = new AnswerReader();
  #done: Done | undefined;
  #isUsed = false;
  #lastError = '';

  /** Begins to connect; closed when it has been idle for `idleMs`. */
  constructor(base: URL, idleMs: number, hooks: ConnectionHooks) {
    this.#hooks = hooks;
    const isTls = base.protocol === 'https:';
    const host = base.hostname.replace(/^\[|\]$/g, '');
    const port = Number(base.port || (isTls ? 443 : 80));
    const socket: Socket = isTls
      ? connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}) })
      : connect({ host, port });
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setTimeout(idleMs, () => {
      if (this.#done === undefined) socket.destroy();
    });
    socket.on('data', (part: Buffer) => this.#heard(() => this.#reader.feed(part)));
    socket.on('end', () => this.#heard(() => this.#reader.end()));
    socket.on('error', (error) => (this.#lastError = error.message));
    socket.on('close', () => this.#closed());
  }

  /** Sends a request (its whole text); `done` is called once. It must be free. */
  ask(request: string, done: Done): void {
    this.#done = done;
    this.#reader = new AnswerReader();
    this.#socket.write(request);
  }

  close(): void {
    this.#socket.destroy();
  }

  /** What has not reached the server by now must not do so when the way is free again. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  #heard(read: () => HttpAnswer | undefined): void {
    if (this.#done === undefined) return this.close(); // nothing was asked
    try {
      const answer = read();
      if (answer) this.#answered(answer);
    } catch (error) {
      this.#lastError = error instanceof Error ? error.message : String(error);
      this.close();
    }
  }

  #answered(answer: HttpAnswer): void {
    const done = this.#done;
    this.#done = undefined;
    this.#isUsed = true;
    if (answer.keepsOpen) this.#hooks.free(this);
    else this.close();
    done?.(answer, undefined);
  }

  #closed(): void {
    const done = this.#done;
    this.#done = undefined;
    this.#hooks.gone(this);
    const unused = this.#isUsed && !this.#reader.isBegun;
    done?.(undefined, { why: this.#lastError || 'the connection was closed without an answer', unused });
  }
}
