// outdial webhook …: how the receivers of events stand, trying again what was given up, trying one out. The daemon sends:
// without it nothing is sent.

import { OperationalError } from '../../base/errors.ts';
import { webhookRetried, webhooks, webhookTested } from '../../http/wire/webhooks.ts';
import type { AddCommands } from '../add-commands.ts';
import type { CommandContext } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { showInstant } from '../render/instants.ts';
import { harmless, table } from '../render/table.ts';

export const webhookCommands: AddCommands = (parent, carryOf) => {
  const group = parent.command('webhook').description('events that are posted to other programs');
  const list = group.command('list').description('what waits, what was given up, the last fault of each');
  list.action(() => carryOf(list)(listWebhooks));
  const retry = group.command('retry').description('send again what was given up').argument('<name>');
  retry.action((name: string) =>
    carryOf(retry)(async (context) => {
      const path = `/webhooks/${encodeURIComponent(name)}/retry`;
      const data = await (await context.daemon()).post(webhookRetried, path, {});
      return { data, text: `${data.retried} messages are sent again.` };
    }),
  );
  const test = group
    .command('test')
    .description('send one message now; exit 1 when it is not taken')
    .argument('<name>');
  test.action((name: string) => carryOf(test)((context) => tryOut(context, name)));
};

async function listWebhooks(context: CommandContext): Promise<Outcome> {
  const data = await (await context.daemon()).get(webhooks, '/webhooks');
  const text = table(
    data,
    [
      { title: 'NAME', value: ({ name }) => name },
      { title: 'ADDRESS', value: ({ address }) => harmless(address) },
      { title: 'WAITING', value: ({ waiting }) => String(waiting), align: 'right' },
      { title: 'GIVEN UP', value: ({ givenUp }) => String(givenUp), align: 'right' },
      { title: 'SENT', value: ({ sent }) => String(sent), align: 'right' },
      { title: 'LAST SENT', value: ({ lastSentAt }) => (lastSentAt === undefined ? '–' : showInstant(lastSentAt)) },
      { title: 'LAST FAULT', value: ({ lastFault = '–' }) => harmless(lastFault) },
    ],
    'outdial.yaml names no webhooks.',
  );
  return { data, text };
}

async function tryOut(context: CommandContext, name: string): Promise<Outcome> {
  const path = `/webhooks/${encodeURIComponent(name)}/test`;
  const data = await (await context.daemon()).post(webhookTested, path, {});
  if (data.isTaken) return { data, text: `${name} took the message.` };
  throw new OperationalError('webhook-refused', `${name} did not take the message: ${data.fault ?? 'no reason'}.`, {
    hint: 'Its own log says more; docs/webhooks.md has how messages are signed.',
  });
}
