// How the call in hand stands on the exchange: muted, on hold, recorded. Read back after every act, after every change of
// the desk, and after a reload; nothing is shown that was only asked for.

import type { z } from 'zod';
import type { agentCall } from '../../http/wire/calls.ts';
import { isError, type Ask, type ErrorBody } from './ask.ts';
import type { LiveEvent } from './live.ts';
import { Value } from './value.ts';

export type CallStanding = NonNullable<z.output<typeof agentCall>['call']>;
export type CallOrder = 'hold' | 'resume' | 'mute' | 'unmute' | 'record' | 'pause-recording';

export interface CallState {
  readonly call: CallStanding | null;
  /** Asked for and not answered. */
  readonly asked: CallOrder | 'keys' | null;
}

const READ_AGAIN_MS = 400;

type Answer = { readonly call: CallStanding | null } | ErrorBody;

export class CallDesk extends Value<CallState> {
  readonly #ask: Ask;
  readonly #take: (event: LiveEvent) => void;
  #seen = '';
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor({ ask, take }: { readonly ask: Ask; readonly take: (event: LiveEvent) => void }) {
    super({ call: null, asked: null });
    this.#ask = ask;
    this.#take = take;
  }

  /** `attempt`: of the call that is talked on; `version`: of the view, which grows when something has happened. */
  see(attempt: string | null, version: number): void {
    const seen = attempt === null ? '' : `${attempt} ${version}`;
    if (seen === this.#seen) return;
    this.#seen = seen;
    if (attempt === null) this.set({ call: null, asked: null });
    else void this.#read();
  }

  async order(order: CallOrder): Promise<void> {
    await this.#send(order, `/api/agent/call/${order}`);
  }

  async keys(keys: string): Promise<void> {
    await this.#send('keys', '/api/agent/call/keys', { keys });
  }

  async #send(asked: NonNullable<CallState['asked']>, path: string, body?: object): Promise<void> {
    this.set({ ...this.get(), asked });
    try {
      this.#answered((await this.#ask<Answer>('POST', path, body)).body);
    } catch {
      this.#take({
        type: 'refused',
        refusal: { what: 'call-control', code: 'unanswered', message: '', hint: '', missing: [] },
      });
    } finally {
      this.set({ ...this.get(), asked: null });
      void this.#read();
    }
  }

  async #read(): Promise<void> {
    clearTimeout(this.#again);
    try {
      const { status, body } = await this.#ask<Answer>('GET', '/api/agent/call');
      if (this.#seen === '' || status !== 200 || isError(body)) return;
      this.set({ ...this.get(), call: body.call });
      if (body.call?.pending === true) this.#again = setTimeout(() => void this.#read(), READ_AGAIN_MS);
    } catch {
      // The stream says that nothing comes; the next change reads it again.
    }
  }

  #answered(body: Answer): void {
    if (isError(body)) this.#take({ type: 'refused', refusal: { what: 'call-control', ...body.error, missing: [] } });
    else this.set({ ...this.get(), call: body.call });
  }
}
