// outdial list …: contact lists: import, list, show, delete.

import { own } from '../../base/own.ts';
import { defined } from '../../base/defined.ts';
import { basename, resolve } from 'node:path';
import { ENCODINGS } from '../../base/encodings.ts';
import { Option } from 'commander';
import type { CountryCodeUse } from '../../numbers/country-codes.ts';
import type { ImportMapping } from '../../config/import-mapping.ts';
import type { ContactRow } from '../../engine/store/lists.ts';
import { listShown, listSummary, removedName } from '../../http/wire/wire.ts';
import { removeList } from '../../privacy/list-removal.ts';
import { changeInDaemonOrStore, fromDaemonOrStore, type CommandContext } from '../context.ts';
import { callerActor } from '../daemon-client.ts';
import { showInstant } from '../render/instants.ts';
import type { ImportRequest } from './list-import.ts';
import { asColumnMap, asCount, asCountry, asPhoneColumn, countryCodeOption, type ColumnUses } from '../arguments.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { harmless, table } from '../render/table.ts';
import { counted } from '../render/words.ts';
import { noteChange } from '../../engine/audit-trail.ts';
import { DUPLICATES, type Duplicates } from '../../terms.ts';

const DELIMITERS = [',', ';', '|', 'tab'] as const;

interface ImportOptions {
  readonly name?: string;
  readonly map: ColumnUses;
  readonly phone: ColumnUses;
  readonly delimiter?: (typeof DELIMITERS)[number];
  readonly encoding?: (typeof ENCODINGS)[number];
  readonly country?: string;
  readonly mapping?: string;
  readonly duplicates?: Duplicates;
  readonly key?: string;
  readonly resume?: boolean;
  readonly fromStart?: boolean;
  readonly preview?: boolean;
  readonly countryCode?: CountryCodeUse;
  readonly decimal?: 'point' | 'comma';
  /** False with --no-header. */
  readonly header: boolean;
  readonly yes?: boolean;
}

export const listCommands: AddCommands = (parent, carryOf) => {
  const group = parent.command('list').description('contact lists: import, list, show, count, delete');
  addImport(group, carryOf);
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

const addImport: AddCommands = (group, carryOf) => {
  const imports = group
    .command('import')
    .description('make a list of a CSV file; all of it or nothing. A running daemon reads the file itself')
    .argument('<file>')
    .option('--name <list>', 'name of the list (default: the file’s)')
    .option('--mapping <file>', 'a YAML file that says all of this; options given here go before it')
    .option(
      '--map <column=target>',
      'what a column is: name, ignore, a field or field:type (number, date …); repeat',
      asColumnMap,
      {},
    )
    .option('--phone <column:type>', 'a column of phones: mobile, home, work, other; repeat', asPhoneColumn, {})
    .addOption(new Option('--delimiter <character>', 'what parts the columns (default: found out)').choices(DELIMITERS))
    .addOption(new Option('--encoding <name>', 'how it is written (default: found out)').choices(ENCODINGS))
    .option('--country <code>', 'country of numbers without a plus sign, two letters', asCountry)
    .addOption(countryCodeOption())
    .addOption(
      new Option('--decimal <mark>', 'what stands before decimals (default: found out by column)').choices([
        'point',
        'comma',
      ]),
    )
    .option('--no-header', 'the first line is data: the columns are named "column 1" and so on')
    .addOption(
      new Option('--duplicates <choice>', 'contacts that are in the directory already (default: skip)').choices(
        DUPLICATES,
      ),
    )
    .option('--key <field>', 'the field by which contacts are the same (default: any of their phones)')
    .option('--resume', 'only go on with an import that was cut off; refused when there is none')
    .addOption(
      new Option('--from-start', 'begin at the first line, also when an import was cut off').conflicts('resume'),
    )
    .option('--preview', 'show what would be imported and change nothing')
    .option('--yes', 'on a terminal: import also what has doubts')
    .action((file: string, options: ImportOptions) =>
      carryOf(imports)((context) => importList(context, file, options)),
    );
};

/** A list's name out of a file's: `Renewals 2026.csv` gives `renewals-2026`, and so do its rejected rows. */
export function listNameOf(file: string): string {
  const plain = basename(file)
    .replace(/(\.(rejected|notes)(-\d+)?)*\.[^.]*$/, '')
    .toLowerCase();
  return plain.replace(/[^a-z0-9_.-]+/g, '-').replace(/^[^a-z0-9]+|-+$/g, '') || 'list';
}

async function importList(context: CommandContext, given: string, options: ImportOptions): Promise<Outcome> {
  const { importVia } = await import('./list-import.ts');
  const wanted = await requestOf(context, given, options);
  const { preview = false, yes = false } = options;
  return importVia(context, wanted, { isPreview: preview, acceptsDoubts: yes });
}

/** What is asked for: the options, and behind them the mapping file. */
async function requestOf(context: CommandContext, given: string, options: ImportOptions): Promise<ImportRequest> {
  const file = resolve(context.terminal.folder, given);
  const mapping = options.mapping === undefined ? undefined : await mappingOf(context, options.mapping);
  const delimiter = options.delimiter === 'tab' ? '\t' : (options.delimiter ?? mapping?.delimiter);
  const encoding = options.encoding ?? mapping?.encoding;
  const country = options.country ?? mapping?.country;
  const key = options.key ?? mapping?.key;
  const countryCode = options.countryCode ?? mapping?.countryCode;
  const decimal = options.decimal ?? mapping?.decimal;
  return {
    file,
    list: options.name ?? mapping?.list ?? listNameOf(file),
    columns: { ...mapping?.columns, ...options.map, ...options.phone },
    duplicates: options.duplicates ?? mapping?.duplicates ?? 'skip',
    resume: options.resume === true ? 'only' : options.fromStart === true ? 'never' : 'when-possible',
    ...defined({ delimiter, encoding, country, key, countryCode, decimal }),
    ...(options.header && mapping?.header !== false ? {} : { header: false }),
  };
}

async function mappingOf(context: CommandContext, file: string): Promise<ImportMapping> {
  const { readImportMapping } = await import('../../config/import-mapping.ts');
  return readImportMapping(resolve(context.terminal.folder, file));
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
  const head = `${list.name}: ${counted(list.contacts, 'contact')}, imported ${showInstant(list.importedAt)} from ${harmless(list.source)}`;
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
        value: (contact: Omit<ContactRow, 'id'>) => showField(own(contact.fields, field)),
      })),
    ],
    'No contacts.',
  );
}

function showField(value: unknown): string {
  return harmless(typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value));
}

async function deleteList(context: CommandContext, name: string): Promise<Outcome> {
  const data = await changeInDaemonOrStore(
    context,
    async (daemon) => daemon.delete(removedName, `/lists/${encodeURIComponent(name)}`),
    async (store) => {
      const all = (await context.everyCampaign()).map((campaign) => ({ campaign }));
      const states = new Map((await store.campaigns.all()).map(({ campaign, state }) => [campaign, state]));
      const { clock } = context;
      await removeList({ store, campaigns: { all: () => all }, clock, stateOf: (one) => states.get(one) }, name);
      await noteChange(store, callerActor(), { at: clock.now(), what: 'list.delete', subject: name });
      return { removed: name };
    },
  );
  return { data, text: `The list ${data.removed} is removed.` };
}
