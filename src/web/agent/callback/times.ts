// Times for a callback: the quick choices, what was typed, and how both look in the person's zone and in the agent's. Times
// on a clock are sent as such: which instant that is in the person's zone is the server's to say.

export const QUICK = ['in-1-h', 'in-3-h', 'same-time', 'tomorrow-10', 'monday-10'] as const;
export type Quick = (typeof QUICK)[number];

/** An instant, or a time on the person's clock. */
export type When = { readonly at: number } | { readonly local: string };

const HOUR_MS = 3_600_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** The clock in a zone at an instant, as 2026-12-01T10:30. */
export function localIn(zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...({ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' } as const),
    ...({ hour: '2-digit', minute: '2-digit' } as const),
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** A day later or earlier on the calendar. */
function plusDays(local: string, days: number): string {
  const day = new Date(`${local.slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return `${day.getUTCFullYear()}-${two(day.getUTCMonth() + 1)}-${two(day.getUTCDate())}`;
}

/** `zone`: the person's. */
export function quickTime(quick: Quick, now: number, zone: string): When {
  const local = localIn(zone, now);
  switch (quick) {
    case 'in-1-h':
      return { at: now + HOUR_MS };
    case 'in-3-h':
      return { at: now + 3 * HOUR_MS };
    case 'same-time':
      return { local: `${plusDays(local, 1)}T${local.slice(11)}` };
    case 'tomorrow-10':
      return { local: `${plusDays(local, 1)}T10:00` };
    case 'monday-10': {
      const weekday = new Date(`${local.slice(0, 10)}T00:00:00Z`).getUTCDay();
      return { local: `${plusDays(local, (8 - weekday) % 7 || 7)}T10:00` };
    }
  }
}

/** The first instant at which a clock in `zone` shows `local`; undefined: it never does, or is no time. */
export function instantOf(local: string, zone: string): number | undefined {
  const asUtc = Date.parse(`${local}:00Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) || Number.isNaN(asUtc)) return undefined;
  for (const minutes of offsetsAround(asUtc, zone)) {
    const at = asUtc - minutes * 60_000;
    if (localIn(zone, at) === local) return at;
  }
  return undefined;
}

/** Offsets from UTC in minutes that hold around an instant, the largest (earliest) first. */
function offsetsAround(asUtc: number, zone: string): readonly number[] {
  const around = [asUtc - 24 * HOUR_MS, asUtc, asUtc + 24 * HOUR_MS];
  const offsets = around.map((at) => Math.round((Date.parse(`${localIn(zone, at)}:00Z`) - at) / 60_000));
  return [...new Set(offsets)].toSorted((one, other) => other - one);
}

/** A time as it is typed: `2026-12-01 10:30`, `2026-12-01T10:30`; undefined: it is none. */
export function typedLocal(text: string): string | undefined {
  const match = /^\s*(\d{4}-\d\d-\d\d)[T ]+(\d{1,2}):(\d\d)\s*$/.exec(text);
  const [, day = '', hour = '', minute = ''] = match ?? [];
  const local = `${day}T${hour.padStart(2, '0')}:${minute}`;
  return match === null || Number.isNaN(Date.parse(`${local}:00Z`)) ? undefined : local;
}
