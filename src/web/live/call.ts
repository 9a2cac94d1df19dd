// Controls of the call in hand. How the call stands is a section of the one view, read from the exchange; here is only
// what was asked for and not confirmed yet.

import type { z } from 'zod';
import type { agentCall, wantedThird } from '../../http/wire/calls.ts';
import { isError, type Ask, type ErrorBody } from './ask.ts';
import type { DeskView, LiveEvent } from './live.ts';
import { Value } from './value.ts';

export type CallStanding = NonNullable<DeskView['call']>;
export type WantedThird = z.output<typeof wantedThird>;
export type CallOrder =
  'hold' | 'resume' | 'mute' | 'unmute' | 'record' | 'pause-recording' | 'join' | 'back' | 'complete';
export type BringIn = 'consult' | 'transfer';
export type AskedOfCall = CallOrder | BringIn | 'keys';

/** The stream says how it stands within this, or what was asked for is not shown as such any longer. */
const CONFIRMED_WITHIN_MS = 1_500;

type Answer = z.output<typeof agentCall> | ErrorBody;

export class CallDesk extends Value<AskedOfCall | null> {
  readonly #ask: Ask;
  readonly #take: (event: LiveEvent) => void;
  /** As the call was in the view, and as it was in the answer. */
  #seen = 'null';
  #expected: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ ask, take }: { readonly ask: Ask; readonly take: (event: LiveEvent) => void }) {
    super(null);
    this.#ask = ask;
    this.#take = take;
  }

  /** The call as the view has it. */
  see(call: DeskView['call']): void {
    this.#seen = textOf(call);
    if (this.#expected === this.#seen || call === null) this.#confirmed();
  }

  order(order: CallOrder): Promise<boolean> {
    return this.#send(order, `/api/agent/call/${order}`);
  }

  /** Keypad tones towards the person. */
  keys(keys: string): Promise<boolean> {
    return this.#send('keys', '/api/agent/call/keys', { keys });
  }

  /** `consult`: spoken with first; `transfer`: given the person at once. */
  bringIn(how: BringIn, to: WantedThird): Promise<boolean> {
    return this.#send(how, `/api/agent/call/${how}`, { to });
  }

  async #send(asked: AskedOfCall, path: string, body?: object): Promise<boolean> {
    this.#confirmed();
    this.set(asked);
    try {
      const answer = (await this.#ask<Answer>('POST', path, body)).body;
      if (isError(answer)) this.#refused(answer.error);
      else this.#answered(textOf(answer.call));
      return !isError(answer);
    } catch {
      this.#refused({ code: 'unanswered', message: '', hint: '' });
      return false;
    }
  }

  /** The stream may be slower than the answer: until it says the same, it looks asked for. */
  #answered(call: string): void {
    if (call === this.#seen) return this.#confirmed();
    this.#expected = call;
    this.#timer = setTimeout(() => this.#confirmed(), CONFIRMED_WITHIN_MS);
  }

  #refused(error: ErrorBody['error']): void {
    this.#confirmed();
    this.#take({ type: 'refused', refusal: { what: 'call-control', ...error, missing: [] } });
  }

  #confirmed(): void {
    clearTimeout(this.#timer);
    this.#expected = undefined;
    this.set(null);
  }
}

/** Without what the view says besides of whom the person may be given to. */
const textOf = (call: object | null): string => JSON.stringify(call && { ...call, transfer: undefined });
