// The library ari-client, behind the four calls that are used of it. The only file that knows it, and keeps its faults in:
// promises that never settle are given a time by the link, its socket is handed out, what it throws and writes is caught.

import { createRequire } from 'node:module';
import { connect, type Client } from 'ari-client';
import { within } from './within.ts';

/** What is used of the `ws` socket inside ari-client. */
export interface AriSocket {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  removeAllListeners(event: string): unknown;
  ping(data: string): void;
  terminate(): void;
}

interface Access {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

export class AriClient {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async open({ url, user, password }: Access, limitMs: number): Promise<AriClient> {
    muzzleSwagger();
    return new AriClient(await within(limitMs, connect(url, user, password)));
  }

  /** Opens the socket; its ends are the caller's to hold. */
  start(app: string): { readonly opening: Promise<unknown>; readonly socket: AriSocket } {
    const opening = this.#client.start(app);
    const socket = (this.#client as unknown as { _ws?: AriSocket })._ws;
    if (!socket) throw new Error('ari-client has changed: its socket is not where it was');
    return { opening, socket };
  }

  /** Only events of these types are sent. */
  allowEvents(applicationName: string, types: readonly string[]): Promise<unknown> {
    const filter = { allowed: types.map((type) => ({ type })) };
    return this.#client.applications.filter({ applicationName, filter });
  }

  subscribe(applicationName: string, eventSource: string): Promise<unknown> {
    return this.#client.applications.subscribe({ applicationName, eventSource });
  }
}

/**
 * swagger-client throws out of a socket callback when it is refused, and writes on stdout through a global `log`;
 * it must report its failure and nothing else.
 */
function muzzleSwagger(): void {
  const requireFrom = createRequire(import.meta.url);
  const swagger: unknown = createRequire(requireFrom.resolve('ari-client'))('swagger-client');
  const api = (swagger as { SwaggerApi: { prototype: { fail: (this: SwaggerApi, message: unknown) => void } } })
    .SwaggerApi;
  api.prototype.fail = function fail(message) {
    this.failure(message instanceof Error ? message : new Error(String(message)));
  };
  Object.assign(globalThis, { log: () => undefined });
}

interface SwaggerApi {
  failure(error: Error): void;
}
