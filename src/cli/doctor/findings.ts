// One line of what outdial doctor finds.

import { renderError } from '../../base/errors.ts';
import type { Finding } from '../commands/doctor.ts';
import { showPlace } from '../outcome.ts';

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
