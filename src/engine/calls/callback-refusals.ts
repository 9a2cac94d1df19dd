// Refusals of what is asked of a callback.

import { OperationalError } from '../../base/errors.ts';
import type { CallbackRow } from '../store/callbacks.ts';

export function callbackUnknown(id: number): OperationalError {
  return new OperationalError('callback-unknown', `There is no callback ${id}.`, {
    hint: 'outdial callback list shows those that are still to be kept.',
    httpCode: 404,
  });
}

export function callbackOver({ id, state }: CallbackRow): OperationalError {
  return new OperationalError('callback-over', `Callback ${id} is over: ${state}.`, {
    hint: 'outdial callback add agrees on a new one.',
    httpCode: 409,
  });
}
