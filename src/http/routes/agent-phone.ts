// The browser as an agent's phone: what it signs in to SIP with. How it gets through to Asterisk: phone/socket.ts.

import { z } from 'zod';
import type { Api, RouteContext } from '../context.ts';
import { PHONE_SOCKET } from '../phone/socket.ts';
import { errorBody } from '../wire/wire.ts';
import { phoneLine } from '../wire/phone.ts';
import { agentAsking, DESK_TAGS as tags } from './agent-desk.ts';

/** What the browser dials to join its session. */
const JOINS = 'session';

export function agentPhoneRoutes(api: Api, { phoneLines }: RouteContext): void {
  api.post(
    '/agent/phone',
    {
      // It makes nothing that outlives the session.
      config: { audit: false },
      schema: {
        tags,
        summary: 'What the browser signs in to SIP with, as the phone of the agent’s session',
        description:
          'The same for the whole session, and gone with it. SIP is spoken over a WebSocket (subprotocol `sip`) at `socket` on the same origin; dialing `number` joins the session, and no other number is known.',
        body: z.object({}),
        response: { 200: phoneLine, 409: errorBody, 503: errorBody },
      },
    },
    async (request) => {
      const { user, password } = await phoneLines.of(agentAsking(request));
      return { user, password, number: JOINS, socket: PHONE_SOCKET };
    },
  );
}
