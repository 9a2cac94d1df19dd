// Re-opens and removes records by hand. What is allowed is decided in list/record-steps.ts.

import type { ContactStore } from '../../engine/store-contacts.ts';
import { OperationalError } from '../../base/errors.ts';
import { stepRecord } from '../../list/record-steps.ts';
import type { RecordState } from '../../terms.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

interface Standing {
  readonly state: RecordState;
  readonly contact: number;
  readonly phones: number;
}

export function recordStepping(db: Connection): Handlers<ContactStore>['stepRecord'] {
  const standing = db.prepare<[number], Standing>(`
    SELECT state, contact, (SELECT count(*) FROM phones WHERE contact = records.contact) AS phones
    FROM records WHERE id = ?`);
  const reopen = db.prepare(`
    UPDATE records SET state = 'waiting', due_at = :at, attempts = 0, uncounted = 0, rule_uses = '{}', aside = NULL,
      held_until = NULL, phone_index = 0, why = :why WHERE id = :record`);
  const remove = db.prepare(`
    UPDATE records SET state = 'removed', due_at = NULL, callback = NULL, callback_at = NULL, callback_agent = NULL,
      first = 0, aside = NULL, why = :why WHERE id = :record`);
  const endCallbacks = callbackEnd(db);
  const event = db.prepare(`INSERT INTO contact_events (contact, at, by, what, detail) VALUES (?, ?, ?, 'record', ?)`);
  return ({ record, step, by, at }) => {
    const now = standing.get(record);
    if (!now) throw recordUnknown(record);
    const ruling = stepRecord(step, { state: now.state, hasPhone: now.phones > 0 }, by);
    if (!ruling.ok) {
      const message = `The record ${record} cannot be ${step === 'reopen' ? 're-opened' : 'removed'}: ${ruling.why}`;
      throw new OperationalError('record-step-refused', message, { hint: ruling.hint, httpCode: 409 });
    }
    const { to, why } = ruling;
    if (to === 'waiting') reopen.run({ record, at, why });
    else {
      remove.run({ record, why });
      endCallbacks(record, by, at);
    }
    event.run(now.contact, at, by, JSON.stringify({ record, from: now.state, to }));
    return { from: now.state, to };
  };
}

/** Takes back the callbacks of a record that are still to be kept. */
function callbackEnd(db: Connection): (record: number, by: string, at: number) => void {
  const pending = db
    .prepare<[number], number>(`SELECT id FROM callbacks WHERE record = ? AND state = 'pending'`)
    .pluck();
  const cancel = db.prepare(`UPDATE callbacks SET state = 'cancelled', ended_at = ? WHERE id = ?`);
  const note = db.prepare('INSERT INTO callback_steps (callback, what, at, by, detail) VALUES (?, ?, ?, ?, ?)');
  return (record, by, at) => {
    for (const callback of pending.all(record)) {
      cancel.run(at, callback);
      note.run(callback, 'cancelled', at, by, 'Its record was removed.');
    }
  };
}

function recordUnknown(record: number): OperationalError {
  const hint = 'outdial record find searches by name and number.';
  return new OperationalError('record-unknown', `There is no record ${record}.`, { hint, httpCode: 404 });
}
