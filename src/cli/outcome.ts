// What a command came to, and how it is shown: to a person or, with --json, as exactly one document.

import { renderError, type Place, type RenderedError } from '../base/errors.ts';
import type { Paint } from './render/paint.ts';
import { harmless } from './render/table.ts';

export interface Outcome {
  /** The document of --json. */
  readonly data: unknown;
  /** The same for a person; empty: nothing to say. */
  readonly text: string;
  /** 1 when the command did its work and found something wrong; default 0. */
  readonly exitCode?: 0 | 1;
}

/** `file:line:column` as editors understand it. */
export function showPlace(place: Place): string {
  return place.key === undefined ? showLine(place) : `${showLine(place)} (${place.key})`;
}

/** `file:line:column` alone: a message about several faults begins each with it. */
function showLine({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

/** An error for a person: what, where, what to do. */
export function showError(error: unknown, paint: Paint): string {
  const { code, message, hint, places = [] }: RenderedError = renderError(error);
  return [
    `${paint.bad('error')} ${paint.dim(`[${code}]`)} ${keepLines(message)}`,
    ...places
      .filter((place) => !message.includes(showLine(place)))
      .map((place) => `  at ${harmless(showPlace(place))}`),
    `  ${paint.bold('hint:')} ${keepLines(hint)}`,
    '',
  ].join('\n');
}

function keepLines(text: string): string {
  return text.split('\n').map(harmless).join('\n  ');
}

/** The one document that --json prints for an error. */
export function errorDocument(error: unknown): string {
  return `${JSON.stringify({ error: renderError(error) })}\n`;
}
