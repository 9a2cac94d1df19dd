// Importing a CSV file: what the daemon or the store is asked for, what it would do, how far it is and what came of it.

import { OperationalError } from '../../base/errors.ts';
import { formatDuration } from '../../base/durations.ts';
import type { ImportOptions, ImportPreview, ImportProgress, ImportReport } from '../../imports/list-imports.ts';
import { importJob } from '../../http/wire/imports.ts';
import type { CommandContext } from '../context.ts';
import { carryOutImport } from '../import-run.ts';
import type { Outcome } from '../outcome.ts';
import { cut, harmless, pairs, table } from '../render/table.ts';
import { counted } from '../render/words.ts';

export interface ImportRequest extends Omit<ImportOptions, 'country'> {
  /** Absolute path. */
  readonly file: string;
  readonly country?: string;
}

export interface ImportManner {
  /** Shows what an import would do, and does nothing. */
  readonly isPreview: boolean;
  /** Somebody has looked at the doubts. */
  readonly acceptsDoubts: boolean;
}

/**
 * Imports, or shows what an import would do. On a terminal an import with doubts is refused with `import-doubtful` until
 * somebody says that they are right; a script goes on, and its report names them.
 */
export async function importVia(
  context: CommandContext,
  wanted: ImportRequest,
  { isPreview, acceptsDoubts }: ImportManner,
): Promise<Outcome> {
  if (isPreview) return previewed(await preview(context, wanted));
  if (context.terminal.isScreen && !context.json && !acceptsDoubts) refuseDoubts(await preview(context, wanted));
  const pace = paceOf(context.clock.now());
  const report = await carryOutImport<ImportProgress, ImportReport>(context, {
    path: '/imports',
    job: importJob,
    wanted,
    show: (progress) => {
      const { bytes, totalBytes, rows, rejected } = progress;
      const parts = [
        counted(rows, 'row'),
        rejected > 0 ? `${rejected} rejected` : '',
        pace(progress, context.clock.now()),
      ];
      return {
        share: totalBytes === 0 ? 0 : bytes / totalBytes,
        text: parts.filter((part) => part !== '').join(', '),
      };
    },
    prepare: async () => {
      const { planImport, runImport } = await import('../../store/import/run.ts');
      const plan = await planImport(wanted.file, await optionsOf(context, wanted));
      return (store, hooks) => runImport(plan, store, { ...hooks, resume: wanted.resume ?? 'when-possible' });
    },
    audit: {
      what: 'list.import',
      to: ({ rows, added, merged, skipped, rejected }) => ({
        file: wanted.file,
        rows,
        added,
        merged,
        skipped,
        rejected,
      }),
    },
  });
  return reported(report);
}

function refuseDoubts({ file, doubts }: ImportPreview): void {
  if (doubts.length === 0) return;
  const message = `There are doubts: ${doubts.map(harmless).join(' ')}`;
  throw new OperationalError('import-doubtful', message, {
    hint: 'Look at --preview; say what is meant with its options, or import with --yes as it is.',
    places: [{ file }],
  });
}

async function optionsOf(context: CommandContext, { file: _file, ...options }: ImportRequest): Promise<ImportOptions> {
  const users = (await context.campaigns()).filter(({ lists }) => lists.includes(options.list));
  const fields = users.flatMap((campaign) => campaign.fields ?? []);
  const { country, trunks } = await context.settings();
  return { country, ...options, fields, reaches: trunks.map(({ name: trunk, reach }) => ({ trunk, ...reach })) };
}

/** Rows a second since `startedAt`, and the time that the rest of the file takes at that pace. */
function paceOf(startedAt: number): (progress: ImportProgress, now: number) => string {
  let firstBytes: number | undefined;
  return ({ rows, resumedRows, bytes, totalBytes }, now) => {
    firstBytes ??= resumedRows > 0 ? bytes : 0;
    const seconds = (now - startedAt) / 1000;
    const read = bytes - firstBytes;
    if (seconds < 1 || read <= 0) return '';
    const leftMs = ((totalBytes - bytes) / read) * seconds * 1000;
    const left = formatDuration(Math.round(leftMs / 1000) * 1000);
    return `${Math.round((rows - resumedRows) / seconds)} rows/s, ${left} left`;
  };
}

async function preview(context: CommandContext, wanted: ImportRequest): Promise<ImportPreview> {
  const { planImport } = await import('../../store/import/run.ts');
  return planImport(wanted.file, await optionsOf(context, wanted));
}

