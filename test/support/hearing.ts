// What is in a recording: a phone's tone, a voice, silence. 8000 samples a second.

const RATE = 8000;
const FRAME = 400; // 50 ms

/** Share of a frame's power that lies at `hz` (Goertzel), 0–1. */
function shareAt(frame: Int16Array, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / RATE);
  let [before, last, power] = [0, 0, 0];
  for (const sample of frame) {
    [before, last] = [last, sample + coefficient * last - before];
    power += sample * sample;
  }
  if (power === 0) return 0;
  const found = last * last + before * before - coefficient * last * before;
  return found / ((power * frame.length) / 2);
}

function frames(samples: Int16Array): Int16Array[] {
  return Array.from({ length: Math.floor(samples.length / FRAME) }, (_, index) =>
    samples.subarray(index * FRAME, (index + 1) * FRAME),
  );
}

const loudness = (frame: Int16Array): number =>
  Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / FRAME);

/** How long the steady tone of `hz` is heard, ms. */
export function toneMs(samples: Int16Array, hz: number): number {
  return frames(samples).filter((frame) => loudness(frame) > 300 && shareAt(frame, hz) > 0.6).length * 50;
}

/** A tone of the box's phones is four times as loud. */
const AMONG = 1500;

/** How long the tone of `hz` is heard whatever else is heard with it, ms. */
export function toneAmongMs(samples: Int16Array, hz: number): number {
  const isThere = (frame: Int16Array): boolean => loudness(frame) * Math.sqrt(2 * shareAt(frame, hz)) > AMONG;
  return frames(samples).filter(isThere).length * 50;
}

/** When the steady tone of `hz` is heard first, to 10 ms, from the beginning; undefined: never. */
export function toneStartMs(samples: Int16Array, hz: number): number | undefined {
  const short = 80;
  for (let at = 0; at + short <= samples.length; at += short) {
    const frame = samples.subarray(at, at + short);
    if (shareAt(frame, hz) > 0.6 && frame.some((sample) => Math.abs(sample) > 600)) return (at * 1000) / RATE;
  }
  return undefined;
}

/** When anything louder than `loud` (root mean square) is heard first, to 10 ms, from the beginning; undefined: never. */
export function soundStartMs(samples: Int16Array, loud: number): number | undefined {
  const short = 80;
  for (let at = 0; at + short <= samples.length; at += short) {
    const power = samples.subarray(at, at + short).reduce((sum, sample) => sum + sample * sample, 0) / short;
    if (Math.sqrt(power) > loud) return (at * 1000) / RATE;
  }
  return undefined;
}

/** How long anything besides the steady tone of `hz` is heard, ms. */
export function besidesToneMs(samples: Int16Array, hz: number): number {
  const rest = (frame: Int16Array): number => loudness(frame) * Math.sqrt(Math.max(0, 1 - shareAt(frame, hz)));
  return frames(samples).filter((frame) => rest(frame) > 150).length * 50;
}

/** When anything is heard first, ms from the beginning; undefined: never. */
export function firstSoundMs(samples: Int16Array): number | undefined {
  const first = frames(samples).findIndex((frame) => loudness(frame) > 100);
  return first === -1 ? undefined : first * 50;
}

/** How long nothing is heard at the end, ms. */
export function silenceAtEndMs(samples: Int16Array): number {
  const all = frames(samples);
  return (all.length - 1 - all.findLastIndex((frame) => loudness(frame) > 100)) * 50;
}

/** How long anything at all is heard, ms. */
export function soundMs(samples: Int16Array): number {
  return frames(samples).filter((frame) => loudness(frame) > 100).length * 50;
}

/** The longest time in which nothing at all is heard, ms; what comes before the first sound and after the last counts. */
export function longestSilenceMs(samples: Int16Array): number {
  let [longest, now] = [0, 0];
  for (const frame of frames(samples)) {
    now = loudness(frame) > 100 ? 0 : now + 50;
    longest = Math.max(longest, now);
  }
  return longest;
}
