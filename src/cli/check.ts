// outdial check: the settings and every campaign file, all faults at once with their places. Needs no daemon.

import type { Settings } from '../config/settings.ts';
import { withStoreToRead, type CommandContext } from './context.ts';
import type { Outcome } from './outcome.ts';
import type { AddCommands } from './program.ts';
import type { Known } from './read-config.ts';

export const checkCommand: AddCommands = (parent, carryOf) => {
  const command = parent
    .command('check')
    .description('check the settings and all campaign files; every fault with file, line and column');
  command.action(() => carryOf(command)(check));
};

async function check(context: CommandContext): Promise<Outcome> {
  const { readConfig } = await import('./read-config.ts');
  const { faultsError, graveFaults, renderFault } = await import('../config/faults.ts');
  const { campaigns, faults } = await readConfig(context.settingsFile, context.terminal.env, (settings) =>
    knownIn(context, settings),
  );
  if (graveFaults(faults).length > 0) throw faultsError('config-faulty', faults);
  const names = campaigns.map(({ name }) => name);
  const data = { settings: context.settingsFile, campaigns: names, warnings: faults };
  const files = names.length === 1 ? '1 campaign file is' : `${names.length} campaign files are`;
  const text = [...faults.map(renderFault), `${context.settingsFile} and ${files} without fault.`].join('\n');
  return { data, text };
}

/** Lists, agent groups and saved filters that are there, as far as the store can be read now. */
async function knownIn(context: CommandContext, settings: Settings): Promise<Known> {
  const { mayHoldData } = await import('../store/open.ts');
  if (!mayHoldData(settings.store)) return {};
  try {
    return await withStoreToRead(context, async (store) => ({
      lists: (await store.lists.all()).map(({ name }) => name),
      filters: new Map((await store.filters.all()).map(({ name, expression }) => [name, expression])),
      groups: [...new Set((await store.agents.all()).flatMap(({ groups }) => groups))],
    }));
  } catch {
    return {}; // warnings about lists and groups are a kindness; the store has its own checks (doctor)
  }
}
