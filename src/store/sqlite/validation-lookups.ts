// The answers of validation services that still count, number by number.

import type { Campaign } from '../../campaign/definition.ts';
import type { ValidationCheck } from '../../rules/ruling.ts';
import type { Connection } from './database.ts';

function checkQuery(db: Connection): (url: string, number: string, now: number) => ValidationCheck | undefined {
  const find = db.prepare<[string, string, number], ValidationCheck>(
    'SELECT answer, reason, asked_at AS askedAt, until FROM validations WHERE service = ? AND number = ? AND until > ?',
  );
  return (url, number, now) => find.get(url, number, now);
}

/** For a choice: the answers that count now on a contact's numbers; undefined where the campaign asks no one. */
export function validationLookups(
  db: Connection,
): (
  campaign: Campaign,
  now: number,
) => (numbers: readonly string[]) => ReadonlyMap<string, ValidationCheck> | undefined {
  const checkOf = checkQuery(db);
  return ({ validation }, now) =>
    (numbers) => {
      if (validation === undefined) return undefined;
      const found = new Map<string, ValidationCheck>();
      for (const number of numbers) {
        const check = checkOf(validation.url, number, now);
        if (check) found.set(number, check);
      }
      return found;
    };
}
