// outdial dnc …: the do-not-call lists: add, remove, import, check, lists. Works with and without the daemon.

import { defined } from '../../base/defined.ts';
import { resolve } from 'node:path';
import type { Store } from '../../engine/store/store.ts';
import { checkDoNotCall, removeDoNotCall, type DoNotCallCheck } from '../../privacy/do-not-call-numbers.ts';
import { doNotCallAdded, doNotCallCheck, doNotCallList } from '../../http/wire/do-not-call.ts';
import { removedName } from '../../http/wire/wire.ts';
import { asCountry, countryCodeOption } from '../arguments.ts';
import { changeInDaemonOrStore, fromDaemonOrStore, type CommandContext } from '../context.ts';
import { callerActor, callerName, type DaemonClient } from '../daemon-client.ts';
import { showInstant } from '../render/instants.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { e164Of, readTyped } from '../phone-numbers.ts';
import type { CountryCodeUse } from '../../numbers/country-codes.ts';
import { harmless, table } from '../render/table.ts';
import { noteChange } from '../../engine/audit-trail.ts';

const BATCH = 1000;
const SHOWN_FAULTS = 10;

const LIST = ['--list <name>', 'which list: global, campaign:NAME, or one of your own', 'global'] as const;

export const dncCommands: AddCommands = (parent, carryOf) => {
  const group = parent.command('dnc').description('the do-not-call lists: add, remove, import, check, repair, lists');
  const add = group
    .command('add')
    .description('put numbers on a list; no campaign that honours it dials them from the next choice on')
    .argument('<numbers...>')
    .option('--reason <text>', 'why, for the record', '')
    .option(...LIST)
    .action((numbers: string[], options: AddOptions) =>
      carryOf(add)((context) => addNumbers(context, numbers, options)),
    );
  const remove = group
    .command('remove')
    .description('take a number off a list')
    .argument('<number>')
    .option(...LIST)
    .action((number: string, { list }: { list: string }) =>
      carryOf(remove)((context) => removeNumber(context, number, list)),
    );
  const imports = group
    .command('import')
    .description('put every number of a file on a list, all or none: the first value of each line, # begins a remark')
    .argument('<file>')
    .option(...LIST)
    .option('--replace', 'the list holds the numbers of the file and nothing else afterwards')
    .option('--country <code>', 'country of numbers without a plus sign, two letters', asCountry)
    .addOption(countryCodeOption())
    .action((file: string, options: NumberImportOptions) =>
      carryOf(imports)((context) => importNumbers(context, file, options)),
    );
  const check = group
    .command('check')
    .description('which lists hold a number; exit 1 when one does')
    .argument('<number>')
    .action((number: string) => carryOf(check)((context) => checkNumber(context, number)));
  const repair = group
    .command('repair')
    .description(
      'entries that match no number that is dialed, because a trunk prefix is in them; exit 1 when there are some',
    )
    .option('--yes', 'put the numbers that they are on the same lists')
    .action(({ yes = false }: { yes?: boolean }) =>
      carryOf(repair)(async (context) => {
        const { repairNumbers } = await import('./dnc-repair.ts');
        const reason = 'the number that an entry with a trunk prefix is';
        const put = async (list: string, numbers: readonly string[]): Promise<number> =>
          (await addAll(context, numbers, { list, reason })).added;
        return repairNumbers(context, yes ? put : undefined);
      }),
    );
  const lists = group.command('lists').description('the lists that there are, with how many numbers and how old');
  lists.action(() => carryOf(lists)(allLists));
};

interface AddOptions {
  readonly reason: string;
  readonly list: string;
}

interface NumberImportOptions {
  readonly list: string;
  readonly replace?: boolean;
  readonly country?: string;
  readonly countryCode?: CountryCodeUse;
}

interface Added {
  readonly added: number;
  readonly known: number;
  readonly invalid: readonly InvalidLine[];
}

interface Line {
  readonly line: number;
  readonly text: string;
}

interface InvalidLine extends Line {
  readonly why: string;
}

async function addBatch(daemon: DaemonClient, lines: readonly Line[], options: AddOptions): Promise<Added> {
  const numbers = lines.map(({ text }) => text);
  const answer = await daemon.post(doNotCallAdded, '/do-not-call', { numbers, ...options });
  const invalid = answer.invalid.map(({ index, text, why }) => ({ line: lines[index]?.line ?? 0, text, why }));
  return { added: answer.added, known: answer.known, invalid };
}

