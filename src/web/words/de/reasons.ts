// Why a campaign dials or not, and why an agent has no record, in German. What people wrote stays as they wrote it.

import type { Reason, TrunkReason } from '../../../http/wire/reasons.ts';
import type { PlainReason, ReasonWords } from '../en/reasons.ts';
import { clockTime, counted, dayOf, hoursIn, moment, type HourWords } from '../moments.ts';
import { recordWords } from './record.ts';

type Wait = NonNullable<Extract<Reason, { readonly kind: 'record-due' }>['wait']>;
type Trouble = Extract<TrunkReason, { readonly kind: 'trunk-rests' }>['trouble'];
type Halt = Extract<Reason, { readonly kind: 'halted' }>;

const allAre = (count: number, one: string, many: string): string =>
  count === 1 ? `Die einzige ${one} ist` : `${count === 2 ? 'Beide' : `Alle ${count}`} ${many} sind`;

function reasonIn(reason: Reason, locale: string): string {
  switch (reason.kind) {
    case 'outbound-off': {
      const note = reason.note === '' ? '' : `: ${reason.note}`;
      return `Ausgehende Anrufe hat ${reason.by} abgeschaltet, ${moment(reason.at, 'UTC', locale)}${note}.`;
    }
    case 'halted':
      return HALTS[reason.by];
    case 'window-closed':
      return reason.opensAt === null
        ? 'Die Anrufzeit beginnt nie.'
        : `Die Anrufzeit ist vorbei und beginnt wieder ${moment(reason.opensAt, reason.zone, locale)}.`;
    case 'agents-paused':
      return reason.agents === 1 ? 'Der einzige Agent pausiert.' : `Alle ${reason.agents} Agenten pausieren.`;
    case 'agents-working':
      return `${counted(reason.agents, 'Agent arbeitet', 'Agenten arbeiten', locale)}.`;
    case 'trunks':
      return reason.trunks.length === 0
        ? trunkReasonIn({ kind: 'no-trunk' }, locale)
        : reason.trunks.map((trunk) => trunkReasonIn(trunk, locale)).join(' ');
    case 'caller-ids-used': {
      const each = counted(reason.calls, 'Anruf', 'Anrufe', locale);
      return `${allAre(reason.numbers, 'Rufnummer', 'Rufnummern')} für den ${dayOf(reason.date, locale)} aufgebraucht (je ${each}).`;
    }
    case 'record-due': {
      const wait = reason.wait === null ? '' : `: ${waitIn(reason.wait, locale)}`;
      return `Vor ${moment(reason.at, reason.zone, locale)} ist kein Datensatz fällig${wait}.`;
    }
    default:
      return PLAIN[reason.kind];
  }
}

const PLAIN: Readonly<Record<PlainReason, string>> = {
  unapproved: 'Die Kampagne ist noch nicht freigegeben.',
  approved: 'Die Kampagne ist freigegeben, aber noch nicht gestartet.',
  paused: 'Die Kampagne pausiert.',
  stopped: 'Die Kampagne ist gestoppt.',
  exhausted: 'Es ist niemand mehr anzurufen.',
  archived: 'Die Kampagne ist abgelegt.',
  'not-loaded': 'Die Kampagne ist nicht geladen.',
  draining: 'outdial wird beendet: Neue Anrufe gibt es nicht mehr.',
  'link-down': 'Die Telefonanlage ist nicht erreichbar.',
  'store-failing': 'Anrufe können nicht gespeichert werden; darum wird nicht gewählt.',
  'store-silent': 'Die Datenbank hat nicht geantwortet.',
  'no-agent': 'Niemand ist angemeldet.',
  'numbers-checked': 'Rufnummern werden gerade geprüft.',
  'records-in-calls': 'Alle Datensätze sind angerufen oder gerade im Gespräch.',
  'no-record-left': 'Es ist kein Datensatz mehr da.',
  'no-record-now': 'Gerade darf kein Datensatz angerufen werden.',
  'call-came-first': 'Ein Anruf kam zuvor.',
  'record-unknown': 'Diesen Datensatz hat die Kampagne nicht.',
  'record-taken': 'Den Datensatz hat gerade ein anderer Agent.',
  'record-over': 'Dieser Datensatz ist in der Kampagne abgeschlossen oder entfernt.',
};

/** What happened is the administrator's, and stands in the log. */
const HALTS: Readonly<Record<Halt['by'], string>> = {
  fault: 'Nach einem Fehler wird nicht gewählt; er steht im Protokoll.',
  file: 'Es wird nicht gewählt: Die Datei der Kampagne fehlt.',
  sound: 'Es wird nicht gewählt, solange die vorgeschriebene Ansage in der Telefonanlage nicht gefunden ist.',
};

