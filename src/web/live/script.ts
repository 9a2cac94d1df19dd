// The script of the call in hand: the server walks it, the page shows where it stands. What is typed into an answer is sent
// within a second; a click sends what is unsent with it. What could not be sent before the next call belongs to its own:
// it is tried until it is saved, and shown to the agent when its call takes no answers any more.

import type { z } from 'zod';
import type { scriptActBody } from '../../http/wire/scripts.ts';
import { isError, type Ask, type ErrorBody } from './ask.ts';
import type { LiveEvent } from './live.ts';
import { hasIn, wordsOf, type ScriptView, type TypedAnswers } from './script-answers.ts';
import { Value } from './value.ts';

export type ScriptAct = z.input<typeof scriptActBody>['act'];

export interface ScriptState {
  /** Null: no call that has one. */
  readonly attempt: string | null;
  readonly view: ScriptView | null;
  /** Typed and not yet with the server, by question. */
  readonly typed: TypedAnswers;
  readonly isSending: boolean;
  readonly isStuck: boolean;
  /** Answers of earlier calls that could not be saved, in words, by call. */
  readonly homeless: Readonly<Record<string, string>>;
}

const AT_FIRST = { attempt: null, view: null, typed: {}, isSending: false, isStuck: false } as const;
const AFTER_TYPING_MS = 600;
const AGAIN_MS = 2_000;
/** The server cannot do it now, or not that often. */
const NOT_NOW = (status: number): boolean => status >= 500 || status === 429;

/** Of a call that is not in hand any more. */
interface Late {
  readonly view: ScriptView;
  readonly typed: TypedAnswers;
}

interface Refused {
  readonly view?: ScriptView | null;
}

type Sent = { readonly view: ScriptView | null; readonly refused?: ErrorBody['error'] } | undefined;

export class ScriptDesk extends Value<ScriptState> {
  readonly #ask: Ask;
  readonly #take: (event: LiveEvent) => void;
  readonly #late = new Map<string, Late>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ ask, take }: { readonly ask: Ask; readonly take: (event: LiveEvent) => void }) {
    super({ ...AT_FIRST, homeless: {} });
    this.#ask = ask;
    this.#take = take;
  }

  /** The call in hand now; what was typed for another stays with that. */
  see(attempt: string | null): void {
    const before = this.get();
    if (attempt === before.attempt) return;
    clearTimeout(this.#timer);
    if (before.attempt !== null && before.view !== null && isAny(before.typed)) {
      this.#late.set(before.attempt, { view: before.view, typed: before.typed });
      void this.#sendLate(before.attempt);
    }
    const again = this.#late.get(attempt ?? '');
    this.#late.delete(attempt ?? '');
    this.set({ ...AT_FIRST, attempt, homeless: before.homeless, typed: again?.typed ?? {} });
    if (attempt === null) return;
    void this.#load(attempt);
    if (again) this.#sendAfter(AGAIN_MS);
  }

  type(question: string, answer: unknown): void {
    const state = this.get();
    this.set({ ...state, typed: { ...state.typed, [question]: answer } });
    this.#sendAfter(AFTER_TYPING_MS);
  }

  /** A click: what is unsent goes with an answer or before a step. */
  async act(act: ScriptAct): Promise<void> {
    const state = this.get();
    if (act.do === 'answer') {
      // Until the server has them they are as good as typed.
      const typed = { ...state.typed, ...act.answers };
      this.set({ ...state, typed });
      return this.#send({ ...act, answers: typed });
    }
    if (isAny(state.typed)) await this.flush();
    return this.#send(act);
  }

  /** Sends what is unsent now; true when nothing is. */
  async flush(leaving = false): Promise<boolean> {
    clearTimeout(this.#timer);
    const { attempt, typed } = this.get();
    if (isAny(typed)) await this.#send({ do: 'answer', answers: typed, forward: false }, leaving);
    return attempt !== this.get().attempt || !isAny(this.get().typed);
  }

  forgetHomeless(attempt: string): void {
    const { [attempt]: _gone, ...homeless } = this.get().homeless;
    this.set({ ...this.get(), homeless });
  }

  async #load(attempt: string): Promise<void> {
    try {
      const { status, body } = await this.#ask<ScriptView>(
        'GET',
        `/api/agent/script?attempt=${encodeURIComponent(attempt)}`,
      );
      if (this.get().attempt !== attempt) return;
      if (status === 200 && !isError(body)) this.set({ ...this.get(), view: body, isStuck: false });
      else if (NOT_NOW(status)) this.#loadAgain(attempt);
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
    this.#of(attempt, (state) => ({ ...state, isSending: true }));
    const answer = await this.#post(view, act, leaving);
    const sent = act.do === 'answer' ? act.answers : {};
    if (this.#late.has(attempt)) return;
    if (answer === undefined) {
      this.#of(attempt, (state) => ({ ...state, isSending: false, isStuck: true }));
      if (isAny(sent)) this.#sendAfter(AGAIN_MS);
      return;
    }
    const { refused } = answer;
    this.#of(attempt, (state) => {
      const next = answer.view ?? state.view;
      const typed = refused === undefined ? without(state.typed, sent) : unsaved(state.typed, next);
      return { ...state, isSending: false, isStuck: false, typed, view: next };
    });
    if (refused) this.#take({ type: 'refused', refusal: { what: 'script', ...refused, missing: [] } });
  }

  /** Undefined: no answer, or not now. */
  async #post({ attempt, version }: ScriptView, act: ScriptAct, leaving = false): Promise<Sent> {
    try {
      const { status, body } = await this.#ask<ScriptView & Refused>(
        'POST',
        '/api/agent/script',
        { attempt, expects: version, act },
        { keepalive: leaving },
      );
      if (NOT_NOW(status)) return undefined;
      return isError(body) ? { view: body.view ?? null, refused: body.error } : { view: body };
    } catch {
      return undefined;
    }
  }

  async #sendLate(attempt: string): Promise<void> {
    const late = this.#late.get(attempt);
    if (late === undefined) return;
    const answer = await this.#post(late.view, { do: 'answer', answers: late.typed, forward: false });
    // In hand again: sent from there.
    if (this.#late.get(attempt) !== late) return;
    const view = answer?.view ?? late.view;
    const typed = answer?.refused === undefined ? late.typed : unsaved(late.typed, view);
    const isSaved = (answer !== undefined && answer.refused === undefined) || !isAny(typed);
    // Of its two writers we are the last who knows what was typed.
    const isAgain = answer === undefined || answer.refused?.code === 'script-changed';
    if (!isSaved && isAgain) {
      this.#late.set(attempt, { view, typed });
      setTimeout(() => void this.#sendLate(attempt), AGAIN_MS);
      return;
    }
    this.#late.delete(attempt);
    if (isSaved) return;
    const state = this.get();
    this.set({ ...state, homeless: { ...state.homeless, [attempt]: wordsOf(typed, view) } });
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

const isAny = (typed: TypedAnswers): boolean => Object.keys(typed).length > 0;

const only = (typed: TypedAnswers, stays: (name: string, value: unknown) => boolean): TypedAnswers =>
  Object.fromEntries(Object.entries(typed).filter(([name, value]) => stays(name, value)));

/** What was typed on while it was sent stays to be sent. */
const without = (typed: TypedAnswers, sent: TypedAnswers): TypedAnswers =>
  only(typed, (name, value) => sent[name] !== value);

/** What the server has already is no longer unsent: its answer to us was lost. */
const unsaved = (typed: TypedAnswers, view: ScriptView | null): TypedAnswers =>
  only(typed, (name, value) => view === null || !hasIn(view, name, value));
