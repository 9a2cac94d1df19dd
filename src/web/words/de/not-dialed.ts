// Why a record was not dialed, in German, by the rule that refused, or by what kept the call from being placed.

export const NOT_DIALED: Readonly<Record<string, string>> = {
  // What is asked of the record.
  list: 'Die Liste dieses Datensatzes wird nicht angerufen.',
  filter: 'Diese Person passt nicht zum Filter der Kampagne.',
  'record-state': 'Dieser Datensatz wird nicht mehr angerufen.',
  'attempts-max': 'Alle Anrufe, die die Kampagne bei diesem Datensatz erlaubt, sind gemacht.',
  'attempts-uncounted': 'Zu viele Anrufe hintereinander kamen nicht zustande.',
  'attempts-per-day': 'Die Anrufe des Tages bei diesem Datensatz sind verbraucht.',
  'attempts-per-contact': 'Die Anrufe des Tages bei dieser Person sind verbraucht.',
  'due-time': 'Dieser Datensatz ist noch nicht fällig.',
  callback: 'Für später ist ein Rückruf vereinbart.',
  'do-not-call-back': 'Nach dem letzten Anruf wird die Person eine Zeit lang nicht angerufen.',
  phones: 'Der Datensatz hat keine Nummer von einer Art, die die Kampagne wählt.',
  'no-phone': 'Der Datensatz hat keine Nummer, die angerufen werden kann.',
  // What is asked of the number.
  'number-gate': 'Nummern dieser Art oder dieses Landes werden nicht gewählt.',
  'number-in-use': 'Diese Nummer oder Person wird gerade angerufen.',
  'number-gone': 'Diese Nummer hat der Datensatz nicht mehr.',
  'attempts-per-number': 'Die Anrufe des Tages bei dieser Nummer sind verbraucht.',
  'calls-an-hour-abroad': 'Die Anrufe der Stunde in dieses Land sind verbraucht.',
  'do-not-call': 'Diese Nummer steht auf einer Sperrliste.',
  validation: 'Die Prüfung der Nummer erlaubt den Anruf nicht.',
  'validation-pending': 'Die Nummer wird gerade geprüft.',
  hours: 'Um diese Zeit darf die Person nicht angerufen werden.',
  // What kept the call from being placed.
  'caller-ids': 'Alle Rufnummern der Kampagne sind für heute aufgebraucht.',
  'reservation-over': 'Diesen Datensatz haben Sie nicht mehr.',
  'in-call': 'Diese Person wird gerade angerufen oder im Gespräch gehalten.',
  'agent-busy': 'Sie sind gerade nicht frei für einen Anruf.',
  'no-line': 'Gerade ist keine Leitung frei.',
  'may-not-dial': 'Gerade wählt die Kampagne nicht.',
  cancelled: 'Sie haben den Anruf zurückgenommen.',
  failed: 'Der Anruf konnte nicht begonnen werden.',
  restarted: 'outdial wurde neu gestartet; der Anruf hat nicht begonnen.',
};

/** A clause of a rule pack is named by both, as `us-federal/hours`. */
export const notDialed = (rule: string): string =>
  NOT_DIALED[rule] ?? `Die Anrufregel ${rule} erlaubt diesen Anruf nicht.`;
