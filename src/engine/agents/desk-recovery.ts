// Desks over a restart of ours: read before their sessions are taken up, brought back to where they were, their records
// kept, their calls looked for. What began while we were away is made good: a person who was joined to an agent at a desk
// has an interaction, whatever was written down.

import type { AgentSession } from '../../agent/session.ts';
import type { Desk } from '../../interaction/desk.ts';
import { MODE_ROWS } from '../../interaction/modes.ts';
import type { UnfinishedAttempt } from '../store/attempts.ts';
import type { Hub } from '../hub.ts';
import type { DeskRecords } from './desk-records.ts';
import type { Desks } from './desks.ts';

interface Parts {
  readonly desks: Desks;
  readonly records: DeskRecords;
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
    await Promise.all(desks.all().map((desk) => this.#readRecord(desk)));
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

  async #readRecord({ open }: Desk): Promise<void> {
    const record = open?.record?.record;
    if (open === undefined || record === undefined || record === 0) return;
    const found = await this.#hub.parts.store.records.facts(record);
    if (found) this.#parts.desks.know(open.interaction, found.facts);
  }
}

/** The session of a desk, as the desk has it: what the exchange shows of calls counts for more. */
export function sessionOfDesk(
  found: Pick<AgentSession, 'state'> & Partial<AgentSession>,
  { open }: Desk,
  attempts: readonly UnfinishedAttempt[],
): Pick<AgentSession, 'state'> & Partial<AgentSession> {
  const atDesk = { atDesk: true } as const;
  const kept = { atDesk: true, forRecord: true } as const;
  if (found.state === 'talking') return { ...found, ...kept };
  if (open === undefined) return found.state === 'wrap-up' ? { ...found, ...kept } : { ...found, ...atDesk };
  const { attempt, state } = open;
  if (state === 'wrap-up' || (state === 'talking' && found.state === 'wrap-up')) {
    return { state: 'wrap-up', ...kept, ...(attempt === undefined ? {} : { attempt }) };
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
