// Carries out what sessions ask for: prompts, rings, timers, and what agents do to their calls by key. Decides nothing.

import type { AgentSession, SessionEffect } from '../../agent/session.ts';
import { isWrappedUpAtDesk } from '../../agent/steps.ts';
import type { AttemptId, SessionId } from '../../terms.ts';
import type { RecordOutcomes } from '../calls/record-outcomes.ts';
import type { Hub } from '../hub.ts';
import type { LiveCall } from '../world.ts';
import type { AgentPhones } from './agent-phones.ts';
import type { Prompts } from './prompts.ts';
import { loseCall, toggleHold } from './session-calls.ts';
import type { SessionWatcher } from './session-watcher.ts';
import { choiceSounds } from './spoken-choices.ts';

interface Parts {
  readonly recordOutcomes: RecordOutcomes;
  readonly prompts: Prompts;
  readonly phones: AgentPhones;
  readonly watcher: SessionWatcher;
  /** A ready agent is offered to those who wait. */
  readonly offer: (session: AgentSession) => void;
  readonly close: (session: AgentSession, reason: string) => void;
}

type Do = SessionEffect['do'];
type Effect<What extends Do> = Extract<SessionEffect, { do: What }>;

/** How each effect of the session machine is carried out. */
type Handlers = { readonly [What in Do]: (session: AgentSession, effect: Effect<What>) => void };

const TIMER_EVENTS = {
  'wrap-up': 'wrap-up-over',
  'ring-again': 'ring-again',
  grace: 'grace-over',
  kept: 'kept-too-long',
} as const;

export class SessionActs {
  readonly #hub: Hub;
  readonly #parts: Parts;

  constructor(hub: Hub, parts: Parts) {
    this.#hub = hub;
    this.#parts = parts;
  }

  carryOut(session: AgentSession, effect: SessionEffect): void {
    const handle = this.#does[effect.do] as (session: AgentSession, effect: SessionEffect) => void;
    handle(session, effect);
  }

  /** Nothing of the session comes up any more. */
  clearTimers(id: SessionId): void {
    for (const timer of Object.keys(TIMER_EVENTS)) this.#hub.timers.clear(`${timer} ${id}`);
  }

  readonly #does: Handlers = {
    say: (session, effect) => this.#parts.prompts.say(session, effect.prompts, this.#moreOf(session, effect)),
    'stop-saying': ({ session }) => this.#parts.prompts.stop(session),
    'ring-phone': (session) => this.#parts.phones.ring(session),
    'hang-up-phone': (session) => this.#parts.phones.hangUp(session),
    offer: (session) => this.#parts.offer(session),
    'take-call': ({ session, bridge }, { attempt }) =>
      this.#hub.post({ type: 'call', attempt, event: { type: 'agent-found', session, bridge } }),
    'hang-up-person': (_session, { attempt }) =>
      this.#hub.post({ type: 'call', attempt, event: { type: 'agent-hung-up' } }),
    'toggle-recording': (_session, { attempt }) => this.#hub.post({ type: 'recording-key', attempt }),
    'bring-in': ({ session }, { how, key }) => this.#hub.post({ type: 'bring-in-key', session, how, key }),
    'desk-key': ({ agent, campaign }, { key }) => this.#hub.post({ type: 'desk-pressed', agent, campaign, key }),
    'desk-callback': (session, { callback }) => this.#parts.watcher.callbackByKeys(session, callback),
    'toggle-hold': (_session, { attempt }) => toggleHold(this.#hub, attempt),
    'keep-person': (session, { attempt }) => this.#parts.phones.keepPerson(session, this.#callOf(attempt)),
    'renew-talk': (session, { attempt }) => this.#parts.phones.renewTalk(session, this.#callOf(attempt)),
    'lose-call': ({ session }, { attempt }) => loseCall(this.#hub, attempt, session),
    dispose: (session, effect) => this.#disposed(session, effect),
    'agree-callback': ({ session }, asked) => this.#hub.post({ type: 'callback-typed', session, asked }),
    'cancel-callback': ({ session }, asked) => this.#hub.post({ type: 'callback-typed', session, asked }),
    'finish-wrap-up': ({ agent }, { attempt }) =>
      this.#parts.recordOutcomes.give(attempt, { agent, at: this.#hub.now() }),
    'set-timer': ({ session }, { timer, at }) =>
      this.#hub.timers.set(`${timer} ${session}`, at, () =>
        this.#hub.post({ type: 'session', session, event: { type: TIMER_EVENTS[timer] } }),
      ),
    'clear-timer': ({ session }, { timer }) => this.#hub.timers.clear(`${timer} ${session}`),
    'start-waiting-sound': (session) => this.#parts.phones.startMusic(session),
    'stop-waiting-sound': (session) => this.#parts.phones.stopMusic(session),
    'close-session': (session, { reason }) => this.#parts.close(session, reason),
  };

  #callOf(attempt: AttemptId): LiveCall['call'] | undefined {
    return this.#hub.world.calls.get(attempt)?.call;
  }

  /** What follows the prompts of an effect: times that are read out, or the choices that there are. */
  #moreOf({ plan }: AgentSession, { spoken = [], choices }: Effect<'say'>): readonly string[] {
    if (choices === undefined) return spoken;
    const names = this.#hub.parts.spokenNames;
    return [...spoken, ...choiceSounds(choices === 'dispositions' ? plan.dispositions : plan.pauseReasons, names)];
  }

  #disposed(session: AgentSession, effect: Effect<'dispose'>): void {
    const { do: _do, attempt, code, ...remarks } = effect;
    const { agent } = session;
    if (isWrappedUpAtDesk(session)) return this.#parts.watcher.disposed(session, { code, ...remarks });
    this.#parts.recordOutcomes.give(attempt, { disposition: code, agent, at: this.#hub.now(), ...remarks });
  }
}
