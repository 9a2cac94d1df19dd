// Agents whose screen has gone: whoever closes the workspace gets no more calls and records until they ask for them, as
// with Done and Stop. What is in hand goes on. Who works by the keys of a phone needs no screen.

import type { AgentSession } from '../../agent/session.ts';
import { MODE_ROWS } from '../../interaction/modes.ts';
import type { AgentNumber } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import { kindOf } from './desk-plan.ts';
import type { Desks } from './desks.ts';

/** Why an agent is paused whose screen has gone. */
const REASON = 'page-closed';

/** A page that is loaded again, a browser that has crashed or a network that was away is back before that. */
const GONE_MS = 30_000;
const LOOK_EVERY_MS = 5_000;

export class DeskScreens {
  readonly #hub: Hub;
  readonly #desks: Pick<Desks, 'audience' | 'post' | 'sessionOf'>;
  /** Those for whom this has been done already. */
  readonly #gone = new Set<AgentNumber>();

  constructor(hub: Hub, desks: Pick<Desks, 'audience' | 'post' | 'sessionOf'>) {
    this.#hub = hub;
    this.#desks = desks;
  }

  /** At start and from then on. */
  start(): void {
    for (const session of this.#hub.world.sessions.values()) this.#look(session);
    this.#hub.timers.set('screens of desks', this.#hub.now() + LOOK_EVERY_MS, () => this.start());
  }

  /** A screen shows the desk to its agent, or no longer. A pause that is still to come for that does not come. */
  screen(agent: AgentNumber, isThere: boolean): void {
    this.#desks.audience.screen(agent, isThere);
    const session = this.#desks.sessionOf(agent);
    if (!isThere || session?.pauseAfter !== REASON) return;
    this.#hub.post({ type: 'session', session: session.session, event: { type: 'ask-ready' } });
    for (const channel of ['voice', 'preview'] as const)
      this.#desks.post(agent, { type: 'channel', channel, to: 'ready' });
  }

  #look(session: AgentSession): void {
    const { agent, atDesk, byKeys, state } = session;
    const isOfScreen = atDesk === true && byKeys !== true && state !== 'offline';
    if (!isOfScreen || this.#desks.audience.unseenMs(agent) < GONE_MS) return void this.#gone.delete(agent);
    if (this.#gone.has(agent)) return;
    this.#gone.add(agent);
    this.#letNoneCome(session);
  }

  #letNoneCome({ agent, session, campaign, state, pauseAfter }: AgentSession): void {
    this.#hub.parts.log.info({ agent, campaign, state }, 'the workspace was closed: nothing more comes');
    if (state !== 'paused' && pauseAfter === undefined) {
      this.#hub.post({ type: 'session', session, event: { type: 'ask-pause', reason: REASON } });
    }
    for (const channel of ['voice', 'preview'] as const)
      this.#desks.post(agent, { type: 'channel', channel, to: 'not-ready' });
    const definition = this.#hub.world.campaigns.get(campaign)?.definition;
    if (definition === undefined || MODE_ROWS[kindOf(definition)].channel !== undefined) return;
    const key = `${REASON} ${session} ${this.#hub.now()}`;
    this.#desks.post(agent, { type: 'command', command: { key, wish: { do: 'stop', campaign } } });
  }
}
