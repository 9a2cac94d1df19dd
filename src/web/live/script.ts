// The script of the call in hand: the server walks it, the page shows where it stands. What is typed into an answer is sent
// within a second; a click sends what is unsent with it.

import type { z } from 'zod';
import type { scriptActBody, scriptView } from '../../http/wire/scripts.ts';
import { isError, type Ask } from './ask.ts';
import type { LiveEvent } from './live.ts';
import { Value } from './value.ts';

export type ScriptView = z.output<typeof scriptView>;
export type ScriptAct = z.input<typeof scriptActBody>['act'];

export interface ScriptState {
  /** Null: no call that has one. */
  readonly attempt: string | null;
  readonly view: ScriptView | null;
  /** Typed and not yet with the server, by question. */
  readonly typed: Readonly<Record<string, unknown>>;
  readonly isSending: boolean;
  readonly isStuck: boolean;
}

const AT_FIRST: ScriptState = { attempt: null, view: null, typed: {}, isSending: false, isStuck: false };
const AFTER_TYPING_MS = 600;
const AGAIN_MS = 2_000;

interface Refused {
  readonly view?: ScriptView | null;
}

export class ScriptDesk extends Value<ScriptState> {
  readonly #ask: Ask;
  readonly #take: (event: LiveEvent) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ ask, take }: { readonly ask: Ask; readonly take: (event: LiveEvent) => void }) {
    super(AT_FIRST);
    this.#ask = ask;
    this.#take = take;
  }

  /** The call in hand now; what was typed for another is sent first. */
  see(attempt: string | null): void {
    if (attempt === this.get().attempt) return;
    void this.flush();
    this.set({ ...AT_FIRST, attempt });
    if (attempt !== null) void this.#load(attempt);
  }

  type(question: string, answer: unknown): void {
    const state = this.get();
    this.set({ ...state, typed: { ...state.typed, [question]: answer } });
    this.#sendAfter(AFTER_TYPING_MS);
  }

  /** A click: what is unsent goes with an answer or before a step. */
  async act(act: ScriptAct): Promise<void> {
    const { typed } = this.get();
    if (act.do === 'answer') return this.#send({ ...act, answers: { ...typed, ...act.answers } });
    if (Object.keys(typed).length > 0) await this.flush();
    return this.#send(act);
  }

  async flush(leaving = false): Promise<void> {
    clearTimeout(this.#timer);
    const { typed } = this.get();
    if (Object.keys(typed).length > 0) await this.#send({ do: 'answer', answers: typed, forward: false }, leaving);
  }

  async #load(attempt: string): Promise<void> {
    try {
      const { status, body } = await this.#ask<ScriptView>(
        'GET',
        `/api/agent/script?attempt=${encodeURIComponent(attempt)}`,
      );
      if (this.get().attempt !== attempt) return;
      if (status === 200 && !isError(body)) this.set({ ...this.get(), view: body, isStuck: false });
      else if (status >= 500) this.#loadAgain(attempt);
    } catch {
      if (this.get().attempt === attempt) this.#loadAgain(attempt);
    }
  }

  #loadAgain(attempt: string): void {
    this.set({ ...this.get(), isStuck: true });
    setTimeout(() => this.get().attempt === attempt && void this.#load(attempt), AGAIN_MS);
  }

  async #send(act: ScriptAct, leaving = false): Promise<void> {
    clearTimeout(this.#timer);
    const { attempt, view } = this.get();
    if (attempt === null || view === null) return;
    const sent = act.do === 'answer' ? act.answers : {};
    this.#of(attempt, (state) => ({ ...state, isSending: true }));
    try {
      const body = { attempt, expects: view.version, act };
      const answer = await this.#ask<ScriptView & Refused>('POST', '/api/agent/script', body, {
        keepalive: leaving,
      });
      this.#answered(attempt, sent, answer);
    } catch {
      this.#of(attempt, (state) => ({ ...state, isSending: false, isStuck: true }));
      this.#sendAfter(AGAIN_MS);
    }
  }

  #answered(
    attempt: string,
    sent: Readonly<Record<string, unknown>>,
    answer: { readonly body: ScriptView & Refused },
  ): void {
    const { body } = answer;
    const refused = isError(body) ? body.error : undefined;
    const view = refused === undefined ? body : body.view;
    this.#of(attempt, (state) => {
      // What was typed on while it was sent stays to be sent.
      const typed = Object.fromEntries(Object.entries(state.typed).filter(([name, value]) => sent[name] !== value));
      const kept = refused === undefined ? typed : state.typed;
      return { ...state, isSending: false, isStuck: false, typed: kept, view: view ?? state.view };
    });
    if (refused) this.#take({ type: 'refused', refusal: { what: 'script', ...refused, missing: [] } });
  }

  #of(attempt: string, change: (state: ScriptState) => ScriptState): void {
    const state = this.get();
    if (state.attempt === attempt) this.set(change(state));
  }

  #sendAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }
}
