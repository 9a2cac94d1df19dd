// Where in the console a page is: kept in its address behind the #, so that back, forward and links work.

import { Value } from '../live/value.ts';

export interface Place {
  /** The view's name; empty: the first one that there is. */
  readonly path: string;
  readonly rest: readonly string[];
  readonly query: URLSearchParams;
}

function placeOf(hash: string): Place {
  const [address = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [path = '', ...rest] = address.split('/').map(plain);
  return { path, rest, query: new URLSearchParams(query) };
}

/** Somebody may have typed it. */
function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** `#/records/12?state=waiting`. */
export function hrefOf(
  path: string,
  rest: readonly string[] = [],
  query: Readonly<Record<string, string>> = {},
): string {
  const asked = new URLSearchParams(query).toString();
  return `#/${[path, ...rest].map(encodeURIComponent).join('/')}${asked === '' ? '' : `?${asked}`}`;
}

export const place = new Value<Place>(placeOf(globalThis.location.hash));
globalThis.addEventListener('hashchange', () => place.set(placeOf(globalThis.location.hash)));

export function goTo(href: string): void {
  globalThis.location.hash = href;
}
