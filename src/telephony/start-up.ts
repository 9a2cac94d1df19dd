// What is looked at once when outdial comes to Asterisk: the sign-in code, and what an earlier daemon has left.

import type { Log } from '../base/log.ts';
import { field } from './ami-events.ts';
import type { AmiLink } from './ami.ts';
import { dropRequest } from './ari-commands.ts';
import { isEar, isObject } from './ari-events.ts';
import type { AriRest } from './ari-rest.ts';
import type { CommandSender } from './command-sender.ts';

/** The dialplan's copy of the code is fixed when Asterisk reads it: another one here would leave agents outside. */
export async function checkSignInCode(ami: Pick<AmiLink, 'list'>, code: string, log: Log): Promise<void> {
  const lines = await ami.list('ShowDialPlan', { context: 'outdial-agents' });
  if (lines.some((line) => field(line, 'extension') === code)) return;
  const hint = 'set OUTDIAL_SIGN_IN_CODE in site/globals.conf, then `dialplan reload`';
  log.error({ code, hint }, 'the dialplan does not know the sign-in code');
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
