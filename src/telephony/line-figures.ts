// How the sound of a leg is carried, as Asterisk counts it from RTP and RTCP (ARI's `rtp_statistics`). Pure but for the
// question itself; what is missing counts as nothing.

import type { LineFigures } from '../call/line.ts';
import type { LegId } from '../terms.ts';
import { isObject } from './ari-events.ts';
import { AriFailure, ariPath, type AriRest } from './ari-rest.ts';
import { isGone } from './refusals.ts';

/** Undefined: there is no such leg, or it carries no sound of its own. */
export async function readLine(rest: AriRest, leg: LegId): Promise<LineFigures | undefined> {
  const path = ariPath('channels', leg, 'rtp_statistics');
  const answer = await rest.send({ method: 'GET', path }).catch((error: unknown) => {
    if (error instanceof AriFailure && (isGone(error) || error.status === 404)) return undefined;
    throw error;
  });
  return lineOf(answer);
}

/** Asterisk writes times in seconds. */
export function lineOf(statistics: unknown): LineFigures | undefined {
  if (!isObject(statistics)) return undefined;
  const figure = (name: string): number => {
    const value = statistics[name];
    return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
  };
  return {
    heard: { packets: figure('rxcount'), lost: figure('rxploss'), jitterMs: figure('rxjitter') * 1000 },
    spoken: { packets: figure('txcount'), lost: figure('txploss'), jitterMs: figure('txjitter') * 1000 },
    roundTripMs: figure('rtt') * 1000,
  };
}
