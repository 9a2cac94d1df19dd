// How well the sound of a call was carried, as one figure and in words. Pure. The figure is the mean opinion score after
// the E-model (ITU-T G.107) in its usual short form for G.711: R = 93.2 − delay − 2.5 × loss in per cent.

/** Sound of a leg since it began, in one direction. */
interface Carried {
  readonly packets: number;
  readonly lost: number;
  readonly jitterMs: number;
}

/** Of a leg: what came from its far end, and what its far end says of ours. */
export interface LineFigures {
  readonly heard: Carried;
  readonly spoken: Carried;
  readonly roundTripMs: number;
}

/** Below this people begin to complain. */
export const POOR_MOS = 3.5;
/** Fewer say nothing: a second of speech. */
const FEWEST_PACKETS = 50;

/** 1 (bad) to 4.4; undefined: too little was carried to say. */
function mosOf({ packets, lost, jitterMs }: Carried, roundTripMs: number): number | undefined {
  if (packets + lost < FEWEST_PACKETS) return undefined;
  const delayMs = roundTripMs / 2 + 2 * jitterMs + 10;
  const impairment = delayMs < 160 ? delayMs / 40 : (delayMs - 120) / 10;
  const r = 93.2 - impairment - (250 * lost) / (packets + lost);
  if (r <= 0) return 1;
  return Math.round((1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6) * 100) / 100;
}

/** The worse direction; undefined: nothing can be said. */
export function qualityOf(
  line: LineFigures,
): (Carried & { readonly mos: number; readonly roundTripMs: number }) | undefined {
  const { roundTripMs } = line;
  const both = [line.heard, line.spoken].flatMap((carried) => {
    const mos = mosOf(carried, roundTripMs);
    return mos === undefined ? [] : [{ ...carried, mos, roundTripMs }];
  });
  return both.toSorted((one, other) => one.mos - other.mos)[0];
}

/** What was carried after a moment at which `before` had been: a phone's leg is older than the call. */
export function since(line: LineFigures, before: LineFigures | undefined): LineFigures {
  if (before === undefined) return line;
  const later = (now: Carried, then: Carried): Carried => ({
    packets: Math.max(0, now.packets - then.packets),
    lost: Math.max(0, now.lost - then.lost),
    jitterMs: now.jitterMs,
  });
  return { ...line, heard: later(line.heard, before.heard), spoken: later(line.spoken, before.spoken) };
}

/** For the books: `MOS 4.38, loss 0.1 %, jitter 2 ms, round trip 21 ms`. */
export function inWords(line: LineFigures): string | undefined {
  const quality = qualityOf(line);
  if (quality === undefined) return undefined;
  const { mos, packets, lost, jitterMs, roundTripMs } = quality;
  const loss = ((100 * lost) / (packets + lost)).toFixed(1);
  return `MOS ${mos}, loss ${loss} %, jitter ${Math.round(jitterMs)} ms, round trip ${Math.round(roundTripMs)} ms`;
}
