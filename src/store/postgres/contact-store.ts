// The directory on PostgreSQL: found and shown. What changes a person by hand is not there yet and refused by name.

import { OperationalError } from '../../base/errors.ts';
import type { ContactDetails, ContactStore } from '../../engine/store-contacts.ts';
import type { ContactRow } from '../../engine/store.ts';
import { holdsText } from '../contact-text.ts';
import { findContacts } from './contacts.ts';
import { sql } from './database.ts';
import type { Lanes } from './lanes.ts';
import { phonesOf } from './record-facts.ts';

const ONE = sql<ContactRow>(`
  SELECT c.id, c.name, c.fields, ${phonesOf('c.id')} AS phones FROM contacts c
  JOIN imports i ON i.id = c.import AND i.state = 'finished' WHERE c.id = $1`);
const LISTS = sql<{ name: string }>(`
  SELECT l.name FROM list_contacts m JOIN lists l ON l.id = m.list AND l.removed_at IS NULL
  JOIN imports i ON i.id = m.import AND i.state = 'finished' WHERE m.contact = $1 ORDER BY l.name`);
const RECORDS = sql<ContactDetails['records'][number]>(`
  SELECT r.id, p.name AS campaign, r.state FROM records r JOIN campaigns p ON p.id = r.campaign
  WHERE r.contact = $1 ORDER BY r.id`);

export function contactStore({ read }: Lanes): ContactStore {
  return {
    find: async (search) => {
      const found = await findContacts(read, search.text, search.limit);
      return found.filter((contact) => holdsText(contact, search));
    },
    show: async (contact) => {
      const one = await read.first(ONE, [contact]);
      if (!one) return undefined;
      const lists = (await read.all(LISTS, [contact])).map(({ name }) => name);
      return { ...one, lists, records: await read.all(RECORDS, [contact]) };
    },
    edit: () => notHere('edited'),
    merge: () => notHere('merged'),
    timeline: () => notHere('told'),
    forget: () => notHere('forgotten'),
    scrub: () => notHere('forgotten'),
    traces: () => notHere('forgotten'),
    stepRecord: () => notHere('changed by hand'),
  };
}

function notHere(what: string): Promise<never> {
  const hint = 'Keep the data in SQLite (store: {kind: sqlite}) for this.';
  const message = `Contacts and records in PostgreSQL cannot be ${what} in this version.`;
  return Promise.reject(new OperationalError('store-cannot', message, { hint, httpCode: 501 }));
}
