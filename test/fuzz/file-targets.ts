// Readers of files: contact lists, campaigns, settings, rule packs; and our own export, which must import again.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { csvLine, unguarded } from '../../src/base/csv.ts';
import { seededRandom } from '../../src/base/random.ts';
import { readCampaign } from '../../src/config/load-campaigns.ts';
import { readSettings } from '../../src/config/load-settings.ts';
import { readRulePack } from '../../src/config/rule-packs.ts';
import type { ConfigFault } from '../../src/config/faults.ts';
import { guessDelimiter } from '../../src/store/import/dialect.ts';
import { readRows, type Row } from '../../src/store/import/csv-rows.ts';
import { textLines } from '../../src/store/import/text-lines.ts';
import { textChunks } from '../../src/store/import/encoding.ts';
import { withInput } from '../../src/store/import/input.ts';
import { makePlan } from '../../src/store/import/plan.ts';
import { rowReader } from '../../src/store/import/rows.ts';
import { Broken, type Target } from './fuzz.ts';
import type { TargetEntry } from './targets.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const shipped = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const LISTS = [
  'name,mobile phone,city\r\nAda Moss,+1 212 555 0123,Troy\r\n"Ben ""B"" Ash","212-555-0124","New\r\nYork"\r\n',
  'sep=;\nNachname;Telefon;Ort\nMüller;030 1234567;Köln\n',
  'List of May\n\nfirst,last,phone_code,phone\nAda,Moss,44,2079460958\n',
  "id\tname\tphone\n1\tAda\t'+12125550123\n",
];
const CSV_WORDS = [
  '"',
  '""',
  ',',
  ';',
  '\t',
  '|',
  '\r\n',
  '\n',
  '\r',
  'phone',
  'name',
  'sep=;',
  '="0212"',
  '+12125550123',
  'constructor',
  '__proto__',
];

async function rowsOf(chunks: readonly string[], delimiter: Parameters<typeof readRows>[1]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const text = (async function* () {
    await Promise.resolve();
    yield* chunks;
  })();
  for await (const row of readRows(text, delimiter)) rows.push(row);
  return rows;
}

/** The rows are the same however the file arrives; no value of a row without a fault gets lost. */
async function readCsv(input: string): Promise<void> {
  const delimiter = guessDelimiter(input);
  const whole = await rowsOf([input], delimiter);
  const random = seededRandom(input.length);
  const chunks: string[] = [];
  for (let at = 0; at < input.length;) {
    const length = 1 + random.integer(random.next() < 0.5 ? 3 : 200);
    chunks.push(input.slice(at, at + length));
    at += length;
  }
  if (JSON.stringify(await rowsOf(chunks, delimiter)) !== JSON.stringify(whole))
    throw new Broken('the rows depend on how the file arrives');
  const lines = whole.map(({ line }) => line);
  if (lines.some((line, index) => index > 0 && line <= (lines[index - 1] ?? 0)))
    throw new Broken('the lines of rows do not ascend');
}

/** What we write, we read: cells of any text come back. */
async function writeAndRead(input: string): Promise<void> {
  const cells = input.split('\u0001').map((cell) => cell.replaceAll('\0', '\uFFFD'));
  const [row] = await rowsOf([csvLine(cells)], ',');
  if (cells.every((cell) => cell.trim() === '')) return;
  const back = row?.cells.map((cell) => unguarded(cell));
  if (JSON.stringify(back) !== JSON.stringify(cells)) throw new Broken('an exported row is another when it is read');
}

function inFolder(make: (folder: string) => Omit<Target, 'close'>): () => Promise<Target> {
  return () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'outdial-fuzz-'));
    const close = (): Promise<void> => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    };
    return Promise.resolve({ ...make(folder), close });
  };
}

/** Each fault has words, and a place within the file. */
export function requirePlaces(faults: readonly ConfigFault[], text: string): void {
  const lines = text.split(/\r\n|\n|\r/).length;
  for (const { line = 1, column = 1, message, hint } of faults) {
    if (message === '' || hint === '') throw new Broken('a fault without words');
    if (!(line >= 1 && line <= lines + 1 && column >= 1))
      throw new Broken(`a fault at ${line}:${column} of ${lines} lines`);
  }
}

export const YAML_WORDS = [
  ': ',
  '- ',
  '\n  ',
  '\n',
  '[',
  ']',
  '{',
  '}',
  '&a ',
  '*a',
  '!!js ',
  '<<: ',
  '|',
  '>',
  '"',
  "'",
  '#',
  '? ',
  '---\n',
  '~',
  '10m',
  '3%',
  '{{',
  '\t',
];

