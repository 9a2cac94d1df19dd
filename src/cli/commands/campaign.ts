// outdial campaign …: what there is, how it stands, the steps of its life, new files.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { OperationalError } from '../../base/errors.ts';
import type { ConfigFault } from '../../config/faults.ts';
import type { CampaignView } from '../../engine/control-views.ts';
import { campaignDetails, campaignStep, campaignStepped, campaignView } from '../../http/wire/wire.ts';
import { formatShare } from '../../base/durations.ts';
import { campaignCloned, campaignProgress } from '../../http/wire/progress.ts';
import type { CommandContext } from '../context.ts';
import { showInstant } from '../render/instants.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { abandonmentDebt, renderCampaign } from '../render/campaign.ts';
import { fileNotes, progressLines, waitLines } from '../render/campaign-progress.ts';
import { harmless, table } from '../render/table.ts';
import { counted } from '../render/words.ts';

const STEPS = [
  ['approve', 'allow a new campaign to be started'],
  ['start', 'dial, within its hours'],
  ['pause', 'place no new calls for now; conversations go on'],
  ['resume', 'dial again after a pause'],
  ['stop', 'end it; it can be started again'],
  ['archive', 'put it away for good'],
] as const;

/** The steps that end dialing, with the one that takes it up again. */
const GO_ON: ReadonlyMap<string, string> = new Map([
  ['pause', 'resume'],
  ['stop', 'start'],
]);

export const campaignCommands: AddCommands = (parent, carryOf) => {
  const group = parent.command('campaign').description('campaigns: list, show, create, approve, start, stop …');
  const list = group
    .command('list')
    .description('the campaigns, those put away aside')
    .option('--all', 'archived ones too')
    .option('-w, --watch', 'stay and show them live, with records left and trunks, until Ctrl-C')
    .action(({ all, watch }: { all?: boolean; watch?: boolean }) => {
      if (watch === true && list.optsWithGlobals<{ json?: boolean }>().json === true)
        list.error('error: --watch is for the screen and cannot be used with --json');
      return carryOf(list)((context) =>
        watch === true ? watchCampaigns(context) : listCampaigns(context, all === true),
      );
    });

  const show = group
    .command('show')
    .description('one campaign: state and why, agents, calls, pacing, figures of today')
    .argument('<campaign>')
    .option('-w, --watch', 'stay and show it live, until Ctrl-C')
    .action((name: string, { watch }: { watch?: boolean }) => {
      if (watch === true && show.optsWithGlobals<{ json?: boolean }>().json === true)
        show.error('error: --watch is for the screen and cannot be used with --json');
      return carryOf(show)((context) => (watch === true ? watchCampaign(context, name) : showCampaign(context, name)));
    });

  const create = group
    .command('create')
    .description('a new campaign from a YAML file: checked, put into the campaigns folder, unapproved')
    .argument('<file>')
    .action((file: string) => carryOf(create)((context) => createCampaign(context, file)));
  for (const [step, description] of STEPS) addStep(group, step, description, carryOf);
  const clone = group
    .command('clone')
    .description('the same campaign under another name, with records of its own')
    .argument('<campaign>')
    .argument('<name>', 'name of the copy')
    .option('--results <results>', 'only contacts whose records ended so: busy,no-answer', asWords)
    .option('--dispositions <codes>', 'only contacts of whom an agent said so last, parted by commas', asWords)
    .action((from: string, name: string, options: CloneOptions) =>
      carryOf(clone)((context) => cloneCampaign(context, { from, name, ...options })),
    );
};

function addStep(group: Command, step: string, description: string, carryOf: Parameters<AddCommands>[1]): void {
  const command = group
    .command(step)
    .description(description)
    .argument('<campaign>')
    .action((name: string) =>
      carryOf(command)(async (context) => {
        const daemon = await context.daemon();
        const view = await daemon.post(campaignStepped, `/campaigns/${encodeURIComponent(name)}/${step}`);
        const goOn = GO_ON.get(step);
        return goOn === undefined ? stated(view) : ended(view, goOn);
      }),
    );
}

/** States in which the hours still matter to who reads the answer. */
const HAS_HOURS: ReadonlySet<string> = new Set(['unapproved', 'approved', 'running']);

type Stepped = CampaignView & { readonly warnings: readonly Omit<ConfigFault, 'severity' | 'file'>[] };

