// outdial token …: the token that opens the API.

import { formatDuration } from '../../base/durations.ts';
import { tokenReplaced } from '../../http/wire/security.ts';
import { asGrace } from '../arguments.ts';
import type { CommandContext } from '../context.ts';
import { isDaemonRunning } from '../daemon-client.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';

export const tokenCommands: AddCommands = (parent, carryOf) => {
  const group = parent.command('token').description('the token that opens the API: replace');
  const replace = group
    .command('replace')
    .description('make a new token; no restart. The old one ends at once, or after --grace')
    .option('--grace <time>', 'how long the old one is taken still, such as 10m; at most 24h', asGrace, 0)
    .action(({ grace }: { grace: number }) => carryOf(replace)((context) => replaceToken(context, grace)));
};

async function replaceToken(context: CommandContext, graceMs: number): Promise<Outcome> {
  const settings = await context.settings();
  if (!(await isDaemonRunning(settings))) return replaceAlone(settings.http.tokenFile);
  const data = await (await context.daemon()).post(tokenReplaced, '/token/replace', { graceMs });
  const ends = graceMs === 0 ? 'the old one has ended' : `the old one ends in ${formatDuration(graceMs)}`;
  return { data, text: `A new token is in ${data.tokenFile}; ${ends}.` };
}

async function replaceAlone(file: string): Promise<Outcome> {
  const { newToken } = await import('../../http/auth.ts');
  const { putToken } = await import('../../http/tokens.ts');
  await putToken(file, newToken());
  return { data: { tokenFile: file }, text: `A new token is in ${file}; the next daemon takes it alone.` };
}
