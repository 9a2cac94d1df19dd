// How tokens of programs come and go, for the API and for commands without a daemon. A token leaves only here, once.

import { didYouMean } from '../../base/nearest.ts';
import { OperationalError } from '../../base/errors.ts';
import type { Store } from '../../engine/store/store.ts';
import { hashOf, newSecret } from './access.ts';
import type { Right } from './rights.ts';

type Place = Pick<Store, 'apiTokens'>;

export interface NewToken {
  readonly name: string;
  readonly scopes: readonly Right[];
  /** For how long; absent: until it is revoked. */
  readonly forMs?: number | undefined;
}

/** What tokens begin with, so that a search for leaked secrets finds them. */
const PREFIX = 'outdial_';

/** Resolves with the token; refused with `token-exists`. */
export async function addToken(
  { apiTokens }: Place,
  { name, scopes, forMs }: NewToken,
  { by, now }: { readonly by: string; readonly now: number },
): Promise<{ readonly token: string; readonly endsAt: number | null }> {
  const token = `${PREFIX}${newSecret()}`;
  const endsAt = forMs === undefined ? null : now + forMs;
  const kept = { name, hash: hashOf(token), scopes: [...new Set(scopes)], addedAt: now, addedBy: by, endsAt };
  if (await apiTokens.add(kept)) return { token, endsAt };
  throw new OperationalError('token-exists', `There is, or was, a token ${name}.`, {
    hint: 'Choose another name: one means the same token for ever, in the audit log too.',
    httpCode: 409,
  });
}

/** Refused with `token-unknown`. */
export async function revokeToken({ apiTokens }: Place, name: string, now: number): Promise<void> {
  if (await apiTokens.revoke(name, now)) return;
  const known = (await apiTokens.all()).filter(({ revokedAt }) => revokedAt === null).map((one) => one.name);
  throw new OperationalError('token-unknown', `There is no token ${name} that counts.${didYouMean(name, known)}`, {
    hint: 'outdial token list shows them all.',
    httpCode: 404,
  });
}
