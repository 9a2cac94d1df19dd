// What was typed into a script beside what the server has of it. Pure.

import type { z } from 'zod';
import type { scriptView } from '../../http/wire/scripts.ts';

export type ScriptView = z.output<typeof scriptView>;

/** By question. */
export type TypedAnswers = Readonly<Record<string, unknown>>;

function asText(value: unknown): string {
  if (Array.isArray(value)) return value.join('\n').trim();
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function savedIn({ section, steps }: ScriptView, question: string): { text: string; answer: unknown } | undefined {
  const here = section.parts.flatMap((part) => ('ask' in part && part.ask === question ? [part] : []));
  const past = steps.flatMap(({ answers }) => answers.filter(({ ask }) => ask === question));
  return here[0] ?? past.at(-1);
}

/** The server has that very answer. */
export function hasIn(view: ScriptView, question: string, value: unknown): boolean {
  const saved = savedIn(view, question);
  return saved !== undefined && asText(saved.answer) === asText(value);
}

/** Each question with what was typed, for somebody to keep. */
export const wordsOf = (typed: TypedAnswers, view: ScriptView): string =>
  Object.entries(typed)
    .map(([question, value]) => `${savedIn(view, question)?.text ?? question} ${asText(value).replaceAll('\n', ', ')}`)
    .join('; ');
