// Supervisors: who listens to whom, begin, change, end.

import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { defined } from '../../base/defined.ts';
import { OperationalError } from '../../base/errors.ts';
import { browserOf, type ListeningOrder } from '../../engine/calls/listening-orders.ts';
import { callerOf } from '../access/caller.ts';
import { noteChange } from '../audit-hook.ts';
import { byWhom, type Api, type RouteContext } from '../context.ts';
import { ListeningEnds } from '../listening-ends.ts';
import { BROWSER, listening, listeningOrder } from '../wire/listening.ts';
import { phoneLine } from '../wire/phone.ts';
import { agentNumber, errorBody } from '../wire/wire.ts';

const tags = ['agents'];
const params = z.object({ number: agentNumber });

export function listeningRoutes(api: Api, context: RouteContext): void {
  beginRoutes(api, context);
  lookAndEndRoutes(api, context);
}

function beginRoutes(api: Api, context: RouteContext): void {
  const { control } = context;
  const ends = new ListeningEnds(context);
  api.post(
    '/agents/:number/listen',
    {
      config: { audit: 'agent.listen' },
      schema: {
        tags,
        summary: 'Listens to the agent by a phone, which is rung; asked again it changes how',
        params,
        body: listeningOrder,
        response: { 200: listening, 409: errorBody },
      },
    },
    async (request) => {
      const { mode, stays } = request.body;
      const { number } = request.params;
      const { phone, ...kind } = phoneOf(request, request.body.phone);
      noteChange(request, { subject: number, to: { mode, phone, stays: stays === true } });
      const by = byWhom(request);
      const begun = await control.listen(number, { mode, phone, by, ...kind, ...defined({ stays }) });
      const caller = callerOf(request);
      if (caller) ends.bind(begun, caller);
      return begun;
    },
  );
  api.post(
    '/listening/phone',
    {
      // It makes nothing that outlives the listening, which is in the log.
      config: { audit: false },
      schema: {
        tags,
        summary: 'What the browser signs in to SIP with, to listen by it',
        description:
          'After `phone: "browser"` of POST /api/agents/NUMBER/listen, within 30 s. SIP is spoken over a WebSocket (subprotocol `sip`) at `socket` on the same origin; dialing `number` begins the listening, and no other number is known.',
        body: z.object({}),
        response: { 200: phoneLine, 409: errorBody, 503: errorBody },
      },
    },
    (request) => context.listeningLines.of(userOf(request)),
  );
}

function lookAndEndRoutes(api: Api, { control }: RouteContext): void {
  api.get(
    '/listening',
    { schema: { tags, summary: 'Who listens to whom now', response: { 200: z.array(listening).readonly() } } },
    () => control.listenings(),
  );
  api.delete(
    '/agents/:number/listen',
    {
      config: { audit: 'agent.listen-end' },
      schema: {
        tags,
        summary: 'Ends it, by one phone or whoever listens',
        params,
        querystring: z.object({ phone: agentNumber.or(z.literal(BROWSER)).optional() }),
        response: { 200: z.array(listening).readonly() },
      },
    },
    async (request) => {
      const { phone } = request.query;
      await control.endListening(
        request.params.number,
        phone === undefined ? undefined : phoneOf(request, phone).phone,
      );
      return control.listenings();
    },
  );
}

/** By what it is listened: a number, or the browser of who asks. */
function phoneOf(request: FastifyRequest, phone: string): Pick<ListeningOrder, 'phone' | 'browser'> {
  return phone === BROWSER ? { phone: browserOf(userOf(request)), browser: true } : { phone };
}

/** Refused with `browser-unnamed`: a program has none. */
function userOf(request: FastifyRequest): string {
  const caller = callerOf(request);
  if (caller?.kind === 'user') return caller.name;
  throw new OperationalError('browser-unnamed', 'A program has no browser to listen by.', {
    hint: 'Name the number of a phone, or sign in as a user.',
  });
}
