// outdial callback …: agreed times to call again. Looking works with and without the daemon.

import { defined } from '../../base/defined.ts';
import { parseDuration } from '../../base/durations.ts';
import { formatLocal } from '../../base/local-time.ts';
import type { CallbackRow, CallbackState, CallbackStep } from '../../engine/store/callbacks.ts';
import { OperationalError } from '../../base/errors.ts';
import { callbackDetails, callbackRow } from '../../http/wire/callbacks.ts';
import { asCount, asInstant, asTimeZone } from '../arguments.ts';
import { fromDaemonOrStore, type CommandContext } from '../context.ts';
import { readIsoInstant, showInstant } from '../render/instants.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { harmless, pairs, table } from '../render/table.ts';
import { callbackUnknown } from '../../engine/calls/callback-refusals.ts';

interface ListOptions {
  readonly campaign?: string;
  readonly agent?: string;
  readonly record?: number;
  readonly state?: CallbackState | 'all';
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
}

interface AgreeOptions {
  readonly at?: string;
  readonly zone?: string;
  readonly number?: string;
  readonly type?: string;
  readonly agent?: string;
  readonly anyAgent?: boolean;
  readonly note?: string;
}

export const callbackCommands: AddCommands = (parent, carryOf) => {
  const group = parent.command('callback').description('agreed times to call again: list, add, move, cancel');
  const list = group
    .command('list')
    .description('those that are still to be kept, by their time')
    .option('--campaign <campaign>', 'of this campaign only')
    .option('--agent <number>', 'personal ones of this agent')
    .option('--record <record>', 'of this record', asCount)
    .option('--state <state>', 'pending, due, done, cancelled, expired, or all')
    .option('--from <time>', 'agreed for this time or later', asInstant)
    .option('--to <time>', 'agreed for before this time', asInstant)
    .option('--limit <count>', 'at most this many', asCount, 200)
    .action((options: ListOptions) => carryOf(list)((context) => listCallbacks(context, options)));
  const show = group
    .command('show')
    .description('one callback with its history')
    .argument('<callback>', 'callback id', asCount)
    .action((id: number) => carryOf(show)((context) => showCallback(context, id)));
  const add = group
    .command('add')
    .description('agree on a callback for a record, or move the one it has')
    .argument('<record>', 'record id', asCount)
    .requiredOption(
      '--at <time>',
      '2026-12-01T10:30 where the person is (or in --zone), an ISO instant, or 2h from now',
    )
    .option('--zone <zone>', "IANA zone of the time (default: the person's, else the campaign's)", asTimeZone)
    .option('--number <number>', 'another number')
    .option('--type <type>', 'of a number that the contact does not have: mobile, home, work, other')
    .option('--agent <number>', 'personal: this agent keeps it')
    .option('--note <text>', 'for whoever calls')
    .action((record: number, options: AgreeOptions) =>
      carryOf(add)((context) => agree(context, '/callbacks', { record, ...bodyOf(context, options) })),
    );
  const move = group
    .command('move')
    .description('another time, number or agent for a callback; what is left out stays')
    .argument('<callback>', 'callback id', asCount)
    .option('--at <time>', 'as for add')
    .option('--zone <zone>', 'IANA zone of the time', asTimeZone)
    .option('--number <number>', 'another number')
    .option('--type <type>', 'of a number that the contact does not have')
    .option('--agent <number>', 'personal: this agent keeps it')
    .option('--any-agent', 'any agent keeps it')
    .option('--note <text>', 'for whoever calls')
    .action((id: number, options: AgreeOptions) =>
      carryOf(move)((context) => agree(context, `/callbacks/${id}/move`, bodyOf(context, options))),
    );
  const cancel = group
    .command('cancel')
    .description('take a callback back: its record is finished')
    .argument('<callback>', 'callback id', asCount)
    .option('--again', 'its record becomes an ordinary one that is due at once')
    .action((id: number, { again = false }: { again?: boolean }) =>
      carryOf(cancel)((context) => agree(context, `/callbacks/${id}/cancel`, { again })),
    );
};

