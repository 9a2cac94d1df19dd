// After a start the desks are taken up from the store and from Asterisk. Whoever asks for theirs before that waits: a desk
// without its session, or a record that is "not in your hands any more", would be believed.

import type { FastifyInstance } from 'fastify';
import { OperationalError } from '../../base/errors.ts';
import type { DeskPort } from '../../engine/agents/desk-port.ts';

/** Shorter than a page waits for an answer. */
const WAITS_MS = 8_000;

/** Refused with `asterisk-unreachable` when it takes too long. */
export function desksFirst(api: FastifyInstance, desks: Pick<DeskPort, 'begun'>, waitsMs = WAITS_MS): void {
  let hasBegun = false;
  const begun = desks.begun().then(() => void (hasBegun = true));
  api.addHook('preHandler', async ({ routeOptions: { url = '' } }) => {
    if (hasBegun || !(url === '/api/agent' || url.startsWith('/api/agent/'))) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(notYet()), waitsMs);
    });
    await Promise.race([begun, late]).finally(() => clearTimeout(timer));
  });
}

const notYet = (): OperationalError =>
  new OperationalError(
    'asterisk-unreachable',
    'outdial has just started and does not know yet what lives in Asterisk.',
    {
      hint: 'Ask again in a moment; if it lasts, see whether Asterisk runs.',
      httpCode: 503,
      retryAfterMs: 1_000,
    },
  );
