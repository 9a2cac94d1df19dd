// A time on the person's clock, and which instant that is. What is sent is a time on a clock: which instant it is in the
// person's zone is the server's to say.

/** An instant, or a time on the person's clock. */
export type When = { readonly at: number } | { readonly local: string };

const HOUR_MS = 3_600_000;

/** The clock in a zone at an instant, as 2026-12-01T10:30. */
export function localIn(zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...({ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' } as const),
    ...({ hour: '2-digit', minute: '2-digit' } as const),
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
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
