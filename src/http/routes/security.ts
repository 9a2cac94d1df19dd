// Who was kept out, and the token that lets people in.

import { z } from 'zod';
import { noteChange } from '../audit-hook.ts';
import type { Api, RouteContext } from '../context.ts';
import { errorBody } from '../wire/wire.ts';
import { securityState, tokenReplaced } from '../wire/security.ts';

const tags = ['daemon'];
const MAX_GRACE_MS = 24 * 3_600_000;

export function securityRoutes(api: Api, { tokens, refusals, signIns, control, settings }: RouteContext): void {
  api.get(
    '/security',
    {
      schema: {
        tags,
        summary: 'Refused tokens since the start; who is locked after wrong PINs and passwords now',
        response: { 200: securityState },
      },
    },
    () => ({ tokens: refusals.counts(), locks: control.locks(), passwords: signIns.waiting() }),
  );
  api.post(
    '/token/replace',
    {
      config: { audit: 'token.replace' },
      schema: {
        tags,
        summary: 'Puts a new token into the token file; the one of before ends at once, or after a grace time',
        body: z.object({ graceMs: z.number().int().min(0).max(MAX_GRACE_MS).default(0) }),
        response: { 200: tokenReplaced, 400: errorBody },
      },
    },
    async (request) => {
      const { graceMs } = request.body;
      const oldEndsAt = await tokens.replace(graceMs);
      noteChange(request, { subject: 'token', to: { graceMs } });
      return { tokenFile: settings.http.tokenFile, oldEndsAt };
    },
  );
}
