// From the keys of a file of calling rules to the pack that everyone works with. Checks nothing.

import type {
  AbandonmentWindow,
  Clause,
  Demand,
  HoursDemand,
  Holiday,
  MinuteSpan,
  RulePack,
  Span,
} from '../campaign/rule-pack.ts';
import type { WrittenClause, WrittenPack } from './rule-pack-schema.ts';

/** The pack, but for clauses that demand nothing. */
export function toRulePack(written: WrittenPack): RulePack {
  return {
    name: written.pack,
    title: written.title,
    countries: written.applies.countries,
    states: written.applies.states,
    holidays: written.holidays.map(toHoliday),
    clauses: written.clauses.flatMap(toClause),
  };
}

function toClause(written: WrittenClause): readonly Clause[] {
  const demand = toDemand(written);
  if (!demand) return [];
  const { id, says, citation, checked, unverified } = written;
  return [{ id, says, citation, checked: unverified === true ? null : (checked ?? null), ...demand }];
}

function toDemand(written: WrittenClause): Demand | undefined {
  const { hours, attempts, quiet, abandonment, ring, message, retention, recording } = written;
  if (hours) return toHours(hours);
  if (attempts) {
    const { most, per, except, unless, within, days } = attempts;
    return {
      kind: 'attempts',
      most,
      per,
      within: toSpan(within, days),
      except,
      unless,
      ...toAskedFor(attempts.asked_days),
    };
  }
  if (quiet) {
    return {
      kind: 'quiet',
      after: quiet.after,
      per: quiet.per,
      for: toSpan(quiet.for, quiet.days),
      thenAgentEngaged: quiet.then !== undefined,
      unless: quiet.unless,
      ...toAskedFor(quiet.asked_days),
    };
  }
  if (abandonment) {
    const { most, detector_errors: detectorErrors } = abandonment;
    return { kind: 'abandonment', most, window: toWindow(abandonment), detectorErrors };
  }
  if (ring !== undefined) return { kind: 'ring', leastMs: ring };
  if (message !== undefined) return { kind: 'message', withinMs: message };
  if (retention !== undefined) return { kind: 'retention', leastMs: retention.least, of: retention.of };
  if (recording !== undefined) return { kind: 'recording', consent: recording };
  return toBareDemand(written);
}

function toBareDemand({
  do_not_call: list,
  caller_id: callerId,
  consent,
  emergency,
}: WrittenClause): Demand | undefined {
  if (emergency !== undefined) return { kind: 'emergency' };
  if (list) return { kind: 'do-not-call', list: list.list, greatestAgeMs: list.greatest_age ?? null };
  if (callerId) return { kind: 'caller-id', answered: callerId.answered, reachableMs: callerId.reachable };
  return consent === undefined ? undefined : { kind: 'consent' };
}

function toAskedFor(days: number | undefined): { readonly askedFor?: Span } {
  return days === undefined ? {} : { askedFor: { unit: 'days', days } };
}

function toSpan(ms: number | undefined, days: number | undefined): Span {
  return ms === undefined ? { unit: 'days', days: days ?? 1 } : { unit: 'time', ms };
}

function toWindow({ window, length = 0 }: NonNullable<WrittenClause['abandonment']>): AbandonmentWindow {
  return window === 'day' || window === 'month' ? { span: window } : { span: window, ms: length };
}

function toHours(written: NonNullable<WrittenClause['hours']>): HoursDemand {
  const { daily = 'closed', mon_fri: week = daily, sat_sun: weekend = daily } = written;
  const { saturday = weekend, sunday = weekend, holidays, eves } = written;
  const days = [sunday, week, week, week, week, week, saturday];
  return {
    kind: 'hours',
    week: days.map(spansOf),
    onHolidays: holidays === undefined ? null : spansOf(holidays),
    ...(eves === undefined ? {} : { onEves: spansOf(eves) }),
  };
}

/** `9:00-12:30, 14:00-20:00` in minutes of the day; `closed` has none. */
export function spansOf(written: string): readonly MinuteSpan[] {
  if (written === 'closed') return [];
  if (written === 'open') return [{ from: 0, to: 1440 }];
  return [...written.matchAll(/(\d+):(\d+)-(\d+):(\d+)/g)].map((match) => {
    const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
    return { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute };
  });
}

function toHoliday(written: string): Holiday {
  const [day = '', states] = written.split('@');
  return { ...toDay(day), ...(states === undefined ? {} : { states: states.split(',') }) };
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function toDay(written: string): Holiday {
  const fixed = /^(\d{2})-(\d{2})(?:\+(substitute|observed))?$/.exec(written);
  if (fixed) {
    const [, month, day, moves] = fixed;
    return {
      on: 'date',
      month: Number(month),
      day: Number(day),
      moves: moves === 'substitute' || moves === 'observed' ? moves : 'no',
    };
  }
  const [, month, name = '', which = '', offset] =
    /^(\d{2})-([a-z]{3})-(\d|last|before-\d+)([+-]\d+)?$/.exec(written) ?? [];
  if (month !== undefined) {
    const before = which.startsWith('before-') ? { before: Number(which.slice('before-'.length)) } : undefined;
    return {
      on: 'weekday',
      month: Number(month),
      weekday: WEEKDAYS.indexOf(name),
      which: before ?? { nth: which === 'last' ? -1 : Number(which) },
      offsetDays: Number(offset ?? 0),
    };
  }
  if (written.startsWith('easter')) return { on: 'easter', offsetDays: Number(written.slice(6)) };
  return { on: 'once', date: written };
}