function trunkReasonIn(reason: TrunkReason, locale: string): string {
  switch (reason.kind) {
    case 'no-trunk':
      return 'Die Kampagne hat keine Leitungen.';
    case 'trunk-takes-calls': {
      const probes = counted(reason.probes, 'Anruf', 'Anrufe', locale);
      return `Die Leitung ${reason.trunk} nimmt Anrufe${reason.probes === 0 ? '' : `, vorerst höchstens ${probes} zur Probe`}.`;
    }
    case 'trunk-unreachable':
      return `Die Leitung ${reason.trunk} ist nicht erreichbar.`;
    case 'trunk-rests':
      return `Die Leitung ${reason.trunk} ruht bis ${clockTime(reason.untilAt, locale)} nach ${troubleIn(reason.trouble, locale)}.`;
    case 'trunk-tried': {
      const probes = counted(reason.probes, 'Anruf', 'Anrufen', locale);
      return `Die Leitung ${reason.trunk} wird mit ${probes} erprobt nach ${troubleIn(reason.trouble, locale)}.`;
    }
    case 'lines-in-use':
      return `${allAre(reason.lines, 'Verbindung', 'Verbindungen')} der Leitung ${reason.trunk} belegt.`;
    case 'trunk-rate':
      return `Die Leitung ${reason.trunk} darf ${counted(reason.perSecond, 'Anruf', 'Anrufe', locale)} je Sekunde wählen.`;
    case 'lines-due-to-others':
      return `Die freien Verbindungen der Leitung ${reason.trunk} gehören anderen Kampagnen.`;
    case 'hour-used':
      return `Die Leitung ${reason.trunk} hat in dieser Stunde ${counted(reason.calls, 'Anruf', 'Anrufe', locale)} gewählt; mehr darf sie nicht.`;
  }
}

/** After „nach“. */
function troubleIn(trouble: Trouble, locale: string): string {
  if (trouble.what === 'refused-calls')
    return `${counted(trouble.calls, 'abgelehnten Anruf', 'abgelehnten Anrufen', locale)} hintereinander`;
  if (trouble.what === 'retry-after')
    return `einer Bitte des Netzes (${counted(Math.ceil(trouble.forMs / 1000), 'Sekunde', 'Sekunden', locale)})`;
  const { what, calls, heard, rang } = trouble;
  const isOne = what === 'failed-probe' || calls === 1;
  const result = heard === null || heard === 'ringing' ? heard : recordWords.contact.results[heard];
  const how =
    result === null
      ? `keinen Ton übertragen ${isOne ? 'konnte' : 'konnten'}`
      : `${rang ? 'nach dem Klingeln ' : ''}mit „${result}“ ${isOne ? 'endete' : 'endeten'}`;
  if (what === 'failed-probe') return `einem Probeanruf, der ${how}`;
  return isOne ? `einem Anruf, der ${how}` : `${calls} Anrufen hintereinander, die ${how}`;
}

function waitIn(wait: Wait, locale: string): string {
  switch (wait.kind) {
    case 'hours': {
      const packs = wait.packs.join(', ');
      if (wait.opensAt === null) return `Bei den Personen ist keine Zeit erlaubt (${packs})`;
      return `Bei den Personen darf erst ab ${moment(wait.opensAt, wait.zone, locale)} angerufen werden (${packs})`;
    }
    case 'call-again':
      return `Wiederholungsregel ${wait.place} der Kampagne`;
    case 'law':
      return `Anrufregel ${wait.pack}/${wait.clause}`;
    case 'rule':
      return `Regel ${wait.rule}`;
    default:
      return WAITS[wait.kind];
  }
}

const WAITS: Readonly<Record<Exclude<Wait['kind'], 'hours' | 'call-again' | 'law' | 'rule'>, string>> = {
  'attempt-that-does-not-count': 'nach einem Anruf, der nicht zählt',
  'not-due': 'Seine Zeit kommt noch',
  'attempts-per-day': 'Die Anrufe des Tages sind verbraucht',
  'attempts-per-contact': 'Die Anrufe des Tages bei der Person sind verbraucht',
  'attempts-per-number': 'Die Anrufe des Tages bei der Nummer sind verbraucht',
  'calls-an-hour-abroad': 'Die Anrufe der Stunde in ihr Land sind verbraucht',
  'number-in-use': 'Dieselbe Nummer oder Person wird gerade angerufen',
  list: 'Die Liste wird nicht angerufen',
  validation: 'Die Nummern müssen erst geprüft werden',
};

const HOURS: HourWords = {
  noSchedule: 'jederzeit (ohne Zeitplan)',
  anyTime: 'jederzeit',
  never: 'nie',
  cron: (start, stop) => `von cron ${start} bis cron ${stop},`,
  notOnHolidays: () => 'nicht an Feiertagen',
  openUntil: (when) => `offen bis ${when}`,
  nextOpen: (when) => `wieder ab ${when}`,
  neverOpen: 'nie offen',
};

export const reasonWords: ReasonWords = {
  reason: reasonIn,
  trunk: trunkReasonIn,
  hours: (hours, locale) => hoursIn(hours, HOURS, locale),
};
