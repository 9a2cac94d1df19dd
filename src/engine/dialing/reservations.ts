// Records that are kept for agents, as long as their time lasts: one whose time is over goes back to the top, and its agent
// is free. What was dialed in it is decided by its result. Who reserves, renews and gives back is agent-first work.

import type { RecordOutcomes } from '../calls/record-outcomes.ts';
import type { Desks } from '../agents/desks.ts';
import type { Hub } from '../hub.ts';
import type { Reservation } from '../store/reservations.ts';

/** A reservation may outlast its time by so much. */
const LOOK_EVERY_MS = 10_000;

export class Reservations {
  readonly #hub: Hub;
  readonly #recordOutcomes: RecordOutcomes;
  readonly #desks: Pick<Desks, 'leaseLost'>;

  constructor(hub: Hub, recordOutcomes: RecordOutcomes, desks: Pick<Desks, 'leaseLost'>) {
    this.#hub = hub;
    this.#desks = desks;
    this.#recordOutcomes = recordOutcomes;
  }

  /** At start, once the sessions have been restored. */
  start(): void {
    this.#look();
  }

  #look(): void {
    const { store, log } = this.#hub.parts;
    store.reservations.lapse(this.#hub.now()).then(
      (lapsed) => {
        for (const reservation of lapsed) this.#hub.post({ type: 'reservation-lapsed', reservation });
      },
      (fault: unknown) => log.error({ fault }, 'reservations of records could not be looked at'),
    );
    this.#hub.timers.set('reservations', this.#hub.now() + LOOK_EVERY_MS, () => this.#look());
  }

  /** Its time was over: the record is where it was left, undialed ones at the top. */
  lapsed({ reservation, record, campaign: name, agent, isDialed }: Reservation): void {
    const { world, parts } = this.#hub;
    parts.log.warn({ reservation, record, campaign: name, agent }, 'a record was reserved for too long');
    const session = world.sessions.get(world.sessionByAgent.get(agent) ?? '');
    if (session?.atDesk === true) this.#desks.leaseLost(agent, reservation);
    else if (session?.forRecord === true) {
      this.#hub.post({ type: 'session', session: session.session, event: { type: 'disengage' } });
    }
    if (isDialed) this.#settle(record, agent);
    const campaign = world.campaigns.get(name);
    if (!campaign || isDialed) return;
    campaign.ahead.grown();
    this.#hub.post({ type: 'pace', campaign: name });
  }

  /** Its call is over, and nothing more will be said of it. */
  #settle(record: number, agent: string): void {
    const ended = [...this.#hub.world.recordOutcomes].find(([, { opened }]) => opened.record.record === record);
    if (ended) this.#recordOutcomes.give(ended[0], { agent, at: this.#hub.now() });
  }
}
