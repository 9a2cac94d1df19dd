// The lines of a text file, whatever its encoding and its line ends are. Looks at the beginning to find the encoding; a
// damaged file is refused with the place.

import { isUtf8 } from 'node:buffer';
import { byteChunks, markedEncoding, readHead } from './encoding.ts';
import { nulByte } from './faults.ts';
import type { Input } from './input.ts';

const CHUNK = 1 << 20;
/** Bytes at the end of the head that may be the beginning of a character. */
const CUT = 3;

/** Every line without its end (LF, CR LF or CR); `onBytes` hears how many bytes have been read so far. */
export async function* textLines(input: Input, onBytes: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(encodingOf(await readHead(input)));
  let rest = '';
  let bytes = 0;
  let lines = 0;
  for await (const chunk of byteChunks(input, CHUNK)) {
    const text = rest + decoder.decode(chunk, { stream: true });
    bytes += chunk.length;
    // A CR at the very end may be half of an end of line.
    const end = text.endsWith('\r') ? text.length - 1 : text.length;
    const nul = text.indexOf('\0');
    if (nul >= 0) throw nulByte(input.file, { line: lines + linesIn(text.slice(0, nul)) + 1 });
    const found = splitLines(text.slice(0, end));
    rest = (found.pop() ?? '') + text.slice(end);
    lines += found.length;
    yield* found;
    onBytes(bytes);
  }
  const last = rest + decoder.decode();
  if (last !== '') yield* splitLines(last.replace(/\r$/, ''));
}

function splitLines(text: string): string[] {
  return text.includes('\r') ? text.split(/\r\n|\r|\n/) : text.split('\n');
}

const linesIn = (text: string): number => splitLines(text).length - 1;

/** By its mark or its zeros UTF-16; else UTF-8 when it begins so, and what Windows writes when it does not. */
function encodingOf(head: Buffer): string {
  const marked = markedEncoding(head);
  if (marked !== undefined) return marked;
  const isText = Array.from({ length: CUT + 1 }, (_, cut) => head.subarray(0, head.length - cut)).some((part) =>
    isUtf8(part),
  );
  return isText ? 'utf-8' : 'windows-1252';
}
