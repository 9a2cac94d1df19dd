// The part of a file that a player asks for (RFC 9110, 14.2): one range of bytes. What cannot be understood, or asks for
// several, is answered with the whole file, as the RFC has it.

type Asked =
  | { readonly is: 'whole' }
  | { readonly is: 'part'; readonly start: number; readonly end: number }
  /** Nothing of the file lies there. */
  | { readonly is: 'outside' };

/** `header`: what the request says in Range; `bytes`: of the file. `end` is the last byte, itself included. */
export function byteRange(header: string | undefined, bytes: number): Asked {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return { is: 'whole' };
  if (from === '') {
    const last = Math.min(Number(to), bytes);
    return last === 0 ? { is: 'outside' } : { is: 'part', start: bytes - last, end: bytes - 1 };
  }
  const start = Number(from);
  const end = to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (to !== '' && Number(to) < start) return { is: 'whole' };
  return start >= bytes ? { is: 'outside' } : { is: 'part', start, end };
}
