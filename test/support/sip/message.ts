// SIP messages as text (RFC 3261, 7): just enough of the grammar for a peer of our own. What cannot be read is no
// message, never an exception: whatever comes in by UDP is somebody else's.

export interface SipRequest {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
  readonly headers: readonly Header[];
  readonly body: string;
}

export interface SipResponse {
  readonly kind: 'response';
  readonly code: number;
  readonly headers: readonly Header[];
  readonly body: string;
}

export type SipMessage = SipRequest | SipResponse;
/** Name in small letters, value. */
export type Header = readonly [string, string];

const COMPACT: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
  k: 'supported',
  r: 'refer-to',
  x: 'session-expires',
  b: 'referred-by',
  e: 'content-encoding',
  s: 'subject',
};

const NEEDED = ['via', 'from', 'to', 'call-id', 'cseq'];

const REASONS: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  202: 'Accepted',
  302: 'Moved Temporarily',
  404: 'Not Found',
  408: 'Request Timeout',
  422: 'Session Interval Too Small',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
  603: 'Decline',
};

/** The message in a datagram; undefined for what is none. */
export function parseMessage(datagram: Buffer): SipMessage | undefined {
  const text = datagram.toString('utf8');
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = headersOf(lines);
  if (NEEDED.some((name) => !headers.some(([known]) => known === name))) return undefined;
  const body = rest.join('\r\n\r\n');
  const status = /^SIP\/2\.0 (\d{3})( |$)/.exec(first);
  if (status) return { kind: 'response', code: Number(status[1]), headers, body };
  const line = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(first);
  if (!line) return undefined;
  return { kind: 'request', method: line[1] ?? '', uri: line[2] ?? '', headers, body };
}

function headersOf(lines: readonly string[]): Header[] {
  const headers: [string, string][] = [];
  for (const line of lines) {
    const folded = headers.at(-1);
    const parts = /^([^\s:]+)\s*:\s*(.*)$/.exec(line);
    if (/^\s/.test(line) && folded) folded[1] += ` ${line.trim()}`;
    else if (parts) {
      const name = (parts[1] ?? '').toLowerCase();
      headers.push([COMPACT[name] ?? name, parts[2] ?? '']);
    }
  }
  return headers;
}

/** The first header of that name (small letters); empty when there is none. */
export function header(message: SipMessage, name: string): string {
  return message.headers.find(([known]) => known === name)?.[1] ?? '';
}

/** Number and method of the CSeq header. */
export function cseqOf(message: SipMessage): { readonly number: number; readonly method: string } {
  const [number = '', method = ''] = header(message, 'cseq').split(/\s+/);
  return { number: Number(number), method };
}

/** The tag in a From or To header; undefined when there is none. */
export function tagOf(value: string): string | undefined {
  return /;\s*tag=([^;>\s]+)/i.exec(value)?.[1];
}

/** The URI in a From, To or Contact header. */
export function uriOf(value: string): string {
  return /<([^>]*)>/.exec(value)?.[1] ?? (value.split(';')[0] ?? '').trim();
}

/** The branch of the topmost Via: the transaction that a message belongs to. */
export function branchOf(message: SipMessage): string {
  return /;\s*branch=([^;,\s]+)/i.exec(header(message, 'via'))?.[1] ?? '';
}

export interface Parts {
  readonly headers?: readonly Header[];
  readonly body?: string;
  /** Tag that goes into To. */
  readonly toTag?: string;
}

/** A response to a request, as it goes into the datagram. */
export function writeResponse(request: SipRequest, code: number, { headers = [], body = '', toTag }: Parts): Buffer {
  const copied = request.headers
    .filter(([name]) => ['via', 'from', 'to', 'call-id', 'cseq', 'record-route'].includes(name))
    .map(([name, value]): Header => {
      const isBare = name === 'to' && toTag !== undefined && tagOf(value) === undefined;
      return [name, isBare ? `${value};tag=${toTag}` : value];
    });
  return write(`SIP/2.0 ${code} ${REASONS[code] ?? 'Answer'}`, [...copied, ...headers], body);
}

/** A request, as it goes into the datagram. */
export function writeRequest(method: string, uri: string, { headers = [], body = '' }: Parts): Buffer {
  return write(`${method} ${uri} SIP/2.0`, headers, body);
}

function write(first: string, headers: readonly Header[], body: string): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return Buffer.from([first, ...lines, `content-length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'));
}
