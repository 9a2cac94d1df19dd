// The control link to Asterisk: connects, notices when it is lost or silent, connects again for ever. It does not read the
// events.

import { backoffMs } from '../base/backoff.ts';
import { defined } from '../base/defined.ts';
import { OperationalError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { answerClaim, isHeld, questionIn } from './ari-claim.ts';
import { AriClient, type AriSocket } from './ari-client.ts';
import { ExchangeClock } from './exchange-clock.ts';
import { faultOf, traceOf } from './fault.ts';
import { firstConnection } from './first-connection.ts';
import { ARI_EVENT_TYPES, ariTime, isObject, meansNothing } from './ari-events.ts';
import { assertModules, assertVersion, connectionError, mayPass, readAsterisk } from './ari-preflight.ts';
import { AriRest, errorText } from './ari-rest.ts';
import { Repeats } from './repeats.ts';
import { within } from './within.ts';

export interface AriLinkOptions {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly app: string;
  /** PJSIP endpoints of the trunks, whose calls are reported from the first moment on. */
  readonly endpoints: readonly string[];
  readonly log: Log;
  /** Waits for an Asterisk that is not there, and reports this once; absent: refused after 6 s. */
  readonly onWait?: (error: unknown) => void;
}

export interface LinkChange {
  readonly up: boolean;
  readonly restarted: boolean;
  readonly reason: string;
}

export interface AriListener {
  /** One event of ARI as parsed JSON. */
  message(message: unknown): void;
  link(change: LinkChange): void;
  /** A trunk's endpoint that Asterisk does not have. */
  unknownEndpoint(endpoint: string): void;
}

const COMMAND_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 8_000;
const PING_EVERY_MS = 2_500;
/** So many pings without a sign of life: the link is dead, noticed within 7.5 s. */
const PINGS_UNANSWERED = 2;
const RECONNECT = { firstMs: 200, maxMs: 5_000 };
/** How often to ask whether the daemon that took our application has gone. */
const TAKEN_RETRY_MS = 15_000;

export class AriLink {
  readonly rest: AriRest;
  /** How late events are. */
  readonly time = new ExchangeClock();
  readonly #options: AriLinkOptions;
  readonly #listener: AriListener;
  #client: AriClient | undefined;
  readonly #repeats = new Repeats();
  #socket: AriSocket | undefined;
  #startedAt: number | undefined;
  #unanswered = 0;
  #pinger: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;
  #up = false;

  constructor(options: AriLinkOptions, listener: AriListener) {
    this.#options = options;
    this.#listener = listener;
    this.rest = new AriRest({ ...options, timeoutMs: COMMAND_TIMEOUT_MS });
  }

  get up(): boolean {
    return this.#up;
  }

  /** Resolves with the first connection; rejects with an OperationalError when there will be none. */
  async start(): Promise<void> {
    const { url, onWait } = this.#options;
    const connect = (): Promise<void> =>
      this.#connect('connected').catch((error: unknown) => {
        throw connectionError(error, url);
      });
    const isWorthAnother = (error: unknown): boolean => !this.#stopped && mayPass(error);
    await firstConnection({ connect, pauses: RECONNECT, isWorthAnother, ...defined({ onWait }) });
  }

  /** Disconnects for good. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    this.#letGo();
    this.rest.close();
  }

  async #connect(reason: string): Promise<void> {
    const { url, app } = this.#options;
    const facts = await readAsterisk(this.rest, url);
    assertVersion(facts.version);
    await assertModules(this.rest);
    if (await isHeld(this.rest, app)) throw taken(app);
    this.#client ??= await AriClient.open(this.#options, CONNECT_TIMEOUT_MS);
    await this.#openSocket(this.#client);
    try {
      await this.#subscribe(this.#client);
      if (!this.#socket)
        throw new OperationalError('ari-unreachable', 'the link broke at once', { hint: UNREACHABLE_HINT });
    } catch (error) {
      this.#letGo();
      throw error;
    }
    if (this.#stopped) {
      this.#letGo();
      return;
    }
    const restarted = this.#startedAt !== undefined && this.#startedAt !== facts.startedAt;
    this.#startedAt = facts.startedAt;
    this.#up = true;
    this.#watch();
    this.#options.log.info({ version: facts.version, restarted, app }, 'ARI connected');
    this.#emit({ up: true, restarted, reason: restarted ? 'Asterisk was restarted' : reason });
  }

  async #openSocket(client: AriClient): Promise<void> {
    const { opening, socket } = client.start(this.#options.app);
    this.#socket = socket;
    const closed = new Promise<never>((_resolve, reject) => {
      this.#guard(socket, (why) => reject(new OperationalError('ari-unreachable', why, { hint: UNREACHABLE_HINT })));
    });
    closed.catch(() => undefined);
    try {
      await within(CONNECT_TIMEOUT_MS, Promise.race([opening, closed]));
    } catch (error) {
      this.#letGo();
      throw error;
    }
  }

  /** Takes the socket's ends into our own hands: ari-client would stall on unknown events and give up reconnecting. */
  #guard(socket: AriSocket, closedBeforeOpen: (why: string) => void): void {
    for (const event of ['message', 'error', 'close']) socket.removeAllListeners(event);
    let lastError = '';
    socket.on('error', (error) => {
      lastError = error instanceof Error ? error.message : String(error);
    });
    socket.on('close', () => {
      closedBeforeOpen(lastError || 'Asterisk closed the connection');
      if (this.#socket === socket) this.#lost(lastError || 'Asterisk closed the connection');
    });
    socket.on('pong', (data) => {
      this.#unanswered = 0;
      const sentAt = Number(String(data));
      if (sentAt > 0) this.time.answered(sentAt);
    });
    socket.on('message', (data) => {
      if (this.#socket !== socket) return;
      this.#unanswered = 0;
      this.#receive(data);
    });
  }

  #receive(data: unknown): void {
    try {
      const text = String(data);
      if (meansNothing(text) || this.#repeats.has(text)) return;
      const message: unknown = JSON.parse(text);
      if (isObject(message) && message.type === 'ApplicationReplaced') return this.#replaced();
      const nonce = questionIn(message);
      if (nonce === undefined) return this.#listener.message(message);
      answerClaim(this.rest, nonce).catch((error: unknown) => {
        this.#options.log.warn(
          { fault: faultOf(error) },
          'could not answer another daemon that asks for our application',
        );
      });
    } catch (error) {
      this.#options.log.error({ fault: traceOf(error) }, 'an event of ARI could not be handled');
    }
  }

  /** Another daemon has taken the application: stop, do not fight back, ask now and then whether it has gone. */
  #replaced(): void {
    const { app, log } = this.#options;
    log.error({ app }, 'another daemon has taken over the ARI application; this one places no more calls');
    this.#letGo();
    this.#emit({ up: false, restarted: false, reason: `another daemon has taken over the ARI application "${app}"` });
    this.#reconnectIn(TAKEN_RETRY_MS, 0);
  }

  #lost(reason: string): void {
    const wasUp = this.#up;
    this.#letGo();
    if (!wasUp || this.#stopped) return;
    this.#options.log.warn({ reason }, 'ARI connection lost');
    this.#emit({ up: false, restarted: false, reason });
    this.#reconnectIn(RECONNECT.firstMs, 0);
  }

  #reconnectIn(delayMs: number, tries: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#connect('connected again').catch((error: unknown) => {
        const failure = connectionError(error, this.#options.url);
        const held = failure.code === 'ari-app-taken';
        const { log } = this.#options;
        if (mayPass(failure)) log.debug({ tries, reason: failure.message }, 'ARI still away');
        else log.error({ code: failure.code, hint: failure.hint }, failure.message);
        this.#reconnectIn(held ? TAKEN_RETRY_MS : backoffMs(RECONNECT, tries + 1, Math.random()), tries + 1);
      });
    }, delayMs);
  }

  #watch(): void {
    this.#unanswered = 0;
    this.#socket?.ping(String(performance.now()));
    void this.#askTime();
    this.#pinger = setInterval(() => {
      if (this.#unanswered >= PINGS_UNANSWERED) {
        this.#lost('Asterisk has gone silent');
        return;
      }
      this.#unanswered += 1;
      this.#socket?.ping(String(performance.now()));
      void this.#askTime();
    }, PING_EVERY_MS);
  }

  async #askTime(): Promise<void> {
    const askedAt = performance.now();
    try {
      const answer = await this.rest.send({ method: 'GET', path: '/asterisk/ping' });
      const at = isObject(answer) ? ariTime(answer.timestamp) : undefined;
      if (at !== undefined) this.time.measured({ askedAt, answeredAt: performance.now(), at });
    } catch {
      // A link that is in trouble is noticed by its pings.
    }
  }

  /** Ms since the exchange's time stamp `at`. */
  ageOf(at: number): number {
    const wasInDoubt = this.time.isInDoubt;
    const ageMs = this.time.ageOf(at, performance.now());
    if (this.time.isInDoubt && !wasInDoubt) void this.#askTime();
    return ageMs;
  }

  #letGo(): void {
    clearInterval(this.#pinger);
    const socket = this.#socket;
    this.#socket = undefined;
    this.#up = false;
    socket?.terminate();
  }

  async #subscribe(client: AriClient): Promise<void> {
    const { app } = this.#options;
    await within(COMMAND_TIMEOUT_MS, client.allowEvents(app, ARI_EVENT_TYPES));
    for (const endpoint of this.#options.endpoints) {
      try {
        await within(COMMAND_TIMEOUT_MS, client.subscribe(app, `endpoint:PJSIP/${endpoint}`));
      } catch (error) {
        const refused = error instanceof Error ? errorText(error.message) : undefined;
        if (refused === undefined) throw error;
        // A trunk that is not configured must not keep the other trunks from working.
        this.#options.log.error({ endpoint, refused }, 'Asterisk does not know the endpoint of a trunk');
        this.#listener.unknownEndpoint(endpoint);
      }
    }
  }

  #emit(change: LinkChange): void {
    try {
      this.#listener.link(change);
    } catch (error) {
      this.#options.log.error({ fault: traceOf(error) }, 'a change of the ARI link could not be handled');
    }
  }
}

const UNREACHABLE_HINT = 'Is Asterisk running, and its web server enabled in http.conf?';

function taken(app: string): OperationalError {
  return new OperationalError('ari-app-taken', `another daemon holds the ARI application "${app}"`, {
    hint: 'Stop the other outdial, or give this one another `asterisk.app` and its own dialplan globals.',
    httpCode: 409,
  });
}
