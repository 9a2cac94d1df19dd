// Which of a text's faults belongs to which field of the form. Pure.

import type { Refusal } from '../data.tsx';

/** What is wrong at that key, or within it: `caller_ids.numbers[1]`; undefined: nothing. */
export function faultOf(refusal: Pick<Refusal, 'places'> | undefined, key: string): string | undefined {
  const place = refusal?.places?.find(
    (one) =>
      one.severity !== 'warning' &&
      (one.key === key || /^[.[]/.test(one.key?.startsWith(key) === true ? one.key.slice(key.length) : '')),
  );
  return place && [place.message ?? '', place.hint ?? ''].filter((text) => text !== '').join(' ');
}
