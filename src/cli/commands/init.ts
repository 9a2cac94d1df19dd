// outdial init: from nothing to settings, a first campaign and Asterisk's site files, all commented, and what comes next.
// Asks on a terminal for what no option says; never writes over a file without --force.

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { OperationalError } from '../../base/errors.ts';
import { asCount, asCountry, asTimeZone } from '../arguments.ts';
import type { CommandContext } from '../context.ts';
import { asteriskText, campaignText, settingsText, type FirstAnswers } from './init-files.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';

interface InitOptions {
  readonly ariUrl: string;
  readonly ariUser: string;
  readonly ariPassword?: string;
  readonly amiHost: string;
  readonly amiPort: number;
  readonly amiUser: string;
  readonly amiSecret?: string;
  readonly cdrFile: string;
  readonly country?: string;
  readonly trunkHost?: string;
  readonly trunkEndpoint: string;
  readonly maxLines: number;
  readonly httpPort: number;
  readonly callerId?: string;
  readonly campaign: string;
  readonly list: string;
  readonly group: string;
  readonly timezone: string;
  readonly force?: boolean;
}

/** What has no default that could be right. */
const ASKED = [
  { key: 'country', flag: '--country US', question: 'Country of your numbers, two letters' },
  {
    key: 'trunkHost',
    flag: '--trunk-host sip.carrier.example',
    question: 'Host of your carrier, with :port if not 5060',
  },
  { key: 'callerId', flag: '--caller-id +12125550100', question: 'The number that people see, with + and country' },
] as const;

export const initCommand: AddCommands = (parent, carryOf) => {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const command = parent
    .command('init')
    .description('write settings, a first campaign and Asterisk’s site files; asks on a terminal')
    .argument('[folder]', 'where config/ and asterisk/ are made', '.')
    .option('--country <letters>', 'country of numbers written without a plus sign', asCountry)
    .option('--trunk-host <host>', 'host of the carrier, with :port if it is not 5060')
    .option('--caller-id <number>', 'the number that people see, with + and country')
    .option('--ari-url <url>', "Asterisk's REST interface", 'http://127.0.0.1:8088')
    .option('--ari-user <name>', 'its user', 'outdial')
    .option('--ari-password <text>', 'its password (default: made up)')
    .option('--ami-host <host>', "host of Asterisk's manager interface", '127.0.0.1')
    .option('--ami-port <port>', 'its port', asCount, 5038)
    .option('--ami-user <name>', 'its user', 'outdial')
    .option('--ami-secret <text>', 'its secret (default: made up)')
    .option('--cdr-file <file>', "Asterisk's CSV call records", '/var/log/asterisk/cdr-csv/Master.csv')
    .option('--trunk-endpoint <name>', 'PJSIP endpoint of the carrier', 'trunk-main')
    .option('--max-lines <number>', 'lines that the carrier grants', asCount, 10)
    .option('--http-port <port>', "port of outdial's own API", asCount, 8480)
    .option('--campaign <name>', 'name of the first campaign', 'first')
    .option('--list <name>', 'the list that it calls', 'people')
    .option('--group <name>', 'the agents that get its calls', 'team')
    .option('--timezone <zone>', 'zone of its hours', asTimeZone, here)
    .option('--force', 'write over files that are there')
    .action((folder: string, options: InitOptions) => carryOf(command)((context) => init(context, folder, options)));
};

async function init(context: CommandContext, folder: string, options: InitOptions): Promise<Outcome> {
  const answers = await complete(context, options);
  const target = resolve(context.terminal.folder, folder);
  const files = await filesOf(target, answers);
  const there = [...files.keys()].filter((file) => existsSync(file));
  if (there.length > 0 && options.force !== true)
    throw new OperationalError('init-exists', `There is a file ${there[0] ?? ''} already.`, {
      hint: 'Name another folder, or write over all of them with --force.',
      places: there.map((file) => ({ file })),
    });
  await mkdir(join(target, 'data'), { recursive: true });
  for (const [file, text] of files) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { mode: 0o600 });
  }
  const settings = join(target, 'config', 'outdial.yaml');
  const next = nextSteps(target, answers);
  const written = [...files.keys()].map((file) => `wrote ${file}`);
  return { data: { settings, files: [...files.keys()], next }, text: [...written, '', 'Next:', ...next].join('\n') };
}

/** The answers with what was asked for; refused with `init-incomplete` where there is no terminal to ask on. */
async function complete(context: CommandContext, options: InitOptions): Promise<FirstAnswers> {
  const said: Record<string, string> = {};
  const open = ASKED.filter(({ key }) => options[key] === undefined);
  const canAsk = context.terminal.isScreen && !context.json && process.stdin.isTTY;
  if (open.length > 0 && !canAsk)
    throw new OperationalError('init-incomplete', `Not said: ${open.map(({ flag }) => flag).join(', ')}.`, {
      hint: 'Give these options, or run outdial init on a terminal: it asks.',
    });
  if (open.length > 0) {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      for (const { key, question } of open) said[key] = (await terminal.question(`${question}: `)).trim();
    } finally {
      terminal.close();
    }
  }
  const country = options.country ?? asCountry(said['country'] ?? '');
  const trunkHost = options.trunkHost ?? said['trunkHost'] ?? '';
  const callerId = options.callerId ?? said['callerId'] ?? '';
  const { ariPassword = madeUp(), amiSecret = madeUp(), force: _force, ...rest } = options;
  return { ...rest, country, trunkHost, callerId, ariPassword, amiSecret };
}

const madeUp = (): string => randomBytes(18).toString('base64url');

const shipped = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Every file with its text, checked whole: refused with `settings-faulty` or `campaign-faulty` before anything is written. */
async function filesOf(target: string, answers: FirstAnswers): Promise<ReadonlyMap<string, string>> {
  const { parseCampaign } = await import('../../config/load-campaigns.ts');
  const { e164Reader } = await import('../../numbers/phone.ts');
  const files = new Map<string, string>();
  files.set(
    join(target, 'config', 'outdial.yaml'),
    settingsText(await readFile(shipped('config/outdial.yaml'), 'utf8'), answers),
  );
  const campaign = join(target, 'config', 'campaigns', `${answers.campaign}.yaml`);
  files.set(campaign, campaignText(answers));
  parseCampaign(campaignText(answers), campaign, { trunks: ['main'], readNumber: e164Reader(answers.country) });
  const samples = shipped('asterisk/pbx/site.sample');
  for (const name of (await readdir(samples)).sort()) {
    const text = await readFile(join(samples, name), 'utf8');
    files.set(join(target, 'asterisk', 'site', name), asteriskText(name, text, answers));
  }
  return files;
}

function nextSteps(target: string, { list, group, campaign }: FirstAnswers): readonly string[] {
  return [
    `  Put ${join(target, 'asterisk', 'site')}/* into /etc/asterisk/site and the shipped asterisk/pbx/*.conf into`,
    '  /etc/asterisk, restart Asterisk (asterisk/README.md), then:',
    '  outdial doctor',
    '  outdial run &',
    `  outdial agent add 101 --name Ann --group ${group}`,
    `  outdial list import people.csv --name ${list}`,
    `  outdial campaign approve ${campaign}`,
    `  outdial campaign start ${campaign}`,
  ];
}
