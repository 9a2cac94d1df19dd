// What the import asks of the daemon, step by step. It goes on while other views are looked at.

import { ask, isError } from '../../live/ask.ts';
import { Value } from '../../live/value.ts';
import { send, type Refusal } from '../data.tsx';
import { idOf, upload, type UploadPorts } from './upload.ts';
import { AT_FIRST, step, wishOf, type Job, type Preview, type Wizard, type WizardEvent } from './wizard.ts';

const ASK_EVERY_MS = 1_000;
/** A piece of 4 MiB may be on its way for so long. */
const PIECE_WITHIN_MS = 120_000;
/** Reading the first rows of a large file takes its time. */
const PREVIEW_WITHIN_MS = 120_000;

class Import extends Value<Wizard> {
  /** Counts what was begun: what an earlier file still answers is not listened to. */
  #turn = 0;
  #chosen: File | undefined;

  constructor() {
    super(AT_FIRST);
  }

  readonly take = (event: WizardEvent): void => this.set(step(this.get(), event));

  /** Hands a file over, and looks at it. */
  async choose(file: File): Promise<void> {
    this.#chosen = file;
    this.take({ type: 'chosen', name: file.name, size: file.size });
    await this.#send(file);
  }

  /** Goes on with what was cut off. */
  async goOn(): Promise<void> {
    if (this.#chosen === undefined) return;
    this.take({ type: 'looking' });
    await this.#send(this.#chosen);
  }

  /** Nothing of it stays. */
  async giveUp(): Promise<void> {
    this.#turn += 1;
    const { file } = this.get();
    const id = file?.id ?? (this.#chosen && (await idOf(this.#chosen)));
    this.take({ type: 'begin-again' });
    if (id !== undefined) await send('DELETE', `/api/incoming/${id}`);
  }

  /** What would become of it. */
  async look(): Promise<void> {
    const wish = wishOf(this.get());
    if (wish === undefined) return;
    const turn = (this.#turn += 1);
    this.take({ type: 'looking' });
    const answer = await within<Preview>(PREVIEW_WITHIN_MS, '/api/imports/preview', wish);
    if (turn !== this.#turn) return;
    this.take('body' in answer ? { type: 'seen', preview: answer.body } : { type: 'refused', refusal: answer.refusal });
  }

  async start(): Promise<void> {
    const wish = wishOf(this.get());
    if (wish === undefined) return;
    const turn = (this.#turn += 1);
    const answer = await send<Job>('POST', '/api/imports', wish);
    if ('refusal' in answer) {
      this.take({ type: 'refused', refusal: answer.refusal });
      return;
    }
    this.take({ type: 'job', job: answer.body });
    await this.#watch(answer.body.id, turn);
  }

  async stop(): Promise<void> {
    const { job } = this.get();
    if (job) await send('DELETE', `/api/imports/${job.id}`);
  }

  async #watch(id: string, turn: number): Promise<void> {
    while (turn === this.#turn && this.get().step === 'running') {
      await pause(ASK_EVERY_MS);
      const answer = await send<Job>('GET', `/api/imports/${id}`);
      if (turn !== this.#turn) return;
      if ('body' in answer) this.take({ type: 'job', job: answer.body });
      // Restarted meanwhile: it no longer knows the import, which goes on when it is asked for again.
      else if (answer.refusal.code === 'import-unknown') {
        this.take({ type: 'back' });
        this.take({ type: 'refused', refusal: answer.refusal });
      }
    }
  }

  async #send(file: File): Promise<void> {
    const turn = (this.#turn += 1);
    const ports: UploadPorts = {
      send: sendPiece,
      wait: pause,
      onProgress: (bytes) => turn === this.#turn && this.take({ type: 'sent', bytes }),
      isStopped: () => turn !== this.#turn,
    };
    const sent = await upload(file, await idOf(file), ports);
    if (turn !== this.#turn || 'isStopped' in sent) return;
    if ('refusal' in sent) {
      this.take({ type: 'refused', refusal: sent.refusal });
      return;
    }
    this.take({ type: 'there', file: sent.file });
    await this.look();
  }
}

export const listImport = new Import();

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const UNANSWERED: Refusal = { code: 'unanswered', message: '', hint: '' };

type Got<T> = { readonly body: T } | { readonly refusal: Refusal };

async function sendPiece(method: string, path: string, body?: object | Blob): Promise<Got<unknown>> {
  if (!(body instanceof Blob)) return send(method, path, body);
  try {
    const response = await fetch(path, {
      method,
      body,
      signal: AbortSignal.timeout(PIECE_WITHIN_MS),
      headers: { 'x-outdial-request': '1', 'content-type': 'application/octet-stream' },
    });
    const answer: unknown = await response.json();
    return isError(answer) ? { refusal: answer.error } : { body: answer };
  } catch {
    return { refusal: UNANSWERED };
  }
}

async function within<T>(ms: number, path: string, wish: object): Promise<Got<T>> {
  try {
    const { body } = await ask<T>('POST', path, wish, { withinMs: ms });
    return isError(body) ? { refusal: body.error } : { body };
  } catch {
    return { refusal: UNANSWERED };
  }
}
