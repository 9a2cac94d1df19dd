// What is looked at once when outdial comes to Asterisk: the codes that phones dial, and what an earlier daemon has left.

import type { Log } from '../base/log.ts';
import { field } from './ami-events.ts';
import type { AmiLink } from './ami.ts';
import { dropRequest } from './ari-commands.ts';
import { isEar, isObject } from './ari-events.ts';
import type { AriRest } from './ari-rest.ts';
import type { CommandSender } from './command-sender.ts';

interface Codes {
  readonly signInCode: string;
  readonly listenCode: string;
}

/** The dialplan's copy of a code is fixed when Asterisk reads it: another one here would leave agents outside. */
export async function checkCodes(ami: Pick<AmiLink, 'list'>, codes: Codes, log: Log): Promise<void> {
  const lines = await ami.list('ShowDialPlan', { context: 'outdial-agents' });
  const known = new Set(lines.map((line) => field(line, 'extension')));
  const hint = (name: string): string => `set ${name} in site/globals.conf, then \`dialplan reload\``;
  const { signInCode, listenCode } = codes;
  if (!known.has(signInCode))
    log.error({ code: signInCode, hint: hint('OUTDIAL_SIGN_IN_CODE') }, 'the dialplan does not know the sign-in code');
  if (!known.has(listenCode))
    log.warn({ code: listenCode, hint: hint('OUTDIAL_LISTEN_CODE') }, 'the dialplan does not know the listening code');
}

/** Those of an earlier daemon: whoever listened by them has been let go, or is. */
export async function dropEars(
  rest: Pick<AriRest, 'send'>,
  sender: Pick<CommandSender, 'aside'>,
  log: Log,
): Promise<void> {
  const channels = await rest.send({ method: 'GET', path: '/channels' });
  for (const channel of Array.isArray(channels) ? channels : []) {
    if (!isObject(channel) || typeof channel.id !== 'string' || !isEar(channel.id)) continue;
    sender.aside(dropRequest(channel.id), (fault) => log.warn({ fault }, 'an ear is left over'));
  }
}
