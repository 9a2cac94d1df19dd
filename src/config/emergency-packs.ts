// Whether an emergency can be declared by a rule pack: it is there, without fault, and has a clause on emergencies.

import { join } from 'node:path';
import { OperationalError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { findPack, packNames, ruleFolders } from './rule-packs.ts';

/** Refused with `rule-pack-unknown` and `emergency-no-clause`. */
export function requireEmergencyPack(name: string, campaignsFolder: string): void {
  const folders = ruleFolders(join(campaignsFolder, 'any.yaml'));
  const found = findPack(name, folders);
  if (!found) {
    const hint = 'outdial check shows the packs that campaigns name; docs/rules.md has all that come with outdial.';
    const message = `There is no rule pack ${name}.${didYouMean(name, packNames(folders))}`;
    throw new OperationalError('rule-pack-unknown', message, { hint, httpCode: 404 });
  }
  if (found.pack?.clauses.some(({ kind }) => kind === 'emergency') === true) return;
  const why = found.pack === undefined ? 'has faults' : 'has no clause on declared emergencies';
  throw new OperationalError('emergency-no-clause', `The rule pack ${name} ${why}: nothing would be forbidden.`, {
    hint: 'us-louisiana and us-new-york have one; a pack of your own says `emergency: declared` in a clause.',
    httpCode: 409,
  });
}
