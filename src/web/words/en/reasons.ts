// Why a campaign dials or not, and why an agent has no record, in English.

import type { Reason, TrunkReason } from '../../../http/wire/reasons.ts';
import { clockTime, counted, dayOf, hoursIn, moment, type HourWords } from '../moments.ts';
import { recordWords } from './record.ts';

type Wait = NonNullable<Extract<Reason, { readonly kind: 'record-due' }>['wait']>;
type Trouble = Extract<TrunkReason, { readonly kind: 'trunk-rests' }>['trouble'];

const allAre = (count: number, one: string, many: string): string =>
  count === 1 ? `The only ${one} is` : `${count === 2 ? 'Both' : `All ${count}`} ${many} are`;

function reasonIn(reason: Reason, locale: string): string {
  switch (reason.kind) {
    case 'outbound-off': {
      const note = reason.note === '' ? '' : `: ${reason.note}`;
      return `Outbound calling was switched off by ${reason.by}, ${moment(reason.at, 'UTC', locale)}${note}.`;
    }
    case 'halted':
      return reason.by === 'fault'
        ? `Dialing has stopped because of a fault: ${reason.what}. The log has it.`
        : `Dialing has stopped: ${reason.what}.`;
    case 'window-closed':
      return reason.opensAt === null
        ? 'The window never opens.'
        : `The window is closed and opens ${moment(reason.opensAt, reason.zone, locale)}.`;
    case 'agents-paused':
      return `${allAre(reason.agents, 'agent', 'agents')} paused.`;
    case 'agents-working':
      return `${counted(reason.agents, 'agent is', 'agents are', locale)} working.`;
    case 'trunks':
      return reason.trunks.length === 0
        ? trunkReasonIn({ kind: 'no-trunk' }, locale)
        : reason.trunks.map((trunk) => trunkReasonIn(trunk, locale)).join(' ');
    case 'caller-ids-used': {
      const each = counted(reason.calls, 'call', 'calls', locale);
      return `${allAre(reason.numbers, 'caller ID', 'caller IDs')} used up for ${dayOf(reason.date, locale)} (${each} each).`;
    }
    case 'record-due': {
      const wait = reason.wait === null ? '' : `: ${waitIn(reason.wait, locale)}`;
      return `No record is due before ${moment(reason.at, reason.zone, locale)}${wait}.`;
    }
    default:
      return PLAIN[reason.kind];
  }
}

/** What needs no value to be said. */
export type PlainReason = Exclude<
  Reason['kind'],
  | 'outbound-off'
  | 'halted'
  | 'window-closed'
  | 'agents-paused'
  | 'agents-working'
  | 'trunks'
  | 'caller-ids-used'
  | 'record-due'
>;

const PLAIN: Readonly<Record<PlainReason, string>> = {
  unapproved: 'The campaign has not been approved yet.',
  approved: 'The campaign has been approved but not started yet.',
  paused: 'The campaign is paused.',
  stopped: 'The campaign is stopped.',
  exhausted: 'No record can ever be dialed again.',
  archived: 'The campaign is archived.',
  'not-loaded': 'The campaign is not loaded.',
  draining: 'outdial is stopping: no new calls are placed.',
  'link-down': 'The connection to Asterisk is down.',
  'store-failing': 'Attempts cannot be written to the store (is its disk full?).',
  'store-silent': 'The store did not answer.',
  'no-agent': 'No agent is signed in.',
  'numbers-checked': 'Numbers are being checked.',
  'records-in-calls': 'No record is left to dial but those of calls that still go on.',
  'no-record-left': 'No record is left.',
  'no-record-now': 'No record may be called now.',
  'call-came-first': 'A call has come first.',
  'record-unknown': 'There is no such record in this campaign.',
  'record-taken': 'It is reserved for an agent, being dialed or talked on.',
  'record-over': 'It is finished in this campaign, or has been removed.',
};

