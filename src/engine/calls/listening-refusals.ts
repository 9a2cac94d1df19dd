// Why a supervisor cannot listen.

import { OperationalError } from '../../base/errors.ts';
import type { AgentNumber } from '../../terms.ts';
import { callMissing } from './control-refusals.ts';

function listenRefused(code: string, message: string, hint: string): OperationalError {
  return new OperationalError(code, message, { hint, httpCode: 409 });
}

export const notSignedIn = (agent: AgentNumber): OperationalError =>
  listenRefused('agent-not-signed-in', `Agent ${agent} has no phone in a session.`, 'See `outdial agent list`.');
export const noCall = (agent: AgentNumber): OperationalError =>
  callMissing(agent, 'Listen first; take over in a conversation.');
export const busy = (phone: AgentNumber, agent: AgentNumber): OperationalError =>
  listenRefused(
    'listener-busy',
    `The phone of ${phone} is taken, by ${agent}.`,
    'End that first, or take another phone.',
  );
export const unknownPhone = (phone: AgentNumber): OperationalError =>
  listenRefused(
    'listener-unknown',
    `There is no account ${phone}.`,
    'Give a supervisor an account: outdial agent add.',
  );
export const notRegistered = (phone: AgentNumber): OperationalError =>
  listenRefused('listener-away', `The phone of ${phone} is not registered.`, 'Switch it on, and try again.');
