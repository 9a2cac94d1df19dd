// Carries out what desks ask for: records reserved and given back, numbers dialed, calls ended, timers, what is said of a
// call. Decides nothing. What must not come before the desk's state is in the store waits for that (`dial`).

import type { SessionEvent } from '../../agent/session.ts';
import { unreachable } from '../../base/errors.ts';
import type { Desk, DeskEffect, DeskEvent } from '../../interaction/desk.ts';
import type { InteractionEffect } from '../../interaction/interaction.ts';
import type { AgentNumber, AttemptId, SessionId } from '../../terms.ts';
import type { RecordOutcomes } from '../calls/record-outcomes.ts';
import type { LastRecords } from '../campaigns/last-records.ts';
import type { Hub } from '../hub.ts';
import type { DeskDials } from './desk-dials.ts';
import type { DeskKeeping } from './desk-keeping.ts';
import type { DeskRecords } from './desk-records.ts';

interface Parts {
  readonly recordOutcomes: RecordOutcomes;
  readonly records: DeskRecords;
  readonly dials: DeskDials;
  readonly keeping: DeskKeeping;
  readonly lastRecords: Pick<LastRecords, 'look'>;
  readonly post: (agent: AgentNumber, event: DeskEvent) => void;
  readonly toSession: (session: SessionId, event: SessionEvent) => void;
}

export class DeskActs {
  readonly #hub: Hub;
  readonly #parts: Parts;

  constructor(hub: Hub, parts: Parts) {
    this.#hub = hub;
    this.#parts = parts;
  }

  /**
   * What is said of calls is written before the desk without them: after a crash between the two the agent says it again,
   * and it is never lost. Numbers are dialed once the desk that has ordered them is in the store.
   */
  carryOut(before: Desk | undefined, desk: Desk, effects: readonly DeskEffect[]): void {
    const rest = effects.filter((effect) => !isDisposition(effect) && !isDial(effect));
    this.#giveDispositions(desk, effects);
    const dials = effects.filter(isDial);
    const dial = (): void => {
      for (const effect of dials) this.#carryOut(desk, effect);
    };
    if (desk !== before) this.#parts.keeping.keep(before, desk, effects, dials.length > 0 ? dial : undefined);
    for (const effect of rest) this.#carryOut(desk, effect);
  }

  /** What is said of a call decides once its record is let go of; while another number is dialed it is only noted. */
  #giveDispositions({ agent }: Desk, effects: readonly DeskEffect[]): void {
    const { recordOutcomes } = this.#parts;
    const isOver = effects.some((effect) => does(effect, 'release-record') || effect.do === 'finished');
    const closed = new Set<AttemptId>();
    for (const effect of effects) {
      if (effect.do !== 'interaction' || effect.effect.do !== 'close-attempt') continue;
      const { do: _do, attempt, ...remarks } = effect.effect;
      const given = { ...remarks, agent, at: this.#hub.now() };
      closed.add(attempt);
      if (isOver) recordOutcomes.give(attempt, given);
      else recordOutcomes.noted(attempt, given);
    }
    for (const effect of effects) {
      const last = effect.do === 'finished' ? effect.interaction.tried.at(-1) : undefined;
      if (last?.isClosed === true && !closed.has(last.attempt)) recordOutcomes.letGo(last.attempt, agent);
    }
  }

  #carryOut(desk: Desk, effect: DeskEffect): void {
    const { agent, session } = desk;
    switch (effect.do) {
      case 'interaction':
        return this.#ofInteraction(desk, effect.interaction, effect.effect);
      case 'set-countdown':
        return this.#hub.timers.set(`countdown ${agent}`, effect.at, () =>
          this.#parts.post(agent, { type: 'countdown-over' }),
        );
      case 'clear-countdown':
        return this.#hub.timers.clear(`countdown ${agent}`);
      case 'channel-changed':
        return effect.channel === 'voice' ? this.#voice(session, effect.to) : undefined;
      case 'end-session':
        // Before the desk lets go of the session: no call may come between.
        return this.#parts.toSession(session, { type: 'ask-sign-out' });
      case 'reserve-record': {
        const { request: reservation, campaign, kind } = effect;
        return this.#parts.records.reserve({ reservation, agent, campaign, kind, isPulled: true });
      }
      case 'finished':
        return this.#parts.lastRecords.look(effect.interaction.campaign);
      // The campaign is looked at after every event of a desk; records are given back as the desk is kept.
      case 'seek':
      case 'return-record':
        return undefined;
      default:
        return unreachable(effect);
    }
  }

  #voice(session: SessionId, to: 'ready' | 'not-ready'): void {
    const pause = { type: 'ask-pause', reason: 'not-ready' } as const;
    this.#parts.toSession(session, to === 'ready' ? { type: 'ask-ready' } : pause);
  }

  #ofInteraction({ agent, session, open }: Desk, interaction: string, effect: InteractionEffect): void {
    switch (effect.do) {
      case 'set-timer':
        return this.#hub.timers.set(`interaction ${agent}`, effect.at, () =>
          this.#parts.post(agent, { type: 'interaction', interaction, event: { type: 'time-over' } }),
        );
      case 'clear-timer':
        return this.#hub.timers.clear(`interaction ${agent}`);
      case 'hang-up':
        return this.#parts.toSession(session, { type: 'ask-hang-up' });
      case 'pass-on':
        return this.#passOn(session, effect.attempt);
      case 'dial':
        return this.#parts.dials.dial({ agent, interaction }, session, effect.order);
      case 'cancel-dial':
        return this.#parts.dials.cancel(interaction, effect.attempt);
      case 'find-call':
        if (open) this.#find(open, effect);
        return;
      // The session follows the desk (desks.ts), its channel `channel-changed`; what is said of calls comes first; the
      // record is let go of as the desk is kept.
      case 'close-attempt':
      case 'engage':
      case 'disengage':
      case 'set-not-ready':
      case 'release-record':
        return undefined;
      default:
        return unreachable(effect);
    }
  }

  #find(open: NonNullable<Desk['open']>, { order, attempt }: Extract<InteractionEffect, { do: 'find-call' }>): void {
    this.#parts.dials.find(open, order, attempt).catch((fault: unknown) => {
      this.#hub.parts.log.error({ agent: open.agent, fault }, 'the call of an interaction could not be looked for');
    });
  }

  /** What becomes of the record is not said here any more. The session may have let go of the person by itself. */
  #passOn(session: SessionId, attempt: AttemptId): void {
    const live = this.#hub.world.calls.get(attempt);
    delete live?.engaged;
    if (live?.call.session !== session) return;
    if (this.#hub.world.sessions.get(session)?.attempt === attempt) return;
    this.#hub.post({ type: 'call', attempt, event: { type: 'agent-lost' } });
  }
}

type OfInteraction = Extract<DeskEffect, { do: 'interaction' }>['effect']['do'];

const does = (effect: DeskEffect, what: OfInteraction): boolean =>
  effect.do === 'interaction' && effect.effect.do === what;

const isDisposition = (effect: DeskEffect): boolean => does(effect, 'close-attempt');
const isDial = (effect: DeskEffect): boolean => does(effect, 'dial');
