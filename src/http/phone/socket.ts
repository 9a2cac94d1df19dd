// A browser's way to Asterisk's SIP: the WebSocket of a page of ours, passed on to Asterisk's `/ws` and to nothing else of
// it. Who asks is looked at before a byte is passed on; from then on both ends are joined as they are.

import { request as plainRequest, type IncomingMessage, type Server } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { STATUS_CODES } from 'node:http';
import { OperationalError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { Access } from '../access/access.ts';
import type { Caller } from '../access/caller.ts';
import { readCookie } from '../access/cookies.ts';
import type { WebAddress } from '../access/web-address.ts';
import { refusalOf } from '../error-shape.ts';
import type { Right } from '../access/rights.ts';
import { LISTENING_SOCKET, type ListeningLines } from './listening-lines.ts';
import type { PhoneLines } from './lines.ts';

export const PHONE_SOCKET = '/api/agent/phone';
const PROTOCOL = 'sip';
const ANSWERED_WITHIN_MS = 5_000;
/** A live browser answers Asterisk's keep-alives, of which there is one every 20 s. */
const IDLE_MS = 90_000;
/** SIP of one phone is a few messages a minute: more than this in ten seconds is none. */
const MOST_BYTES = 262_144;
const WINDOW_MS = 10_000;

interface PhoneSocketParts {
  /** Root of Asterisk's web server. */
  readonly ariUrl: string;
  readonly access: Access;
  readonly web: WebAddress;
  readonly lines: PhoneLines;
  readonly listening: ListeningLines;
  readonly log: Log;
}

interface Admitted {
  /** The agent's number, or the supervisor's name. */
  readonly who: string;
  readonly caller: Caller;
  readonly key: string;
  readonly lines: Lines;
}

type Lines = Pick<PhoneLines | ListeningLines, 'mayConnect' | 'connected'>;

/** One address for each kind of browser: which right it takes, and whose line it is. */
interface Door {
  readonly right: Right;
  readonly refused: string;
  readonly lines: (parts: PhoneSocketParts) => Lines;
  readonly who: (caller: Extract<Caller, { readonly kind: 'user' }>) => string | null;
}

const DOORS: Readonly<Record<string, Door>> = {
  [PHONE_SOCKET]: {
    right: 'work',
    refused: 'You are no agent.',
    lines: ({ lines }) => lines,
    who: ({ agent }) => agent,
  },
  [LISTENING_SOCKET]: {
    right: 'supervise',
    refused: 'You are no supervisor.',
    lines: ({ listening }) => listening,
    who: ({ name }) => name,
  },
};

/** Takes WebSockets on the server; any other address than that of the phone is refused. */
export function phoneSocket(server: Server, parts: PhoneSocketParts): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    try {
      passOn(admitted(request, parts), { socket, head, ...parts });
    } catch (error) {
      refuse(socket, error);
    }
  });
}

function admitted(request: IncomingMessage, parts: PhoneSocketParts): Admitted {
  const { access, web } = parts;
  const { headers, rawHeaders, method, url } = request;
  const hosts = rawHeaders.filter((name, place) => place % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length !== 1 || !web.isOwn(headers.host))
    throw refusal(421, 'host-refused', 'The API does not answer here.');
  const door = Object.hasOwn(DOORS, url ?? '') ? DOORS[url ?? ''] : undefined;
  if (method !== 'GET' || !door) throw refusal(404, 'route-unknown', 'There is no WebSocket here.');
  if (headers.origin === undefined)
    throw refusal(403, 'origin-refused', 'The request names no page that it comes from.');
  web.requireOwnPage(request);
  const caller = access.bySession(readCookie(headers.cookie, web.cookies(request).session) ?? '');
  if (caller?.kind !== 'user') throw refusal(401, 'session-ended', 'You are not signed in.');
  const who = door.who(caller);
  if (!caller.rights.has(door.right) || who === null) throw refusal(403, 'right-missing', door.refused);
  const key = headers['sec-websocket-key'] ?? '';
  const isSip = headers['sec-websocket-protocol'] === PROTOCOL && headers['sec-websocket-version'] === '13';
  if (!isSip || !/^[A-Za-z0-9+/]{22}==$/.test(key)) throw refusal(400, 'not-sip', 'The WebSocket is not one for SIP.');
  const lines = door.lines(parts);
  lines.mayConnect(who);
  return { who, caller, key, lines };
}

