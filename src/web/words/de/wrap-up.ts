// Words of what is completed for a record: script, notes, outcome, in German.

import type { WrapUpWords } from '../en/wrap-up.ts';

export const wrapUpWords: WrapUpWords = {
  script: {
    title: 'Leitfaden',
    none: 'Diese Kampagne hat keinen Leitfaden.',
    notYet: 'Der Leitfaden beginnt mit dem Gespräch.',
    next: 'Weiter',
    backTo: 'Zurück zu ',
    exits: 'Leitfaden verlassen',
    over: 'Der Leitfaden ist zu Ende.',
    left: (label) => `Verlassen über „${label}“.`,
    missing: 'Noch zu beantworten',
    changed: 'Der Leitfaden wurde seit Beginn des Gesprächs geändert; diese Antworten behalten ihre Fassung.',
    answer: 'Antwort',
    record: 'Festhalten und weiter',
    preview: 'Ab dem ersten Abschnitt; der Weg hängt von den Antworten ab.',
  },

  notes: {
    title: 'Notizen',
    label: 'Notizen zu diesem Gespräch',
    empty: 'Im Gespräch getippt; wird von selbst gesichert.',
    saved: 'Gesichert',
    saving: 'Wird gesichert …',
    unsaved: 'Noch nicht gesichert, neuer Versuch',
    other: 'Diese Notizen wurden inzwischen anderswo geschrieben:',
    otherForm: 'Das wurde inzwischen anderswo getippt:',
    keepMine: 'Meine behalten',
    takeOther: 'Jene nehmen',
    late: (name) =>
      `Ihre letzten Notizen zu ${name === '' ? 'dem Datensatz davor' : name} kamen spät: Sie stehen dort, nicht hier.`,
    homeless: (text) =>
      `Diese Notizen konnten nicht gesichert werden, ihr Datensatz ist nicht mehr bei Ihnen: „${text}“`,
    homelessForm: (text) =>
      `Was Sie getippt haben, konnte nicht gesichert werden, der Datensatz ist nicht mehr bei Ihnen: „${text}“`,
    homelessAnswers: (text) =>
      `Diese Antworten zum Leitfaden konnten nicht gesichert werden, ihr Gespräch ist nicht mehr bei Ihnen: „${text}“`,
    copy: 'Kopieren',
    away: 'Wegwerfen',
  },

  outcome: {
    title: 'Ergebnis',
    search: 'Suchen',
    searchHint: 'Suchen: tippen, dann ↵',
    empty: 'Die Ergebnisse stehen hier, sobald es einen Anruf gibt.',
    none: 'Kein Ergebnis mit diesem Namen.',
    required: 'nötig vor Fertig',
    optional: 'kann offen bleiben',
    chosen: 'gewählt',
    asks: { callback: 'fragt nach dem Rückruf', phone: 'fragt nach anderer Nummer', reason: 'fragt nach dem Grund' },
    reason: 'Warum?',
    phone: 'Andere Nummer',
    take: 'Nehmen',
    missing: 'Vor Fertig:',
  },
};
