// What a conversation was, said through the API: with all that the disposition asks for.

import { z } from 'zod';
import { noteChange } from '../audit-hook.ts';
import type { Api, RouteContext } from '../context.ts';
import { errorBody } from '../wire/wire.ts';
import { dispositionGiven } from '../wire/dispositions.ts';

const asked = z.object({
  disposition: z.string().min(1).max(64).describe('Its code'),
  reason: z.string().max(1000).exactOptional().describe('Demanded where the disposition asks for one'),
  phone: z
    .string()
    .max(40)
    .exactOptional()
    .describe('Another number of the contact; demanded where the disposition asks for one'),
});

export function dispositionRoutes(api: Api, { control }: RouteContext): void {
  api.post(
    '/attempts/:attempt/disposition',
    {
      config: { audit: 'attempt.dispose' },
      schema: {
        tags: ['attempts'],
        summary:
          'What the conversation was: during it, in the wrap-up (which it ends), or afterwards, added to or corrected',
        params: z.object({ attempt: z.string().min(1).max(128) }),
        body: asked,
        response: { 200: dispositionGiven, 400: errorBody, 404: errorBody, 409: errorBody },
      },
    },
    async (request) => {
      const now = await control.dispose({ ...request.params, ...request.body });
      const { before } = now;
      // A reason may name the person: the log holds that there is one.
      const logged = (disposition: string, reason: string | null) => ({ disposition, hasReason: reason !== null });
      noteChange(request, {
        subject: `attempt ${now.attempt}`,
        from: before && logged(before.disposition, before.reason),
        to: logged(now.disposition, now.reason),
      });
      return now;
    },
  );
}
