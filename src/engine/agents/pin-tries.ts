// Tries of PINs and the locks that follow from them, kept over restarts: each wrong PIN is in the audit log, and a start
// counts those of the last two days again. Whoever can make the daemon restart has no more tries for it.

import { beginTry, lift, lockedUntil, locksAt, noLockOuts, rightPin } from '../../agent/lock-out.ts';
import type { Lock, LockOutLimits, LockOuts, PinTry } from '../../agent/lock-out.ts';
import type { AgentNumber } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { AuditEntry } from '../store/audit.ts';

/** The longest lock, and the day after it in which the next one is longer. */
const COUNTED_MS = 48 * 3_600_000;
const MOST_COUNTED = 5_000;

export class PinTries {
  readonly #hub: Hub;
  #state: LockOuts = noLockOuts;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Counts what the audit log has of before this start. Without it there are no locks of before, and the log says so. */
  async start(): Promise<void> {
    const { store, settings, log } = this.#hub.parts;
    const query = { fromAt: this.#hub.now() - COUNTED_MS, limit: MOST_COUNTED };
    try {
      const entries = [
        ...(await store.audit.list({ ...query, what: 'sign-in' })),
        ...(await store.audit.list({ ...query, what: 'agent.set-pin' })),
      ];
      const ownPhone = (agent: AgentNumber): string | undefined => this.#hub.world.agentsByNumber.get(agent)?.account;
      this.#state = countedAgain(entries, settings, ownPhone);
    } catch (fault) {
      log.error({ fault }, 'wrong PINs of before the start are not known: locks begin again');
    }
  }

  locks(): readonly Lock[] {
    return locksAt(this.#state, this.#hub.now());
  }

  lift(agent: AgentNumber): void {
    this.#state = lift(this.#state, agent, this.#hub.world.agentsByNumber.get(agent)?.account);
  }

  /** The try counts before anything is waited for; until when it is locked when it may not be made. */
  begin(tried: PinTry): number | undefined {
    const begun = beginTry(this.#state, tried, this.#hub.parts.settings, this.#hub.now());
    this.#state = begun.state;
    return begun.allowed ? undefined : (begun.lockedUntil ?? this.#hub.now());
  }

  /** The PIN was wrong; until when that locks, 0 when it does not. */
  wrong(tried: PinTry): number {
    const until = lockedUntil(this.#state, tried);
    this.#note('sign-in.wrong', tried);
    if (until <= this.#hub.now()) return 0;
    this.#note('sign-in.locked', tried, { until: new Date(until).toISOString() });
    return until;
  }

  right(tried: PinTry): void {
    const { settings } = this.#hub.parts;
    // This one try aside, were there wrong ones that a start would count?
    const wrong = (this.#state.phones.get(tried.phone)?.counts.get(tried.agent) ?? 0) > 1;
    this.#state = rightPin(this.#state, tried, settings);
    if (wrong) this.#note('sign-in.right', tried);
  }

  /** For whoever supervises, and for the next start. */
  #note(what: string, { agent, phone, isOwnPhone }: PinTry, more: object = {}): void {
    const by = { kind: 'phone', account: phone } as const;
    const to = { agent, phone, own_phone: isOwnPhone, ...more };
    this.#hub.note(by, { at: this.#hub.now(), what, subject: `phone ${phone}`, to });
  }
}

/** The locks that follow from these entries, in whatever order they are. */
function countedAgain(
  entries: readonly AuditEntry[],
  limits: LockOutLimits,
  ownPhone: (agent: AgentNumber) => string | undefined,
): LockOuts {
  const inOrder = [...entries].sort((a, b) => a.at - b.at || a.entry - b.entry);
  return inOrder.reduce((state, { what, subject, to, at }) => {
    if (what === 'agent.set-pin') return lift(state, subject, ownPhone(subject));
    const tried = triedIn(to);
    if (!tried) return state;
    if (what === 'sign-in.wrong') return beginTry(state, tried, limits, at).state;
    return what === 'sign-in.right' ? rightPin(state, tried, limits) : state;
  }, noLockOuts);
}

function triedIn(to: unknown): PinTry | undefined {
  if (typeof to !== 'object' || to === null) return undefined;
  const { agent, phone, own_phone: isOwnPhone } = to as Readonly<Record<string, unknown>>;
  if (typeof agent !== 'string' || typeof phone !== 'string' || typeof isOwnPhone !== 'boolean') return undefined;
  return { agent, phone, isOwnPhone };
}
