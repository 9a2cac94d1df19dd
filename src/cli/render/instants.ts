// Instants as people write and read them on the command line, in this machine's time zone.

import { formatDuration, parseDuration } from '../../base/durations.ts';
import { firstInstantAt, localDay } from '../../base/local-time.ts';
import { OperationalError } from '../../base/errors.ts';

/** The time zone of this machine. */
export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * `2026-11-01`, `2026-11-01T10:30`, `today`, `now`, `2h` (that long ago) or a full ISO instant, as epoch ms; refused
 * with `time-invalid`.
 */
export function parseInstant(text: string, now: number, zone = localZone()): number {
  if (text === 'now') return now;
  if (text === 'today') return localDay(zone, now).startAt;
  const agoMs = parseDuration(text);
  if (agoMs !== undefined) return now - agoMs;
  const local = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?$/.exec(text);
  const at = local ? Date.parse(`${local[1] ?? ''}T${local[2] ?? '00:00'}Z`) : (readIsoInstant(text) ?? NaN);
  if (!Number.isNaN(at)) return local ? firstInstantAt(zone, at) : at;
  throw new OperationalError('time-invalid', `"${text}" is no date, time or duration.`, {
    hint: 'Write 2026-11-01, 2026-11-01T10:30, today, or 2h for two hours ago.',
  });
}

/** A whole ISO 8601 instant, as programs write it; epoch ms, undefined when it is none. */
export function readIsoInstant(text: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?) ?(?:([Zz])|([+-]\d\d):?(\d\d)?)$/.exec(text);
  if (!parts) return undefined;
  const [, day = '', time = '', utc, hours = '', minutes = '00'] = parts;
  const at = Date.parse(`${day}T${time.replace(',', '.')}${utc === undefined ? `${hours}:${minutes}` : 'Z'}`);
  return Number.isNaN(at) ? undefined : at;
}

/** `2026-11-01 10:30:05` in this machine's zone; a dash for null. */
export function showInstant(at: number | null | undefined, zone = localZone()): string {
  if (at === null || at === undefined) return '–';
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
}

/** How long ago, to two units: `2m05s`. */
export function showAge(at: number, now: number): string {
  return formatDuration(Math.max(0, Math.round((now - at) / 1000) * 1000));
}
