// outdial detection …: checks the answering-machine detector by a sample that somebody listens to.

import { Argument, type Command } from 'commander';
import { formatShare } from '../../base/durations.ts';
import { LEAST_JUDGED, JUDGEMENTS } from '../../campaign/detector-check.ts';
import { detectionDrawn, detectionJudged, detectionReport, detectionSamples } from '../../http/wire/detection.ts';
import { asCount, asInstant } from '../arguments.ts';
import type { CommandContext } from '../context.ts';
import { showInstant } from '../render/instants.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { pairs, table } from '../render/table.ts';

interface Which {
  readonly campaign?: string;
  readonly from?: number;
  readonly to?: number;
}

export const detectionCommands: AddCommands = (parent, carryOf) => {
  const group = parent.command('detection').description('checks by sample how often people are taken for machines');
  const sample = period(
    group.command('sample').description('take a random sample of the machine verdicts that have a recording'),
  )
    .option('--size <number>', 'how many', asCount, 50)
    .action((options: Which & { readonly size: number }) => carryOf(sample)((context) => drawSample(context, options)));
  const list = period(group.command('list').description('what was drawn, and what was heard')).action(
    (options: Which) => carryOf(list)((context) => listSamples(context, options)),
  );
  const judge = group
    .command('judge')
    .description('says what was heard in the first seconds of an attempt')
    .argument('<attempt>')
    .addArgument(new Argument('<what>').choices(JUDGEMENTS))
    .action((attempt: string, is: string) => carryOf(judge)((context) => judgeSample(context, attempt, is)));
  const report = period(group.command('report').description('the estimated share of people, with its bounds')).action(
    (options: Which) => carryOf(report)((context) => showReport(context, options)),
  );
};

function period(command: Command): Command {
  return command
    .option('--campaign <name>', 'of this campaign alone')
    .option('--from <time>', 'of calls dialed from then on', asInstant)
    .option('--to <time>', 'of calls dialed before', asInstant);
}

async function drawSample(context: CommandContext, options: Which & { readonly size: number }): Promise<Outcome> {
  const { campaign, from, to, size } = options;
  const body = { campaign, from, to, size };
  const data = await (await context.daemon()).post(detectionDrawn, '/detection/samples', body);
  const text = [`${data.drawn.length} drawn${data.drawn.length > 0 ? ':' : '.'}`, ...data.drawn].join('\n');
  return { data, text };
}

async function listSamples(context: CommandContext, options: Which): Promise<Outcome> {
  const rows = await (await context.daemon()).get(detectionSamples, '/detection/samples', { ...options });
  const text = table(
    rows,
    [
      { title: 'DIALED', value: ({ dialedAt }) => showInstant(dialedAt) },
      { title: 'CAMPAIGN', value: ({ campaign }) => campaign },
      { title: 'ATTEMPT', value: ({ attempt }) => attempt },
      { title: 'WHY', value: ({ verdictCause }) => verdictCause ?? '' },
      {
        title: 'HEARD',
        value: ({ judgement, judgedBy }) => (judgement === null ? '–' : `${judgement} (${judgedBy ?? ''})`),
      },
    ],
    'Nothing was drawn.',
  );
  return { data: rows, text };
}

async function judgeSample(context: CommandContext, attempt: string, is: string): Promise<Outcome> {
  const daemon = await context.daemon();
  const data = await daemon.post(detectionJudged, `/detection/samples/${encodeURIComponent(attempt)}`, { is });
  return { data, text: `${data.attempt}: ${data.is}.` };
}

async function showReport(context: CommandContext, options: Which): Promise<Outcome> {
  const data = await (await context.daemon()).get(detectionReport, '/detection/report', { ...options });
  const { machines, drawn, judged, estimate, isCounted } = data;
  const bounds = estimate && `${formatShare(estimate.low)} to ${formatShare(estimate.high)}`;
  const text = pairs([
    ['machine verdicts', machines],
    ['drawn', drawn],
    ['heard', `${judged.human} people, ${judged.machine} machines, ${judged.unclear} unclear`],
    ['people among them', estimate ? `${formatShare(estimate.share)} (95 %: ${bounds ?? ''})` : '–'],
    ['people hung up on', estimate ? Math.round(estimate.people) : '–'],
    ['counted', isCounted ? 'in the abandonment ledger' : `not yet: ${LEAST_JUDGED} clear judgements are needed`],
  ]);
  return { data, text };
}
