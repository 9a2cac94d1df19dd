// The phones of contacts: their places, and one more.

import type { Phone } from '../../terms.ts';
import { sql } from '../statement.ts';
import { all, run } from '../work.ts';
import type { Work } from '../work.ts';

const NUMBERS = sql<{ number: string }>`SELECT number FROM phones WHERE contact = :contact ORDER BY position`;
const ADD = sql`
  INSERT INTO phones (contact, position, number, type)
  SELECT :contact, coalesce(max(position) + 1, 0), :number, :type FROM phones WHERE contact = :contact`;

/** The place of a number among a contact's phones; one that is not there becomes the last. */
export function* phonePlace(contact: number, { number, type }: Phone): Work<number> {
  const known = yield* all(NUMBERS, { contact });
  const place = known.findIndex((phone) => phone.number === number);
  if (place >= 0) return place;
  yield* run(ADD, { contact, number, type });
  return known.length;
}
