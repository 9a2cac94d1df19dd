// outdial record …: find, show, step, and why one would or would not be dialed now. Works with and without the daemon.

import { defined } from '../../base/defined.ts';
import { recordUnknown } from '../../engine/store/refusals.ts';
import { Option } from 'commander';
import type { AttemptRow } from '../../engine/store/attempts.ts';
import type { RecordRow } from '../../engine/store/records.ts';
import { callTookPlace } from '../../records/record-steps.ts';
import { RECORD_STATES, RESULTS } from '../../terms.ts';
import { recordStepped } from '../../http/wire/contacts.ts';
import type { RecordExplanation } from '../../reports/explain.ts';
import type { RecordingRow } from '../../engine/store/recordings.ts';
import { recordExplanation } from '../../http/wire/explanation.ts';
import { attemptRow, recordRow } from '../../http/wire/wire.ts';
import { recordingRows } from '../../http/wire/recordings.ts';
import { changeInDaemonOrStore, fromDaemonOrStore, type CommandContext } from '../context.ts';
import { callerActor, callerName } from '../daemon-client.ts';
import { showAge } from '../render/instants.ts';
import { asCount, asInstant, asPriority } from '../arguments.ts';
import { findRecords, type RecordSearch } from '../../reports/find-records.ts';
import { recordPrioritised } from '../../http/wire/records.ts';
import { disposeCommand } from './disposition.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { typedReader } from '../phone-numbers.ts';
import { renderExplanation } from '../render/explanation.ts';
import { renderRecord } from '../render/record.ts';
import { cutOff, harmless, table } from '../render/table.ts';
import { noteChange } from '../../engine/audit-trail.ts';

const STEPS = [
  ['reopen', 'reopen a finished record: due at once, its attempts counted from zero'],
  ['remove', 'take a record out of its campaign for good; refused while it is dialed'],
] as const;

export const recordCommands: AddCommands = (parent, carryOf) => {
  const group = parent.command('record').description('records: find, show, explain');
  const find = group
    .command('find')
    .description('records by name, number or field of their contact, and by how they stand')
    .argument('[text]', 'in the name, a number or a field; left out: all', '')
    .option('--campaign <campaign>', 'of this campaign only')
    .addOption(new Option('--state <state>', 'that stand so').choices(RECORD_STATES))
    .addOption(new Option('--result <result>', 'whose last attempt ended so').choices(RESULTS))
    .option('--disposition <code>', 'of which an agent said so last')
    .option('--agent <number>', 'that this agent had last')
    .option('--list <list>', 'whose contact is on this list')
    .option('--where <condition>', 'whose contact fits a condition, as of a filter')
    .option('--from <instant>', 'whose last attempt was dialed from then on', asInstant)
    .option('--to <instant>', 'whose last attempt was dialed before then', asInstant)
    .option('--limit <count>', 'at most this many', asCount, 50)
    .action((text: string, options: FindOptions) =>
      carryOf(find)((context) => {
        const { where: condition, from: lastFromAt, to: lastToAt, ...rest } = options;
        return showFound(context, { text, ...rest, ...defined({ condition, lastFromAt, lastToAt }) });
      }),
    );
  const priority = group
    .command('priority')
    .description('dial a record before or after others of its campaign')
    .argument('<record>', 'record id', asCount)
    .argument('<priority>', 'a whole number; higher ones are dialed first, 0 is usual', asPriority)
    .action((id: number, value: number) => carryOf(priority)((context) => setPriority(context, id, value)));
  for (const [step, description] of STEPS) {
    const command = group
      .command(step)
      .description(description)
      .argument('<record>', 'record id', asCount)
      .action((id: number) => carryOf(command)((context) => stepRecord(context, id, step)));
  }
  disposeCommand(group, carryOf);
  const show = group
    .command('show')
    .description('one record with its contact and attempts')
    .argument('<record>', 'record id', asCount)
    .action((id: number) => carryOf(show)((context) => showRecord(context, id)));
  const explain = group
    .command('explain')
    .description('why it would or would not be dialed now, rule by rule, and when it may be')
    .argument('<record-or-number>')
    .option('--campaign <campaign>', 'of this campaign only')
    .action((text: string, options: { campaign?: string }) =>
      carryOf(explain)((context) => explainRecord(context, text, options)),
    );
};

interface FindOptions extends Omit<RecordSearch, 'text' | 'condition' | 'lastFromAt' | 'lastToAt'> {
  readonly where?: string;
  readonly from?: number;
  readonly to?: number;
}

