// How outdial says that something went wrong in operation.
// One error type with a stable code, so that CLI and HTTP render the same thing.
// Expected outcomes (busy, machine, record not eligible) are values and never come here.

import { defined } from './defined.ts';

/** Where in an input file a fault stands; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly key?: string;
}

interface ErrorOptions {
  readonly hint: string;
  readonly cause?: unknown;
  readonly places?: readonly Place[];
  /** HTTP answer that fits; 400 refuses the input, 409 the moment, 503 the state of the daemon. */
  readonly httpCode?: number;
  /** When it may be tried again, from now. */
  readonly retryAfterMs?: number;
}

/** What CLI and HTTP print for an operational error. */
export interface RenderedError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly places?: readonly Place[];
}

/** An error a person can act on: stable kebab-case `code`, what happened, what to do. */
export class OperationalError extends Error {
  readonly code: string;
  readonly hint: string;
  readonly places: readonly Place[];
  readonly httpCode: number;
  readonly retryAfterMs: number | undefined;

  constructor(code: string, message: string, options: ErrorOptions) {
    super(message, defined({ cause: options.cause }));
    this.name = 'OperationalError';
    this.code = code;
    this.hint = options.hint;
    this.places = options.places ?? [];
    this.httpCode = options.httpCode ?? 400;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Any thrown thing as the object that users see; a bug is shown as `internal-error`. */
export function renderError(error: unknown): RenderedError {
  if (error instanceof OperationalError) {
    const { code, message, hint, places } = error;
    return places.length > 0 ? { code, message, hint, places } : { code, message, hint };
  }
  return {
    code: 'internal-error',
    message: error instanceof Error ? error.message : String(error),
    hint: 'This is a fault in outdial; the log has the details. Please report it.',
  };
}

/** Marks a place that the types say cannot be reached. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
