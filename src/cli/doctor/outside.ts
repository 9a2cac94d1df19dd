// outdial doctor's look at webhooks: do they take what they are sent?

import type { CommandContext } from '../context.ts';
import type { Settings } from '../../config/settings.ts';
import { failed, fine, wrong } from './findings.ts';
import type { Finding } from './findings.ts';

/** One that rests is in trouble; one from which messages were given up has lost them until somebody tries again. */
export async function checkWebhooks(
  context: CommandContext,
  { webhooks: settings }: Settings,
  isRunning: boolean,
): Promise<readonly Finding[]> {
  if (settings.receivers.length === 0) return [];
  if (!isRunning) return [fine('webhooks', `${settings.receivers.length} in outdial.yaml; sent while the daemon runs`)];
  try {
    const { webhooks } = await import('../../http/wire/webhooks.ts');
    const all = await (await context.daemon()).get(webhooks, '/webhooks');
    return all.map(({ name, waiting, givenUp, restsUntilAt, lastFault = '' }) => {
      const check = `webhook ${name}`;
      if (givenUp > 0)
        return wrong(check, `${givenUp} messages were given up: ${lastFault}`, `outdial webhook retry ${name}`);
      if (restsUntilAt !== undefined)
        return wrong(check, `${waiting} wait: ${lastFault}`, `outdial webhook test ${name} tries it now.`);
      return fine(check, waiting === 0 ? 'nothing waits' : `${waiting} wait`);
    });
  } catch (error) {
    return [failed('webhooks', error)];
  }
}