function stated(view: Stepped): Outcome {
  const warnings = view.warnings.map(({ message, hint, key }) =>
    harmless(`warning: ${key === undefined ? '' : `${key}: `}${message} ${hint}`.trimEnd()),
  );
  const hours = HAS_HOURS.has(view.state) ? [`Hours: ${view.hours}.`] : [];
  const text = [...warnings, `${view.name} is ${view.state}: ${harmless(view.why)}`, ...hours].join('\n');
  return { data: view, text };
}

/** Dialing has ended: what it leaves owing to the abandonment window, and how to go on. */
function ended(view: Stepped, goOn: string): Outcome {
  const outcome = stated(view);
  const debt = abandonmentDebt(view);
  if (debt === undefined) return outcome;
  return { ...outcome, text: `${outcome.text}\n${debt} Dialing goes on with: outdial campaign ${goOn} ${view.name}` };
}

async function listCampaigns(context: CommandContext, all: boolean): Promise<Outcome> {
  const known = await (await context.daemon()).get(campaignView.array(), '/campaigns');
  const views = all ? known : known.filter(({ state }) => state !== 'archived');
  const archived = known.length - views.length;
  const text = table(
    views,
    [
      { title: 'NAME', value: (view) => view.name },
      { title: 'MODE', value: (view) => view.mode },
      { title: 'STATE', value: (view) => view.state },
      { title: 'SINCE', value: (view) => showInstant(view.changedAt) },
      { title: 'AGENTS', value: (view) => Object.values(view.agents).reduce((a, b) => a + b, 0), align: 'right' },
      { title: 'LINES', value: (view) => Object.values(view.calls).reduce((a, b) => a + b, 0), align: 'right' },
      { title: 'ATTEMPTS', value: (view) => view.today.attempts, align: 'right' },
      { title: 'ABANDONED', value: (view) => formatShare(view.today.abandonRate), align: 'right' },
      { title: 'WHY', value: (view) => harmless(view.why) },
    ],
    'No campaign is loaded: put a file into the campaigns folder, or use outdial campaign create FILE.',
  );
  const hidden = archived === 0 ? '' : `\n\n${counted(archived, 'archived campaign')} not shown: --all shows all.`;
  return { data: views, text: text + hidden };
}

async function showCampaign(context: CommandContext, name: string): Promise<Outcome> {
  const daemon = await context.daemon();
  const path = `/campaigns/${encodeURIComponent(name)}`;
  const view = await daemon.get(campaignDetails, path);
  const history = await daemon.get(campaignStep.array(), `${path}/history`);
  const steps = history.map(
    ({ at, from, to, by, reason }) => `${showInstant(at)}  ${from} → ${to} by ${by} (${reason})`,
  );
  const screen = renderCampaign(
    {
      campaign: view,
      events: steps,
      maxEvents: 10,
      clock: showInstant(context.clock.now()),
      paint: context.paint,
      notes: fileNotes(view),
    },
    context.terminal.width(),
  );
  const progress = await daemon.get(campaignProgress, `${path}/statistics`);
  return {
    data: { ...view, history, progress },
    text: `${screen}\n\n${progressLines(progress)}${waitLines(progress)}`,
  };
}

async function watchCampaigns(context: CommandContext): Promise<Outcome> {
  const { watchBoard } = await import('./board-watch.ts');
  return watchBoard(context, 'campaigns');
}

async function watchCampaign(context: CommandContext, name: string): Promise<Outcome> {
  const { watch } = await import('./watch.ts');
  await watch(context, name);
  return { data: null, text: '' };
}

async function createCampaign(context: CommandContext, file: string): Promise<Outcome> {
  const path = resolve(context.terminal.folder, file);
  const yaml = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new OperationalError('file-unreadable', `The file ${path} cannot be read.`, {
      hint: 'Give the path of a campaign file; docs/campaigns.md shows how to write one.',
      places: [{ file: path }],
      cause: error,
    });
  });
  return stated(await (await context.daemon()).post(campaignStepped, '/campaigns', { yaml, file: path }));
}

interface CloneOptions {
  readonly results?: readonly string[];
  readonly dispositions?: readonly string[];
}

function asWords(text: string): readonly string[] {
  return text.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));
}

async function cloneCampaign(
  context: CommandContext,
  { from, name, results = [], dispositions = [] }: CloneOptions & { readonly from: string; readonly name: string },
): Promise<Outcome> {
  const daemon = await context.daemon();
  const path = `/campaigns/${encodeURIComponent(from)}/clone`;
  const made = await daemon.post(campaignCloned, path, { name, results, dispositions });
  const text = stated(made).text;
  const list = made.list === undefined ? '' : `\nIt dials the list ${made.list} (${made.contacts ?? 0} contacts).`;
  return { data: made, text: text + list };
}
