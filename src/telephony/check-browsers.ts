// What `outdial doctor` says of browsers as phones: whether Asterisk takes their SIP over a WebSocket and can encrypt their
// sound, and whether its web server, which carries ARI too, is out of everybody else's reach.

import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { isLoopback } from '../base/addresses.ts';
import { missingModules } from './ari-preflight.ts';
import type { AriRest } from './ari-rest.ts';

interface Outcome {
  readonly ok: boolean;
  readonly detail: string;
  readonly hint: string;
}

const BROWSER_MODULES = ['res_http_websocket.so', 'res_pjsip_transport_websocket.so', 'res_srtp.so'] as const;
const WITHIN_MS = 2_000;
const SWITCHING = 101;

/** Whether a browser can be a phone. */
export async function checkBrowsers(rest: AriRest, ariUrl: string): Promise<Outcome> {
  const missing = await missingModules(rest, BROWSER_MODULES);
  if (missing.length > 0) {
    const hint = 'Take asterisk/pbx/modules.conf, then restart Asterisk; without them agents need a desk phone.';
    return { ok: false, detail: `not running: ${missing.join(', ')}`, hint };
  }
  const answer = await askForSocket(ariUrl);
  if (answer === SWITCHING) return { ok: true, detail: 'Asterisk takes SIP over a WebSocket', hint: '' };
  return {
    ok: false,
    detail: `Asterisk does not take SIP over a WebSocket (/ws: ${answer ?? 'no answer'})`,
    hint: 'Take [transport-ws] of asterisk/pbx/pjsip.conf, then restart Asterisk.',
  };
}

/** The code with which a WebSocket for SIP is answered; undefined: not at all. Nothing is sent over it. */
function askForSocket(ariUrl: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const asked = request(new URL('/ws', ariUrl), {
      timeout: WITHIN_MS,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
        'sec-websocket-protocol': 'sip',
      },
    });
    const over = (code?: number): void => {
      asked.destroy();
      resolve(code);
    };
    asked.on('upgrade', (answer) => over(answer.statusCode));
    asked.on('response', (answer) => over(answer.statusCode));
    asked.on('timeout', () => over());
    asked.on('error', () => over());
    asked.end();
  });
}

/** Asterisk's web server on this machine must be reached from this machine alone. */
export async function checkWebServer(ariUrl: string): Promise<Outcome> {
  const { hostname, port, protocol } = new URL(ariUrl);
  if (!isLoopback(hostname.replace(/^\[|\]$/g, ''))) {
    return { ok: true, detail: `${hostname} is another machine: keep its port behind a firewall`, hint: '' };
  }
  const open: string[] = [];
  for (const address of ownAddresses()) {
    if (await isReached(address, Number(port || (protocol === 'https:' ? 443 : 80)))) open.push(address);
  }
  if (open.length === 0) return { ok: true, detail: 'reached from this machine alone', hint: '' };
  return {
    ok: false,
    detail: `ARI can be reached from the network, at ${open.join(', ')}`,
    hint: 'Set `bindaddr = 127.0.0.1` in site/http.conf, then restart Asterisk.',
  };
}

const ownAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.flatMap(({ address, internal, scopeid }) => (internal || (scopeid ?? 0) > 0 ? [] : [address])),
  );

function isReached(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: WITHIN_MS });
    const over = (reached: boolean): void => {
      socket.destroy();
      resolve(reached);
    };
    socket.on('connect', () => over(true));
    socket.on('timeout', () => over(false));
    socket.on('error', () => over(false));
  });
}
