// Every word of the pages in German.

import { barWords } from './de/bar.ts';
import { callWords } from './de/call.ts';
import { callbackWords } from './de/callback.ts';
import { campaignWords } from './de/campaigns.ts';
import { connectionWords } from './de/connection.ts';
import { keyWords } from './de/keys.ts';
import { phoneWords } from './de/phone.ts';
import { reasonWords } from './de/reasons.ts';
import { recordWords } from './de/record.ts';
import { serverWords } from './de/server.ts';
import { wrapUpWords } from './de/wrap-up.ts';
import type { Words } from './en.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const de: Words = {
  language: 'Deutsch',
  locale: 'de',
  close: 'Schließen',
  cancel: 'Abbrechen',
  save: 'Sichern',
  yes: 'Ja',
  no: 'Nein',
  none: 'keine',
  loading: 'Einen Moment …',
  of: (part, whole) => `${part} von ${whole}`,
  seconds: (count) => plural(count, 'Sekunde', 'Sekunden'),

  ...connectionWords,
  ...campaignWords,
  phone: phoneWords,
  ...barWords,
  ...callWords,
  ...recordWords,
  ...wrapUpWords,
  callback: callbackWords,
  server: serverWords,
  reasons: reasonWords,

  notices: {
    title: 'Mitteilungen',
    dismiss: 'Gelesen',
    dismissAll: 'Alle gelesen',
    getRecord: 'Datensatz holen',
  },
  today: {
    title: 'Heute',
    sessions: 'Sitzungen',
    paid: 'In Sitzung',
    calls: 'Gespräche',
    talk: 'Sprechen',
    wrapUp: 'Nachbearbeitung',
    waiting: 'Warten',
    paused: 'Pause',
    callbacks: 'Rückrufe heute',
    outcomes: 'Ergebnisse',
    asOf: (time) => `Stand ${time}`,
  },

  keys: keyWords,
};
