// Re-opens and removes records by hand. What is allowed is decided in records/record-steps.ts.

import { recordUnknown } from '../../engine/store/refusals.ts';
import { OperationalError } from '../../base/errors.ts';
import type { StepRecord } from '../../engine/store/contacts.ts';
import { stepRecord } from '../../records/record-steps.ts';
import type { RecordState } from '../../terms.ts';
import { locked } from '../dialect.ts';
import { sql } from '../statement.ts';
import { all, first, run } from '../work.ts';
import type { Work } from '../work.ts';
import { noteEvent } from './contact-edit.ts';
import { release } from './reservations.ts';

interface Standing {
  readonly state: RecordState;
  /** Kept for an agent, and not dialed in it. */
  readonly reservation: string | null;
  readonly contact: number;
  readonly hasPhone: boolean;
}

const STANDING = sql<Standing>`
  SELECT r.state, r.contact, (SELECT v.reservation FROM reservations v WHERE v.record = r.id AND
    v.reservation = r.last_attempt) AS reservation, EXISTS (SELECT 1 FROM phones WHERE contact = r.contact) AS "hasPhone?"
  FROM records r WHERE r.id = :record ${locked('r')}`;
const REOPEN = sql`
  UPDATE records SET state = 'waiting', due_at = :at, attempts = 0, uncounted = 0, rule_uses = '{}', aside = NULL,
    held_until = NULL, phone_index = 0, why = :why WHERE id = :record`;
const REMOVE = sql`
  UPDATE records SET state = 'removed', due_at = NULL, callback = NULL, callback_at = NULL, callback_agent = NULL,
    first = 0, aside = NULL, why = :why WHERE id = :record`;
const PENDING = sql<{ id: number }>`SELECT id FROM callbacks WHERE record = :record AND state = 'pending' ORDER BY id`;
const CANCEL = sql`UPDATE callbacks SET state = 'cancelled', ended_at = :at WHERE id = :callback`;
const NOTE = sql`
  INSERT INTO callback_steps (callback, what, at, by, detail)
  VALUES (:callback, 'cancelled', :at, :by, 'Its record was removed.')`;

export function* takeStep({
  record,
  step,
  by,
  at,
}: StepRecord): Work<{ readonly from: RecordState; readonly to: RecordState }> {
  const now = yield* first(STANDING, { record });
  if (!now) throw recordUnknown(record);
  const { state, contact, hasPhone, reservation } = now;
  const isKept = state === 'dialing' && reservation !== null;
  const ruling = stepRecord(step, { state, hasPhone, isKept }, by);
  if (!ruling.ok) {
    const message = `The record ${record} cannot be ${step === 'reopen' ? 're-opened' : 'removed'}: ${ruling.why}`;
    throw new OperationalError('record-step-refused', message, { hint: ruling.hint, httpCode: 409 });
  }
  const { to, why } = ruling;
  if (isKept) yield* release(reservation, at, { place: 'before' });
  const from = isKept ? ((yield* first(STANDING, { record }))?.state ?? state) : state;
  yield* run(to === 'waiting' ? REOPEN : REMOVE, { record, at, why });
  if (to !== 'waiting') yield* cancelCallbacks(record, by, at);
  yield* noteEvent({ contact, at, by, what: 'record', detail: { record, from, to } });
  return { from, to };
}

/** Takes back the callbacks of a record that are still to be kept. */
function* cancelCallbacks(record: number, by: string, at: number): Work<void> {
  for (const { id: callback } of yield* all(PENDING, { record })) {
    yield* run(CANCEL, { callback, at });
    yield* run(NOTE, { callback, by, at });
  }
}
