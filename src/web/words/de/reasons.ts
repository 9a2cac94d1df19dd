// Why nothing is dialed, in German: the server's sentences by their shape. What is not known here, or somebody wrote, stays
// as the server says it.

type Said = (...parts: readonly string[]) => string;

/** `All 3 lines are`, as the server counts. */
const ALL = String.raw`(The only|Both|All \d+)`;
const allOf = (count: string, one: string, several: string): string =>
  count === 'The only'
    ? `Die einzige ${one} ist`
    : `${count === 'Both' ? 'Beide' : `Alle ${count.slice(4)}`} ${several} sind`;

/** Why a trunk rests. */
const TROUBLES: readonly (readonly [RegExp, Said])[] = [
  [/^(\d+) refused calls in a row$/, (count = '') => `${count} abgelehnten Anrufen hintereinander`],
  [/^its own word \(Retry-After (.*)\)$/, (left = '') => `einer Bitte des Netzes (Retry-After ${left})`],
  [/^a probe call that (.*)$/, (what = '') => `einem Probeanruf, der ${troubleInGerman(what, 'endete', 'konnte')}`],
  [
    /^(\d+) calls that (.*) in a row$/,
    (count = '', what = '') => `${count} Anrufen hintereinander, die ${troubleInGerman(what, 'endeten', 'konnten')}`,
  ],
];

function troubleInGerman(what: string, ended: string, could: string): string {
  if (what === 'could carry no sound') return `keinen Ton übertragen ${could}`;
  const [, heard = what, late] = /^ended in (.*?)( after ringing)?$/.exec(what) ?? [];
  return `${late === undefined ? '' : 'nach dem Klingeln '}mit „${heard}“ ${ended}`;
}

const saidBy = (table: readonly (readonly [RegExp, Said])[], sentence: string): string | undefined => {
  for (const [shape, said] of table) {
    const found = shape.exec(sentence);
    if (found) return said(...found.slice(1).map((part: string | undefined) => part ?? ''));
  }
  return undefined;
};
const trouble = (why: string): string => saidBy(TROUBLES, why) ?? why;

/** Trunks, and the numbers that calls show. */
const OF_TRUNKS: readonly (readonly [RegExp, Said])[] = [
  [/^The campaign has no trunk\.$/, () => 'Die Kampagne hat keine Leitungen.'],
  [/^Trunk (\S+) is not reachable\.$/, (name = '') => `Die Leitung ${name} ist nicht erreichbar.`],
  [
    /^Trunk (\S+) rests for another (\S+) because of (.*)\.$/,
    (name = '', left = '', why = '') => `Die Leitung ${name} ruht noch ${left} nach ${trouble(why)}.`,
  ],
  [
    /^Trunk (\S+) is being tried with (\d+) calls after (.*)\.$/,
    (name = '', count = '', why = '') => `Die Leitung ${name} wird mit ${count} Anrufen erprobt nach ${trouble(why)}.`,
  ],
  [
    /^Trunk (\S+) takes calls, with up to (\d+) probe calls\.$/,
    (name = '', count = '') => `Die Leitung ${name} nimmt Anrufe, vorerst höchstens ${count} zur Probe.`,
  ],
  [/^Trunk (\S+) takes calls\.$/, (name = '') => `Die Leitung ${name} nimmt Anrufe.`],
  [
    new RegExp(String.raw`^${ALL} lines? (?:is|are) in use on trunk (\S+)\.$`),
    (count = '', name = '') => `${allOf(count, 'Verbindung', 'Verbindungen')} der Leitung ${name} belegt.`,
  ],
  [
    /^Trunk (\S+) may place (\S+) calls a second\.$/,
    (name = '', calls = '') => `Die Leitung ${name} darf ${calls} Anrufe je Sekunde wählen.`,
  ],
  [
    /^The free lines of trunk (\S+) are due to other campaigns\.$/,
    (name = '') => `Die freien Verbindungen der Leitung ${name} gehören anderen Kampagnen.`,
  ],
  [
    /^Trunk (\S+) has placed (\d+) calls within the hour,/,
    (name = '', calls = '') => `Die Leitung ${name} hat in dieser Stunde ${calls} Anrufe gewählt; mehr darf sie nicht.`,
  ],
  [
    new RegExp(String.raw`^${ALL} caller IDs? (?:is|are) used up for (\S+) \((\d+) calls? each\)\.$`),
    (count = '', date = '', calls = '') =>
      `${allOf(count, 'Rufnummer', 'Rufnummern')} für ${date} aufgebraucht (je ${calls} Anrufe).`,
  ],
];

