// Re-opens and removes records by hand. What is allowed is decided in list/record-steps.ts.

import { OperationalError } from '../../base/errors.ts';
import type { StepRecord } from '../../engine/store-contacts.ts';
import { stepRecord } from '../../list/record-steps.ts';
import type { RecordState } from '../../terms.ts';
import { noteEvent } from './contact-edit.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

interface Standing {
  readonly state: RecordState;
  readonly contact: number;
  readonly hasPhone: boolean;
}

const STANDING = sql<Standing>(`
  SELECT r.state, r.contact, EXISTS (SELECT 1 FROM phones WHERE contact = r.contact) AS "hasPhone"
  FROM records r WHERE r.id = $1 FOR UPDATE`);
const REOPEN = sql(`
  UPDATE records SET state = 'waiting', due_at = $2, attempts = 0, uncounted = 0, rule_uses = '{}', aside = NULL,
    held_until = NULL, phone_index = 0, why = $3 WHERE id = $1`);
const REMOVE = sql(`
  UPDATE records SET state = 'removed', due_at = NULL, callback = NULL, callback_at = NULL, callback_agent = NULL,
    first = 0, aside = NULL, why = $2 WHERE id = $1`);
/** Takes back the callbacks of a record that are still to be kept. */
const CANCEL = sql(`
  WITH cancelled AS (
    UPDATE callbacks SET state = 'cancelled', ended_at = $2 WHERE record = $1 AND state = 'pending' RETURNING id)
  INSERT INTO callback_steps (callback, what, at, by, detail)
  SELECT id, 'cancelled', $2, $3, 'Its record was removed.' FROM cancelled ORDER BY id`);

export async function takeStep(
  db: Db,
  { record, step, by, at }: StepRecord,
): Promise<{ readonly from: RecordState; readonly to: RecordState }> {
  const now = await db.first(STANDING, [record]);
  if (!now) throw recordUnknown(record);
  const { state, contact, hasPhone } = now;
  const ruling = stepRecord(step, { state, hasPhone }, by);
  if (!ruling.ok) {
    const message = `The record ${record} cannot be ${step === 'reopen' ? 're-opened' : 'removed'}: ${ruling.why}`;
    throw new OperationalError('record-step-refused', message, { hint: ruling.hint, httpCode: 409 });
  }
  const { to, why } = ruling;
  if (to === 'waiting') await db.run(REOPEN, [record, at, why]);
  else {
    await db.run(REMOVE, [record, why]);
    await db.run(CANCEL, [record, at, by]);
  }
  await noteEvent(db, { contact, at, by, what: 'record', detail: { record, from: state, to } });
  return { from: state, to };
}

function recordUnknown(record: number): OperationalError {
  const hint = 'outdial record find searches by name and number.';
  return new OperationalError('record-unknown', `There is no record ${record}.`, { hint, httpCode: 404 });
}
