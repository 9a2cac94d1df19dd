// outdial replay: takes the logged decisions of a campaign's pacing again, to the same numbers, and shows what other
// policies would have done on the same day.

import { defined } from '../../base/defined.ts';
import type { Command } from 'commander';
import { formatShare } from '../../base/durations.ts';
import { readPolicy } from '../../pacing/policy-words.ts';
import type { Advised } from '../../pacing/shadow.ts';
import type { Redecided } from '../../sim/replay/redecide.ts';
import type { RealFigures } from '../../sim/replay/day.ts';
import type { Policy, Score } from '../../sim/replay/shadow.ts';
import { OperationalError } from '../../base/errors.ts';
import { gather } from '../arguments.ts';
import type { CommandContext } from '../context.ts';
import { wholeFigure } from '../forecast/figures.ts';
import { showInstant } from '../render/instants.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { withPeriod } from '../period-options.ts';
import { pairs, table } from '../render/table.ts';

interface ReplayOptions {
  readonly from?: number;
  readonly to?: number;
  readonly policy: readonly string[];
  readonly days: string;
}

interface PolicyReport {
  readonly policy: string;
  /** Absent for the policy that dialed. */
  readonly advised?: Advised;
  /** Absent when too little happened to simulate. */
  readonly score?: Score;
}

export interface ReplayReport extends Redecided {
  readonly campaign: string;
  readonly real: RealFigures;
  readonly policies: readonly PolicyReport[];
}

export const replayCommand: AddCommands = (parent, carryOf) => {
  const command: Command = withPeriod(parent.command('replay'))
    .description("take a campaign's logged pacing decisions again; exit 1 when one differs")
    .argument('<campaign>')
    .option(
      '--policy <policy>',
      'score another policy on the same day: progressive, ratio:2, predictive:target=2%; may be given several times',
      gather,
      [],
    )
    .option('--days <number>', 'simulated days for a score', '5')
    .action((campaign: string, options: ReplayOptions) =>
      carryOf(command)((context) => replayCampaign(context, campaign, options)),
    );
};

async function replayCampaign(context: CommandContext, campaign: string, options: ReplayOptions): Promise<Outcome> {
  const policies = options.policy.map(policyOf);
  const days = wholeFigure(options.days, { option: 'days', min: 1, max: 200 });
  const report = await replay(context, campaign, { ...options, policies, days });
  const text = [summary(report), ...(policies.length === 0 ? [] : ['', scores(report)])].join('\n');
  return { data: report, text, exitCode: report.differences === 0 ? 0 : 1 };
}

export async function replay(
  context: CommandContext,
  campaign: string,
  wanted: Pick<ReplayOptions, 'from' | 'to'> & { readonly policies: readonly Policy[]; readonly days: number },
): Promise<ReplayReport> {
  const { readPacingLog } = await import('../../store/pacing-log/read.ts');
  const { JournalReader } = await import('../../engine/dialing/pacing-journal.ts');
  const { Redecider } = await import('../../sim/replay/redecide.ts');
  const { LoggedDay } = await import('../../sim/replay/day.ts');
  const { ShadowPacer, scoreOnDay } = await import('../../sim/replay/shadow.ts');
  const { folder } = (await context.settings()).pacingLog;
  const period = {
    ...defined({ fromAt: wanted.from, toAt: wanted.to }),
  };
  const { fromAt = -Infinity, toAt = Infinity } = period;
  const redecider = new Redecider(period);
  const day = new LoggedDay();
  const shadows = wanted.policies.map((policy) => ({ policy, shadow: new ShadowPacer(policy) }));
  const reader = new JournalReader();
  for await (const line of readPacingLog(folder, campaign, period)) {
    const entry = reader.read(line);
    if (!entry || entry.at >= toAt) continue;
    redecider.take(entry);
    for (const { shadow } of shadows) shadow.take(entry);
    if (entry.at >= fromAt || entry.type === 'head') day.take(entry);
  }
  const own: Policy = { name: 'as it was', options: {} };
  const scored = (policy: Policy): { score?: Score } => {
    const score = wanted.policies.length === 0 ? undefined : scoreOnDay(day, policy, wanted.days);
    return score ? { score } : {};
  };
  return {
    campaign,
    ...redecider.result(),
    real: day.real(),
    policies: [
      { policy: own.name, ...scored(own) },
      ...shadows.map(({ policy, shadow }) => ({ policy: policy.name, advised: shadow.result(), ...scored(policy) })),
    ],
  };
}

function summary(report: ReplayReport): string {
  const { fromAt, toAt, decisions, changes, events, stretches, dialed, cancelled, firstDifference, real } = report;
  return pairs([
    ['campaign', report.campaign],
    ['from', fromAt === null ? '–' : showInstant(fromAt)],
    ['to', toAt === null ? '–' : showInstant(toAt)],
    ['stretches', stretches],
    ['events', events],
    ['decisions', `${decisions} (${changes} of them written out)`],
    ['dialed', `${dialed}   cancelled ${cancelled}`],
    ['utilisation', formatShare(real.utilisation)],
    ['abandoned', `${real.abandoned} of ${real.liveAnswers} live answers (${formatShare(real.abandonRate)})`],
    [
      'taken again',
      firstDifference === null
        ? 'every decision is the same'
        : `${report.differences} differ; the first at ${showInstant(firstDifference.at)}: ${firstDifference.what} was ` +
          `${JSON.stringify(firstDifference.logged)}, is ${JSON.stringify(firstDifference.again)}`,
    ],
  ]);
}

export function scores({ policies }: ReplayReport): string {
  const between = ([low, high]: readonly [number, number]): string => `${formatShare(low)} to ${formatShare(high)}`;
  return table(
    policies,
    [
      { title: 'POLICY', value: (row) => row.policy },
      { title: 'MORE LINES', value: ({ advised }) => (advised ? formatShare(advised.more) : '–'), align: 'right' },
      { title: 'FEWER', value: ({ advised }) => (advised ? formatShare(advised.fewer) : '–'), align: 'right' },
      { title: 'UTILISATION', value: ({ score }) => (score ? formatShare(score.utilisation) : '–'), align: 'right' },
      { title: 'SPREAD', value: ({ score }) => (score ? between(score.utilisationSpread) : '–') },
      { title: 'ABANDONED', value: ({ score }) => (score ? formatShare(score.abandonRate) : '–'), align: 'right' },
      { title: 'SPREAD', value: ({ score }) => (score ? between(score.abandonSpread) : '–') },
      { title: 'DIALS', value: ({ score }) => (score ? Math.round(score.dials) : '–'), align: 'right' },
      { title: 'LINES', value: ({ score }) => (score ? score.peakLines : '–'), align: 'right' },
    ],
    '',
  );
}

/** `progressive`, `ratio:2`, `predictive:target=2%,lines=30`; refused with `figure-wrong`. */
export function policyOf(text: string): Policy {
  const read = readPolicy(text);
  if ('policy' in read) return read.policy;
  throw new OperationalError('figure-wrong', read.message, { hint: read.hint });
}
