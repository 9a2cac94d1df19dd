// A call centre under steady load on the real box, for benchmarks: nailed-up agents with sound, a carrier at which
// everybody answers, as many calls a second as wanted, no wrap-up.

import { defined } from '../../../src/base/defined.ts';
import path from 'node:path';
import { CAMPAIGN, openCallCentre, type CallCentre } from '../../../demo/call-centre.ts';
import { campaignDetails } from '../../../src/http/wire/wire.ts';
import { until } from '../../support/until.ts';

interface Load {
  readonly agents: number;
  readonly perSecond: number;
  /** People to call. */
  readonly people: number;
  /** Seconds of talk, as the carrier's dialplan wants them. */
  readonly hold: string;
  /** How long the phones' tone lasts; they keep all of it in memory for each call. */
  readonly toneSeconds: number;
  readonly say?: (text: string) => void;
}

/** Brings the box up; the caller starts the daemon, and closes the centre. */
export function openBusyCentre({ agents, perSecond, people, hold, toneSeconds, say }: Load): Promise<CallCentre> {
  return openCallCentre({
    agents,
    records: 0,
    seed: 1,
    numbers: Array.from({ length: people }, (_, index) => `+1212${2_000_000 + index}`),
    carrierDir: path.join(import.meta.dirname, 'carrier'),
    carrierGlobals: { BENCH_HOLD: hold },
    phones: { toneSeconds },
    ...defined({ say }),
    campaign: {
      mode: 'progressive',
      pacing: `{ring: 20s, min_ring: 15s, max_lines: 300, max_calls_per_second: ${perSecond}}`,
      answer: '{detection: off, no_agent: {after: 2s, play: outdial/abandon}}',
      wrap_up: '{limit: 0s, disposition: optional}',
      dispositions: '[]',
    },
  });
}

/** Resolves when no call of the centre is under way; refuses after 30 s. */
export function untilQuiet(centre: CallCentre): Promise<unknown> {
  return until(
    'the last call is over',
    async () => {
      const { calls } = await centre.client.get(campaignDetails, `/campaigns/${CAMPAIGN}`);
      return Object.values(calls).every((count) => count === 0) ? true : undefined;
    },
    30_000,
  );
}
