// outdial simulate: what to expect of a campaign with so many agents, from its own history, given figures or a world.

import { defined } from '../../base/defined.ts';
import { noCampaignFile } from '../../campaign/refusals.ts';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OperationalError } from '../../base/errors.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { pacerOptions } from '../../engine/dialing/campaign-pacer.ts';
import type { PacerOptions } from '../../pacing/pacer.ts';
import type { Forecast } from '../../sim/forecast/forecast.ts';
import type { CommandContext } from '../context.ts';
import { drawForecast } from '../forecast/draw.ts';
import { numberFigure, shareSweep, wholeFigure, wholeSweep } from '../forecast/figures.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { progressBar } from '../render/progress.ts';
import { atCeiling, renderForecast, warmUpText, type ForecastReport } from '../forecast/render.ts';
import { withPeriod } from '../period-options.ts';
import { sourceOf, type SimulatedSource, type SourceOptions } from '../forecast/simulated-source.ts';
import { PACED_MODES } from '../../terms.ts';
import { counted } from '../render/words.ts';

interface SimulateOptions extends SourceOptions {
  readonly agents: string;
  readonly target?: string;
  readonly mode?: 'progressive' | 'predictive' | 'ratio';
  readonly ratio?: string;
  readonly maxLines?: string;
  readonly records?: string;
  readonly attemptsPerRecord?: string;
  readonly hours: string;
  readonly window?: string;
  readonly days?: string;
  readonly seed: string;
  readonly cold?: boolean;
  readonly svg?: string;
}

const WARM_UP_S = 1800;
/** Without a limit: more than any team needs. */
const ENOUGH_LINES = 100_000;
/** Simulated agent-days that a forecast takes, and the fewest and most days. */
const AGENT_DAYS = 160;
const DAYS = { least: 3, most: 20, sweep: 8 };

export const simulateCommand: AddCommands = (parent, carryOf) => {
  const command = withPeriod(parent.command('simulate'))
    .description('forecast: utilisation, waiting, abandon rate, time to finish, lines, for so many agents')
    .argument('[campaign]', 'whose history and settings to go by')
    .requiredOption('--agents <number>', 'working agents: 20, or several teams: 5..50, 5..50:5')
    .option('--target <share>', "abandon target: 3%, or several: 1%..5% (default: the campaign's, or 3%)")
    .option('--mode <mode>', "progressive, predictive or ratio (default: the campaign's, or predictive)")
    .option('--ratio <number>', 'lines for each free agent, in mode ratio')
    .option('--max-lines <number>', "lines at once (default: the campaign's, or enough)")
    .option('--answer-rate <share>', 'given figures: dials that reach a person')
    .option('--talk <time>', 'given figures: mean length of a conversation, 2m')
    .option('--wrap-up <time>', 'given figures: mean wrap-up, 20s')
    .option('--ring <time>', 'given figures: mean time until a person answers, 11s')
    .option('--world <name>', 'a world of the benchmark (S1 to S9), or a YAML file like config/worlds/example.yaml')
    .option('--records <number>', "records to be called (default: the campaign's that are not finished)")
    .option('--attempts-per-record <number>', "dials that a record takes (default: the history's, or 1)")
    .option('--hours <number>', 'hours of dialing in a day', '8')
    .option('--window <number>', 'hours until the abandonment window ends, or unknown (default: by the schedule)')
    .option('--days <number>', 'days to simulate (default: by the size of the team)')
    .option('--seed <number>', 'the same seed gives the same days', '1')
    .option('--cold', 'every day begins without anything learned')
    .option('--svg <file>', 'write the picture to this file as well')
    .action((campaign: string | undefined, options: SimulateOptions) =>
      carryOf(command)((context) => simulateCampaign(context, campaign, options)),
    );
};

async function simulateCampaign(
  context: CommandContext,
  name: string | undefined,
  options: SimulateOptions,
): Promise<Outcome> {
  const campaign = name === undefined ? undefined : await campaignNamed(context, name);
  const teams = wholeSweep(options.agents, { option: 'agents', min: 1, max: 500 });
  const base = pacingOf(campaign, options);
  const targets =
    options.target === undefined
      ? [base.abandonTarget]
      : shareSweep(options.target, { option: 'target', min: 0, max: 0.1 });
  if (teams.length > 1 && targets.length > 1) {
    throw new OperationalError('figure-wrong', 'Agents and target cannot both be varied at once.', {
      hint: 'Give one of them a single value, such as --target 3%.',
    });
  }
  const shape = {
    warmUpS: options.cold === true ? 0 : WARM_UP_S,
    shiftS: numberFigure(options.hours, { option: 'hours', min: 0.1, max: 24 }) * 3600,
  };
  const source = await sourceOf(context, campaign, options, shape);
  const questions = teams.flatMap((agents) => targets.map((abandonTarget) => ({ agents, abandonTarget })));
  const windowS = windowOf(campaign, options);
  const forecasts = await runAll(context, source, { questions, base, options, ...(windowS && { windowS }) });
  const until = windowS === 'unknown' ? ', end of dialing unknown' : '';
  const report: ForecastReport = {
    about: `${source.about}; ${base.mode}, ${warmUpText(shape.warmUpS)}${until}`,
    forecasts,
    varied: targets.length > 1 ? 'target' : 'agents',
    ...(base.maxLines < ENOUGH_LINES ? { maxLines: base.maxLines } : {}),
  };
  if (options.svg !== undefined) await write(resolve(context.terminal.folder, options.svg), drawForecast(report));
  const shown = forecasts.map((one) => ({ ...one, linesWereCeiling: atCeiling(one, report.maxLines) }));
  const data = { about: report.about, mode: base.mode, warmUpSeconds: shape.warmUpS, forecasts: shown };
  return { data, text: renderForecast(report, context.terminal.width()) };
}

