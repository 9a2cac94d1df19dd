// One POST to an address that has been judged: the one that is really connected to, whatever a name server says before
// or afterwards. Redirects are answers like any other. An answer is read up to a limit.

import { defined } from './defined.ts';
import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { request as requestPlain, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressRuling } from './addresses.ts';

export interface PostOptions {
  readonly timeoutMs: number;
  /** 0: the answer is not read. */
  readonly maxBytes: number;
  readonly judge: (address: string) => AddressRuling;
  /** The key of outdial.yaml that names private networks which may be spoken to. */
  readonly setting: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PostAnswer {
  readonly status: number;
  /** Absent: longer than the limit. */
  readonly text?: string;
}

/** The address is none that may be spoken to. */
export class AddressRefused extends Error {
  constructor(address: string, ruling: 'never' | 'private', setting: string) {
    const why = ruling === 'never' ? 'which is never a service' : `which ${setting} of outdial.yaml does not name`;
    super(`its address is ${address}, ${why}`);
  }
}

/** Rejects with AddressRefused, with a TimeoutError, or with what the network said. */
export async function guardedPost(url: string, body: string, options: PostOptions): Promise<PostAnswer> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  try {
    const response = await answered(new URL(url), body, { ...options, signal });
    const isRead = response.statusCode === 200 && options.maxBytes > 0;
    const text = isRead ? await textOf(response, options.maxBytes) : '';
    response.destroy();
    return { status: response.statusCode ?? 0, ...defined({ text }) };
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}

function answered(
  url: URL,
  body: string,
  { judge, setting, headers = {}, signal }: PostOptions & { readonly signal: AbortSignal },
): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const ruling = isIP(host) === 0 ? 'allowed' : judge(host);
  if (ruling !== 'allowed') return Promise.reject(new AddressRefused(host, ruling, setting));
  const length = Buffer.byteLength(body);
  const options: RequestOptions = {
    method: 'POST',
    // No connection of before: each is judged.
    agent: false,
    lookup: judgedLookup(judge, setting),
    signal,
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers, 'content-length': length },
  };
  return new Promise((resolve, reject) => {
    const request: ClientRequest =
      url.protocol === 'https:' ? requestTls(url, options, resolve) : requestPlain(url, options, resolve);
    request.on('error', reject);
    request.end(body);
  });
}

/** Names are looked up once, and what was judged is what is connected to. One bad address refuses them all. */
function judgedLookup(judge: PostOptions['judge'], setting: string): LookupFunction {
  return (hostname, options: LookupOptions, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, [], 0);
      for (const { address } of addresses) {
        const ruling = judge(address);
        if (ruling !== 'allowed') return callback(new AddressRefused(address, ruling, setting), [], 0);
      }
      const [first] = addresses;
      if (options.all === true || !first) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}

/** Read piece by piece, so that an answer without end takes no more memory than a long one; undefined when too long. */
async function textOf(response: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > maxBytes) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