interface Passing extends PhoneSocketParts {
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** Asks Asterisk; nothing of the browser's request but its key travels further. */
function passOn(browser: Admitted, passing: Passing): void {
  const { ariUrl, socket, log } = passing;
  const url = new URL('/ws', ariUrl);
  const ask = url.protocol === 'https:' ? tlsRequest : plainRequest;
  const asked = ask(url, {
    timeout: ANSWERED_WITHIN_MS,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-protocol': PROTOCOL,
      'sec-websocket-key': browser.key,
    },
  });
  const away = (why: string): void => {
    asked.destroy();
    log.warn({ who: browser.who, why }, 'a browser cannot be a phone: Asterisk takes no WebSocket');
    refuse(socket, refusal(503, 'asterisk-unreachable', 'Asterisk takes no phones in browsers now.'));
  };
  asked.on('timeout', () => away('no answer'));
  asked.on('error', (error) => !socket.destroyed && away(error.message));
  asked.on('response', (answer) => away(`answered ${answer.statusCode ?? 0}`));
  asked.on('upgrade', (answer, upstream, early) => {
    if (socket.destroyed || answer.statusCode !== 101) return void upstream.destroy();
    asked.setTimeout(0);
    join(browser, { ...passing, upstream, early, accept: String(answer.headers['sec-websocket-accept']) });
  });
  socket.on('close', () => asked.destroy());
  asked.end();
}

interface Joining extends Passing {
  readonly upstream: Duplex;
  readonly early: Buffer;
  readonly accept: string;
}

function join({ who, caller, lines }: Admitted, parts: Joining): void {
  const { socket, head, upstream, early, access, accept, log } = parts;
  const close = (): void => {
    socket.destroy();
    upstream.destroy();
  };
  upstream.on('error', close);
  // Whoever has said the last word has gone: neither end is kept half open.
  for (const end of ['end', 'close']) {
    upstream.on(end, close);
    socket.on(end, close);
  }
  let gone: () => void;
  try {
    gone = lines.connected(who, close);
  } catch (error) {
    upstream.destroy();
    return refuse(socket, error);
  }
  const unwatch = access.watch(caller, close);
  socket.on('close', () => {
    close();
    unwatch();
    gone();
    log.debug({ who }, 'the connection of a phone in a browser is gone');
  });
  const lines101 = ['HTTP/1.1 101 Switching Protocols', 'upgrade: websocket', 'connection: Upgrade'];
  socket.write(
    [...lines101, `sec-websocket-accept: ${accept}`, `sec-websocket-protocol: ${PROTOCOL}`, '', ''].join('\r\n'),
  );
  bound(socket, close);
  socket.write(early);
  upstream.write(head);
  socket.pipe(upstream);
  upstream.pipe(socket);
}

/** What says too much, or nothing for too long, is cut off. */
function bound(socket: Duplex, close: () => void): void {
  let [bytes, since] = [0, performance.now()];
  let idle = setTimeout(close, IDLE_MS);
  socket.on('data', (part: Buffer) => {
    clearTimeout(idle);
    idle = setTimeout(close, IDLE_MS);
    const now = performance.now();
    if (now - since > WINDOW_MS) [bytes, since] = [0, now];
    bytes += part.length;
    if (bytes > MOST_BYTES) close();
  });
  socket.on('close', () => clearTimeout(idle));
}

const refusal = (httpCode: number, code: string, message: string): OperationalError =>
  new OperationalError(code, message, { httpCode, hint: 'See docs/browser-phone.md.' });

/** A browser learns nothing of it but that it failed; a program reads it like every other refusal. */
function refuse(socket: Duplex, error: unknown): void {
  if (socket.destroyed) return;
  const { httpCode, body } = refusalOf(error as Parameters<typeof refusalOf>[0]);
  const text = JSON.stringify(body);
  const lines = [
    `HTTP/1.1 ${httpCode} ${STATUS_CODES[httpCode] ?? ''}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(text)}`,
    'connection: close',
    '',
    text,
  ];
  socket.end(lines.join('\r\n'));
}
