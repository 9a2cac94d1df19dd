// Under which addresses the API answers, and whether a request comes from a page of its own. A page of somebody else's
// must neither reach it by a name of its own (DNS rebinding) nor use the cookies of whoever looks at it.

import { hostname } from 'node:os';
import { isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { isLoopback } from '../../base/addresses.ts';
import { OperationalError } from '../../base/errors.ts';
import { PLAIN_COOKIES, SECURE_COOKIES, type Cookies } from './cookies.ts';

/** A request of a route or of a WebSocket. */
interface Headed {
  readonly headers: IncomingHttpHeaders;
}

const READING = new Set(['GET', 'HEAD']);
/** Only pages of our own can send it: for those of others browsers ask first, and are answered nothing. */
const HEADER = 'x-outdial-request';

/**
 * Whether the Host header is one that a page of someone else's cannot have: an address, `localhost` or this machine's
 * own name. A DNS rebinding attack needs a name of the attacker's.
 */
export function isOwnHost(header: string | undefined): boolean {
  const name = hostNameOf(header);
  return isIP(name) !== 0 || name === 'localhost' || (name !== '' && name === hostname().toLowerCase());
}

function hostNameOf(header: string | undefined): string {
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::\d{1,5})?$/i.exec(header ?? '');
  return match?.[1]?.replace(/^\[|\]$/g, '').toLowerCase() ?? '';
}

export class WebAddress {
  readonly #public: URL | undefined;

  /** `url`: the settings' `http.url`, what browsers reach through a proxy with TLS. */
  constructor(url: string | undefined) {
    this.#public = url === undefined ? undefined : new URL(url);
  }

  isOwn(host: string | undefined): boolean {
    return this.#isPublic(host) || isOwnHost(host);
  }

  cookies(request: Headed): Cookies {
    return this.#isSecure(request) ? SECURE_COOKIES : PLAIN_COOKIES;
  }

  /** Refused with `sign-in-needs-tls` when a password would travel over a wire in the clear. */
  requirePrivate(request: FastifyRequest): void {
    const from = request.raw.socket.remoteAddress ?? '';
    const stays = isLoopback(from.replace(/^::ffff:/, '')) && isLoopback(hostNameOf(request.headers.host));
    if (this.#isSecure(request) || stays) return;
    throw new OperationalError('sign-in-needs-tls', 'Over this connection the password could be read on the way.', {
      hint: 'Put a proxy with TLS in front, name its address in http.url, and sign in there.',
      httpCode: 403,
    });
  }

  /** Refused with `origin-refused` when the browser says that a page of somebody else's asks. */
  requireOwnPage(request: Headed): void {
    const { origin, host = '', 'sec-fetch-site': site } = request.headers;
    const own = this.#isPublic(host) ? this.#public?.origin : `http://${host.toLowerCase()}`;
    const isForeign = origin === undefined ? site === 'cross-site' || site === 'same-site' : origin !== own;
    if (!isForeign) return;
    throw new OperationalError('origin-refused', 'The request comes from a page that is not outdial’s.', {
      hint: 'Open outdial under its own address; programs come with a token and without cookies.',
      httpCode: 403,
    });
  }

  /** Of a request with a cookie: whether a page of ours sent it. Refused as above and with `request-header-missing`. */
  requireOwnRequest(request: FastifyRequest): void {
    this.requireOwnPage(request);
    if (READING.has(request.method)) return;
    if (request.headers.origin !== undefined && request.headers[HEADER] !== undefined) return;
    throw new OperationalError('request-header-missing', 'A change with a cookie needs Origin and X-Outdial-Request.', {
      hint: 'Send "X-Outdial-Request: 1" from the page; programs come with a token and without cookies.',
      httpCode: 403,
    });
  }

  #isPublic(host: string | undefined): boolean {
    return this.#public !== undefined && host?.toLowerCase() === this.#public.host;
  }

  #isSecure(request: Headed): boolean {
    return this.#public?.protocol === 'https:' && this.#isPublic(request.headers.host);
  }
}
