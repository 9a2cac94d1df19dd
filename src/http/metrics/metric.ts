// What a metric is, and everything that metrics are read from.

import type { AgentView, CampaignView, Health, TrunkView } from '../../engine/control-views.ts';
import type { StoreThread } from '../../engine/store/store.ts';
import type { Counted } from './tally.ts';

/** Everything that one scrape is answered from. */
export interface Snapshot {
  readonly version: string;
  readonly health: Health;
  readonly outboundOn: boolean;
  readonly campaigns: readonly CampaignView[];
  readonly trunks: readonly TrunkView[];
  /** Absent: the settings do not want agents by name. */
  readonly agents?: readonly AgentView[];
  readonly threads: readonly StoreThread[];
  readonly tally: { readonly ended: Counted; readonly dispositions: Counted; readonly callbacks: Counted };
  /** Receivers of webhooks and mail, with what waits for them. */
  readonly outbox: readonly {
    readonly name: string;
    readonly sent: number;
    readonly faults: number;
    readonly waiting: number;
    readonly givenUp: number;
    readonly oldestAgeMs: number;
  }[];
  readonly disks: readonly { readonly folder: string; readonly freeBytes: number; readonly sizeBytes: number }[];
  readonly process: {
    readonly cpuSeconds: number;
    readonly residentBytes: number;
    readonly startedAt: number;
    readonly loopDelayMs: number;
  };
}

export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

export interface Metric {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly labels: readonly string[];
  readonly read: (from: Snapshot) => readonly Sample[];
}

/** The one sample of a metric without labels. */
export const one = (value: number | boolean): readonly Sample[] => [[{}, Number(value)]];

export function gauge(name: string, help: string, labels: readonly string[], read: Metric['read']): Metric {
  return { name, type: 'gauge', help, labels, read };
}

export function counter(name: string, help: string, labels: readonly string[], read: Metric['read']): Metric {
  return { name, type: 'counter', help, labels, read };
}
