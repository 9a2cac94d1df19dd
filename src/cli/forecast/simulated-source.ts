// Where a forecast gets its people and agents from: a campaign's history, given figures, or a world by name or file.

import { resolve } from 'node:path';
import { formatDuration } from '../../base/durations.ts';
import { OperationalError } from '../../base/errors.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { attemptPages } from '../../reports/attempt-pages.ts';
import type { World } from '../../sim/pacing/worlds.ts';
import { withStoreToRead, type CommandContext } from '../context.ts';
import { secondsFigure, shareFigure } from './figures.ts';

export interface SourceOptions {
  readonly answerRate?: string;
  readonly talk?: string;
  readonly wrapUp?: string;
  readonly ring?: string;
  readonly world?: string;
  readonly from?: number;
  readonly to?: number;
}

export interface SimulatedSource {
  readonly about: string;
  readonly world: World;
  /** Records that are still to be called, when it is known. */
  readonly records?: number;
  readonly attemptsPerRecord?: number;
}

interface Shape {
  readonly warmUpS: number;
  readonly shiftS: number;
}

/** Less than this says too little. */
const LEAST = { dials: 200, conversations: 20 };
const HISTORY_MS = 30 * 86_400_000;

/** The world to simulate in; refused with `figure-wrong`, `history-too-short` or what is wrong with a world's file. */
export async function sourceOf(
  context: CommandContext,
  campaign: Campaign | undefined,
  options: SourceOptions,
  shape: Shape,
): Promise<SimulatedSource> {
  const { answerRate, talk, wrapUp, ring, world } = options;
  const figures = [answerRate, talk, wrapUp, ring].filter((figure) => figure !== undefined);
  if (world !== undefined && figures.length > 0) {
    throw new OperationalError('figure-wrong', 'A world has its own answer rate and times.', {
      hint: 'Leave out --world, or write the figures into a world of your own: config/worlds/example.yaml.',
    });
  }
  if (world !== undefined) return worldNamed(context, world, shape);
  if (figures.length > 0) return fromFigures(options, shape);
  if (campaign) return fromHistory(context, campaign, options, shape);
  throw new OperationalError('figure-wrong', 'Nothing says who answers and how long agents talk.', {
    hint: 'Name a campaign with a history, or give --answer-rate and --talk, or --world S1.',
  });
}

async function worldNamed(context: CommandContext, name: string, shape: Shape): Promise<SimulatedSource> {
  const { WORLDS } = await import('../../sim/pacing/worlds.ts');
  const known = WORLDS.get(name);
  if (known) return { about: `world ${name}: ${known.about}`, world: { ...known, ...shape } };
  const { readWorldFile } = await import('../../config/world-file.ts');
  const { givenWorld, USUAL_FIGURES } = await import('../../sim/forecast/given-world.ts');
  const file = readWorldFile(resolve(context.terminal.folder, name));
  return { about: `world ${file.name}`, world: givenWorld({ ...USUAL_FIGURES, ...file }, shape) };
}

async function fromFigures(options: SourceOptions, shape: Shape): Promise<SimulatedSource> {
  const { givenWorld, USUAL_FIGURES: usual } = await import('../../sim/forecast/given-world.ts');
  const seconds = (text: string | undefined, option: string, max: number, min = 0.5): number | undefined =>
    text === undefined ? undefined : secondsFigure(text, { option, min, max });
  const rate =
    options.answerRate === undefined
      ? 0.3
      : shareFigure(options.answerRate, { option: 'answer-rate', min: 0.005, max: 1 });
  const talk = seconds(options.talk, 'talk', 14_400) ?? usual.talk.mean;
  const wrapUp = seconds(options.wrapUp, 'wrap-up', 3600, 0) ?? usual.wrapUp.mean;
  const ring = seconds(options.ring, 'ring', 60) ?? usual.ring.mean;
  const figures = {
    ...usual,
    answerRates: [{ fromS: 0, rate }],
    talk: { mean: talk, sd: talk },
    wrapUp: { mean: wrapUp, sd: wrapUp / 2 },
    ring: { mean: ring, sd: (ring * usual.ring.sd) / usual.ring.mean },
  };
  const [talkText, wrapUpText] = [formatDuration(talk * 1000), formatDuration(wrapUp * 1000)];
  const about = `${Math.round(rate * 1000) / 10} % of dials reach a person, talk ${talkText}, wrap-up ${wrapUpText}`;
  return { about, world: givenWorld(figures, shape) };
}

async function fromHistory(
  context: CommandContext,
  campaign: Campaign,
  options: SourceOptions,
  shape: Shape,
): Promise<SimulatedSource> {
  const { History } = await import('../../sim/forecast/history.ts');
  const { worldOfBehaviour } = await import('../../sim/forecast/behaviour.ts');
  const { name } = campaign;
  const fromAt = options.from ?? context.clock.now() - HISTORY_MS;
  // Sessions that are still open have not lasted beyond now.
  const toAt = Math.min(options.to ?? Infinity, context.clock.now());
  return withStoreToRead(context, async (store) => {
    const history = new History();
    for await (const page of attemptPages(store, { campaign: name, fromAt, toAt })) {
      for (const row of page) history.add(row);
    }
    if (history.dials < LEAST.dials || history.conversations < LEAST.conversations) {
      throw new OperationalError('history-too-short', `The campaign "${name}" has too short a history to go by.`, {
        hint:
          `${history.dials} dials and ${history.conversations} conversations are known, ${LEAST.dials} and ` +
          `${LEAST.conversations} are needed: give --answer-rate and --talk, or another --from.`,
      });
    }
    const times = await store.sessions.times({ campaign: name, fromAt, toAt });
    const wrapUpMs = times.reduce((sum, { state, ms }) => sum + (state === 'wrap-up' ? ms : 0), 0);
    const behaviour = history.behaviour(wrapUpMs, campaign.answer.noAgentAfterMs / 1000);
    const { byState } = await store.records.counts(name);
    return {
      about: `${name}, by ${history.dials} dials and ${history.conversations} conversations`,
      world: worldOfBehaviour(behaviour, { name, ...shape }),
      records: byState.fresh + byState.waiting + byState.dialing,
      attemptsPerRecord: history.attemptsPerRecord,
    };
  });
}
