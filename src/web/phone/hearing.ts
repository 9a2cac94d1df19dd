// Is the agent heard at all? A microphone that is switched off at its cable gives nothing whatever, and its owner does not
// know it: a live one hears at least the room. Pure.

/** Loudness 0–1 below which a live microphone never stays. */
const NOTHING = 0.0004;
/** Who only listens may be quiet, and noise is filtered out: only this long is it nothing. */
const UNHEARD_MS = 20_000;

export interface Hearing {
  /** Nothing at all has been heard since then; undefined: something was heard just now. */
  readonly silentSince?: number;
}

export const HEARD: Hearing = {};

export function hear(before: Hearing, level: number, now: number): Hearing {
  if (level > NOTHING) return before.silentSince === undefined ? before : HEARD;
  return before.silentSince === undefined ? { silentSince: now } : before;
}

/** Whether the alarm is due: "we do not hear you". */
export const isUnheard = ({ silentSince }: Hearing, now: number): boolean =>
  silentSince !== undefined && now - silentSince >= UNHEARD_MS;

/** Loudness of samples of a microphone, 0–1. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

/** How far the meter goes: speech fills two thirds of it. */
export const meterShare = (level: number): number =>
  level <= 0 ? 0 : Math.max(0, Math.min(1, 1 + Math.log10(level) / 2.5));
