// Who listens does so as long as they are let in as they were: with a role that is taken away, a user who is removed or a
// sign-out the listening ends. A person who was taken over is the supervisor's, and stays.

import type { Control } from '../engine/control.ts';
import type { Listening } from '../engine/calls/listening-orders.ts';
import type { Access } from './access/access.ts';
import type { Caller } from './access/caller.ts';

interface Parts {
  readonly control: Pick<Control, 'listenings' | 'endListening'>;
  readonly access: Pick<Access, 'watch'>;
}

export class ListeningEnds {
  readonly #parts: Parts;
  /** By the phone that is listened by. */
  readonly #watches = new Map<string, () => void>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** From now on it ends with what lets the caller in. Who has dialed in came with number and PIN, and hangs on those. */
  bind({ agent, phone, by, isDialed }: Listening, caller: Caller): void {
    if (isDialed === true) return;
    const { control, access } = this.#parts;
    this.#watches.get(phone)?.();
    const unwatch = access.watch(caller, () => {
      this.#free(phone);
      const isTheirs = control.listenings().some((one) => one.phone === phone && one.by === by && !one.isDialed);
      if (isTheirs) void control.endListening(agent, phone);
    });
    this.#watches.set(phone, unwatch);
  }

  #free(phone: string): void {
    this.#watches.get(phone)?.();
    this.#watches.delete(phone);
  }
}
