// Reports on a schedule: made at their time by a process of its own, put into the outbox, sent from there. A report that
// cannot be made is tried again for an hour.

import type { Clock } from '../base/clock.ts';
import { localDay } from '../base/local-time.ts';
import type { Log } from '../base/log.ts';
import { nextFireAt, parseCron } from '../campaign/cron.ts';
import type { OutboxStore } from '../engine/store/outbox.ts';
import type { Mail } from './receivers.ts';

export interface Scheduled {
  readonly name: string;
  /** Cron, in `timezone`. */
  readonly at: string;
  readonly timezone: string;
  readonly reports: readonly string[];
  readonly period: string;
  readonly by?: string;
  readonly campaign?: string;
  readonly mail: readonly string[];
  readonly webhook?: string;
}

interface Parts {
  readonly schedules: readonly Scheduled[];
  /** What `outdial ARGS` prints. */
  readonly run: (args: readonly string[], limitMs: number) => Promise<string>;
  readonly outbox: Pick<OutboxStore, 'put'>;
  readonly clock: Clock;
  readonly log: Log;
}

const LIMIT_MS = 600_000;
const AGAIN_MS = 300_000;
const TRIES = 12;
/** Timers cannot sleep for longer than a few weeks; clocks are set meanwhile. */
const LONGEST_SLEEP_MS = 3_600_000;

export class ScheduledReports {
  readonly #parts: Parts;
  readonly #cancels = new Map<string, () => void>();
  #isStopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    for (const schedule of this.#parts.schedules) this.#await(schedule, this.#parts.clock.now());
  }

  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#cancels.values()) cancel();
  }

  /** Makes it now and puts it into the outbox. */
  async make(schedule: Scheduled): Promise<void> {
    const { outbox, clock } = this.#parts;
    const now = clock.now();
    const made: { readonly report: string; readonly csv: string; readonly html: string }[] = [];
    for (const report of schedule.reports)
      made.push({
        report,
        csv: await this.#text(schedule, report, '--csv'),
        html: await this.#text(schedule, report, '--html'),
      });
    const day = localDay(schedule.timezone, now).date;
    const about = { at: now, key: `report:${schedule.name}` };
    if (schedule.mail.length > 0) {
      const files = made.flatMap(({ report, csv, html }) => [
        { name: `${report}-${day}.csv`, type: 'text/csv', text: csv },
        { name: `${report}-${day}.html`, type: 'text/html', text: html },
      ]);
      const subject = `outdial: ${schedule.name}, ${schedule.period.replace('-', ' ')} (${day})`;
      const text = `The reports ${schedule.reports.join(', ')} of ${schedule.period.replace('-', ' ')}, as CSV and as pages to print.\n`;
      const data: Mail = { to: schedule.mail, subject, text, files };
      await outbox.put({ ...about, hook: 'mail', event: 'report', data });
    }
    if (schedule.webhook === undefined) return;
    for (const { report, csv } of made) {
      const data = { schedule: schedule.name, report, period: schedule.period, timezone: schedule.timezone, csv };
      await outbox.put({ ...about, hook: schedule.webhook, event: 'report', data });
    }
  }

  #text({ period, timezone, by, campaign }: Scheduled, report: string, form: string): Promise<string> {
    const args = ['report', 'show', report, '--period', period, '--zone', timezone, form];
    if (by !== undefined) args.push('--by', by);
    if (campaign !== undefined) args.push('--campaign', campaign);
    return this.#parts.run(args, LIMIT_MS);
  }

  /** Waits for its next time after `from`. */
  #await(schedule: Scheduled, from: number): void {
    const { clock } = this.#parts;
    const parsed = parseCron(schedule.at);
    const fireAt = parsed.ok ? nextFireAt(parsed.cron, schedule.timezone, from) : undefined;
    if (fireAt === undefined || this.#isStopped) return;
    const look = (): void => {
      const leftMs = fireAt - clock.now();
      if (leftMs > 0) this.#later(schedule, Math.min(leftMs, LONGEST_SLEEP_MS), look);
      else void this.#try(schedule, 1).finally(() => this.#await(schedule, Math.max(fireAt, clock.now())));
    };
    look();
  }

  #later({ name }: Scheduled, delayMs: number, then: () => void): void {
    if (!this.#isStopped) this.#cancels.set(name, this.#parts.clock.after(delayMs, then));
  }

  async #try(schedule: Scheduled, turn: number): Promise<void> {
    try {
      await this.make(schedule);
      this.#parts.log.info({ report: schedule.name }, 'a scheduled report was made');
    } catch (fault) {
      this.#parts.log.error({ report: schedule.name, fault }, 'a scheduled report could not be made');
      if (turn >= TRIES || this.#isStopped) return;
      await new Promise<void>((resolve) => this.#later(schedule, AGAIN_MS, resolve));
      await this.#try(schedule, turn + 1);
    }
  }
}
