// Answers scrapes of Prometheus from the figures that the engine holds anyway. One campaign is looked at in each turn of
// the event loop, so that calls never wait for a scrape; of the database only the
// reader is asked, for what waits to be sent; scrapes in the same second share an answer.

import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import { setImmediate as turn, setTimeout as after } from 'node:timers/promises';
import { Counter, Gauge, Registry } from 'prom-client';
import type { Clock } from '../../base/clock.ts';
import type { Settings } from '../../config/settings.ts';
import type { CampaignView } from '../../engine/control-views.ts';
import type { Control } from '../../engine/control.ts';
import type { Store } from '../../engine/store/store.ts';
import { LATENCY_BOUNDS_MS } from '../../engine/store/store.ts';
import type { OutboxPort } from '../outbox-port.ts';
import { METRICS } from './metrics.ts';
import { type Metric, type Snapshot } from './metric.ts';
import { Tally } from './tally.ts';

export interface ScrapeParts {
  readonly control: Control;
  readonly store: Pick<Store, 'threads'>;
  readonly campaigns: { all(): readonly { readonly campaign: { readonly name: string } }[] };
  readonly settings: Settings;
  /** Absent: nothing is sent to other systems. */
  readonly outbox?: Pick<OutboxPort, 'figures' | 'standing'>;
  readonly clock: Clock;
  readonly version: string;
}

/** Scrapes within this time get the same answer. */
const FRESH_MS = 1_000;
/** A disk that does not say how full it is within this time is left out of the answer. */
const DISK_WITHIN_MS = 500;
/** The same for the store's count of what waits to be sent. */
const STANDING_WITHIN_MS = 1_000;
const LOOP_RESOLUTION_MS = 20;

export class Scrapes {
  readonly #parts: ScrapeParts;
  readonly #registry = new Registry();
  readonly #tally = new Tally();
  readonly #loop: IntervalHistogram = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  readonly #collectors: readonly (readonly [Metric, Gauge | Counter])[];
  readonly #unsubscribe: () => void;
  readonly #startedAt: number;
  #latest: { readonly at: number; readonly text: Promise<string> } | undefined;

  constructor(parts: ScrapeParts) {
    this.#parts = parts;
    this.#collectors = METRICS.map((metric) => [metric, collectorOf(metric, this.#registry)]);
    this.#unsubscribe = parts.control.subscribe((event) => this.#tally.note(event));
    this.#startedAt = parts.clock.now() - process.uptime() * 1000;
    this.#loop.enable();
  }

  readonly contentType = this.#registry.contentType;