function trunkReasonIn(reason: TrunkReason, locale: string): string {
  switch (reason.kind) {
    case 'no-trunk':
      return 'The campaign has no trunk.';
    case 'trunk-takes-calls': {
      const probes = counted(reason.probes, 'probe call', 'probe calls', locale);
      return `Trunk ${reason.trunk} takes calls${reason.probes === 0 ? '' : `, with up to ${probes}`}.`;
    }
    case 'trunk-unreachable':
      return `Trunk ${reason.trunk} is not reachable.`;
    case 'trunk-rests':
      return `Trunk ${reason.trunk} rests until ${clockTime(reason.untilAt, locale)} because of ${troubleIn(reason.trouble, locale)}.`;
    case 'trunk-tried': {
      const probes = counted(reason.probes, 'call', 'calls', locale);
      return `Trunk ${reason.trunk} is being tried with ${probes} after ${troubleIn(reason.trouble, locale)}.`;
    }
    case 'lines-in-use':
      return `${allAre(reason.lines, 'line', 'lines')} in use on trunk ${reason.trunk}.`;
    case 'trunk-rate':
      return `Trunk ${reason.trunk} may place ${counted(reason.perSecond, 'call', 'calls', locale)} a second.`;
    case 'lines-due-to-others':
      return `The free lines of trunk ${reason.trunk} are due to other campaigns.`;
    case 'hour-used':
      return `Trunk ${reason.trunk} has placed ${counted(reason.calls, 'call', 'calls', locale)} within the hour, which is its limit.`;
  }
}

function troubleIn(trouble: Trouble, locale: string): string {
  if (trouble.what === 'refused-calls')
    return `${counted(trouble.calls, 'refused call', 'refused calls', locale)} in a row`;
  if (trouble.what === 'retry-after')
    return `its own word (${counted(Math.ceil(trouble.forMs / 1000), 'second', 'seconds', locale)})`;
  const { what, calls, heard, rang } = trouble;
  const result = heard === null || heard === 'ringing' ? heard : recordWords.contact.results[heard];
  const how = result === null ? 'could carry no sound' : `ended in “${result}”${rang ? ' after ringing' : ''}`;
  return what === 'failed-probe'
    ? `a probe call that ${how}`
    : `${counted(calls, 'call', 'calls', locale)} that ${how} in a row`;
}

function waitIn(wait: Wait, locale: string): string {
  switch (wait.kind) {
    case 'hours': {
      const packs = wait.packs.join(', ');
      if (wait.opensAt === null) return `no hour is allowed where they live, ${packs}`;
      return `before ${moment(wait.opensAt, wait.zone, locale)} where they live, ${packs}`;
    }
    case 'call-again':
      return `call_again rule ${wait.place}${wait.when === null ? '' : `: ${wait.when}`}`;
    case 'law':
      return `${wait.pack}/${wait.clause}${wait.says === null ? '' : `: ${wait.says}`}`;
    case 'rule':
      return wait.rule;
    default:
      return WAITS[wait.kind];
  }
}

const WAITS: Readonly<Record<Exclude<Wait['kind'], 'hours' | 'call-again' | 'law' | 'rule'>, string>> = {
  'attempt-that-does-not-count': 'after an attempt that does not count',
  'not-due': 'not due yet',
  'attempts-per-day': 'the attempts of the day are used',
  'attempts-per-contact': 'the contact’s attempts of the day are used',
  'attempts-per-number': 'the number’s attempts of the day are used',
  'calls-an-hour-abroad': 'the hour’s calls to their country are used',
  'number-in-use': 'the same number or person is being called',
  list: 'their list is not dialed',
  validation: 'their numbers have yet to be validated',
};

const HOURS: HourWords = {
  noSchedule: 'at any time (no schedule)',
  anyTime: 'at any time',
  never: 'never',
  cron: (start, stop) => `from cron ${start} to cron ${stop},`,
  notOnHolidays: (holidays) => (holidays === 1 ? 'not on a holiday' : 'not on holidays'),
  openUntil: (when) => `open until ${when}`,
  nextOpen: (when) => `next open ${when}`,
  neverOpen: 'never open',
};

export const reasonWords = {
  reason: reasonIn,
  trunk: trunkReasonIn,
  hours: (hours: Parameters<typeof hoursIn>[0], locale: string) => hoursIn(hours, HOURS, locale),
};

export type ReasonWords = typeof reasonWords;
