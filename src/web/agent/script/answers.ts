// What a section of the script asks for, and what of it is answered on the page.

import type { ScriptView } from '../../live/script-answers.ts';

export type Section = ScriptView['section'];
type Part = Section['parts'][number];
export type Asking = Extract<Part, { readonly ask: string }>;

export const isAsking = (part: Part): part is Asking => 'ask' in part;

/** One question with one choice: a click answers it and goes on. */
export function isOneClick({ parts }: Section): boolean {
  const asked = parts.filter(isAsking);
  return asked.length === 1 && asked[0]?.type === 'choice';
}

/** What was typed here for the section's questions. */
export function answersOf(section: Section, typed: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = new Set(section.parts.filter(isAsking).map(({ ask }) => ask));
  return Object.fromEntries(Object.entries(typed).filter(([name]) => names.has(name)));
}

/** An answer as an editor shows it: what was typed, else what the server has. */
export function shownAnswer({ answer }: Asking, typed: unknown): string | readonly string[] {
  const value = typed === undefined ? answer : typed;
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** With one code more, or without it. */
export function toggled(codes: readonly string[], code: string): readonly string[] {
  return codes.includes(code) ? codes.filter((one) => one !== code) : [...codes, code];
}
