// The calls of third parties that go on, each with its row in the books: how far it has come, its one result, its line.

import { classifyUnanswered } from '../../call/causes.ts';
import type { AgentNumber, LegId } from '../../terms.ts';
import type { Trunks } from '../dialing/trunks.ts';
import type { Hub } from '../hub.ts';
import type { TelephonyEvent, TelephonySnapshot } from '../ports.ts';
import type { NewThirdCall, ThirdCallRow } from '../store/third-parties.ts';

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
  readonly #trunks: Pick<Trunks, 'release' | 'occupy'>;
  readonly #calls = new Map<string, ThirdCall>();

  constructor(hub: Hub, trunks: Pick<Trunks, 'release' | 'occupy'>) {
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

  /** The legs of that phone in which persons are whom it took over from the agent. */
  takenBy(agent: AgentNumber, phone: string): readonly LegId[] {
    const all = [...this.#calls.values()];
    return all.flatMap(({ row: { how, byAgent, who }, leg }) =>
      how === 'take-over' && byAgent === agent && who === phone ? [leg] : [],
    );
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

  /**
   * After a restart: those who talk are taken up, those who were still called are let go; their rows are closed by their
   * call records.
   */
  async restore(rows: readonly ThirdCallRow[], snapshot: TelephonySnapshot): Promise<void> {
    const { calls, thirdByLeg } = this.#hub.world;
    const legOf = ({ id, attempt, kind, how }: ThirdCallRow): LegId | undefined => {
      const third = kind === 'agent' && how !== 'take-over' ? undefined : calls.get(attempt)?.call.third;
      return third?.id === id ? third.leg : undefined;
    };
    const gone = rows.filter((row) => legOf(row) === undefined);
    for (const row of rows) {
      const leg = legOf(row);
      if (leg === undefined) continue;
      thirdByLeg.set(leg, row.attempt);
      this.begun(row.id, { row, leg, answeredAt: row.answeredAt ?? snapshot.at });
      if (row.trunk !== null) this.#trunks.occupy(row.trunk, row.campaign);
    }
    if (gone.length > 0) await this.#closeByRecords(gone);
  }

  async #closeByRecords(gone: readonly ThirdCallRow[]): Promise<void> {
    const records = await this.#hub.parts.callRecords?.find(gone.map(({ id }) => id));
    for (const { id, answeredAt, kind } of gone) {
      const record = records?.get(id);
      const wasAnswered = kind === 'agent' || answeredAt !== null || record?.answeredAt !== undefined;
      const end = { endedAt: record?.endedAt ?? this.#hub.now(), cause: null, sipCode: null };
      const result = wasAnswered ? 'connected' : 'cancelled';
      this.#hub.writer.write(() => this.#hub.parts.store.thirdParties.ended(id, { ...end, result }));
    }
  }
}