/** The day and time in these sentences stand as the server writes them. */
const SENTENCES: readonly (readonly [RegExp, Said])[] = [
  [/^The campaign is not loaded\.$/, () => 'Die Kampagne ist nicht geladen.'],
  [/^The campaign has not been approved yet\.$/, () => 'Die Kampagne ist noch nicht freigegeben.'],
  [
    /^The campaign has been approved but not started yet\.$/,
    () => 'Die Kampagne ist freigegeben, aber noch nicht gestartet.',
  ],
  [/^The campaign is paused\.$/, () => 'Die Kampagne pausiert.'],
  [/^The campaign is stopped\.$/, () => 'Die Kampagne ist gestoppt.'],
  [/^The campaign is archived\.$/, () => 'Die Kampagne ist abgelegt.'],
  [/^No record can ever be dialed again\.$/, () => 'Es ist niemand mehr anzurufen.'],
  [/^outdial is stopping: no new calls are placed\.$/, () => 'outdial wird beendet: Neue Anrufe gibt es nicht mehr.'],
  [/^The connection to Asterisk is down\.$/, () => 'Die Telefonanlage ist nicht erreichbar.'],
  [
    /^Attempts cannot be written to the store/,
    () => 'Anrufe können nicht gespeichert werden; darum wird nicht gewählt.',
  ],
  [
    /^Dialing has stopped because of a fault: (.*)\. The log has it;/,
    (what = '') => `Nach einem Fehler wird nicht gewählt: ${what}.`,
  ],
  [/^Dialing has stopped: (.*)\.$/, (what = '') => `Es wird nicht gewählt: ${what}.`],
  [/^The campaign has no schedule: its window is always open\.$/, () => 'Ohne Zeitplan: Es wird jederzeit angerufen.'],
  [/^The window is open\.$/, () => 'Die Anrufzeit läuft.'],
  [/^The window is open until (.*)\.$/, (when = '') => `Angerufen wird bis ${when}.`],
  [/^The window never opens\.$/, () => 'Die Anrufzeit beginnt nie.'],
  [
    /^The window is closed and opens at (.*)\.$/,
    (when = '') => `Die Anrufzeit ist vorbei und beginnt wieder um ${when}.`,
  ],
  [/^No agent is signed in\.$/, () => 'Niemand ist angemeldet.'],
  [/^(?:The only agent is|All \d+ agents are|Both agents are) paused\.$/, () => 'Alle Agenten pausieren.'],
  [
    /^(\d+) agents? (?:is|are) working\.$/,
    (count = '') => (count === '1' ? '1 Agent arbeitet.' : `${count} Agenten arbeiten.`),
  ],
  ...OF_TRUNKS,
  [
    /^No record is left to dial but those of calls that still go on\.$/,
    () => 'Alle Datensätze sind angerufen oder gerade im Gespräch.',
  ],
  // What else is said there is the administrator's.
  [
    /^No record is due before (.*?\d{1,2}:\d{2}[^:]*?)(?::.*)?\.$/,
    (when = '') => `Vor ${when} ist kein Datensatz fällig.`,
  ],
  [/^No record is left\.$/, () => 'Es ist kein Datensatz mehr da.'],
  [/^No record may be called now\.$/, () => 'Gerade darf kein Datensatz angerufen werden.'],
  [/^A call has come first\.$/, () => 'Ein Anruf kam zuvor.'],
  [/^Numbers are being checked\.$/, () => 'Rufnummern werden gerade geprüft.'],
  [
    /^Outbound calling was switched off by (.*?) at (\S+ \S+ \(UTC\))(?:: (.*))?\.$/,
    (who = '', when = '', why = '') =>
      `Ausgehende Anrufe hat ${who} um ${when} abgeschaltet${why === '' ? '' : `: ${why}`}.`,
  ],
];

/** Of a campaign's hours: `Mon–Fri 09:00–18:00 New York; next open Mon 2026-11-30 09:00`. */
const HOURS = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|at any time|never|from cron)\b/;
const IN_HOURS: readonly (readonly [RegExp, string])[] = [
  [/at any time \(no schedule\)/, 'jederzeit (ohne Zeitplan)'],
  [/at any time/, 'jederzeit'],
  [/, not on (?:a holiday|holidays)/, ', nicht an Feiertagen'],
  [/; never open/, '; nie offen'],
  [/; open until/, '; offen bis'],
  [/; next open/, '; wieder ab'],
  [/^never/, 'nie'],
  ...(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const).map(
    (day, place) => [new RegExp(`\\b${day}\\b`, 'g'), ['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So'][place] ?? ''] as const,
  ),
];

export function reasonInGerman(sentence: string): string {
  const whole = saidBy(SENTENCES, sentence);
  if (whole !== undefined) return whole;
  // Of several trunks each says its own.
  const parts = sentence.split(/(?<=\.) (?=Trunk |The free |The only |Both |All )/);
  const each = parts.map((part) => saidBy(OF_TRUNKS, part));
  if (parts.length > 1 && each.every((part) => part !== undefined)) return each.join(' ');
  if (!HOURS.test(sentence)) return sentence;
  return IN_HOURS.reduce((text, [shape, word]) => text.replace(shape, word), sentence);
}
