// The calls of third parties that go on, each with its row in the books: how far it has come, its one result, its line.

import { classifyUnanswered } from '../../call/causes.ts';
import type { LegId } from '../../terms.ts';
import type { Trunks } from '../dialing/trunks.ts';
import type { Hub } from '../hub.ts';
import type { TelephonyEvent } from '../ports.ts';
import type { NewThirdCall } from '../store/third-parties.ts';

/** A number that is called, or was. */
export interface ThirdCall {
  readonly row: NewThirdCall;
  readonly leg: LegId;
  answeredAt?: number;
  cause?: number;
  sipCode?: number;
}

export class ThirdCalls {
  readonly #hub: Hub;
  readonly #trunks: Pick<Trunks, 'release'>;
  readonly #calls = new Map<string, ThirdCall>();

  constructor(hub: Hub, trunks: Pick<Trunks, 'release'>) {
    this.#hub = hub;
    this.#trunks = trunks;
  }

  begun(id: string, call: ThirdCall): void {
    this.#calls.set(id, call);
  }

  of(id: string): ThirdCall | undefined {
    return this.#calls.get(id);
  }

  byLeg(leg: LegId): readonly [string | undefined, ThirdCall | undefined] {
    // A supervisor who has taken the person over sits on a leg of any name.
    for (const [id, call] of this.#calls) if (call.leg === leg) return [id, call];
    return [undefined, undefined];
  }

  /** Its id, now that it has answered; undefined: no such call is known. */
  answered(leg: LegId): string | undefined {
    const [id, known] = this.byLeg(leg);
    if (id === undefined || !known) return undefined;
    const answeredAt = this.#hub.now();
    known.answeredAt = answeredAt;
    this.#hub.writer.write(() => this.#hub.parts.store.thirdParties.answered(id, answeredAt));
    return id;
  }

  hangingUp({ leg, cause, sipCode }: Extract<TelephonyEvent, { type: 'leg-hanging-up' }>): void {
    const [, known] = this.byLeg(leg);
    if (!known) return;
    known.cause ??= cause;
    if (sipCode !== undefined) known.sipCode ??= sipCode;
  }

  /** Its one result, its line given back. Of an agent's phone there is no line. */
  over(id: string, { cause, sipCode }: { readonly cause: number; readonly sipCode?: number }): void {
    const known = this.#calls.get(id);
    this.#calls.delete(id);
    const causes = { cause: known?.cause ?? cause, sipCode: known?.sipCode ?? sipCode };
    const wasAnswered = known === undefined || known.answeredAt !== undefined;
    const result = wasAnswered
      ? 'connected'
      : causes.cause === 16 || causes.cause === 0
        ? 'cancelled'
        : classifyUnanswered(causes);
    const end = { endedAt: this.#hub.now(), result, cause: causes.cause, sipCode: causes.sipCode ?? null };
    this.#hub.writer.write(() => this.#hub.parts.store.thirdParties.ended(id, end));
    if (known?.row.trunk) this.#trunks.release(known.row.trunk, known.row.campaign);
  }
}
