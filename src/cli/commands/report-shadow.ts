// outdial report shadow CAMPAIGN: what the policies that decide silently beside a campaign's own would have done on the real
// day, from its pacing log. Needs no daemon.

import type { Command } from 'commander';
import { defined } from '../../base/defined.ts';
import { OperationalError } from '../../base/errors.ts';
import { localDay } from '../../base/local-time.ts';
import { zoneOf } from '../../engine/dialing/campaign-pacer.ts';
import { gather } from '../arguments.ts';
import type { Carry, CommandContext } from '../context.ts';
import { wholeFigure } from '../forecast/figures.ts';
import type { Outcome } from '../outcome.ts';
import { policyOf, replay, scores } from './replay.ts';
import { withPeriod } from '../period-options.ts';

interface Options {
  readonly from?: number;
  readonly to?: number;
  readonly policy: readonly string[];
  readonly days: string;
}

export function addShadowReport(group: Command, carryOf: (command: Command) => Carry): void {
  const command: Command = withPeriod(group.command('shadow'))
    .description('what the policies beside a campaign’s own would have dialed, scored on the real day (default: today)')
    .argument('<campaign>')
    .option(
      '--policy <policy>',
      'another one; may be given several times (default: pacing.shadow of its file)',
      gather,
      [],
    )
    .option('--days <number>', 'simulated days for a score', '5')
    .action((campaign: string, options: Options) =>
      carryOf(command)((context) => reportShadow(context, campaign, options)),
    );
}

async function reportShadow(context: CommandContext, name: string, options: Options): Promise<Outcome> {
  const { to, policy } = options;
  const campaign = (await context.campaigns()).find((one) => one.name === name);
  const words = policy.length > 0 ? policy : (campaign?.pacing.shadows ?? []);
  if (words.length === 0)
    throw new OperationalError('shadow-none', `No policy decides beside the campaign ${name}.`, {
      hint: 'Write pacing: {shadow: [progressive, "ratio:2"]} in its file, or give --policy.',
    });
  const zone = campaign ? zoneOf(campaign) : 'UTC';
  const from = options.from ?? localDay(zone, context.clock.now()).startAt;
  const days = wholeFigure(options.days, { option: 'days', min: 1, max: 200 });
  const report = await replay(context, name, { from, ...defined({ to }), policies: words.map(policyOf), days });
  return { data: report, text: scores(report) };
}
