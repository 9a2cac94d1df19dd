// In which encoding a file is written, and its text as a stream. Goes through the whole file once before anything is
// read from it, so that a damaged file is refused with the place of the damage.

import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Encoding } from '../../base/encodings.ts';
import { emptyFile, importFault, lineTooLong, nulByte, unreadable, wrongEncoding } from './faults.ts';
import type { Input } from './input.ts';

/** Bytes of one line that are read at most. */
export const MAX_LINE = 256 * 1024;

const [NEWLINE, RETURN] = [0x0a, 0x0d];
/** Puts U+FFFD where bytes are not UTF-8. */
const REPLACING = new TextDecoder();
/** Bytes that Windows-1252 does not use. */
const UNUSED_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/**
 * The file's encoding, the given one or the one found, its size and the SHA-256 of its text; refuses files that are not
 * whole and clean.
 */
export async function surveyFile(
  input: Input,
  given?: Encoding,
): Promise<{ encoding: Encoding; bytes: number; sha256: string }> {
  const { file } = input;
  const head = await readHead(input);
  if (head.length === 0) throw emptyFile(file);
  refuseForeignFormats(file, head);
  // A file that begins with the mark of UTF-8 is nothing else, whatever was said of files like it.
  const marked = hasUtf8Mark(head) ? 'utf-8' : (given ?? markedEncoding(head));
  // Old programs end lines with CR alone.
  const lineEnd = head.includes(RETURN) && !head.includes(NEWLINE) ? RETURN : NEWLINE;
  const survey = new Survey(file, lineEnd);
  const isWide = marked === 'utf-16le' || marked === 'utf-16be';
  for await (const chunk of isWide ? wideText(input, marked) : byteChunks(input)) survey.take(chunk);
  survey.finish();
  const found = marked ?? survey.guess();
  if (found === 'utf-8' && survey.firstInvalid) throw wrongEncoding(file, found, survey.firstInvalid);
  if (found === 'windows-1252' && survey.firstUnused) throw wrongEncoding(file, found, survey.firstUnused);
  return { encoding: found, bytes: survey.bytes, sha256: survey.sha256() };
}

/** The file's text in chunks, without a byte order mark; `onBytes` hears how many bytes have been read so far. */
export async function* textChunks(
  input: Input,
  encoding: Encoding,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let bytes = 0;
  try {
    for await (const chunk of byteChunks(input)) {
      bytes += chunk.length;
      yield decoder.decode(chunk, { stream: true });
      onBytes(bytes);
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw wrongEncoding(input.file, encoding, {});
    throw error;
  }
}

/** The file from its beginning, as often as it is asked for. */
export async function* byteChunks({ file, handle }: Input, most = 256 * 1024): AsyncGenerator<Buffer> {
  for (let at = 0; ;) {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(most), 0, most, at).catch((error: unknown) => {
      throw unreadable(file, error);
    });
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* wideText(input: Input, encoding: Encoding): AsyncGenerator<Buffer> {
  for await (const text of textChunks(input, encoding)) yield Buffer.from(text, 'utf8');
}

/** The first bytes of the file; refused with `import-unreadable`. */
export async function readHead({ file, handle }: Input): Promise<Buffer> {
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function hasUtf8Mark(head: Buffer): boolean {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
}

/** What a byte order mark of UTF-16, or its zeros without one, say. */
export function markedEncoding(head: Buffer): Encoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const many = head.length * 0.3;
  if (odd > many && even < many / 10) return 'utf-16le';
  if (even > many && odd < many / 10) return 'utf-16be';
  return undefined;
}

function refuseForeignFormats(file: string, head: Buffer): void {
  const isWorkbook = head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1'));
  if (!isWorkbook) return;
  throw importFault(file, {
    code: 'import-not-csv',
    message: 'The file is a workbook or an archive and not CSV.',
    hint: 'Save the sheet as CSV (UTF-8) and import that.',
  });
}

interface Found {
  readonly line: number;
  readonly column: number;
}

/** What the bytes of a file say: lines, NULs, and how well they fit UTF-8 and Windows-1252. */
class Survey {
  bytes = 0;
  firstInvalid: Found | undefined;
  firstUnused: Found | undefined;
  private readonly file: string;
  private readonly lineEnd: number;
  private line = 1;
  private column = 1;
  private multibyte = 0;
  private invalid = 0;
  private rest = Buffer.alloc(0);
  private readonly hash = createHash('sha256');

  constructor(file: string, lineEnd: number) {
    this.file = file;
    this.lineEnd = lineEnd;
  }

  take(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const end = bytes.lastIndexOf(this.lineEnd) + 1;
    // Whole lines are looked at; what is behind the last newline waits for its end.
    this.rest = Buffer.from(bytes.subarray(end));
    this.lines(bytes.subarray(0, end));
    if (this.rest.length > MAX_LINE) {
      this.lines(this.rest);
      throw lineTooLong(this.file, this.line, MAX_LINE);
    }
  }

  /** Looks at the last line, which no newline ends. */
  finish(): void {
    this.lines(this.rest);
  }

  /** To be asked for once, at the end. */
  sha256(): string {
    return this.hash.digest('hex');
  }

  /** UTF-8 unless the lines that do not fit it outnumber those that do. */
  guess(): Encoding {
    return this.invalid > this.multibyte ? 'windows-1252' : 'utf-8';
  }

  private lines(bytes: Buffer): void {
    const nul = bytes.indexOf(0);
    if (nul >= 0) throw nulByte(this.file, this.spotOf(bytes, nul));
    const isPlain = isAscii(bytes);
    const isValid = isPlain || isUtf8(bytes);
    for (let start = 0; start < bytes.length;) {
      const newline = bytes.indexOf(this.lineEnd, start);
      const end = newline < 0 ? bytes.length : newline + 1;
      if (end - start > MAX_LINE) throw lineTooLong(this.file, this.line, MAX_LINE);
      if (!isPlain) this.judge(bytes.subarray(start, end), isValid);
      if (newline >= 0) this.line += 1;
      start = end;
    }
  }

  /** Counts how a line that is not plain ASCII fits the encodings. */
  private judge(line: Buffer, isValid: boolean): void {
    const unused = line.findIndex((byte) => UNUSED_1252.has(byte));
    if (unused >= 0) this.firstUnused ??= { line: this.line, column: unused + 1 };
    if (isValid || isUtf8(line)) {
      if (!isAscii(line)) this.multibyte += 1;
      return;
    }
    this.invalid += 1;
    this.firstInvalid ??= { line: this.line, column: REPLACING.decode(line).indexOf('\ufffd') + 1 };
  }

  private spotOf(bytes: Buffer, index: number): Found {
    const before = bytes.subarray(0, index);
    const lines = before.filter((byte) => byte === this.lineEnd).length;
    return { line: this.line + lines, column: index - before.lastIndexOf(this.lineEnd) };
  }
}
