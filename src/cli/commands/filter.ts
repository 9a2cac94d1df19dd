// outdial filter …: saved filters, and how many contacts a filter fits before it is used.

import { filterUnknown } from '../../engine/store/refusals.ts';
import { filterCount, savedFilter } from '../../http/wire/filters.ts';
import { removedName } from '../../http/wire/wire.ts';
import { fromDaemonOrStore, type CommandContext } from '../context.ts';
import { showInstant } from '../render/instants.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import type { SavedFilter } from '../../engine/store/filters.ts';
import { harmless, pairs, table } from '../render/table.ts';

interface CountOptions {
  readonly list: readonly string[];
}

const eachList = (list: string, before: readonly string[]): readonly string[] => [...before, list];

export const filterCommands: AddCommands = (parent, carryOf) => {
  const group = parent
    .command('filter')
    .description('saved filters on contact fields: save, list, show, count, delete');
  const save = group
    .command('save')
    .description('save a condition (CEL) under a name; campaigns that use it follow at once')
    .argument('<name>')
    .argument('<expression>', 'such as \'fields.region == "north" && fields.balance > 0\'')
    .action((name: string, expression: string) => carryOf(save)((context) => saveFilter(context, name, expression)));
  const list = group.command('list').description('all saved filters');
  list.action(() => carryOf(list)(allFilters));
  const show = group
    .command('show')
    .description('a saved filter and how many contacts it fits')
    .argument('<name>')
    .action((name: string) => carryOf(show)((context) => showFilter(context, name)));
  const count = group
    .command('count')
    .description('how many contacts a filter fits: a saved one by its name, or a condition')
    .argument('<filter>')
    .option('--list <list>', 'only contacts on this list; repeat', eachList, [])
    .action((filter: string, { list }: CountOptions) =>
      carryOf(count)((context) => countFitting(context, filter, list)),
    );
  const remove = group
    .command('delete')
    .description('delete a saved filter; refused while a campaign uses it')
    .argument('<name>')
    .action((name: string) => carryOf(remove)((context) => deleteFilter(context, name)));
};

async function filters(context: CommandContext): Promise<readonly SavedFilter[]> {
  return fromDaemonOrStore(
    context,
    (daemon) => daemon.get(savedFilter.array().readonly(), '/filters'),
    (store) => store.filters.all(),
  );
}

async function saveFilter(context: CommandContext, name: string, expression: string): Promise<Outcome> {
  const daemon = await context.daemon();
  const data = await daemon.put(savedFilter, `/filters/${encodeURIComponent(name)}`, { expression });
  const counts = await daemon.post(filterCount, '/filters/count', { expression });
  const { contacts, fitting, warnings } = counts;
  const saved = `${name} is saved; it fits ${fitting} of ${contacts} contacts.`;
  return { data: { ...data, ...counts }, text: [...warnings.map(warning), saved].join('\n') };
}

const warning = (text: string): string => `warning: ${harmless(text)}`;

async function allFilters(context: CommandContext): Promise<Outcome> {
  const all = await filters(context);
  const text = table(
    all,
    [
      { title: 'NAME', value: ({ name }) => name },
      { title: 'EXPRESSION', value: ({ expression }) => harmless(expression) },
      { title: 'BY', value: ({ by }) => harmless(by) },
      { title: 'SAVED', value: ({ at }) => showInstant(at) },
    ],
    'There are no saved filters: outdial filter save NAME EXPRESSION makes one.',
  );
  return { data: all, text };
}

async function showFilter(context: CommandContext, name: string): Promise<Outcome> {
  const saved = await filters(context);
  const filter = saved.find((one) => one.name === name);
  if (!filter) throw filterUnknown(name, saved);
  const { contacts, fitting } = await counted(context, filter.expression, []);
  const text = pairs([
    ['filter', filter.name],
    ['expression', harmless(filter.expression)],
    ['saved', `${showInstant(filter.at)} by ${harmless(filter.by)}`],
    ['fits', `${fitting} of ${contacts} contacts`],
  ]);
  return { data: { ...filter, contacts, fitting }, text };
}

/** How many contacts of the lists (none: of the directory) a filter fits; the name of a saved one stands for it. */
export async function countFitting(
  context: CommandContext,
  filter: string,
  lists: readonly string[],
): Promise<Outcome> {
  const saved = (await filters(context)).find(({ name }) => name === filter);
  const data = await counted(context, saved?.expression ?? filter, lists);
  const fit = `${data.fitting} of ${data.contacts} contacts fit.`;
  return { data, text: [...data.warnings.map(warning), fit].join('\n') };
}

function counted(context: CommandContext, expression: string, lists: readonly string[]) {
  return fromDaemonOrStore(
    context,
    (daemon) => daemon.post(filterCount, '/filters/count', { expression, lists }),
    async (store) => {
      const { fieldDoubts } = await import('../../http/field-doubts.ts');
      const asked = { expression, lists };
      return { ...(await store.filters.count(asked)), warnings: await fieldDoubts(store, asked) };
    },
  );
}

async function deleteFilter(context: CommandContext, name: string): Promise<Outcome> {
  const daemon = await context.daemon();
  const data = await daemon.delete(removedName, `/filters/${encodeURIComponent(name)}`);
  return { data, text: `The filter ${data.removed} is deleted.` };
}
