// What Asterisk's refusal of a request means to whoever gave the command. Pure.

import { TelephonyRefusal } from '../engine/ports.ts';
import type { TelephonyCommand } from '../engine/telephony-commands.ts';
import { AriFailure, STATUS_LINK_DOWN, STATUS_TIMEOUT } from './ari-rest.ts';

/** The port's word for Asterisk's refusal of a command. */
export function refusalOf(error: unknown, command: TelephonyCommand): unknown {
  if (!(error instanceof AriFailure)) return error;
  const message = `${command.type}: ${error.message}`;
  if (error.status === STATUS_LINK_DOWN) return new TelephonyRefusal('link-down', message);
  if (error.status === STATUS_TIMEOUT) return new TelephonyRefusal('timeout', message);
  if (isCall(command)) return new TelephonyRefusal(error.status === 500 ? 'unreachable' : 'refused', message);
  return new TelephonyRefusal(isGone(error) ? 'gone' : 'refused', message);
}

/** Whether the command makes a new leg. */
export const isCall = (
  command: TelephonyCommand,
): command is Extract<TelephonyCommand, { type: 'place-call' | 'ring-agent' | 'call-agent' }> =>
  command.type === 'place-call' || command.type === 'ring-agent' || command.type === 'call-agent';

/** Leg, bridge or playback are no more, or no longer in our hands: 404, 409, 412, 422, and 400 for a channel that is unknown. */
export function isGone({ status, message }: AriFailure): boolean {
  return [404, 409, 410, 412, 422].includes(status) || (status === 400 && message.includes('not found'));
}
