// outdial list …: contact lists: import, list, show, delete.

import { basename, resolve } from 'node:path';
import { Option } from 'commander';
import type { ContactRow } from '../engine/store.ts';
import { listShown, listSummary, removedName } from '../http/wire.ts';
import { fromDaemonOrStore, type CommandContext } from './context.ts';
import { showInstant } from './instants.ts';
import type { ImportWish } from './list-import.ts';
import { asColumnMap, asCount, asCountry, asPhoneColumn, type ColumnWishes } from './arguments.ts';
import type { Outcome } from './outcome.ts';
import type { AddCommands } from './program.ts';
import { harmless, table } from './table.ts';

const DELIMITERS = [',', ';', '|', 'tab'] as const;
const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;

interface ImportOptions {
  readonly name?: string;
  readonly map: ColumnWishes;
  readonly phone: ColumnWishes;
  readonly delimiter?: (typeof DELIMITERS)[number];
  readonly encoding?: (typeof ENCODINGS)[number];
  readonly country?: string;
  readonly duplicates: 'skip' | 'merge';
  readonly preview?: boolean;
}

export const listCommands: AddCommands = (parent, carryOf) => {
  const group = parent.command('list').description('contact lists: import, list, show, count, delete');
  const imports = group
    .command('import')
    .description('make a list of a CSV file; all of it or nothing. A running daemon reads the file itself')
    .argument('<file>')
    .option('--name <list>', 'name of the list (default: the file’s)')
    .option('--map <column=target>', 'what a column is: name, ignore or the name of a field; repeat', asColumnMap, {})
    .option('--phone <column:type>', 'a column of phones: mobile, home, work, other; repeat', asPhoneColumn, {})
    .addOption(new Option('--delimiter <character>', 'what parts the columns (default: found out)').choices(DELIMITERS))
    .addOption(new Option('--encoding <name>', 'how it is written (default: found out)').choices(ENCODINGS))
    .option('--country <code>', 'country of numbers without a plus sign, two letters', asCountry)
    .addOption(
      new Option('--duplicates <choice>', 'a phone that is in the directory already')
        .choices(['skip', 'merge'])
        .default('skip'),
    )
    .option('--preview', 'show what would be imported and change nothing')
    .action((file: string, options: ImportOptions) =>
      carryOf(imports)((context) => importList(context, file, options)),
    );
  const list = group.command('list').description('all lists');
  list.action(() => carryOf(list)(allLists));
  const show = group
    .command('show')
    .description('a list and its first contacts')
    .argument('<list>')
    .option('--limit <count>', 'contacts shown', asCount, 20)
    .action((name: string, { limit }: { limit: number }) => carryOf(show)((context) => showList(context, name, limit)));
  const count = group
    .command('count')
    .description('how many contacts fit a filter (CEL, or the name of a saved one): before it is used')
    .requiredOption('--filter <filter>', 'the condition')
    .option('--list <list>', 'only contacts on this list; repeat', (list, before: string[]) => [...before, list], [])
    .action(({ filter, list }: { filter: string; list: readonly string[] }) =>
      carryOf(count)(async (context) => {
        const { countFitting } = await import('./filter.ts');
        return countFitting(context, filter, list);
      }),
    );
  const remove = group
    .command('delete')
    .description('remove a list and the contacts that are on no other; refused while a campaign uses it')
    .argument('<list>')
    .action((name: string) => carryOf(remove)((context) => deleteList(context, name)));
};

/** A list's name out of a file's: `Renewals 2026.csv` gives `renewals-2026`. */
export function listNameOf(file: string): string {
  const plain = basename(file)
    .replace(/\.[^.]*$/, '')
    .toLowerCase();
  return plain.replace(/[^a-z0-9_.-]+/g, '-').replace(/^[^a-z0-9]+|-+$/g, '') || 'list';
}

async function importList(context: CommandContext, given: string, options: ImportOptions): Promise<Outcome> {
  const { importVia } = await import('./list-import.ts');
  const file = resolve(context.terminal.folder, given);
  const { delimiter, encoding, country } = options;
  const wish: ImportWish = {
    file,
    list: options.name ?? listNameOf(file),
    columns: { ...options.map, ...options.phone },
    duplicates: options.duplicates,
    ...(delimiter === undefined ? {} : { delimiter: delimiter === 'tab' ? '\t' : delimiter }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(country === undefined ? {} : { country }),
  };
  return importVia(context, wish, options.preview === true);
}

async function allLists(context: CommandContext): Promise<Outcome> {
  const lists = await fromDaemonOrStore(
    context,
    (daemon) => daemon.get(listSummary.array().readonly(), '/lists'),
    (store) => store.lists.all(),
  );
  const text = table(
    lists,
    [
      { title: 'NAME', value: (list) => list.name },
      { title: 'CONTACTS', value: (list) => list.contacts, align: 'right' },
      { title: 'IMPORTED', value: (list) => showInstant(list.importedAt) },
      { title: 'FROM', value: (list) => harmless(list.source) },
    ],
    'There are no lists: outdial list import FILE makes one.',
  );
  return { data: lists, text };
}

async function showList(context: CommandContext, name: string, limit: number): Promise<Outcome> {
  const shown = await fromDaemonOrStore(
    context,
    (daemon) => daemon.get(listShown, `/lists/${encodeURIComponent(name)}`, { limit }),
    (store) => store.lists.show(name, limit),
  );
  const { list, contacts } = shown;
  const head = `${list.name}: ${list.contacts} contacts, imported ${showInstant(list.importedAt)} from ${harmless(list.source)}`;
  return { data: shown, text: `${head}\n\n${contactTable(contacts)}` };
}

/** Contacts with their phones and fields, one to a line. */
function contactTable(contacts: readonly Omit<ContactRow, 'id'>[]): string {
  const fields = [...new Set(contacts.flatMap((contact) => Object.keys(contact.fields)))].slice(0, 6);
  return table(
    contacts,
    [
      { title: 'NAME', value: (contact) => harmless(contact.name) },
      {
        title: 'PHONES',
        value: (contact) => contact.phones.map(({ number, type }) => `${number} (${type})`).join(' '),
      },
      ...fields.map((field) => ({
        title: harmless(field),
        value: (contact: Omit<ContactRow, 'id'>) => showField(contact.fields[field]),
      })),
    ],
    'No contacts.',
  );
}

function showField(value: unknown): string {
  return harmless(typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value));
}

async function deleteList(context: CommandContext, name: string): Promise<Outcome> {
  const data = await (await context.daemon()).delete(removedName, `/lists/${encodeURIComponent(name)}`);
  return { data, text: `The list ${data.removed} is removed.` };
}
