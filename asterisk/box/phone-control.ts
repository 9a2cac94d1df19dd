// The control connection to a baresip process: commands one after the other, events as they come.
// Messages are JSON in netstrings (LENGTH:TEXT,). Knows nothing of what commands and events mean.

import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { OperationalError } from '../../src/base/errors.ts';
import { HOST } from './render.ts';

export interface PhoneEvent {
  readonly type: string;
  readonly accountaor?: string;
  readonly peeruri?: string;
  readonly id?: string;
  readonly param?: string;
}

interface Answer {
  readonly response: true;
  readonly ok: boolean;
  readonly data: string;
  readonly token?: string;
}

type Message = Answer | (PhoneEvent & { readonly event: true });

const COMMAND_LIMIT_MS = 5000;

/** Cuts complete netstrings off the front of `data`; the rest waits for more. */
function cutNetstrings(data: Buffer): { readonly texts: string[]; readonly rest: Buffer } {
  const texts: string[] = [];
  let rest = data;
  for (;;) {
    const colon = rest.indexOf(':');
    const length = colon < 0 ? Number.NaN : Number(rest.subarray(0, colon).toString());
    const end = colon + 1 + length;
    if (Number.isNaN(length) || rest.length < end + 1) return { texts, rest };
    texts.push(rest.subarray(colon + 1, end).toString());
    rest = rest.subarray(end + 1);
  }
}

async function dialControl(port: number, limitMs: number): Promise<Socket> {
  const until = performance.now() + limitMs;
  for (;;) {
    const socket = connect({ port, host: HOST, noDelay: true });
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (isOpen) return socket;
    socket.destroy();
    if (performance.now() > until) {
      throw new OperationalError('phones-not-started', `no softphone answers on port ${port}`, {
        hint: 'The log of the phones in the box directory says why.',
      });
    }
    await delay(50);
  }
}

export class PhoneControl {
  readonly #socket: Socket;
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  #queue: Promise<unknown> = Promise.resolve();
  #rest: Buffer = Buffer.alloc(0);
  #tokens = 0;

  private constructor(socket: Socket, onEvent: (event: PhoneEvent) => void) {
    this.#socket = socket;
    socket.on('error', () => undefined); // a killed phone; commands then time out
    socket.on('data', (data: Buffer) => {
      const cut = cutNetstrings(Buffer.concat([this.#rest, data]));
      this.#rest = cut.rest;
      for (const text of cut.texts) this.#take(JSON.parse(text) as Message, onEvent);
    });
  }

  /** Connects to the process that listens on `port`, trying for up to 10 s. */
  static async open(port: number, onEvent: (event: PhoneEvent) => void): Promise<PhoneControl> {
    return new PhoneControl(await dialControl(port, 10_000), onEvent);
  }

  #take(message: Message, onEvent: (event: PhoneEvent) => void): void {
    if ('event' in message) onEvent(message);
    else this.#waiting.get(message.token ?? '')?.(message);
  }

  /** Runs commands (name, parameters) without another caller's between them; gives the last one's output. */
  run(...commands: readonly (readonly [string, string?])[]): Promise<string> {
    const job = this.#queue.then(async () => {
      let output = '';
      for (const [command, params] of commands) output = await this.#one(command, params ?? '');
      return output;
    });
    this.#queue = job.catch(() => undefined);
    return job;
  }

  #one(command: string, params: string): Promise<string> {
    this.#tokens += 1;
    const token = String(this.#tokens);
    const text = JSON.stringify({ command, params, token });
    return new Promise((resolve, reject) => {
      const refuse = (why: string): void => {
        const message = `phone command ${command} ${params}: ${why}`;
        reject(new OperationalError('phone-command-failed', message, { hint: 'Is the phone process running?' }));
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(token);
        refuse('no answer');
      }, COMMAND_LIMIT_MS);
      this.#waiting.set(token, (answer) => {
        clearTimeout(timer);
        this.#waiting.delete(token);
        if (answer.ok) resolve(answer.data);
        else refuse(answer.data);
      });
      this.#socket.write(`${Buffer.byteLength(text)}:${text},`);
    });
  }

  /** Lets the connection go; the phones live on. */
  close(): void {
    this.#socket.destroy();
  }
}
