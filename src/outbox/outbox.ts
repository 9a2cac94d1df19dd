// Carries what waits in the store's outbox to its receivers: at least once, in order of each record, for as long as it
// takes. Of the thread that controls calls it takes a look at the store twice a second, and batches in between.

import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { OutboxStanding } from '../engine/store/outbox.ts';
import type { Store } from '../engine/store/store.ts';
import { afterTrying, FRESH, type Line } from './policy.ts';
import { addressOf, type Outcome, type Receiver } from './receivers.ts';
import type { Sender } from './sender.ts';

/** A receiver with the events that it gets. */
export type OutboxReceiver = Receiver & { readonly events: readonly string[] };

export interface OutboxParts {
  readonly store: Pick<Store, 'outbox'>;
  readonly sender: Pick<Sender, 'send' | 'stop'>;
  readonly receivers: readonly OutboxReceiver[];
  readonly giveUpAfterMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly chance?: () => number;
}

/** Of one receiver, since the start. */
interface ReceiverFigures {
  readonly name: string;
  readonly kind: Receiver['kind'];
  /** Without path and question: they may hold a secret. */
  readonly address: string;
  readonly events: readonly string[];
  readonly sent: number;
  readonly faults: number;
  readonly lastSentAt?: number;
  readonly lastFault?: string;
  readonly restsUntilAt?: number;
}

const LOOK_EVERY_MS = 500;
/** After messages were taken: others of the same records may have waited behind them. */
const GO_ON_MS = 50;
/** The store does not take what became of messages: again after so long. */
const STORE_AWAY_MS = 5_000;
const BATCH = 20;

interface State {
  line: Line;
  sent: number;
  faults: number;
  lastSentAt?: number;
  lastFault?: string;
}

export class Outbox {
  readonly #parts: OutboxParts;
  readonly #states = new Map<string, State>();
  readonly #running = new Set<Promise<void>>();
  readonly #looks = new Map<string, () => void>();
  #isStopping = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    for (const { name } of parts.receivers) this.#states.set(name, { line: FRESH, sent: 0, faults: 0 });
  }

  /** Shows the store who gets what, and begins to send what waits. */
  async start(): Promise<void> {
    const { store, receivers, clock } = this.#parts;
    const hooks = receivers.map(({ name, events }) => ({ hook: name, events }));
    await store.outbox.subscribe(
      hooks,
      hooks.map(({ hook }) => hook),
      clock.now(),
    );
    for (const receiver of receivers) this.#look(receiver.name);
  }

  /** What is being sent is either taken note of, or sent again after the next start. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const cancel of this.#looks.values()) cancel();
    await this.#parts.sender.stop();
    await Promise.all(this.#running);
  }

  figures(): readonly ReceiverFigures[] {
    const now = this.#parts.clock.now();
    return this.#parts.receivers.map((receiver) => {
      const { line, ...state } = this.#states.get(receiver.name) ?? { line: FRESH, sent: 0, faults: 0 };
      return {
        name: receiver.name,
        kind: receiver.kind,
        address: addressOf(receiver),
        events: receiver.events,
        ...state,
        ...(line.restsUntilAt > now ? { restsUntilAt: line.restsUntilAt } : {}),
      };
    });
  }

  standing(): Promise<readonly OutboxStanding[]> {
    return this.#parts.store.outbox.standing();
  }

  /** Given up messages of one receiver are tried again now; how many. */
  async retry(name: string): Promise<number> {
    const retried = await this.#parts.store.outbox.retry(name, this.#parts.clock.now());
    const state = this.#states.get(name);
    if (state) state.line = FRESH;
    return retried;
  }

  /** Sends a message past the outbox, to see whether it is taken. */
  async test(name: string): Promise<Outcome | undefined> {
    const at = this.#parts.clock.now();
    const text = 'outdial asks whether this works.';
    const mail = { to: [], subject: 'outdial', text, files: [] };
    const data = JSON.stringify(name === 'mail' ? mail : { text });
    const message = { id: 0, hook: name, event: 'test', at, data, number: null, tries: 0 };
    return (await this.#parts.sender.send(name, [message]))[0];
  }

  #look(hook: string, afterMs = LOOK_EVERY_MS): void {
    if (this.#isStopping) return;
    const cancel = this.#parts.clock.after(afterMs, () => {
      const run = this.#carry(hook).then(
        (afterwardsMs) => this.#look(hook, afterwardsMs),
        (fault: unknown) => {
          this.#parts.log.warn({ webhook: hook, fault }, 'the outbox could not be read or written: again in a moment');
          this.#look(hook, STORE_AWAY_MS);
        },
      );
      this.#running.add(run);
      void run.finally(() => this.#running.delete(run));
    });
    this.#looks.set(hook, cancel);
  }

  /** Sends what is due; after how long to look again. */
  async #carry(hook: string): Promise<number> {
    const { store, sender, clock, giveUpAfterMs, chance = Math.random } = this.#parts;
    const state = this.#states.get(hook);
    if (!state || this.#isStopping || state.line.restsUntilAt > clock.now()) return LOOK_EVERY_MS;
    const messages = await store.outbox.due({ hook, now: clock.now(), limit: BATCH });
    if (messages.length === 0) return LOOK_EVERY_MS;
    const outcomes = await sender.send(hook, messages);
    if (this.#hasStopped() && outcomes.every(({ kind }) => kind !== 'sent')) return LOOK_EVERY_MS;
    const tried = { hook, messages, outcomes, giveUpAfterMs, now: clock.now(), chance: chance() };
    const { line, settled } = afterTrying(state.line, tried);
    await store.outbox.settle(settled);
    this.#note(hook, state, { outcomes, line });
    return settled.sent.length > 0 && line.failures === 0 ? GO_ON_MS : LOOK_EVERY_MS;
  }

  /** Asked again after a wait, in which it may have been stopped. */
  #hasStopped(): boolean {
    return this.#isStopping;
  }

  #note(
    hook: string,
    state: State,
    { outcomes, line }: { readonly outcomes: readonly Outcome[]; readonly line: Line },
  ): void {
    const { clock, log } = this.#parts;
    const wasAway = state.line.failures > 0;
    state.line = line;
    for (const outcome of outcomes) {
      if (outcome.kind === 'sent') {
        state.sent += 1;
        state.lastSentAt = clock.now();
      } else if (outcome.kind !== 'untried') {
        state.faults += 1;
        state.lastFault = outcome.fault;
      }
    }
    if (line.failures === 1) log.warn({ webhook: hook, fault: state.lastFault }, 'a webhook takes nothing: it waits');
    else if (wasAway && line.failures === 0) log.info({ webhook: hook }, 'a webhook takes messages again');
  }
}
