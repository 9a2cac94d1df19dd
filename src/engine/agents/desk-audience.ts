// Who watches an agent's desk, and what they are shown: one picture at a time, numbered, at each change.

import { defined } from '../../base/defined.ts';
import type { Desk } from '../../interaction/desk.ts';
import type { PersonFacts } from '../../records/record.ts';
import type { AgentNumber } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { DeskPort, DeskView } from './desk-port.ts';
import { interactionView, sessionView } from './desk-view.ts';

/** The desk as it is kept, with what is known of the record in hand. */
export interface KeptDesk {
  readonly desk: Desk;
  readonly facts?: PersonFacts;
}

type Listener = Parameters<DeskPort['subscribe']>[1];

export class DeskAudience {
  readonly #hub: Hub;
  readonly #deskOf: (agent: AgentNumber) => KeptDesk | undefined;
  readonly #listeners = new Map<AgentNumber, Set<Listener>>();
  readonly #versions = new Map<AgentNumber, number>();
  /** Whose desk is on a screen now. */
  readonly #screens = new Set<AgentNumber>();
  /** When somebody last asked for something at the desk, or its screen went. */
  readonly #seenAt = new Map<AgentNumber, number>();
  /** How the last session ended, and when. */
  readonly #ends = new Map<AgentNumber, Pick<DeskView, 'since' | 'reason'>>();

  constructor(hub: Hub, deskOf: (agent: AgentNumber) => KeptDesk | undefined) {
    this.#hub = hub;
    this.#deskOf = deskOf;
  }

  view(agent: AgentNumber): DeskView {
    const { world } = this.#hub;
    const session = world.sessions.get(world.sessionByAgent.get(agent) ?? '');
    const version = this.#versions.get(agent) ?? 0;
    if (!session) return { agent, version, state: 'offline', since: 0, ...this.#ends.get(agent) };
    const kept = this.#deskOf(agent);
    const open = kept && interactionView(world, kept.desk, kept.facts);
    const { state, since, reason } = session;
    return {
      agent,
      version,
      state,
      since,
      session: sessionView(world, session, kept?.desk),
      ...defined({ reason, open }),
    };
  }

  subscribe(agent: AgentNumber, listener: Listener): () => void {
    const listeners = this.#listeners.get(agent) ?? new Set();
    this.#listeners.set(agent, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(agent) === listeners) this.#listeners.delete(agent);
    };
  }

  /** The desk is on a screen, or no longer. */
  screen(agent: AgentNumber, isThere: boolean): void {
    if (isThere) this.#screens.add(agent);
    else this.#screens.delete(agent);
    this.seen(agent);
  }

  /** Somebody sits at the desk. */
  seen(agent: AgentNumber): void {
    this.#seenAt.set(agent, this.#hub.now());
  }

  /** For how long the desk was on no screen and no one has asked for anything there, ms. */
  unseenMs(agent: AgentNumber): number {
    if (this.#screens.has(agent) || this.#isAtPhone(agent)) return 0;
    const seenAt = this.#seenAt.get(agent);
    // After a restart of ours workspaces need a moment to come back.
    if (seenAt === undefined) this.seen(agent);
    return seenAt === undefined ? 0 : this.#hub.now() - seenAt;
  }

  /** Who works by the keys of a phone that is up is there. */
  #isAtPhone(agent: AgentNumber): boolean {
    const { sessions, sessionByAgent } = this.#hub.world;
    const session = sessions.get(sessionByAgent.get(agent) ?? '');
    return session?.byKeys === true && session.phone === 'up';
  }

  /** Something of what the desk shows has changed. */
  changed(agent: AgentNumber): void {
    this.#versions.set(agent, (this.#versions.get(agent) ?? 0) + 1);
    const listeners = this.#listeners.get(agent);
    if (listeners === undefined) return;
    const view = this.view(agent);
    for (const listener of listeners) {
      try {
        listener(view);
      } catch (fault) {
        this.#hub.parts.log.error({ agent, fault }, 'a watcher of a desk failed');
      }
    }
  }

  ended(agent: AgentNumber, reason: string | undefined): void {
    this.#ends.set(agent, { since: this.#hub.now(), ...defined({ reason }) });
    this.changed(agent);
  }
}
