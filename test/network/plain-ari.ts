// A bare ARI client for tests that look at Asterisk itself, without outdial's own adapter: requests with fetch,
// events over a WebSocket of which it can read whole text frames and nothing else.

import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PbxAddress } from '../../asterisk/box/address.ts';

export interface AriEvent {
  readonly type: string;
  readonly channel?: { readonly id: string; readonly state: string };
  readonly peer?: { readonly id: string };
  readonly args?: readonly string[];
  readonly digit?: string;
  readonly cause?: number;
  readonly tech_cause?: number;
  readonly playback?: { readonly id: string; readonly media_uri: string; readonly state: string };
  readonly timestamp?: string;
}

function cutFrames(data: Buffer): { readonly texts: string[]; readonly rest: Buffer } {
  const texts: string[] = [];
  let rest = data;
  while (rest.length >= 2) {
    const short = rest.readUInt8(1) & 127;
    const headBytes = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (rest.length < headBytes) break;
    const length = short === 127 ? Number(rest.readBigUInt64BE(2)) : short === 126 ? rest.readUInt16BE(2) : short;
    if (rest.length < headBytes + length) break;
    if ((rest.readUInt8(0) & 15) === 1) texts.push(rest.subarray(headBytes, headBytes + length).toString());
    rest = rest.subarray(headBytes + length);
  }
  return { texts, rest };
}

function openEvents(pbx: PbxAddress, app: string): Promise<Duplex> {
  const { hostname, port } = new URL(pbx.ariUrl);
  return new Promise((resolve, reject) => {
    const upgrade = request({
      hostname,
      port,
      path: `/ari/events?app=${app}`,
      auth: `${pbx.ariUser}:${pbx.ariPassword}`,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-key': Buffer.alloc(16).toString('base64'),
        'sec-websocket-version': '13',
        'sec-websocket-protocol': 'ari',
      },
    });
    upgrade.on('response', (answer) => reject(new Error(`events refused: ${answer.statusCode ?? ''}`)));
    upgrade.on('error', reject);
    upgrade.on('upgrade', (_answer, socket, head) => {
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    upgrade.end();
  });
}

/** Sends one ARI request; gives the answer's JSON, refuses anything but success. */
export async function ari(pbx: PbxAddress, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${pbx.ariUrl}/ari${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${pbx.ariUser}:${pbx.ariPassword}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(5000),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** Everything an ARI application hears, kept and awaitable. */
export class StasisListener {
  readonly events: AriEvent[] = [];
  readonly #socket: Duplex;
  readonly #watchers = new Set<() => void>();

  private constructor(socket: Duplex) {
    this.#socket = socket;
    let rest: Buffer = Buffer.alloc(0);
    socket.on('error', () => undefined); // the box was killed under it
    socket.on('data', (data: Buffer) => {
      const cut = cutFrames(Buffer.concat([rest, data]));
      rest = cut.rest;
      for (const text of cut.texts) this.events.push(JSON.parse(text) as AriEvent);
      for (const watcher of [...this.#watchers]) watcher();
    });
  }

  /** Registers the application and hears all that happens on the trunk. */
  static async open(pbx: PbxAddress): Promise<StasisListener> {
    const listener = new StasisListener(await openEvents(pbx, pbx.app));
    const source = encodeURIComponent(`endpoint:PJSIP/${pbx.trunk}`);
    await ari(pbx, 'POST', `/applications/${pbx.app}/subscription?eventSource=${source}`);
    return listener;
  }

  /** Hears everything that happens on the exchange, beside the applications that act there. */
  static async openBeside(pbx: PbxAddress): Promise<StasisListener> {
    return new StasisListener(await openEvents(pbx, 'beside&subscribeAll=true'));
  }

  /** The first event that fits, of those that came and those that will; refuses after `limitMs`. */
  first(what: string, fits: (event: AriEvent) => boolean, limitMs = 15_000): Promise<AriEvent> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.events.find(fits);
        if (!found) return;
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#watchers.delete(look);
        const seen = this.events.map((event) => event.type).join(' ');
        reject(new Error(`no ${what} within ${limitMs} ms; seen: ${seen}`));
      }, limitMs);
      this.#watchers.add(look);
      look();
    });
  }

  /** Unregisters the application, as when the daemon goes away; resolves when Asterisk has closed its end too. */
  close(): Promise<void> {
    if (this.#socket.closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.end();
    });
  }
}
