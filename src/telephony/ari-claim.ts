// Keeps two daemons off one ARI application. Asterisk lets a second connection take the application over without
// asking, and does not say whether someone holds it; so the newcomer calls out through the application itself (a user
// event, which only the holder hears) and the holder answers through a global variable. A dead holder does not answer.

import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isObject } from './ari-events.ts';
import { ariPath, AriFailure, type AriRest } from './ari-rest.ts';

const QUESTION = 'OutdialWhoHolds';
const ANSWER_VARIABLE = 'OUTDIAL_HOLDER';
const ANSWER_WITHIN_MS = 700;
const ASK_AGAIN_MS = 70;

/** Whether a living daemon holds the application; takes up to 0.7 s, nothing when Asterisk never heard of it. */
export async function isHeld(rest: AriRest, app: string): Promise<boolean> {
  const nonce = randomBytes(8).toString('hex');
  try {
    await rest.send({
      method: 'POST',
      path: ariPath('events', 'user', QUESTION),
      query: { application: app },
      body: { variables: { nonce } },
    });
  } catch (error) {
    if (error instanceof AriFailure && error.status === 404) return false;
    throw error;
  }
  const until = Date.now() + ANSWER_WITHIN_MS;
  while (Date.now() < until) {
    await pause(ASK_AGAIN_MS);
    const answer = await rest.send({ method: 'GET', path: '/asterisk/variable', query: { variable: ANSWER_VARIABLE } });
    if (isObject(answer) && answer.value === nonce) return true;
  }
  return false;
}

/** The nonce of a newcomer's question; undefined when the message is something else. */
export function questionIn(message: unknown): string | undefined {
  if (!isObject(message) || message.type !== 'ChannelUserevent' || message.eventname !== QUESTION) return undefined;
  const nonce = isObject(message.userevent) ? message.userevent.nonce : undefined;
  return typeof nonce === 'string' && /^[0-9a-f]{16}$/.test(nonce) ? nonce : undefined;
}

/** The holder's answer to a newcomer. */
export async function answerClaim(rest: AriRest, nonce: string): Promise<void> {
  await rest.send({ method: 'POST', path: '/asterisk/variable', query: { variable: ANSWER_VARIABLE, value: nonce } });
}
