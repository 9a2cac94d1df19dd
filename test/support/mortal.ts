// Parts of an engine that can be cut off from it at any moment, as `kill -9` does: what it asked for before may
// still happen outside, but it hears of nothing, no timer of its own fires, and nothing more leaves it.

import type { Clock } from '../../src/base/clock.ts';
import type { SipAccount, Telephony, TelephonyEvent } from '../../src/engine/ports.ts';
import type { TelephonyCommand } from '../../src/engine/telephony-commands.ts';
import type { Store } from '../../src/engine/store/store.ts';

const never = <T>(): Promise<T> => new Promise(() => undefined);

/** Below this an event is reported as having happened just now. */
const AT_ONCE_MS = 250;

export class Life {
  isOver = false;
  /** What woke or came while it stood still, in the order in which a process gets it afterwards: timers first. */
  #timers: (() => void)[] | undefined;
  #events: (() => void)[] = [];

  /** As SIGSTOP: everything waits. */
  freeze(): void {
    this.#timers = [];
  }

  /** As SIGCONT. */
  thaw(): void {
    const [timers, events] = [this.#timers ?? [], this.#events];
    this.#timers = undefined;
    this.#events = [];
    for (const act of [...timers, ...events]) act();
  }

  clock(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      after: (delayMs, wake) => {
        if (this.isOver) return () => undefined;
        return clock.after(delayMs, () => {
          if (this.isOver) return;
          if (this.#timers) this.#timers.push(wake);
          else wake();
        });
      },
    };
  }

  telephony(telephony: Telephony, clock: Clock): Telephony {
    const guard = <T>(act: () => Promise<T>): Promise<T> => this.#guard(act);
    return {
      start: (listener: (event: TelephonyEvent) => void) =>
        guard(() =>
          telephony.start((event) => {
            if (this.isOver) return;
            if (this.#timers) this.#events.push(() => listener(aged(event, clock)));
            else listener(event);
          }),
        ),
      stop: () => guard(() => telephony.stop()),
      execute: (command: TelephonyCommand) => guard(() => telephony.execute(command)),
      snapshot: () => guard(() => telephony.snapshot()),
      lookUp: (leg, bridge) => guard(() => telephony.lookUp(leg, bridge)),
      line: (leg) => guard(() => telephony.line(leg)),
      provision: (account: SipAccount) => guard(() => telephony.provision(account)),
      removeAccount: (name: string) => guard(() => telephony.removeAccount(name)),
      optOuts: () => guard(() => telephony.optOuts()),
      forgetOptOut: (attempt: string) => guard(() => telephony.forgetOptOut(attempt)),
    };
  }

  store(store: Store): Store {
    return wrapStore(store, (act) => this.#guard(act));
  }

  #guard<T>(act: () => Promise<T>): Promise<T> {
    if (this.isOver) return never();
    return new Promise((resolve, reject) => {
      act().then(
        (value) => {
          if (!this.isOver) resolve(value);
        },
        (error: unknown) => {
          if (!this.isOver) reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }
}

function aged(event: TelephonyEvent, clock: Clock): TelephonyEvent {
  const ageMs = clock.now() - event.at;
  return ageMs < AT_ONCE_MS ? event : { ...event, ageMs };
}

/** The store with every call of every noun passed through `around`. */
export function wrapStore(store: Store, around: <T>(act: () => Promise<T>) => Promise<T>): Store {
  const wrap = (target: object): unknown =>
    new Proxy(target, {
      get(from, name): unknown {
        const value: unknown = Reflect.get(from, name);
        if (typeof value === 'object' && value !== null) return wrap(value);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => around(() => Promise.resolve(Reflect.apply(value, from, args)));
      },
    });
  return wrap(store) as Store;
}
