// Whom the API lets in: the token file, tokens of programs, sessions of people. All is known here in memory, so that a
// store that is away keeps no one from hanging up; what changes is written first. Whoever is no longer what they were
// when an answer began (ended, revoked, another role) loses the answers that still run, such as live events. Nothing of
// a conversation hangs on any of it.

import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { OperationalError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { Store } from '../../engine/store/store.ts';
import type { ApiToken, User, WebSession } from '../../engine/store/users.ts';
import type { Tokens } from '../tokens.ts';
import type { Caller } from './caller.ts';
import { ROLE_RIGHTS, rightsOf } from './rights.ts';

/** Sessions, and devices remembered, of one user. */
const MOST_OF_ONE = 20;
const SWEEP_EVERY_MS = 60_000;

export interface SessionLimits {
  /** Without a request for this long. */
  readonly idleMs: number;
  /** Since the sign-in. */
  readonly atMostMs: number;
}

export interface AccessOptions {
  readonly store: Pick<Store, 'users' | 'webSessions' | 'apiTokens'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: SessionLimits;
  readonly tokens: Tokens;
  /** Users were read again, and may have changed. */
  readonly onUsers: () => void;
}

/** What a browser is given at a sign-in: ids for its cookies. */
export interface SignedIn {
  readonly caller: Extract<Caller, { readonly kind: 'user' }>;
  readonly session: string;
  readonly device: string;
}

interface Watch {
  readonly caller: Caller;
  readonly end: () => void;
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** What no one can guess: 32 bytes. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export class Access {
  readonly #options: AccessOptions;
  readonly #watches = new Set<Watch>();
  #users: ReadonlyMap<string, User> = new Map();
  /** By their hash. */
  #tokens: ReadonlyMap<string, ApiToken> = new Map();
  #sessions = new Map<string, WebSession>();
  /** `device user` */
  #devices = new Set<string>();
  /** Requests since the last sweep. */
  readonly #seen = new Set<string>();
  readonly #used = new Map<string, number>();
  #last: Promise<unknown> = Promise.resolve();
  #cancelSweep: (() => void) | undefined;

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  /** Reads who there is, and looks again every minute. */
  async start(): Promise<void> {
    await this.refresh();
    this.#sweepLater();
  }

  /** Writes down what was seen last. */
  async stop(): Promise<void> {
    this.#cancelSweep?.();
    await this.#writeSeen().catch(() => undefined); // who was seen last is worth no delay at the end
  }

  /** Who holds this token; undefined: it is none of ours. Refused with `token-ended`. */
  byToken(header: string | undefined): Caller | undefined {
    if (this.#options.tokens.isAuthorized(header)) return { kind: 'token-file' };
    const given = /^Bearer ([\w-]{1,256})$/i.exec(header ?? '')?.[1] ?? '';
    const token = this.#tokens.get(hashOf(given));
    if (!token) return undefined;
    if (!this.#counts(token)) throw tokenEnded(token);
    this.#used.set(token.name, this.#options.clock.now());
    return { kind: 'token', name: token.name, rights: rightsOf(token.scopes) };
  }

  /** Whose session this cookie is; undefined when there is none (any more). Counts as a sign of life. */
  bySession(id: string): Caller | undefined {
    const session = hashOf(id);
    const found = this.#current(session);
    if (!found) return undefined;
    this.#sessions.set(session, { ...found, seenAt: this.#options.clock.now() });
    this.#seen.add(session);
    return this.#callerOf(found);
  }

  user(name: string): User | undefined {
    return this.#users.get(name);
  }

  sessionsOf(name: string): readonly WebSession[] {
    return [...this.#sessions.keys()].flatMap((session) => {
      const found = this.#current(session);
      return found?.user === name ? [found] : [];
    });
  }

  /** The hash of a browser's cookie when this user has signed in there before. */
  knownDevice(device: string | undefined, name: string): string | undefined {
    if (device === undefined) return undefined;
    const hash = hashOf(device);
    return this.#devices.has(`${hash} ${name}`) ? hash : undefined;
  }

  /**
   * Begins a session for whoever has just shown this password; `before` is what the browser's cookie held, and ends.
   * Undefined when the user was removed, or has another password, since it was checked. The id is always a new one.
   */
  async open(user: User, from: { address: string; device?: string; before?: string }): Promise<SignedIn | undefined> {
    const { store, clock } = this.#options;
    const id = newSecret();
    const isKnown = this.knownDevice(from.device, user.name) !== undefined;
    const device = isKnown && from.device !== undefined ? from.device : newSecret();
    const at = clock.now();
    const row = { session: hashOf(id), user: user.name, address: from.address, beganAt: at, seenAt: at };
    return this.#inTurn(async () => {
      const proof = { passwordHash: user.passwordHash, device: hashOf(device), most: MOST_OF_ONE };
      if (!(await store.webSessions.open(row, proof))) return undefined;
      if (from.before !== undefined) await this.#end(hashOf(from.before));
      await this.#read();
      const caller = this.#callerOf(row);
      return caller && { caller, session: id, device };
    });
  }

  /** Ends one session. */
  async end(session: string): Promise<void> {
    await this.#inTurn(() => this.#end(session));
    this.#endAnswers();
  }

  async #end(session: string): Promise<void> {
    await this.#options.store.webSessions.end(session);
    this.#sessions.delete(session);
  }

  /** After a change of users, tokens or sessions in the store: from here on it counts. */
  async refresh(): Promise<void> {
    await this.#inTurn(() => this.#read());
    this.#endAnswers();
    this.#options.onUsers();
  }

  /** Calls `end` when the caller is no longer let in as they were; the answer takes the watch away. */
  watch(caller: Caller, end: () => void): () => void {
    const watch = { caller, end };
    this.#watches.add(watch);
    return () => void this.#watches.delete(watch);
  }

  /** The token of the file was replaced: whoever came with it has to come again. */
  tokenFileEnded(): void {
    for (const watch of [...this.#watches]) if (watch.caller.kind === 'token-file') watch.end();
  }

  /** Whether the caller is let in still, as the same. The token of the file is shown again with the header it came in. */
  holds(caller: Caller, header?: string): boolean {
    if (caller.kind === 'token-file') return header === undefined || this.#options.tokens.isAuthorized(header);
    if (caller.kind === 'token')
      return [...this.#tokens.values()].some((token) => token.name === caller.name && this.#counts(token));
    const user = this.#users.get(caller.name);
    const isSame = user?.role === caller.role && user.agent === caller.agent;
    return isSame && this.#current(caller.session) !== undefined;
  }

  async #read(): Promise<void> {
    const { users, webSessions, apiTokens } = this.#options.store;
    const [people, sessions, devices, tokens] = await Promise.all([
      users.all(),
      webSessions.all(),
      webSessions.devices(),
      apiTokens.all(),
    ]);
    this.#users = new Map(people.map((one) => [one.name, one]));
    this.#tokens = new Map(tokens.map((one) => [one.hash, one]));
    this.#devices = new Set(devices.map(({ device, user }) => `${device} ${user}`));
    const known = this.#sessions;
    const seenAt = (one: WebSession): number => Math.max(one.seenAt, known.get(one.session)?.seenAt ?? 0);
    this.#sessions = new Map(sessions.map((one) => [one.session, { ...one, seenAt: seenAt(one) }]));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  #current(session: string): WebSession | undefined {
    const found = this.#sessions.get(session);
    if (!found || !this.#users.has(found.user)) return undefined;
    const { idleMs, atMostMs } = this.#options.limits;
    const now = this.#options.clock.now();
    return now - found.seenAt < idleMs && now - found.beganAt < atMostMs ? found : undefined;
  }

  #callerOf({ session, user: name }: WebSession): SignedIn['caller'] | undefined {
    const user = this.#users.get(name);
    if (!user) return undefined;
    const { role, agent } = user;
    return { kind: 'user', name, role, agent, session, rights: new Set(ROLE_RIGHTS[role]) };
  }

  #counts({ endsAt, revokedAt }: ApiToken): boolean {
    return revokedAt === null && (endsAt === null || endsAt > this.#options.clock.now());
  }

  #endAnswers(): void {
    for (const watch of [...this.#watches]) if (!this.holds(watch.caller)) watch.end();
  }

  #sweepLater(): void {
    this.#cancelSweep = this.#options.clock.after(SWEEP_EVERY_MS, () => void this.#sweep());
  }

  async #sweep(): Promise<void> {
    const { store, clock, log, limits } = this.#options;
    try {
      await this.#writeSeen();
      const now = clock.now();
      await store.webSessions.endOld({ seenBefore: now - limits.idleMs, beganBefore: now - limits.atMostMs });
      await this.refresh();
    } catch (error) {
      log.warn({ error: String(error) }, 'who may use the API could not be read again: it stays as it was');
      this.#endAnswers();
    }
    this.#sweepLater();
  }

  async #writeSeen(): Promise<void> {
    const { webSessions, apiTokens } = this.#options.store;
    const seen = [...this.#seen].flatMap((session) => this.#sessions.get(session) ?? []);
    const used = [...this.#used].map(([name, usedAt]) => ({ name, usedAt }));
    this.#seen.clear();
    this.#used.clear();
    if (seen.length > 0) await webSessions.seen(seen.map(({ session, seenAt }) => ({ session, seenAt })));
    if (used.length > 0) await apiTokens.used(used);
  }
}

function tokenEnded({ name, revokedAt }: ApiToken): OperationalError {
  const what = revokedAt === null ? 'has expired' : 'was revoked';
  return new OperationalError('token-ended', `The token ${name} ${what}.`, {
    hint: 'An administrator makes another: outdial token add NAME --scope SCOPE.',
    httpCode: 401,
  });
}