function inWords({ added, known, invalid }: Added): string {
  const shown = invalid.slice(0, SHOWN_FAULTS).map(({ why }) => `  ${harmless(why)}`);
  const more = invalid.length - shown.length;
  const wrong = invalid.length === 1 ? '1 was not taken' : `${invalid.length} were not taken`;
  return [
    `${added} added, ${known} known already${invalid.length > 0 ? `, ${wrong}:` : '.'}`,
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}

async function addAll(context: CommandContext, texts: readonly string[], options: AddOptions): Promise<Added> {
  const lines = texts.map((text, index) => ({ line: index + 1, text }));
  return changeInDaemonOrStore(
    context,
    (daemon) => addViaDaemon(daemon, lines, options),
    (store) => addToStore(context, store, { lines, options }),
  );
}

async function addNumbers(context: CommandContext, texts: readonly string[], options: AddOptions): Promise<Outcome> {
  const sum = await addAll(context, texts, options);
  return { data: sum, text: inWords(sum), exitCode: sum.invalid.length > 0 ? 1 : 0 };
}

async function addViaDaemon(daemon: DaemonClient, lines: readonly Line[], options: AddOptions): Promise<Added> {
  const sum = { added: 0, known: 0, invalid: [] as InvalidLine[] };
  for (let start = 0; start < lines.length; start += BATCH) {
    const { added, known, invalid } = await addBatch(daemon, lines.slice(start, start + BATCH), options);
    sum.added += added;
    sum.known += known;
    sum.invalid.push(...invalid);
  }
  return sum;
}

async function addToStore(
  context: CommandContext,
  store: Store,
  { lines, options: { list, reason } }: { readonly lines: readonly Line[]; readonly options: AddOptions },
): Promise<Added> {
  const read = await Promise.all(
    lines.map(async (line) => ({ ...line, reading: await readTyped(context, line.text) })),
  );
  const { whyNoNumber } = await import('../../numbers/refusal.ts');
  const numbers = read.flatMap(({ reading }) => (reading.kind === 'number' ? reading.number : []));
  const invalid = read.flatMap(({ line, text, reading }) =>
    reading.kind === 'number' ? [] : { line, text, why: whyNoNumber(text, reading) },
  );
  const [by, at] = [callerName(), context.clock.now()];
  const added = numbers.length === 0 ? 0 : await store.doNotCall.add(numbers, { list, by, at, reason });
  const change = { at, what: 'do-not-call.add', subject: `do-not-call list ${list}`, to: { added, reason } };
  await noteChange(store, callerActor(), change);
  return { added, known: numbers.length - added, invalid };
}

async function importNumbers(context: CommandContext, file: string, options: NumberImportOptions): Promise<Outcome> {
  const { importNumbersVia } = await import('./dnc-import.ts');
  const { list, replace, country, countryCode } = options;
  return importNumbersVia(context, {
    file: resolve(context.terminal.folder, file),
    list,
    mode: replace === true ? 'replace' : 'add',
    ...defined({ country, countryCode }),
  });
}

async function allLists(context: CommandContext): Promise<Outcome> {
  const lists = await fromDaemonOrStore(
    context,
    (daemon) => daemon.get(doNotCallList.array().readonly(), '/do-not-call-lists'),
    (store) => store.doNotCall.lists(),
  );
  const text = table(
    lists,
    [
      { title: 'LIST', value: ({ name }) => name },
      { title: 'NUMBERS', value: ({ numbers }) => numbers, align: 'right' },
      { title: 'IMPORTED', value: ({ importedAt }) => (importedAt === null ? '' : showInstant(importedAt)) },
      { title: 'FROM', value: ({ source }) => harmless(source) },
    ],
    'There are no do-not-call lists yet.',
  );
  return { data: lists, text };
}

async function removeNumber(context: CommandContext, number: string, list: string): Promise<Outcome> {
  const data = await changeInDaemonOrStore(
    context,
    (daemon) => daemon.delete(removedName, `/do-not-call/${encodeURIComponent(number)}`, { list }),
    async (store) => {
      const removed = await e164Of(context, number);
      await removeDoNotCall(store, removed, list);
      const change = { at: context.clock.now(), what: 'do-not-call.remove', subject: `do-not-call list ${list}` };
      await noteChange(store, callerActor(), change);
      return { removed };
    },
  );
  return { data, text: `${data.removed} is off the do-not-call list ${list}.` };
}

async function checkNumber(context: CommandContext, number: string): Promise<Outcome> {
  const data = await fromDaemonOrStore<DoNotCallCheck>(
    context,
    (daemon) => daemon.get(doNotCallCheck, `/do-not-call/${encodeURIComponent(number)}`),
    async (store) => {
      return checkDoNotCall(store, await e164Of(context, number));
    },
  );
  const held = data.lists.map(({ list, addedAt, by, reason }) =>
    [
      `${data.number} is on the do-not-call list ${list} since ${showInstant(addedAt)}, by ${harmless(by)}`,
      harmless(reason),
    ]
      .filter((text) => text !== '')
      .join(': '),
  );
  const text = data.blocked ? held.join('\n') : `${data.number} is on no do-not-call list.`;
  return { data, text, exitCode: data.blocked ? 1 : 0 };
}
