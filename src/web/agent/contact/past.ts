// One thing that happened to the person, as a line: what it was, and what belongs to it.

import type { z } from 'zod';
import type { contactEvent } from '../../../http/wire/contacts.ts';
import type { Words } from '../../words/en.ts';

export type PastEvent = z.output<typeof contactEvent>;

/** As much as notes may be long: what is longer came from elsewhere, and would hold up the page. */
const LONGEST = 10_000;

export interface PastLine {
  readonly title: string;
  /** Longer text: notes, answers. */
  readonly text: string;
  readonly aside: string;
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : Array.isArray(value) ? value.join(', ') : '';

export function pastLine({ what, by, campaign, detail }: PastEvent, words: Words): PastLine {
  const aside = [textOf(detail['number']), campaign ?? '', by ?? ''].filter((part) => part !== '').join(' · ');
  return { title: titleOf(what, detail, words), text: longText(what, detail), aside };
}

function titleOf(what: PastEvent['what'], detail: PastEvent['detail'], words: Words): string {
  if (what !== 'attempt' && what !== 'inbound-call') return words.history[what];
  const result = textOf(detail['result']);
  const said = words.contact.results[result] ?? result;
  const disposition = textOf(detail['disposition']);
  const how = disposition === '' ? said : `${disposition} (${said})`;
  return how === '' ? words.history[what] : `${words.history[what]}: ${how}`;
}

function longText(what: PastEvent['what'], detail: PastEvent['detail']): string {
  if (what === 'answers' && Array.isArray(detail['answers'])) {
    const answers = detail['answers'] as readonly { readonly question?: unknown; readonly answer?: unknown }[];
    return answers.map(({ question, answer }) => `${textOf(question)}: ${textOf(answer)}`).join('\n');
  }
  const text = [textOf(detail['text']), textOf(detail['note']), textOf(detail['reason'])]
    .filter((part) => part !== '')
    .join('\n');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}
