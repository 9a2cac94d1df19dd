// One line of what outdial doctor finds.

import { renderError } from '../../base/errors.ts';
import { showPlace } from '../outcome.ts';

/** What one check found. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What to do; empty when all is well. */
  readonly hint: string;
  /** It works, and lets others in or listen. */
  readonly isOpen?: boolean;
}

export function fine(check: string, detail: string): Finding {
  return { check, ok: true, detail, hint: '' };
}

export function wrong(check: string, detail: string, hint: string): Finding {
  return { check, ok: false, detail, hint };
}

/** A finding out of what was thrown: message and hint as everywhere else. */
export function failed(check: string, error: unknown): Finding {
  const { message, hint, places = [] } = renderError(error);
  const [place] = places;
  return wrong(check, place ? `${message} (${showPlace(place)})` : message, hint);
}