async function showFound(context: CommandContext, query: RecordSearch): Promise<Outcome> {
  const { lastFromAt: from, lastToAt: to, ...rest } = query;
  const rows = await fromDaemonOrStore<readonly RecordRow[]>(
    context,
    (daemon) => daemon.get(recordRow.array(), '/records', { ...rest, from, to }),
    (store) => findRecords(store, query),
  );
  const now = context.clock.now();
  const columns = [
    { title: 'RECORD', value: (row: RecordRow) => row.id, align: 'right' as const },
    { title: 'CAMPAIGN', value: (row: RecordRow) => row.campaign },
    { title: 'NAME', value: (row: RecordRow) => harmless(row.contact.name) },
    { title: 'PHONES', value: (row: RecordRow) => row.contact.phones.map(({ number }) => number).join(' ') },
    { title: 'STATE', value: (row: RecordRow) => row.state },
    { title: 'ATTEMPTS', value: (row: RecordRow) => row.attempts, align: 'right' as const },
    { title: 'LAST RESULT', value: (row: RecordRow) => row.lastResult ?? '–' },
    { title: 'DISPOSITION', value: (row: RecordRow) => harmless(row.lastDisposition ?? '–') },
    { title: 'TOOK PLACE', value: (row: RecordRow) => callTookPlace(row.lastResult) ?? '–' },
    { title: 'AGENT', value: (row: RecordRow) => row.lastAgent ?? '–' },
    { title: 'NEXT IN', value: (row: RecordRow) => nextIn(row.dueAt, now) },
  ];
  const text = table(rows, columns, 'No record is like that.') + cutOff(rows.length, query.limit);
  return { data: rows, text };
}

function nextIn(dueAt: number | null, now: number): string {
  if (dueAt === null) return '–';
  return dueAt <= now ? 'now' : showAge(now, dueAt);
}

async function showRecord(context: CommandContext, id: number): Promise<Outcome> {
  const found = await fromDaemonOrStore<RecordRow & { readonly attemptsMade: readonly AttemptRow[] }>(
    context,
    (daemon) => daemon.get(recordRow.extend({ attemptsMade: attemptRow.array() }), `/records/${id}`),
    async (store) => {
      const row = await store.records.show(id);
      if (!row) throw recordUnknown(id);
      return { ...row, attemptsMade: await store.attempts.list({ record: id, limit: 200 }) };
    },
  );
  const recordings = await fromDaemonOrStore<readonly RecordingRow[]>(
    context,
    (daemon) => daemon.get(recordingRows, '/recordings', { record: id }),
    (store) => store.recordings.list({ record: id, limit: 100 }),
  );
  const { attemptsMade: attempts, ...record } = found;
  const text = renderRecord({ record, attempts, recordings, now: context.clock.now() });
  return { data: { ...found, recordings }, text };
}

async function explainRecord(
  context: CommandContext,
  text: string,
  { campaign }: { readonly campaign?: string },
): Promise<Outcome> {
  const explanations = await fromDaemonOrStore<readonly RecordExplanation[]>(
    context,
    (daemon) => daemon.get(recordExplanation.array(), '/records/explain', { text, campaign }),
    async (store) => {
      const { explainRecords } = await import('../../reports/explain.ts');
      const readNumber = await typedReader(context);
      const { readDefinitions } = await import('../read-config.ts');
      const { withEmergencies } = await import('../../campaign/emergencies.ts');
      const declared = await store.emergencies.inForce(context.clock.now());
      const definitions = (await readDefinitions(await context.settings())).map((one) => ({
        ...one,
        campaign: withEmergencies(one.campaign, declared),
      }));
      const target = { text, ...defined({ campaign }) };
      const now = (): { dialing: boolean; why: string } => ({
        dialing: false,
        why: 'The daemon is not running, so nothing is dialed.',
      });
      return explainRecords({ store, readNumber, definitions: () => definitions, now }, target, context.clock.now());
    },
  );
  const { paint, terminal } = context;
  const shown = explanations.map((one) => renderExplanation(one, paint, terminal.width()));
  return { data: explanations, text: shown.join('\n\n') };
}

async function stepRecord(context: CommandContext, record: number, step: 'reopen' | 'remove'): Promise<Outcome> {
  const stepped = await changeInDaemonOrStore<{ readonly from: string; readonly to: string }>(
    context,
    (daemon) => daemon.post(recordStepped, `/records/${record}/${step}`),
    async (store) => {
      const [by, at] = [callerName(), context.clock.now()];
      const { from, to } = await store.contacts.stepRecord({ record, step, by, at });
      await noteChange(store, callerActor(), { at, what: `record.${step}`, subject: `record ${record}`, from, to });
      return { from, to };
    },
  );
  return { data: stepped, text: `The record ${record} was ${stepped.from} and is ${stepped.to}.` };
}

async function setPriority(context: CommandContext, record: number, priority: number): Promise<Outcome> {
  const change = await changeInDaemonOrStore<{ readonly from: number; readonly to: number }>(
    context,
    (daemon) => daemon.post(recordPrioritised, `/records/${record}/priority`, { priority }),
    async (store) => {
      const [by, at] = [callerName(), context.clock.now()];
      const { from, to } = await store.records.prioritise({ record, priority, by, at });
      await noteChange(store, callerActor(), { at, what: 'record.priority', subject: `record ${record}`, from, to });
      return { from, to };
    },
  );
  return { data: change, text: `The record ${record} had priority ${change.from} and has ${change.to}.` };
}
