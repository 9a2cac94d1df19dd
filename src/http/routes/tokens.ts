// Tokens of programs: named, with scopes, shown once, revocable.

import { z } from 'zod';
import { addToken, revokeToken } from '../access/tokens-admin.ts';
import { noteChange } from '../audit-hook.ts';
import { byWhom, type Api, type RouteContext } from '../context.ts';
import { errorBody } from '../wire/wire.ts';
import { apiToken, right, tokenAdded, tokenName, tokenRevoked } from '../wire/users.ts';

const tags = ['tokens'];
const MIN_MS = 60_000;
const MAX_MS = 3660 * 86_400_000;

export function tokenRoutes(api: Api, { access, store, clock }: RouteContext): void {
  api.get(
    '/tokens',
    { schema: { tags, summary: 'All tokens, those too that count no longer', response: { 200: z.array(apiToken) } } },
    async () => (await store.apiTokens.all()).map(({ hash: _hash, ...token }) => token),
  );
  api.post(
    '/tokens',
    {
      config: { audit: 'token.add' },
      schema: {
        tags,
        summary: 'Makes a token; the answer shows it, this once',
        body: z.object({
          name: tokenName,
          scopes: z.array(right).min(1).max(20),
          forMs: z.number().int().min(MIN_MS).max(MAX_MS).optional().describe('Absent: until it is revoked'),
        }),
        response: { 201: tokenAdded, 400: errorBody, 409: errorBody },
      },
    },
    async (request, reply) => {
      const { name, scopes } = request.body;
      const made = await addToken(store, request.body, { by: byWhom(request), now: clock.now() });
      await access.refresh();
      noteChange(request, { subject: `token ${name}`, to: { scopes, endsAt: made.endsAt } });
      return reply.code(201).send({ name, scopes, ...made });
    },
  );
  api.delete(
    '/tokens/:token',
    {
      config: { audit: 'token.revoke' },
      schema: {
        tags,
        summary: 'Ends a token at once, with the answers that it still gets',
        params: z.object({ token: tokenName }),
        response: { 200: tokenRevoked, 404: errorBody },
      },
    },
    async (request) => {
      const { token } = request.params;
      await revokeToken(store, token, clock.now());
      await access.refresh();
      noteChange(request, { subject: `token ${token}`, to: null });
      return { revoked: token };
    },
  );
}
