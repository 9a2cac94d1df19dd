// What a browser is given that is to be an agent's phone.

import { z } from 'zod';

export const phoneLine = z.object({
  user: z.string().describe('SIP user, of this session alone'),
  password: z.string(),
  number: z.string().describe('Dialed to join the session'),
  socket: z.string().describe('Address of the WebSocket for SIP, on the same origin'),
});
export type PhoneLine = z.output<typeof phoneLine>;
