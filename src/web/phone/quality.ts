// How well the sound of a call arrives, as one figure from 1 (bad) to 4.4, after the E-model (ITU-T G.107) in its usual
// short form: delay and jitter count as delay, loss as it counts for G.711. Pure.

import type { SoundReport } from './sip-phone.ts';

/** People begin to complain below this. */
const POOR = 3.5;
/** One bad look is a hiccup, two are a bad line. */
const LOOKS = 2;

export interface Quality {
  readonly last?: SoundReport;
  readonly mos?: number;
  readonly poorLooks: number;
}

export const UNKNOWN_QUALITY: Quality = { poorLooks: 0 };

export function mosOf({
  lossShare,
  jitterMs,
  roundTripMs,
}: {
  lossShare: number;
  jitterMs: number;
  roundTripMs: number;
}): number {
  const delay = roundTripMs / 2 + jitterMs * 2 + 10;
  const r = 93.2 - (delay < 160 ? delay / 40 : (delay - 120) / 10) - lossShare * 100 * 2.5;
  if (r <= 0) return 1;
  return Math.round((1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6) * 100) / 100;
}

/** One look later: counted is what came since the last. */
export function lookAt(before: Quality, now: SoundReport): Quality {
  const { last } = before;
  if (last === undefined || now.packets < last.packets) return { last: now, poorLooks: 0 };
  const [came, lost] = [now.packets - last.packets, Math.max(0, now.lost - last.lost)];
  if (came + lost === 0) return { ...before, last: now };
  const mos = mosOf({ lossShare: lost / (came + lost), jitterMs: now.jitterMs, roundTripMs: now.roundTripMs });
  return { last: now, mos, poorLooks: mos < POOR ? before.poorLooks + 1 : 0 };
}

export const isPoor = ({ poorLooks }: Quality): boolean => poorLooks >= LOOKS;
