// Every word of the pages in English. The other languages have the same keys: the compiler sees to it.

import { barWords } from './en/bar.ts';
import { callWords } from './en/call.ts';
import { callbackWords } from './en/callback.ts';
import { campaignWords } from './en/campaigns.ts';
import { connectionWords } from './en/connection.ts';
import { keyWords } from './en/keys.ts';
import { phoneWords } from './en/phone.ts';
import { reasonWords } from './en/reasons.ts';
import { recordWords } from './en/record.ts';
import { serverWords } from './en/server.ts';
import { wrapUpWords } from './en/wrap-up.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const en = {
  language: 'English',
  locale: 'en',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  yes: 'Yes',
  no: 'No',
  none: 'none',
  loading: 'One moment …',
  of: (part: string, whole: string) => `${part} of ${whole}`,
  seconds: (count: number) => plural(count, 'second', 'seconds'),

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
    title: 'Notices',
    dismiss: 'Got it',
    dismissAll: 'Got all',
    getRecord: 'Get record',
  },
  today: {
    title: 'Today',
    sessions: 'Sessions',
    paid: 'In session',
    calls: 'Calls',
    talk: 'Talking',
    wrapUp: 'Wrap-up',
    waiting: 'Waiting',
    paused: 'Paused',
    callbacks: 'Callbacks to come',
    outcomes: 'Outcomes',
    asOf: (time: string) => `as of ${time}`,
  },

  keys: keyWords,
};

export type Words = typeof en;