interface Run {
  readonly questions: readonly { readonly agents: number; readonly abandonTarget: number }[];
  readonly base: PacerOptions;
  readonly options: SimulateOptions;
  readonly windowS?: number | 'unknown';
}

async function runAll(context: CommandContext, source: SimulatedSource, run: Run): Promise<readonly Forecast[]> {
  const { forecast } = await import('../../sim/forecast/forecast.ts');
  const { questions, base, options, windowS } = run;
  const seed = wholeFigure(options.seed, { option: 'seed', min: 0, max: 1e9 });
  const dialsToDo = dialsOf(source, options);
  const progress = progressBar(context.terminal);
  const forecasts = questions.map((question, index) => {
    const days = daysFor(question.agents, questions.length, options.days);
    return forecast(
      {
        worldOf: () => source.world,
        agents: question.agents,
        options: { ...base, abandonTarget: question.abandonTarget },
        days,
        seed: seed * 1000,
        ...defined({ windowS, dialsToDo }),
      },
      (done) => progress.show((index + done / days) / questions.length, counted(question.agents, 'agent')),
    );
  });
  progress.end();
  return forecasts;
}

/** When the pacer thinks that dialing ends, as the daemon would report it; undefined: with the hours of dialing. */
function windowOf(campaign: Campaign | undefined, { window }: SimulateOptions): number | 'unknown' | undefined {
  if (window === 'unknown') return window;
  if (window !== undefined) return numberFigure(window, { option: 'window', min: 0.1, max: 24 * 366 }) * 3600;
  return campaign && !campaign.schedule ? 'unknown' : undefined;
}

/** Small teams differ more from day to day, and cost less to simulate. */
function daysFor(agents: number, questions: number, asked: string | undefined): number {
  if (asked !== undefined) return wholeFigure(asked, { option: 'days', min: 1, max: 1000 });
  const most = questions > 1 ? DAYS.sweep : DAYS.most;
  return Math.max(DAYS.least, Math.min(most, Math.round(AGENT_DAYS / agents)));
}

function dialsOf(source: SimulatedSource, options: SimulateOptions): number | undefined {
  const records =
    options.records === undefined
      ? source.records
      : wholeFigure(options.records, { option: 'records', min: 1, max: 1e9 });
  const each =
    options.attemptsPerRecord === undefined
      ? (source.attemptsPerRecord ?? 1)
      : numberFigure(options.attemptsPerRecord, { option: 'attempts-per-record', min: 0.1, max: 100 });
  return records === undefined ? undefined : records * each;
}

/** The campaign's own pacing, with what was said otherwise. */
function pacingOf(campaign: Campaign | undefined, options: SimulateOptions): PacerOptions {
  const { mode, ratio, maxLines } = options;
  if (mode !== undefined && !PACED_MODES.includes(mode)) {
    throw new OperationalError('figure-wrong', `"${mode}" is no mode to simulate with.`, {
      hint: `Possible: ${PACED_MODES.join(', ')}.`,
    });
  }
  const own = campaign && pacerOptions(campaign);
  return {
    mode: mode ?? own?.mode ?? 'predictive',
    abandonTarget: own?.abandonTarget ?? 0.03,
    answerLimitMs: own?.answerLimitMs ?? 2000,
    ringTimeoutMs: own?.ringTimeoutMs ?? 25_000,
    minRingMs: own?.minRingMs ?? 15_000,
    maxCallsPerSecond: own?.maxCallsPerSecond ?? 1000,
    maxLines:
      maxLines === undefined
        ? (own?.maxLines ?? ENOUGH_LINES)
        : wholeFigure(maxLines, { option: 'max-lines', min: 1, max: 100_000 }),
    ratio: ratio === undefined ? (own?.ratio ?? 1.5) : numberFigure(ratio, { option: 'ratio', min: 1, max: 10 }),
  };
}

async function campaignNamed(context: CommandContext, name: string): Promise<Campaign> {
  const campaigns = await context.campaigns();
  const campaign = campaigns.find((one) => one.name === name);
  if (campaign) return campaign;
  const known = campaigns.map((one) => one.name);
  const hint = 'outdial check shows what is wrong with the files; without a campaign give figures or --world S1.';
  throw noCampaignFile(name, known, hint);
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (cause) {
    throw new OperationalError('picture-unwritable', `The picture cannot be written to ${file}.`, {
      hint: 'Name a file in a folder that is there and may be written.',
      places: [{ file }],
      cause,
    });
  }
}
