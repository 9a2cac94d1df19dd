// Desks in the store: each change of one is written down with the records that it lets go of; what must not come before
// that is durable (a number is dialed) waits for it here.

import type { Desk, DeskEffect } from '../../interaction/desk.ts';
import type { Interaction, Outcome, RecordGoes } from '../../interaction/interaction.ts';
import type { AgentNumber } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { KeepDesk } from '../store/desks.ts';
import type { ReleasedTo } from '../store/reservations.ts';

/** A record that was declined for later, or looked at and left, is not offered again before this. */
const LATER_MS = 15 * 60_000;

export class DeskKeeping {
  readonly #hub: Hub;
  /** The last change of each desk that is on its way to the store. */
  readonly #latest = new Map<AgentNumber, Promise<void>>();
  /** What waits for a change to be durable. */
  readonly #waiting = new Map<number, () => void>();
  #steps = 0;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Writes the desk down; `then` once it is durable, in a turn of its own. */
  keep(before: Desk | undefined, desk: Desk, effects: readonly DeskEffect[], then?: () => void): void {
    const { agent } = desk;
    const at = this.#hub.now();
    const done = effects.flatMap((effect) => (effect.do === 'finished' ? [effect.interaction] : []));
    const inHand = desk.open !== undefined && desk.open !== before?.open ? [desk.open] : [];
    const released = effects.flatMap((effect) => releaseOf(effect, done, { agent, at }));
    const kept: KeepDesk = { desk, interactions: [...done, ...inHand], released, at };
    this.#steps += 1;
    const step = this.#steps;
    if (then) this.#waiting.set(step, then);
    const durable = new Promise<void>((resolve) => {
      this.#hub.writer.write(async () => {
        await this.#hub.parts.store.desks.keep(kept);
        resolve();
        if (then) this.#hub.post({ type: 'desk-kept', agent, campaign: desk.open?.campaign ?? '', step });
      });
    });
    this.#latest.set(agent, durable);
    void durable.then(() => {
      if (this.#latest.get(agent) === durable) this.#latest.delete(agent);
    });
  }

  /** It is in the store: what waited for that is done. */
  kept(step: number): void {
    const then = this.#waiting.get(step);
    this.#waiting.delete(step);
    then?.();
  }

  /** Resolves when every change of the desk up to now is durable. */
  async settled(agent: AgentNumber): Promise<void> {
    await this.#latest.get(agent);
  }
}

interface Who {
  readonly agent: AgentNumber;
  readonly at: number;
}

function releaseOf(effect: DeskEffect, done: readonly Interaction[], who: Who): KeepDesk['released'] {
  if (effect.do === 'return-record') {
    const why = `Agent ${who.agent} was not free for it any more.`;
    return [{ reservation: effect.interaction, to: { place: 'top', why } }];
  }
  if (effect.do !== 'interaction' || effect.effect.do !== 'release-record') return [];
  const { to, callback } = effect.effect;
  const outcome = done.find(({ interaction }) => interaction === effect.interaction)?.outcome;
  return [{ reservation: effect.interaction, to: placeOf(to, { ...who, outcome, callbackAt: callback?.at }) }];
}

const WHY: Readonly<Partial<Record<Outcome, string>>> = {
  rejected: 'rejected it',
  missed: 'let the offer pass',
  'declined-later': 'declined it for later',
  'declined-never': 'said that it is never to be called',
  untouched: 'looked at it and did not call',
  stopped: 'had it when the campaign was stopped',
  lost: 'had it when the session ended',
};

/** Where an undialed record goes; one that was dialed stays with what its attempt decides, whatever is said here. */
function placeOf(
  to: RecordGoes,
  {
    agent,
    at,
    outcome,
    callbackAt,
  }: Who & { readonly outcome: Outcome | undefined; readonly callbackAt: number | undefined },
): ReleasedTo {
  const why = `Agent ${agent} ${(outcome && WHY[outcome]) ?? 'gave it back'}.`;
  const isLeft = outcome === 'declined-later' || outcome === 'untouched';
  switch (to) {
    case 'top':
      return { place: 'top', why };
    case 'never':
      return { place: 'never', why };
    case 'callback':
      return { place: 'later', dueAt: callbackAt ?? at, first: true, why: `Callback agreed by agent ${agent}.` };
    case 'list':
      return isLeft ? { place: 'later', dueAt: at + LATER_MS, why } : { place: 'before' };
    case 'by-result':
    case 'with-the-call':
    case 'gone':
      return { place: 'before' };
  }
}
