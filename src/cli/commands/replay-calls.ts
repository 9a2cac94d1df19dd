// outdial replay-calls: what a daemon lived through, lived again from its log alone, to the same events and commands.

import type { Command } from 'commander';
import type { Difference, Replayed } from '../../engine/journal/replay.ts';
import type { AddCommands } from '../add-commands.ts';
import type { CommandContext } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { showInstant } from '../render/instants.ts';
import { pairs } from '../render/table.ts';

interface CallsReport extends Replayed {
  readonly file: string;
}

/** So much of two lines is shown around the place at which they part. */
const BEFORE = 60;
const AROUND = 160;

export const replayCallsCommand: AddCommands = (parent, carryOf) => {
  const command: Command = parent
    .command('replay-calls')
    .description('live again what the daemon lived through, from its engine log; exit 1 when anything differs')
    .argument('[file]', 'the log; default: that of the latest start')
    .action((file: string | undefined) => carryOf(command)((context) => replayCalls(context, file)));
};

async function replayCalls(context: CommandContext, named: string | undefined): Promise<Outcome> {
  const { latestEngineLog, readEngineLog } = await import('../../store/engine-log/read.ts');
  const { replayEngine } = await import('../../engine/journal/replay.ts');
  const { kindOf } = await import('../../numbers/kinds.ts');
  const { numberOf } = await import('../../numbers/number-of.ts');
  const file = named ?? (await latestEngineLog((await context.settings()).engineLog.folder));
  const replayed = await replayEngine(readEngineLog(file), ({ about: { country = 'US' } }) => ({
    kindOf,
    readNumber: (text, from) => numberOf(text, country, from),
  }));
  const report: CallsReport = { file, ...replayed };
  return { data: report, text: rendered(report), exitCode: replayed.firstDifference === null ? 0 : 1 };
}

function rendered(report: CallsReport): string {
  const { file, fromAt, toAt, stretches, turns, events, commands, firstDifference } = report;
  return pairs([
    ['log', file],
    ['from', fromAt === null ? '–' : showInstant(fromAt)],
    ['to', toAt === null ? '–' : showInstant(toAt)],
    ['starts', stretches],
    ['came in', turns],
    ['events', events],
    ['commands', commands],
    ['lived again', firstDifference === null ? 'everything is the same' : 'differs'],
    ...(firstDifference === null ? [] : difference(firstDifference)),
  ]);
}

function difference({ at, line, came, logged, again }: Difference): [string, string][] {
  const from = Math.max(0, partsAt(logged ?? '', again ?? '') - BEFORE);
  const shown = (text: string | null): string => (text === null ? 'nothing' : text.slice(from, from + AROUND));
  return [
    ['first at', `${showInstant(at)}, line ${line}`],
    ['came in', came.slice(0, AROUND)],
    ['then', shown(logged)],
    ['now', shown(again)],
  ];
}

/** How far two texts are the same. */
function partsAt(one: string, other: string): number {
  let place = 0;
  while (place < one.length && one[place] === other[place]) place += 1;
  return place;
}
