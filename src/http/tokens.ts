// The API's token while the daemon runs: which one opens the door now, and how it is replaced without a restart. The new
// one is in the token file before it counts, so that whoever may read the file always has one that does.

import type { Clock } from '../base/clock.ts';
import { isAuthorized, newToken, tokenUnwritable } from '../secrets/token-file.ts';
import { putWhole } from './whole-file.ts';

export interface TokensOptions {
  readonly file: string;
  /** As the file has it now. */
  readonly token: string;
  readonly clock: Clock;
  /** A token has ended: whoever came in with it has to leave. */
  readonly onEnd: () => void;
}

export class Tokens {
  readonly #options: TokensOptions;
  #current: string;
  /** Those that count still, until when. */
  #old: readonly { readonly token: string; readonly until: number }[] = [];
  #replacing: Promise<unknown> = Promise.resolve();

  constructor(options: TokensOptions) {
    this.#options = options;
    this.#current = options.token;
  }

  /** Whether the Authorization header carries a token that counts; takes the same time whatever is wrong. */
  isAuthorized(header: string | undefined): boolean {
    const now = this.#options.clock.now();
    const valid = [this.#current, ...this.#old.filter(({ until }) => until > now).map(({ token }) => token)];
    return valid.map((token) => isAuthorized(header, token)).includes(true);
  }

  /**
   * Puts a new token into the file; the one of before ends after `graceMs`, at the latest when the daemon does. Resolves
   * with that instant; refused with `token-unwritable`, and then nothing has changed.
   */
  async replace(graceMs: number): Promise<number> {
    const replaced = this.#replacing.then(() => this.#replace(graceMs));
    this.#replacing = replaced.catch(() => undefined);
    return replaced;
  }

  async #replace(graceMs: number): Promise<number> {
    const { clock, file, onEnd } = this.#options;
    const token = newToken();
    await putToken(file, token);
    const until = clock.now() + graceMs;
    // An earlier grace ends no later than this one: a token that is replaced in haste is gone with all before it.
    const others = this.#old.map((old) => ({ ...old, until: Math.min(old.until, until) }));
    this.#old = graceMs === 0 ? [] : [...others, { token: this.#current, until }];
    this.#current = token;
    if (graceMs === 0) onEnd();
    else clock.after(graceMs, () => this.#forgetEnded());
    return until;
  }

  #forgetEnded(): void {
    const now = this.#options.clock.now();
    this.#old = this.#old.filter(({ until }) => until > now);
    this.#options.onEnd();
  }
}

/** Whole and durable, or as before. */
export async function putToken(file: string, token: string): Promise<void> {
  try {
    await putWhole(file, `${token}\n`, 0o600);
  } catch (cause) {
    throw tokenUnwritable(file, cause);
  }
}