const CAMPAIGN = shipped('config/campaigns/example.yaml');
const PACK = shipped('config/rules/us-federal.yaml');
const SETTINGS = shipped('config/outdial.yaml');

const same =
  (target: Target): (() => Promise<Target>) =>
  () =>
    Promise.resolve(target);

export const FILE_TARGETS: readonly TargetEntry[] = [
  { name: 'csv-rows', rounds: 400, start: same({ name: 'csv-rows', seeds: LISTS, words: CSV_WORDS, run: readCsv }) },
  {
    name: 'csv-export',
    rounds: 400,
    start: same({
      name: 'csv-export',
      seeds: ['Ada\u0001+12125550123\u0001-5', "'quoted\u0001=1+1\u0001 \u0001a\tb", '@x\u0001"a"\u0001line\r\nline'],
      words: ['\u0001', "'", '=', '+', '-', '@', '\t', '\r', '\n', '"', ' '],
      run: writeAndRead,
    }),
  },
  {
    name: 'contact-lists',
    rounds: 200,
    start: inFolder((folder) => ({
      name: 'contact-lists',
      seeds: LISTS,
      words: CSV_WORDS,
      async run(input) {
        const file = path.join(folder, 'list.csv');
        const encoding = (['utf8', 'latin1', 'utf16le'] as const)[input.length % 3] ?? 'utf8';
        writeFileSync(file, Buffer.from(input, encoding));
        const plan = await makePlan(file, { list: 'people', columns: {}, duplicates: 'skip', country: 'US' });
        const read = rowReader(plan);
        await withInput(file, undefined, async (opened) => {
          const text = textChunks(opened, plan.encoding, () => undefined);
          for await (const row of readRows(text, plan.delimiter)) {
            const reading = row.line > plan.headerLine ? read(row) : undefined;
            if (reading?.kind === 'contact' && reading.contact.phones.length === 0)
              throw new Broken('a contact without a phone');
          }
        });
      },
    })),
  },
  {
    name: 'number-files',
    rounds: 200,
    start: inFolder((folder) => ({
      name: 'number-files',
      seeds: ['2125550123\r\n2125550124\r\n', '\uFEFF+49301234567\n# remark\n', '212,5550123\r212,5550124\r'],
      words: CSV_WORDS,
      async run(input) {
        const file = path.join(folder, 'numbers.txt');
        writeFileSync(file, Buffer.from(input, input.length % 2 === 0 ? 'utf8' : 'utf16le'));
        const { open } = await import('node:fs/promises');
        const handle = await open(file);
        try {
          for await (const line of textLines({ file, handle }, () => undefined))
            if (/[\r\n]/.test(line)) throw new Broken('a line with an end of line inside');
        } finally {
          await handle.close();
        }
      },
    })),
  },
  {
    name: 'campaign-files',
    rounds: 150,
    start: inFolder((folder) => ({
      name: 'campaign-files',
      seeds: [
        CAMPAIGN,
        'campaign: a\nmode: predictive\nlists: [p]\nagents: [t]\ntrunk: main\ncaller_ids: {numbers: ["+12125550100"]}\n',
      ],
      words: YAML_WORDS,
      run(input) {
        const { campaign, faults } = readCampaign(input, path.join(folder, 'campaigns', 'a.yaml'));
        requirePlaces(faults, input);
        if (!campaign && faults.length === 0) throw new Broken('refused without a fault');
      },
    })),
  },
  {
    name: 'rule-packs',
    rounds: 150,
    start: same({
      name: 'rule-packs',
      seeds: [PACK],
      words: YAML_WORDS,
      run(input) {
        const { pack, faults } = readRulePack(input, 'rules/a.yaml');
        requirePlaces(faults, input);
        if (!pack && faults.length === 0) throw new Broken('refused without a fault');
      },
    }),
  },
  {
    name: 'settings',
    rounds: 150,
    start: inFolder((folder) => ({
      name: 'settings',
      seeds: [SETTINGS],
      words: [...YAML_WORDS, '${HOME}', '${', '${X:-', '}', 'password_file: '],
      run(input) {
        const file = path.join(folder, 'outdial.yaml');
        writeFileSync(file, input);
        const { settings, faults } = readSettings(file, {});
        requirePlaces(faults, readFileSync(file, 'utf8'));
        if (!settings && faults.length === 0) throw new Broken('refused without a fault');
      },
    })),
  },
];
