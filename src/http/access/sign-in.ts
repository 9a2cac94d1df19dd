// How somebody comes in with name and password. Wrong ones cost time that grows, of whoever guesses: counted by where
// they come from, and by the name they are for. A browser in which the user has signed in before is counted alone, so
// that no attacker can lock its user out. Names that no one has are answered like all others, after as long.

import { beginTry, lift, lockedUntil, locksAt, noLockOuts, rightPin } from '../../agent/lock-out.ts';
import type { LockOutLimits, LockOuts, PinTry } from '../../agent/lock-out.ts';
import type { Clock } from '../../base/clock.ts';
import { defined } from '../../base/defined.ts';
import { OperationalError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { Store } from '../../engine/store/store.ts';
import { verifySecret } from '../../secrets/hashes.ts';
import type { Access, SignedIn } from './access.ts';
import { pastTries, triedFrom, WRONG_PASSWORD } from './past-tries.ts';
import { normalPassword } from './user-rules.ts';
import { noteChange } from '../../engine/audit-trail.ts';

/** Ten wrong ones from one place, then it waits 30 s, and after each ten more twice as long as before. */
const LIMITS: LockOutLimits = { maxWrongPins: 10, lockOutMs: 30_000, mostOfOne: 10 };
/** Passwords are checked on threads that others need too: so many at once, and so many that wait. */
const CHECKED_AT_ONCE = 2;
const MOST_WAITING = 100;

export interface SignInOptions {
  readonly access: Pick<Access, 'user' | 'knownDevice' | 'open'>;
  readonly store: Pick<Store, 'audit'>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface SignInRequest {
  readonly name: string;
  readonly password: string;
  readonly address: string;
  /** What the browser's cookies hold. */
  readonly device?: string | undefined;
  readonly before?: string | undefined;
}

export interface Waiting {
  readonly what: 'address' | 'browser' | 'user';
  readonly name: string;
  readonly until: number;
}

export class SignIns {
  readonly #options: SignInOptions;
  #tries: LockOuts = noLockOuts;
  #checking = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  /** Counts what the audit log has of before this start; without it counting begins again, and the log says so. */
  async start(): Promise<void> {
    const { store, clock, log } = this.#options;
    void verifySecret(undefined, ''); // the first unknown name takes no longer than the others
    try {
      this.#tries = await pastTries(store.audit, LIMITS, clock.now());
    } catch (error) {
      log.error({ error: String(error) }, 'wrong passwords of before the start are not known: counting begins again');
    }
  }

  /** Who has to wait now, the longest first; names that no one has are not shown: they may be passwords. */
  waiting(): readonly Waiting[] {
    const { access, clock } = this.#options;
    return locksAt(this.#tries, clock.now()).flatMap(({ what, name, until }): readonly Waiting[] => {
      if (what === 'agent') return access.user(name) ? [{ what: 'user', name, until }] : [];
      const browser = /^browser (\w{8})/.exec(name)?.[1];
      return [browser === undefined ? { what: 'address', name, until } : { what: 'browser', name: browser, until }];
    });
  }

  /** Refused with `sign-in-wrong`, `sign-in-locked` and `sign-in-busy`. */
  async signIn(wanted: SignInRequest): Promise<SignedIn> {
    const { access } = this.#options;
    const { name, address, device, before } = wanted;
    const user = access.user(name);
    await this.check(wanted, user?.passwordHash);
    const opened = user && (await access.open(user, { address, ...defined({ device, before }) }));
    if (!opened) throw signInWrong(); // removed, or another password, since
    return opened;
  }

  /** Whether the password fits the hash, as one try of this browser for this name; refused as above. */
  async check(wanted: SignInRequest, passwordHash: string | undefined): Promise<void> {
    const { clock } = this.#options;
    const tried = this.#triedBy(wanted);
    const begun = beginTry(this.#tries, tried, LIMITS, clock.now());
    this.#tries = begun.state;
    if (!begun.allowed) throw signInLocked(begun.lockedUntil ?? clock.now(), clock.now());
    if (!(await this.#inTurn(() => verifySecret(passwordHash, normalPassword(wanted.password))))) {
      this.#noteWrong(wanted, tried);
      throw signInWrong();
    }
    this.#tries = rightPin(this.#tries, tried, LIMITS);
  }

  /** An administrator has set a new password. */
  lift(name: string): void {
    this.#tries = lift(this.#tries, name, undefined);
  }

  #triedBy({ name, address, device }: SignInRequest): PinTry {
    return triedFrom(name, address, this.#options.access.knownDevice(device, name));
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length >= MOST_WAITING) throw signInBusy();
    if (this.#checking >= CHECKED_AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#checking += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#checking -= 1;
    }
  }

  /** A name that no one has is not written down: it may be a password that went into the wrong field. */
  #noteWrong({ name, address, device }: SignInRequest, tried: PinTry): void {
    const { access, store, clock, log } = this.#options;
    const until = lockedUntil(this.#tries, tried);
    const change = { at: clock.now(), what: WRONG_PASSWORD };
    const subject = access.user(name) ? `user ${name}` : 'unknown user';
    const browser = access.knownDevice(device, name);
    const lock = until > clock.now() ? new Date(until).toISOString() : undefined;
    const to = { address, ...defined({ browser, until: lock }) };
    noteChange(store, { kind: 'address', address }, { ...change, subject, to }).catch((error: unknown) => {
      log.warn({ error: String(error), address }, 'a wrong password could not be written into the audit log');
    });
  }
}

function signInWrong(): OperationalError {
  return new OperationalError('sign-in-wrong', 'The name or the password is wrong.', {
    hint: 'Try again; an administrator sets a new password: outdial user set-password NAME.',
    httpCode: 401,
  });
}

function signInLocked(until: number, now: number): OperationalError {
  const seconds = Math.max(1, Math.ceil((until - now) / 1000));
  return new OperationalError('sign-in-locked', `Too many wrong passwords: no further one for ${seconds} s.`, {
    hint: 'Wait, or sign in with a browser in which you have been signed in before.',
    httpCode: 429,
    retryAfterMs: until - now,
  });
}

function signInBusy(): OperationalError {
  return new OperationalError('sign-in-busy', 'Too many people sign in at this moment.', {
    hint: 'Try again in a few seconds.',
    httpCode: 503,
    retryAfterMs: 3_000,
  });
}
