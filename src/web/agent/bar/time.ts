// Times as people read them. What counts is counted from the server's instants; nothing here asks a clock.

const two = (value: number): string => String(value).padStart(2, '0');

/** 0:07, 12:30, 1:02:05. */
export function timer(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Whole seconds until an instant, none below 0. */
export const secondsLeft = (until: number, now: number): number => Math.max(0, Math.ceil((until - now) / 1000));

/** At these many seconds left a timer is spoken, and at no others. */
const SPOKEN_AT: readonly number[] = [30, 10, 5];

/** The threshold that was crossed between two looks; undefined: none. */
export function crossed(before: number, now: number): number | undefined {
  return SPOKEN_AT.find((threshold) => before > threshold && now <= threshold);
}
