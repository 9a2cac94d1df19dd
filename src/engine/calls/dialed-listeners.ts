// Supervisors who hear agents by a phone that has dialed in: what they press, what they hear, and who they are in the audit
// log. Whether they may is asked with each agent they choose, and again whenever users or agents change.

import {
  startListenIn,
  stepListenIn,
  type ListenIn,
  type ListenInEffect,
  type ListenInEvent,
} from '../../agent/listen-in.ts';
import { OperationalError, unreachable } from '../../base/errors.ts';
import type { AgentNumber, LegId } from '../../terms.ts';
import type { Prompts } from '../agents/prompts.ts';
import type { Hub } from '../hub.ts';
import type { Listeners } from './listeners.ts';

/** Silence after which a phone is sent away that has no agent to hear. */
const SILENCE_MS = 20_000;
const GOODBYE_MS = 8_000;

interface Parts {
  readonly listeners: Pick<Listeners, 'hear' | 'become' | 'leave'>;
  readonly prompts: Pick<Prompts, 'sayTo' | 'sayNumber' | 'stop' | 'afterSaying'>;
}

type Who = Pick<ListenIn, 'number' | 'account'>;

export class DialedListeners {
  readonly #hub: Hub;
  readonly #parts: Parts;

  constructor(hub: Hub, parts: Parts) {
    this.#hub = hub;
    this.#parts = parts;
  }

  /** Number and PIN were right. */
  begin(who: Pick<ListenIn, 'leg' | 'account' | 'number' | 'user'>): void {
    const [listenIn, ...effects] = startListenIn(who);
    this.#hub.world.listenIns.set(listenIn.leg, listenIn);
    for (const effect of effects) this.#carryOut(listenIn, effect);
  }

  handle(leg: LegId, event: ListenInEvent): void {
    const { listenIns } = this.#hub.world;
    const before = listenIns.get(leg);
    if (!before) return;
    if (event.type === 'key') this.#parts.prompts.stop(leg);
    const { listenIn, effects, ignored } = stepListenIn(before, event);
    if (ignored) return;
    listenIns.set(leg, listenIn);
    if (listenIn.state !== 'asking-agent') this.#hub.timers.clear(`silence ${leg}`);
    this.#note(before, event, listenIn);
    for (const effect of effects) this.#carryOut(listenIn, effect);
    if (listenIn.state === 'done') listenIns.delete(leg);
  }

  #carryOut(listenIn: ListenIn, effect: ListenInEffect): void {
    const { leg } = listenIn;
    const { prompts, listeners } = this.#parts;
    switch (effect.do) {
      case 'say':
        return prompts.sayNumber(leg, effect.prompts, effect.digits ?? '');
      case 'await-key':
        return this.#hub.timers.set(`silence ${leg}`, this.#hub.now() + SILENCE_MS, () =>
          this.#post(leg, { type: 'silence' }),
        );
      case 'begin':
        return void this.#hear(listenIn, effect.agent);
      case 'next': {
        const agent = this.#nextTalking(listenIn.number, effect.after);
        return this.#post(leg, { type: 'next', ...(agent === undefined ? {} : { agent }) });
      }
      case 'mode':
        return this.#become(listenIn, effect.mode);
      case 'leave':
        return listeners.leave(leg);
      case 'hang-up':
        return prompts.afterSaying(leg, () => this.#hub.run({ type: 'hang-up', leg }), GOODBYE_MS);
      default:
        return unreachable(effect);
    }
  }

  #post(leg: LegId, event: ListenInEvent): void {
    this.#hub.post({ type: 'listen-in', leg, event });
  }

  async #hear({ leg, number, user, account }: ListenIn, agent: AgentNumber): Promise<void> {
    try {
      if (!(await this.#may({ number, user }))) {
        this.#post(leg, { type: 'not-heard', why: 'no-right' });
        return;
      }
      // They may have hung up meanwhile.
      if (this.#hub.world.listenIns.get(leg)?.agent !== agent) return;
      this.#parts.listeners.hear(agent, { leg, phone: number, by: `user:${user}` });
    } catch (fault) {
      const code = fault instanceof OperationalError ? fault.code : 'failed';
      this.#hub.parts.log.warn({ agent, number, phone: account, fault }, 'a supervisor cannot listen');
      this.refused({ number, account }, code, agent);
      this.#post(leg, { type: 'not-heard', why: code === 'listener-busy' ? 'number-listens' : 'not-there' });
    }
  }

  #become({ leg }: ListenIn, mode: Parameters<Listeners['become']>[1]): void {
    try {
      this.#parts.listeners.become(leg, mode);
    } catch (fault) {
      if (!(fault instanceof OperationalError)) throw fault;
      this.#post(leg, { type: 'mode-refused' });
    }
  }

  /** By their numbers in turn; those in a conversation, also one on hold. */
  #nextTalking(own: AgentNumber, after: AgentNumber | undefined): AgentNumber | undefined {
    const talking = [...this.#hub.world.sessions.values()]
      .filter(({ state, leg, agent }) => state === 'talking' && leg !== undefined && agent !== own)
      .map(({ agent }) => agent)
      .sort(inOrder);
    const others = talking.filter((agent) => agent !== after);
    return others.find((agent) => after === undefined || inOrder(agent, after) > 0) ?? others[0];
  }

  async #may({ number, user }: Pick<ListenIn, 'number' | 'user'>): Promise<boolean> {
    const { world, parts } = this.#hub;
    return world.agentsByNumber.has(number) && (await parts.supervisorOf(number)) === user;
  }

  /** Users or agents have changed: who may not listen any more is sent away at once; the conversation goes on. */
  async review(): Promise<void> {
    for (const { leg, number, user } of [...this.#hub.world.listenIns.values()]) {
      if (!(await this.#may({ number, user }))) this.#post(leg, { type: 'not-heard', why: 'no-right' });
    }
  }

  // ---- the audit log

  /** Whom they heard from when to when, how they were heard, and why not. */
  #note(before: ListenIn, event: ListenInEvent, { state }: ListenIn): void {
    const { agent } = before;
    if (agent === undefined) return;
    if (event.type === 'begun') this.#write(before, 'agent.listen', { mode: 'listen', stays: true });
    if (event.type === 'mode-set') this.#write(before, 'agent.listen', { mode: event.mode });
    if (before.state === 'listening' && state !== 'listening' && event.type !== 'mode-set')
      this.#write(before, 'agent.listen-end', event.type === 'not-heard' ? { why: event.why } : {});
    if (event.type === 'not-heard' && event.why === 'no-right') this.refused(before, 'right-missing', agent);
  }

  #write({ user, agent, number, account }: ListenIn, what: string, to: object): void {
    const by = { kind: 'user-by-phone', name: user } as const;
    const change = { what, subject: agent ?? '', to: { phone: number, dialedFrom: account, ...to } };
    this.#hub.note(by, { at: this.#hub.now(), ...change });
  }

  refused({ number, account }: Who, why: string, agent?: AgentNumber): void {
    const subject = `phone ${account}`;
    const to = { number, why, ...(agent === undefined ? {} : { agent }) };
    const by = { kind: 'phone', account } as const;
    this.#hub.note(by, { at: this.#hub.now(), what: 'agent.listen-refused', subject, to });
  }
}

const inOrder = (one: AgentNumber, other: AgentNumber): number => one.localeCompare(other, 'en', { numeric: true });
