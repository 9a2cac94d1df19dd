// One thing that happened to a contact, as lines: what it was, what was written, and what belongs to it.

import type { z } from 'zod';
import type { contactEvent } from '../../../http/wire/contacts.ts';
import type { IconName } from '../../ui/icons.tsx';
import type { RecordWords } from './record-words.ts';

export type PastEvent = z.output<typeof contactEvent>;

export interface PastLine {
  readonly icon: IconName;
  readonly title: string;
  /** Texts of people: notes, answers, reasons, what was changed. */
  readonly texts: readonly string[];
  readonly aside: string;
  /** What there is to hear of it. */
  readonly sound?: { readonly attempt: string; readonly kind: string };
}

const ICONS: Readonly<Record<PastEvent['what'], IconName>> = {
  attempt: 'phone',
  'inbound-call': 'bell',
  callback: 'calendar',
  note: 'pencil',
  answers: 'list',
  recording: 'record',
  imported: 'next',
  edited: 'pencil',
  merged: 'person',
  'do-not-call': 'stop',
  record: 'info',
  transfer: 'phone',
  offer: 'person',
};

interface Sayings {
  readonly words: RecordWords;
  readonly result: (result: string) => string;
  readonly span: (ms: number) => string;
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? value.map(textOf).join(', ') : '';
};
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const full = (parts: readonly string[]): readonly string[] => parts.filter((part) => part !== '');

export function pastLine(event: PastEvent, sayings: Sayings): PastLine {
  const { what, by, campaign, detail } = event;
  const title = full([sayings.words.events[what], titleMore(event, sayings)]).join(': ');
  const aside = full([textOf(detail['number']), campaign ?? '', by ?? '', ...asideMore(event, sayings)]).join(' · ');
  const isHeard = what === 'recording' && detail['deletedAt'] === null;
  const sound = { attempt: textOf(detail['attempt']), kind: textOf(detail['kind']) };
  return { icon: ICONS[what], title, texts: textsOf(event, sayings), aside, ...(isHeard ? { sound } : {}) };
}

function titleMore({ what, detail }: PastEvent, { words, result }: Sayings): string {
  const said = (key: string): string => textOf(detail[key]);
  switch (what) {
    case 'attempt':
    case 'inbound-call': {
      const how = said('result') === '' ? '' : result(said('result'));
      return said('disposition') === '' ? how : `${said('disposition')} (${how})`;
    }
    case 'callback':
      return said('step');
    case 'recording':
      return said('kind') === 'greeting' ? words.greeting : '';
    case 'imported':
    case 'do-not-call':
      return said('list');
    case 'record':
      return isObject(detail['priority']) ? `${words.priority} ${changed(detail['priority'])}` : changed(detail);
    case 'transfer':
      return full([said('who'), said('result')]).join(', ');
    case 'offer':
      return said('outcome');
    default:
      return '';
  }
}

const changed = ({ from, to }: Readonly<Record<string, unknown>>): string => `${textOf(from)} → ${textOf(to)}`;

function asideMore({ what, detail }: PastEvent, { words, span }: Sayings): readonly string[] {
  const { bridgedAt, endedAt, durationMs, deletedBy } = detail;
  if (what === 'recording') {
    const length = typeof durationMs === 'number' ? span(durationMs) : '';
    return [length, typeof deletedBy === 'string' ? words.deleted(deletedBy) : ''];
  }
  const isCall = what === 'attempt' || what === 'inbound-call';
  if (!isCall) return [];
  const wasTalked = typeof bridgedAt === 'number' && typeof endedAt === 'number';
  return [
    ...(wasTalked ? [words.talked(span(endedAt - bridgedAt))] : []),
    ...partsOf(detail['parts'], { words, span }),
  ];
}

/** What went on in the call besides the talk, each kind with its whole time. */
function partsOf(given: unknown, { words, span }: Pick<Sayings, 'words' | 'span'>): readonly string[] {
  const sums = new Map<string, number>();
  for (const one of Array.isArray(given) ? given.filter(isObject) : []) {
    const { part, startedAt, endedAt } = one;
    if (typeof startedAt !== 'number' || typeof endedAt !== 'number') continue;
    sums.set(textOf(part), (sums.get(textOf(part)) ?? 0) + endedAt - startedAt);
  }
  const named: Readonly<Record<string, string | undefined>> = words.parts;
  return [...sums].flatMap(([part, ms]) => (named[part] === undefined ? [] : [`${named[part]} ${span(ms)}`]));
}

function textsOf({ what, detail }: PastEvent, { words }: Sayings): readonly string[] {
  if (what === 'answers' && Array.isArray(detail['answers'])) {
    return detail['answers'].filter(isObject).map(({ question, answer }) => `${textOf(question)}: ${textOf(answer)}`);
  }
  if (what === 'edited' && Array.isArray(detail['changes'])) {
    return detail['changes']
      .filter(isObject)
      .map((one) => `${textOf(one['what'])}: ${value(one['to'], words)} (${words.from(value(one['from'], words))})`);
  }
  return full([textOf(detail['text']), textOf(detail['note']), textOf(detail['reason'])]);
}

/** A value of a field or the phones, as it was or is. */
function value(given: unknown, words: RecordWords): string {
  if (Array.isArray(given)) {
    const phones: readonly unknown[] = given;
    return phones.map((one) => (isObject(one) ? textOf(one['number']) : textOf(one))).join(', ') || words.empty;
  }
  return textOf(given) || words.empty;
}
