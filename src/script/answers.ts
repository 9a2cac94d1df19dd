// Reads what came from a form as an answer of the question's type, or says what is wrong with it; fills the record's fields
// into what the agent reads out.

import type { Answer, Answers, Question } from './script.ts';

const MAX_TEXT = 4_000;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const FIELD = /\{([^{}]*)\}/g;
// Tabs and line ends are text; other control characters are not.
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

export type AnswerReading =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'empty' }
  | { readonly kind: 'refused'; readonly why: string };

/** The value as the question's type; null, '' and [] are empty. Total. */
export function readAnswer(question: Question, value: unknown): AnswerReading {
  if (value === null || value === undefined || value === '') return { kind: 'empty' };
  switch (question.type) {
    case 'choice':
      return typeof value === 'string' ? known(question, [value], value) : refused('Choose one of the answers.');
    case 'several':
      return readSeveral(question, value);
    case 'text':
      return readText(value);
    case 'number':
      return readNumber(value);
    case 'date':
      return readDay(value);
  }
}

const refused = (why: string): AnswerReading => ({ kind: 'refused', why });

function known({ choices }: Question, codes: readonly string[], answer: Answer): AnswerReading {
  const unknown = codes.find((code) => !choices.some((choice) => choice.code === code));
  return unknown === undefined ? { kind: 'answer', answer } : refused(`${unknown} is none of the answers.`);
}

function readSeveral(question: Question, value: unknown): AnswerReading {
  if (!Array.isArray(value)) return refused('Choose among the answers.');
  const codes = value.filter((code) => typeof code === 'string');
  if (codes.length < value.length) return refused('Choose among the answers.');
  return codes.length === 0 ? { kind: 'empty' } : known(question, codes, [...new Set(codes)]);
}

function readText(value: unknown): AnswerReading {
  if (typeof value !== 'string') return refused('Write a text.');
  const text = value.trim();
  if (text === '') return { kind: 'empty' };
  if (text.length > MAX_TEXT) return refused(`A text has at most ${MAX_TEXT} characters.`);
  return CONTROL.test(text) ? refused('The text has characters that are no text.') : { kind: 'answer', answer: text };
}

function readNumber(value: unknown): AnswerReading {
  const number = typeof value === 'string' ? Number(value.trim() === '' ? 'none' : value) : value;
  return typeof number === 'number' && Number.isFinite(number)
    ? { kind: 'answer', answer: number }
    : refused('Write a number.');
}

function readDay(value: unknown): AnswerReading {
  const [, year, month, day] = (typeof value === 'string' ? DAY.exec(value) : null) ?? [];
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // The 31st of a month that has 30 days is another day.
  const isDay = !Number.isNaN(at) && new Date(at).toISOString().startsWith(String(value));
  return isDay ? { kind: 'answer', answer: String(value) } : refused('Write a day such as 2026-11-29.');
}

/** Answers as conditions see them: several codes with commas between them. */
export function plainAnswers(answers: Answers): Readonly<Record<string, string | number>> {
  const plain = Object.entries(answers).map(([question, answer]) => [
    question,
    typeof answer === 'object' ? answer.join(',') : answer,
  ]);
  return Object.fromEntries(plain) as Readonly<Record<string, string | number>>;
}

/** Names of the fields that a text stands for, with their place in it. */
export const fieldsIn = (text: string): { readonly field: string; readonly index: number }[] =>
  [...text.matchAll(FIELD)].map((match) => ({ field: (match[1] ?? '').trim(), index: match.index }));

/** The text with the record's fields; what the record does not have is left out. */
export const fillIn = (text: string, fields: Readonly<Record<string, unknown>>): string =>
  text.replace(FIELD, (_whole, name: string) => {
    const value = fields[name.trim()];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  });
