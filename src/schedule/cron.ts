// Wakes the daemon when a campaign's window opens or closes. It decides nothing: what a campaign should do is derived
// from its schedule at each wake, so a wake that is missed, doubled or early does no harm.
//
// Two sources of wakes: a timer at the next change, set again at least once an hour (clocks jump, machines sleep), and
// node-cron as a second one beside it.

import { createTask } from 'node-cron';
import type { Clock } from '../base/clock.ts';
import type { Schedule } from '../campaign/definition.ts';
import { nextChangeAt } from '../campaign/schedule.ts';
import type { CampaignName } from '../terms.ts';

export interface Scheduled {
  readonly name: CampaignName;
  readonly schedule?: Schedule;
}

/** Calls `wake` when a cron expression fires in a zone, until the returned function is called. */
export type Edges = (edge: { readonly expression: string; readonly timezone: string }, wake: () => void) => () => void;

const LONGEST_SLEEP_MS = 3_600_000;

export class ScheduleWakes {
  readonly #clock: Clock;
  readonly #wake: (campaign: CampaignName) => void;
  readonly #edges: Edges;
  #releases: (() => void)[] = [];

  /** `edges` is node-cron's in the daemon and absent on a virtual clock. */
  constructor(options: {
    readonly clock: Clock;
    readonly wake: (campaign: CampaignName) => void;
    readonly edges?: Edges;
  }) {
    this.#clock = options.clock;
    this.#wake = options.wake;
    this.#edges = options.edges ?? (() => () => undefined);
  }

  /** Wakes for these campaigns from now on, and for no others. */
  watch(campaigns: readonly Scheduled[]): void {
    this.stop();
    for (const { name, schedule } of campaigns) {
      if (!schedule) continue;
      this.#releases.push(this.#timer(name, schedule));
      for (const expression of [schedule.start, schedule.stop]) {
        const edge = { expression, timezone: schedule.timezone };
        this.#releases.push(this.#edges(edge, () => this.#wake(name)));
      }
    }
  }

  stop(): void {
    for (const release of this.#releases) release();
    this.#releases = [];
  }

  #timer(name: CampaignName, schedule: Schedule): () => void {
    let cancel: () => void = () => undefined;
    const set = (): void => {
      const now = this.#clock.now();
      const changeAt = nextChangeAt(schedule, now) ?? Infinity;
      cancel = this.#clock.after(Math.min(changeAt - now, LONGEST_SLEEP_MS), () => {
        set();
        if (this.#clock.now() >= changeAt) this.#wake(name);
      });
    };
    set();
    return () => cancel();
  }
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

/** Wakes by node-cron, on the machine's clock; none for an expression that it cannot read. */
export const nodeCronEdges: Edges = ({ expression, timezone }, wake) => {
  try {
    const task = createTask(expression, wake, { timezone, logger: silent, suppressMissedWarning: true, unref: true });
    void task.start();
    return () => void task.destroy();
  } catch {
    return () => undefined; // its grammar is narrower than ours: the timer wakes
  }
};
