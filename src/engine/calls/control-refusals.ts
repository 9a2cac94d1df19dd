// Why what an agent asks of the own call is not done.

import { OperationalError } from '../../base/errors.ts';
import type { AgentNumber } from '../../terms.ts';

function orderRefused(code: string, message: string, hint: string): OperationalError {
  return new OperationalError(code, message, { hint, httpCode: 409 });
}

export const notAllowed = (): OperationalError =>
  orderRefused(
    'recording-not-allowed',
    'This call may not be recorded.',
    'See the recording of the campaign and its rules.',
  );
export const changing = (): OperationalError =>
  orderRefused('call-changing', 'The opposite was asked for and is not done yet.', 'Ask again in a moment.');
export const onHold = (): OperationalError =>
  orderRefused('call-on-hold', 'The person is on hold.', 'Resume the call first.');
export const noThird = (): OperationalError =>
  orderRefused(
    'third-party-missing',
    'No third party is there.',
    'Consult one first; until they answer only back is possible.',
  );
export const thirdThere = (): OperationalError =>
  orderRefused('third-party-there', 'A third party is called or there already.', 'Ask for back first.');
export const keysInvalid = (keys: string): OperationalError =>
  orderRefused('keys-invalid', `${JSON.stringify(keys)} are no keys.`, 'Give 1 to 64 of the digits, * and #.');
export const exchangeRefused = (reason: string): OperationalError =>
  orderRefused(
    'exchange-refused',
    `Asterisk has not done it: ${reason}.`,
    'The call stands as it is shown; ask again.',
  );

export const callMissing = (
  agent: AgentNumber,
  hint = 'Controls act on the conversation that the agent is in now.',
): OperationalError => orderRefused('call-missing', `Agent ${agent} talks with no person.`, hint);