function reported(report: ImportReport): Outcome {
  const reasons = Object.entries(report.reasons).sort(([, a], [, b]) => b - a);
  const leftOut = Object.entries(report.leftOut).sort(([, a], [, b]) => b - a);
  const text = pairs([
    ['list', `${report.list.name} (${counted(report.list.contacts, 'contact')})`],
    ['rows', report.rows],
    ['added', report.added],
    ['merged', report.merged],
    ['skipped', report.skipped],
    ['rejected', report.rejected],
    ...(report.phonesLeftOut === 0 ? [] : [['phones left out', report.phonesLeftOut] as const]),
    ...(report.resumedAfterLine === undefined ? [] : [['went on after line', report.resumedAfterLine] as const]),
    ...reasons.slice(0, 5).map(([reason, count]) => ['', `${count} × ${harmless(reason)}`] as const),
    ...leftOut.slice(0, 5).map(([reason, count]) => ['', `${count} × ${harmless(reason)}`] as const),
    ...(report.rejectedFile === undefined ? [] : [['rejected rows', report.rejectedFile] as const]),
    ...(report.notesFile === undefined ? [] : [['notes on rows', report.notesFile] as const]),
    ...report.doubts.map((doubt) => ['look at this', harmless(doubt)] as const),
  ]);
  return { data: report, text };
}

function previewed(plan: ImportPreview): Outcome {
  const columns = table(
    plan.columns,
    [
      { title: 'COLUMN', value: ({ header }) => harmless(header) },
      { title: 'IS', value: ({ use }) => showUse(use) },
      { title: 'LOOKS LIKE', value: ({ looksLike }) => looksLike ?? '' },
    ],
    '',
  );
  const rows = table(
    plan.preview,
    [
      { title: 'LINE', value: ({ line }) => line, align: 'right' },
      { title: 'NAME', value: ({ reading }) => (reading.kind === 'contact' ? harmless(reading.contact.name) : '') },
      {
        title: 'PHONES',
        value: ({ reading }) =>
          reading.kind === 'contact'
            ? [
                ...reading.contact.phones.map(({ number, type }) => `${number} (${type})`),
                ...(reading.dropped ?? []).map((why) => `left out: ${harmless(why)}`),
              ].join(' ')
            : `rejected: ${harmless(reading.reason)}`,
      },
      {
        title: 'FIELDS',
        value: ({ reading }) => (reading.kind === 'contact' ? showFields(reading.contact.fields) : ''),
      },
    ],
    'No rows.',
  );
  const delimiter = plan.delimiter === '\t' ? 'tab' : plan.delimiter;
  const head = `${plan.file} → ${plan.list}: ${plan.encoding}, delimiter ${delimiter}, country ${plan.country}`;
  const doubts = plan.doubts.map((doubt) => `look at this: ${harmless(doubt)}`);
  return {
    data: plan,
    text: [head, '', columns, '', readPhones(plan), '', rows, ...(doubts.length > 0 ? ['', ...doubts] : [])].join('\n'),
  };
}

/** Each phone as it stands in the file, with its country or country code from the columns beside it, and as it was read. */
function readPhones({ preview: rows }: ImportPreview): string {
  return table(
    rows.flatMap(({ line, phones }) => phones.map((phone) => ({ line, ...phone }))),
    [
      { title: 'LINE', value: ({ line }) => line, align: 'right' },
      { title: 'COLUMN', value: ({ column }) => harmless(column) },
      { title: 'WRITTEN', value: ({ written }) => harmless(written) },
      {
        title: 'BESIDE IT',
        value: ({ beside }) => beside.map(({ column, says }) => harmless(`${column} ${says}`)).join(', '),
      },
      {
        title: 'READ AS',
        value: ({ numbers, why }) =>
          [...numbers, ...(why === undefined ? [] : [`left out: ${harmless(why)}`])].join(' '),
      },
    ],
    'No phones.',
  );
}

/** As they will be kept, which shows how numbers and dates were read. */
function showFields(fields: object): string {
  return cut(
    Object.entries(fields)
      .filter(([, value]) => value !== '')
      .map(([field, value]) => harmless(`${field} ${String(value)}`))
      .join(', '),
    60,
  );
}

function showUse(use: ImportPreview['columns'][number]['use']): string {
  if (use.as === 'phone') return `phone (${use.type})`;
  if (use.as !== 'field') return use.as;
  return `field ${harmless(use.field)}${use.type === undefined ? '' : ` (${use.type})`}`;
}