  /** The answer to a scrape, in Prometheus' text format. */
  text(): Promise<string> {
    const now = this.#parts.clock.now();
    if (this.#latest && now - this.#latest.at < FRESH_MS && now >= this.#latest.at) return this.#latest.text;
    const text = this.#collect();
    this.#latest = { at: now, text };
    text.catch(() => (this.#latest = undefined));
    return text;
  }

  stop(): void {
    this.#unsubscribe();
    this.#loop.disable();
  }

  async #collect(): Promise<string> {
    const snapshot = await this.#snapshot();
    for (const [metric, collector] of this.#collectors) {
      collector.reset();
      const samples = metric.read(snapshot);
      // Without labels a reset one would say 0 where there is nothing to say.
      if (samples.length === 0 && metric.labels.length === 0) collector.remove();
      for (const [labels, value] of samples) collector.inc(labels, value);
      await turn();
    }
    return (await this.#registry.metrics()) + storeLatency(snapshot);
  }

  async #snapshot(): Promise<Snapshot> {
    const { control, store, settings, version } = this.#parts;
    const { user, system } = process.cpuUsage();
    const loopDelayMs = Math.max(0, this.#loop.percentile(99) / 1e6 - LOOP_RESOLUTION_MS);
    this.#loop.reset();
    return {
      version,
      health: control.health(),
      outboundOn: control.outbound().on,
      campaigns: await this.#campaigns(),
      trunks: control.trunks(),
      ...(settings.metrics.agents ? { agents: await control.agents() } : {}),
      threads: store.threads(),
      tally: this.#tally,
      outbox: await this.#outbox(),
      disks: await disksOf(settings),
      process: {
        cpuSeconds: (user + system) / 1e6,
        residentBytes: process.memoryUsage.rss(),
        startedAt: this.#startedAt,
        loopDelayMs: Number.isFinite(loopDelayMs) ? loopDelayMs : 0,
      },
    };
  }

  /** What waits is counted by the store's reader, behind whom no call waits. */
  async #outbox(): Promise<Snapshot['outbox']> {
    const { outbox, clock } = this.#parts;
    const figures = outbox?.figures() ?? [];
    if (!outbox || figures.length === 0) return [];
    const look = outbox.standing().catch(() => []); // a store in trouble: outdial_store_up says so
    const standing = (await Promise.race([look, after(STANDING_WITHIN_MS, undefined, { ref: false })])) ?? [];
    const now = clock.now();
    return figures.map(({ name, sent, faults }) => {
      const { waiting = 0, givenUp = 0, oldestAt = null } = standing.find(({ hook }) => hook === name) ?? {};
      return { name, sent, faults, waiting, givenUp, oldestAgeMs: oldestAt === null ? 0 : Math.max(0, now - oldestAt) };
    });
  }

  async #campaigns(): Promise<readonly CampaignView[]> {
    const views: CampaignView[] = [];
    for (const { campaign } of this.#parts.campaigns.all()) {
      await turn();
      const view = this.#parts.control.campaign(campaign.name);
      if (view) views.push(view);
    }
    return views;
  }
}

function collectorOf({ name, type, help, labels }: Metric, registry: Registry): Gauge | Counter {
  const how = { name, help, labelNames: [...labels], registers: [registry] };
  return type === 'gauge' ? new Gauge(how) : new Counter(how);
}

/** How long the store took for what it was asked, as a histogram of counts that it keeps itself. */
function storeLatency({ threads }: Snapshot): string {
  const name = 'outdial_store_request_duration_seconds';
  const lines = threads.flatMap(({ name: thread, latency }) => {
    let sum = 0;
    const buckets = LATENCY_BOUNDS_MS.map((bound, place) => {
      sum += latency.counts[place] ?? 0;
      return `${name}_bucket{thread="${thread}",le="${bound / 1000}"} ${sum}`;
    });
    const all = `{thread="${thread}"}`;
    return [
      ...buckets,
      `${name}_bucket{thread="${thread}",le="+Inf"} ${latency.count}`,
      `${name}_sum${all} ${latency.sumMs / 1000}`,
      `${name}_count${all} ${latency.count}`,
    ];
  });
  return [
    `\n# HELP ${name} From a request to the store to its answer, by thread.`,
    `# TYPE ${name} histogram`,
    ...lines,
    '',
  ].join('\n');
}

async function disksOf({ store, recordings, pacingLog }: Settings): Promise<Snapshot['disks']> {
  const folders: readonly (readonly [string, string])[] = [
    ...(store.kind === 'sqlite' ? [['store', dirname(store.file)] as const] : []),
    ...(recordings === undefined ? [] : [['recordings', recordings.folder] as const]),
    ...(pacingLog.keepMs === 0 ? [] : [['pacing-log', pacingLog.folder] as const]),
  ];
  const looked = folders.map(async ([folder, path]) => {
    const look = statfs(path).catch(() => undefined); // a folder that is not there yet
    const disk = await Promise.race([look, after(DISK_WITHIN_MS, undefined, { ref: false })]);
    if (!disk) return [];
    return [{ folder, freeBytes: disk.bavail * disk.bsize, sizeBytes: disk.blocks * disk.bsize }];
  });
  return (await Promise.all(looked)).flat();
}
