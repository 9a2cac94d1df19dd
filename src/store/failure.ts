// Errors on their way from one thread to another, which does not keep their class and their fields by itself.

import { OperationalError } from '../base/errors.ts';
import type { Place } from '../base/errors.ts';

/** An error on its way between threads. */
export interface Failure {
  readonly code?: string;
  readonly message: string;
  readonly hint: string;
  readonly httpCode: number;
  readonly places: readonly Place[];
  readonly stack: string;
}

/** Any thrown thing as something that can be sent to another thread. */
export function packFailure(error: unknown): Failure {
  if (error instanceof OperationalError) {
    const { code, message, hint, httpCode, places } = error;
    return { code, message, hint, httpCode, places, stack: error.stack ?? '' };
  }
  const known = error instanceof Error ? error : new Error(String(error));
  return { message: known.message, hint: '', httpCode: 500, places: [], stack: known.stack ?? '' };
}

/** The error again, on the other side. */
export function unpackFailure(failure: Failure): Error {
  const { code, message, hint, httpCode, places, stack } = failure;
  const error =
    code === undefined ? new Error(message) : new OperationalError(code, message, { hint, httpCode, places });
  error.stack = stack;
  return error;
}

/** What whoever still asks is answered when the store has been closed. */
export function storeClosed(): OperationalError {
  return new OperationalError('store-closed', 'The store has been closed.', {
    hint: 'outdial is stopping.',
    httpCode: 503,
  });
}
