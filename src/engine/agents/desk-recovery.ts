// Desks over a restart of ours: read before their sessions are taken up, brought back to where they were, their records
// kept, their calls looked for. What began while we were away is made good: a person who was joined to an agent at a desk
// has an interaction, whatever was written down.

import type { AgentSession } from '../../agent/session.ts';
import type { Desk } from '../../interaction/desk.ts';
import { defined } from '../../base/defined.ts';
import { MODE_ROWS } from '../../interaction/modes.ts';
import { asJustEnded, pastCall } from '../calls/past-calls.ts';
import type { Scripts } from '../calls/scripts.ts';
import type { UnfinishedAttempt } from '../store/attempts.ts';
import type { Hub } from '../hub.ts';
import type { DeskRecords } from './desk-records.ts';
import type { Desks } from './desks.ts';

interface Parts {
  readonly desks: Desks;
  readonly records: DeskRecords;
  readonly scripts: Pick<Scripts, 'restore'>;
}

export class DeskRecovery {
  readonly #hub: Hub;
  readonly #parts: Parts;

  constructor(hub: Hub, parts: Parts) {
    this.#hub = hub;
    this.#parts = parts;
  }

  /** Before the sessions are taken up. */
  async read(): Promise<void> {
    for (const desk of await this.#hub.parts.store.desks.all()) this.#parts.desks.adopt(desk);
  }

  /** Once sessions and calls have been taken up: no record in hand is lost meanwhile. */
  async keep(): Promise<void> {
    const { desks, records } = this.#parts;
    await Promise.all(desks.all().map((desk) => Promise.all([this.#readRecord(desk), this.#readCall(desk)])));
    await records.renew();
    records.start();
  }

  /** Once numbers may be dialed again. */
  resume(): void {
    const { desks } = this.#parts;
    for (const { agent, session } of desks.all()) {
      const isThere = desks.sessionOf(agent)?.session === session;
      if (isThere) desks.resumed(agent);
      else desks.post(agent, { type: 'session-lost' });
    }
  }

  /**
   * What was said of a call stands in the books before the desk lets go of its record. Where we were killed between the two,
   * the record is still in hand, and the agent's next word on the call is the one that counts.
   */
  async #readCall({ open }: Desk): Promise<void> {
    const attempt = open?.state === 'wrap-up' ? open.attempt : undefined;
    const { calls, recordOutcomes, campaigns } = this.#hub.world;
    const campaign = campaigns.get(open?.campaign ?? '')?.definition;
    if (attempt === undefined || !campaign || calls.has(attempt) || recordOutcomes.has(attempt)) return;
    const { store } = this.#hub.parts;
    const call = await pastCall(store, attempt);
    if (!call.hasTalked || call.endedAt === null) return;
    const ended = await asJustEnded(store, { call, campaign });
    recordOutcomes.set(attempt, ended);
    await this.#parts.scripts.restore([{ attempt, campaign: campaign.name, record: ended.opened.record }]);
  }

  async #readRecord({ open }: Desk): Promise<void> {
    const record = open?.record?.record;
    if (open === undefined || record === undefined) return;
    const found = await this.#hub.parts.store.records.facts(record);
    if (found) this.#parts.desks.know(open.interaction, found.facts);
  }
}

/** The session of a desk, as the desk has it: what the exchange shows of calls counts for more. */
export function sessionOfDesk(
  found: Pick<AgentSession, 'state'> & Partial<AgentSession>,
  { open, byKeys }: Desk,
  attempts: readonly UnfinishedAttempt[],
): Pick<AgentSession, 'state'> & Partial<AgentSession> {
  const atDesk = { atDesk: true, ...defined({ byKeys }) } as const;
  const kept = { ...atDesk, forRecord: true } as const;
  if (found.state === 'talking') return { ...found, ...kept };
  if (open === undefined) return found.state === 'wrap-up' ? { ...found, ...kept } : { ...found, ...atDesk };
  const { attempt, state } = open;
  if (state === 'wrap-up' || (state === 'talking' && found.state === 'wrap-up')) {
    return { state: 'wrap-up', ...kept, ...defined({ attempt }) };
  }
  const isOut = attempts.some((one) => one.attempt === attempt && one.result === undefined);
  const isWaiting = MODE_ROWS[open.plan.kind].accept === 'wait' && state === 'dialing' && attempt === undefined;
  const pauseAfter = found.state === 'paused' ? { pauseAfter: found.reason ?? 'pause' } : {};
  return {
    state: 'engaged',
    ...kept,
    ...pauseAfter,
    ...(isOut && attempt !== undefined ? { attempt } : {}),
    ...(isWaiting ? { forAnyone: true } : {}),
  };
}
