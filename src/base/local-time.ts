// What a wall clock in an IANA time zone shows at an instant, and when its days begin; right over DST changes.
// Formatters, days and offsets are remembered: asking again for the same day costs a look-up.

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** What a wall clock shows. `month` 1–12, `weekday` 0 = Sunday. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

/** One day of a zone: from its first instant to before the first of the next. */
export interface LocalDay {
  /** `2026-12-25` */
  readonly date: string;
  readonly startAt: number;
  readonly endAt: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
const lastDays = new Map<string, LocalDay>();
const dayOffsets = new Map<string, Map<number, number>>();
/** Of a zone: about eleven years. */
const MOST_DAY_OFFSETS = 4000;

/** Whether this machine's time-zone data knows the zone. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** What clocks in `zone` show minus UTC at that instant, in ms. */
export function zoneOffsetMs(zone: string, at: number): number {
  const midnight = Math.floor(at / DAY_MS) * DAY_MS;
  const before = dayOffsetMs(zone, midnight);
  // Clocks are never changed twice within a day: the same at both ends is the same all day.
  return before === dayOffsetMs(zone, midnight + DAY_MS) ? before : askOffsetMs(zone, at);
}

function askOffsetMs(zone: string, at: number): number {
  const whole = Math.floor(at / 1000) * 1000;
  const field: Record<string, number> = {};
  for (const { type, value } of formatter(zone).formatToParts(whole)) field[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = field;
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

/** The offset at a UTC midnight, remembered. */
function dayOffsetMs(zone: string, midnight: number): number {
  let known = dayOffsets.get(zone);
  if (!known || known.size >= MOST_DAY_OFFSETS) {
    known = new Map();
    dayOffsets.set(zone, known);
  }
  const remembered = known.get(midnight);
  if (remembered !== undefined) return remembered;
  const offset = askOffsetMs(zone, midnight);
  known.set(midnight, offset);
  return offset;
}

export function localTime(zone: string, at: number): LocalTime {
  const shown = new Date(at + zoneOffsetMs(zone, at));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    weekday: shown.getUTCDay(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
  };
}

/** The day of `zone` that `at` belongs to; 23 or 25 hours long when the clocks change. */
export function localDay(zone: string, at: number): LocalDay {
  const known = lastDays.get(zone);
  if (known && at >= known.startAt && at < known.endAt) return known;
  const midnight = Math.floor((at + zoneOffsetMs(zone, at)) / DAY_MS) * DAY_MS;
  const day = {
    date: new Date(midnight).toISOString().slice(0, 10),
    startAt: firstInstantAt(zone, midnight),
    endAt: firstInstantAt(zone, midnight + DAY_MS),
  };
  lastDays.set(zone, day);
  return day;
}

/**
 * The first instant at which clocks in `zone` show `shownAt` (a wall-clock time written as if it were UTC) or later:
 * a time that the clocks skip gives the moment after the jump, one that they show twice the first of the two.
 */
export function firstInstantAt(zone: string, shownAt: number): number {
  const day = Math.floor(shownAt / DAY_MS) * DAY_MS;
  const before = dayOffsetMs(zone, day - DAY_MS);
  const after = dayOffsetMs(zone, day + 2 * DAY_MS);
  if (before === after) return shownAt - before;
  for (const offset of [Math.max(before, after), Math.min(before, after)]) {
    const at = shownAt - offset;
    if (shows(zone, at) >= shownAt && shows(zone, at - 1) < shownAt) return at;
  }
  return firstInstantBySearch(zone, shownAt);
}

/** For a skipped time inside a jump: halves the stretch that the jump is in. */
function firstInstantBySearch(zone: string, shownAt: number): number {
  let before = shownAt - 16 * HOUR_MS;
  let after = shownAt + 40 * HOUR_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (shows(zone, middle) >= shownAt) after = middle;
    else before = middle;
  }
  return after;
}

/** `2026-12-25 09:30 (Europe/Berlin)` */
export function formatLocal(zone: string, at: number): string {
  const shown = new Date(Math.floor((at + zoneOffsetMs(zone, at)) / MINUTE_MS) * MINUTE_MS);
  return `${shown.toISOString().slice(0, 16).replace('T', ' ')} (${zone})`;
}

function shows(zone: string, at: number): number {
  return at + zoneOffsetMs(zone, at);
}

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(zone, made);
  return made;
}
