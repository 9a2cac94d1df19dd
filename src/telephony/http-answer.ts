// Reads one answer of an HTTP/1.1 server out of the bytes of a connection: status, body, and whether the connection may
// carry another request. Pure but for what it has been fed. What is no HTTP makes it throw.

export interface HttpAnswer {
  readonly status: number;
  /** What the server says beside the status, `Not Found`. */
  readonly reason: string;
  readonly body: string;
  /** The connection may be used again. */
  readonly keepsOpen: boolean;
}

interface Head {
  readonly status: number;
  readonly reason: string;
  readonly keepsOpen: boolean;
  /** Bytes of the body; `chunked`; `to the end` of the connection. */
  readonly length: number | 'chunked' | 'to the end';
}

const MOST_HEAD_BYTES = 64 * 1024;
const END_OF_HEAD = '\r\n\r\n';

export class AnswerReader {
  #head: Head | undefined;
  #parts: Buffer[] = [];
  #bytes = 0;

  /** Whether anything has come at all. */
  get isBegun(): boolean {
    return this.#head !== undefined || this.#bytes > 0;
  }

  /** Takes more bytes; the answer once it is complete. */
  feed(part: Buffer): HttpAnswer | undefined {
    this.#parts.push(part);
    this.#bytes += part.length;
    while (this.#head === undefined) if (!this.#readHead()) return undefined;
    const { length } = this.#head;
    if (typeof length === 'number') return this.#bytes < length ? undefined : this.#answer(this.#all(), length);
    return length === 'chunked' ? this.#unchunked() : undefined;
  }

  /** The connection has ended; the answer when that is where its body ends. */
  end(): HttpAnswer | undefined {
    return this.#head?.length === 'to the end' ? this.#answer(this.#all(), this.#bytes) : undefined;
  }

  /** True once there is a head that is more than "go on" (1xx). */
  #readHead(): boolean {
    const all = this.#all();
    const end = all.indexOf(END_OF_HEAD);
    if (end < 0 && all.length > MOST_HEAD_BYTES) throw new Error('the answer is no HTTP');
    if (end < 0) return false;
    const head = headOf(all.toString('latin1', 0, end));
    this.#parts = [all.subarray(end + END_OF_HEAD.length)];
    this.#bytes = this.#parts[0]?.length ?? 0;
    if (head.status >= 200) this.#head = head;
    return this.#head !== undefined || this.#bytes > 0;
  }

  #unchunked(): HttpAnswer | undefined {
    const all = this.#all();
    const parts: Buffer[] = [];
    for (let at = 0; ;) {
      const line = all.indexOf('\r\n', at);
      if (line < 0) return undefined;
      const size = Number.parseInt(all.toString('latin1', at, line), 16);
      if (!(size >= 0)) throw new Error('the answer is no HTTP');
      const from = line + 2;
      if (size === 0) return all.indexOf('\r\n', from) < 0 ? undefined : this.#answer(Buffer.concat(parts));
      if (all.length < from + size + 2) return undefined;
      parts.push(all.subarray(from, from + size));
      at = from + size + 2;
    }
  }

  #answer(body: Buffer, length = body.length): HttpAnswer | undefined {
    if (!this.#head) return undefined;
    const { status, reason, keepsOpen } = this.#head;
    return { status, reason, body: body.toString('utf8', 0, length), keepsOpen };
  }

  #all(): Buffer {
    if (this.#parts.length > 1) this.#parts = [Buffer.concat(this.#parts)];
    return this.#parts[0] ?? Buffer.alloc(0);
  }
}

function headOf(text: string): Head {
  const [, version, code, reason = ''] = /^HTTP\/(1\.[01]) (\d{3}) ?([^\r\n]*)/.exec(text) ?? [];
  if (code === undefined) throw new Error('the answer is no HTTP');
  const status = Number(code);
  const isChunked = /\r\ntransfer-encoding:[^\r\n]*chunked/i.test(text);
  const given = /\r\ncontent-length:\s*(\d+)/i.exec(text)?.[1];
  const hasNone = status === 204 || status === 304 || status < 200;
  const length = hasNone ? 0 : isChunked ? 'chunked' : given === undefined ? 'to the end' : Number(given);
  const closes = version === '1.0' || length === 'to the end' || /\r\nconnection:[^\r\n]*close/i.test(text);
  return { status, reason, keepsOpen: !closes, length };
}