function bodyOf({ clock }: CommandContext, options: AgreeOptions): Readonly<Record<string, unknown>> {
  const { at, agent, anyAgent, ...more } = options;
  return {
    ...more,
    ...(at === undefined ? {} : timeOf(at, clock.now())),
    ...defined({ agent }),
    ...(anyAgent === true ? { agent: null } : {}),
  };
}

/** A time on a clock, an instant, or how long from now. */
function timeOf(text: string, now: number): { readonly local: string } | { readonly at: number } {
  const fromNowMs = parseDuration(text);
  if (fromNowMs !== undefined) return { at: now + fromNowMs };
  const local = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::00(?:\.0+)?)?$/.exec(text);
  if (local) return { local: `${local[1] ?? ''}T${local[2] ?? ''}` };
  const at = readIsoInstant(text);
  if (at !== undefined) return { at };
  throw new OperationalError('time-invalid', `"${text}" is no time for a callback.`, {
    hint: 'Write 2026-12-01T10:30, an ISO instant, or 2h for in two hours.',
  });
}

async function agree(context: CommandContext, path: string, body: unknown): Promise<Outcome> {
  const row = await (await context.daemon()).post(callbackRow, path, body);
  return { data: row, text: sentence(row) };
}

function sentence({ id, state, at, zone, agent, record, number }: CallbackRow): string {
  if (state === 'cancelled') return `Callback ${id} of record ${record} is cancelled.`;
  const whose = agent === null ? 'any agent' : `agent ${agent}`;
  return `Callback ${id}: record ${record} is called at ${formatLocal(zone, at)} on ${number}, by ${whose}.`;
}

async function listCallbacks(context: CommandContext, options: ListOptions): Promise<Outcome> {
  const { from, to, ...more } = options;
  const rows = await fromDaemonOrStore<readonly CallbackRow[]>(
    context,
    (daemon) => daemon.get(callbackRow.array(), '/callbacks', { ...more, from, to }),
    (store) =>
      store.callbacks.list({
        ...more,
        ...defined({ fromAt: from, toAt: to }),
        now: context.clock.now(),
      }),
  );
  const columns = [
    { title: 'CALLBACK', value: (row: CallbackRow) => row.id, align: 'right' as const },
    { title: 'TIME', value: (row: CallbackRow) => formatLocal(row.zone, row.at) },
    { title: 'STATE', value: (row: CallbackRow) => row.state },
    { title: 'AGENT', value: (row: CallbackRow) => row.agent ?? 'any' },
    { title: 'CAMPAIGN', value: (row: CallbackRow) => row.campaign },
    { title: 'RECORD', value: (row: CallbackRow) => row.record, align: 'right' as const },
    { title: 'NAME', value: (row: CallbackRow) => harmless(row.name) },
    { title: 'NUMBER', value: (row: CallbackRow) => row.number },
    { title: 'SET BY', value: (row: CallbackRow) => harmless(row.setBy) },
  ];
  return { data: rows, text: table(rows, columns, 'No callback is to be kept.') };
}

async function showCallback(context: CommandContext, id: number): Promise<Outcome> {
  const found = await fromDaemonOrStore<CallbackRow & { readonly steps: readonly CallbackStep[] }>(
    context,
    (daemon) => daemon.get(callbackDetails, `/callbacks/${id}`),
    async (store) => {
      const row = await store.callbacks.show(id, context.clock.now());
      if (row) return { ...row, steps: await store.callbacks.steps(id) };
      throw callbackUnknown(id);
    },
  );
  const text = pairs([
    ['callback', found.id],
    ['time', formatLocal(found.zone, found.at)],
    ['state', found.state],
    ['agent', found.agent ?? 'any'],
    ['campaign', found.campaign],
    ['record', `${found.record} (${harmless(found.name)})`],
    [found.phoneType, found.number],
    ['note', harmless(found.note)],
    ...found.steps.map(({ what, at, by }) => [what, `${showInstant(at)} by ${harmless(by)}`] as const),
  ]);
  return { data: found, text };
}
