// Words of callbacks, in German.

import type { CallbackWords } from '../en/callback.ts';

export const callbackWords: CallbackWords = {
  title: 'Rückruf',
  set: 'Rückruf vereinbaren',
  isSet: 'Rückruf vereinbart',
  change: 'Ändern',
  remove: 'Streichen',
  quick: {
    'in-1-h': 'In 1 Stunde',
    'in-3-h': 'In 3 Stunden',
    'same-time': 'Morgen, gleiche Zeit',
    'tomorrow-10': 'Morgen 10:00',
    'monday-10': 'Montag 10:00',
  },
  day: 'Tag, dort',
  time: 'Uhrzeit, dort',
  hours: 'Stunden dieses Tages, dort',
  both: (theirs, mine) => `${theirs}, bei Ihnen ${mine}`,
  forbidden: {
    'callback-past': 'Schon vorbei',
    'callback-too-far': 'Zu weit voraus',
    'callback-outside-hours': 'Die Kampagne ruft dann nicht an',
    'callback-forbidden': 'Nicht erlaubt',
    'callback-record-removed': 'Der Datensatz wurde entfernt',
  },
  rules: {
    hours: 'Anrufzeiten',
    'calling-hours': 'Anrufzeiten',
    'do-not-call': 'Sperrliste',
    'attempts-per-number': 'Anrufe dieser Nummer',
    'attempts-per-contact': 'Anrufe dieser Person',
    'attempts-per-day': 'Anrufe am Tag',
    'do-not-call-back': 'Ruhe nach dem letzten Anruf',
    validation: 'Prüfung der Nummer',
  },
  now: 'Jetzt ist es:',
  theirs: (time, zone) => `Dort: ${time} (${zone})`,
  mine: (time) => `Bei Ihnen: ${time}`,
  number: 'Nummer',
  sameNumber: 'Zuletzt gewählte Nummer',
  who: 'Wer ruft an',
  personal: 'Ich',
  any: 'Wer frei ist',
  submit: 'Vereinbaren',
};
