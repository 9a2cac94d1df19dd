// The directory of people: reading contacts, and finding them by name, field or number. Contacts of an import that has
// not finished are not there.

import type { ContactRow } from '../../engine/store.ts';
import type { Connection } from './database.ts';
import { parseObject, recordSource } from './record-facts.ts';

interface StoredContact {
  readonly id: number;
  readonly name: string;
  readonly fields: string;
}

export interface ContactQueries {
  /** First contacts of a list, in the order of their import. */
  ofList(list: number, limit: number): readonly ContactRow[];
  find(text: string, limit: number): readonly ContactRow[];
}

export function contactQueries(db: Connection): ContactQueries {
  const source = recordSource(db);
  const complete = ({ id, name, fields }: StoredContact): ContactRow => {
    return { id, name, fields: parseObject<unknown>(fields), phones: source.phones(id) };
  };
  const ofList = db.prepare<[number, number], StoredContact>(`
    SELECT c.id, c.name, c.fields FROM list_contacts l JOIN imports i ON i.id = l.import AND i.state = 'finished'
    JOIN contacts c ON c.id = l.contact WHERE l.list = ? ORDER BY l.contact LIMIT ?`);
  const byNumber = db.prepare<[string, number], StoredContact>(`
    SELECT DISTINCT c.id, c.name, c.fields FROM phones p JOIN contacts c ON c.id = p.contact
    JOIN imports i ON i.id = c.import AND i.state = 'finished' WHERE p.number = ? LIMIT ?`);
  const byText = db.prepare<Record<string, unknown>, StoredContact>(`
    SELECT c.id, c.name, c.fields FROM contacts c JOIN imports i ON i.id = c.import AND i.state = 'finished'
    WHERE c.name LIKE :part ESCAPE '\\'
      OR EXISTS (SELECT 1 FROM json_each(c.fields) f WHERE f.value LIKE :part ESCAPE '\\')
      OR (:digits <> '' AND EXISTS (SELECT 1 FROM phones p WHERE p.contact = c.id AND instr(p.number, :digits) > 0))
    ORDER BY c.id LIMIT :limit`);
  return {
    ofList: (list, limit) => ofList.all(list, limit).map(complete),
    find(text, limit) {
      const exact = byNumber.all(text.trim(), limit);
      const found = exact.length > 0 ? exact : byText.all({ ...searchTerms(text), limit });
      return found.map(complete);
    },
  };
}

/** A text as LIKE pattern, and its digits when it looks like part of a telephone number. */
export function searchTerms(text: string): { readonly part: string; readonly digits: string } {
  const plain = text.trim();
  const part = `%${plain.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  const digits = /^[+()\d\s./-]{3,}$/.test(plain) ? plain.replace(/\D/g, '') : '';
  return { part, digits };
}
