// Rounds of kill -9 of the daemon and of our Asterisk under load, and what the books of all sides say in the end.

import { CrashRounds, type EndFigures, type RoundFigures, type Victim } from '../support/crash-rounds.ts';
import type { BenchArgs } from './bench-args.ts';

interface Figures {
  readonly seed: number;
  readonly rounds: readonly RoundFigures[];
  readonly end: Omit<EndFigures, 'own' | 'carrier'>;
}

const ROUNDS = 10;
const SHORT_ROUNDS = 2;

/** Runs `--rounds` rounds (10; short: 2) each of the daemon's death, Asterisk's, and both at once in every fifth. */
export async function run({ json, short, options }: BenchArgs): Promise<unknown> {
  const count = Number(options.rounds ?? (short ? SHORT_ROUNDS : ROUNDS));
  const seed = Number(options.seed ?? 1);
  const say = (text: string): void => {
    if (!json) process.stdout.write(`${text}\n`);
  };
  const victims = Array.from({ length: count }, (_, index): Victim[] => [
    'daemon',
    index % 5 === 4 ? 'both' : 'asterisk',
  ]).flat();
  const rounds = await CrashRounds.open({ agents: 10, rounds: victims.length, seed, say });
  try {
    const done: RoundFigures[] = [];
    for (const victim of victims) {
      const figures = await rounds.round(victim);
      done.push(figures);
      say(line(figures));
    }
    const { own: _own, carrier: _carrier, ...end } = await rounds.finish();
    const figures: Figures = { seed, rounds: done, end };
    if (!json) print(figures);
    return figures;
  } finally {
    await rounds.close();
  }
}

function line(round: RoundFigures): string {
  const { victim, talking, dialed, kept, ended, torn, openWithoutLeg, lostSessions } = round;
  const times = `ready ${round.readyAfterMs} ms, agents back ${round.agentsBackAfterMs} ms, dialing ${round.dialingAfterMs} ms`;
  const faults = `torn ${torn.length}, open ${openWithoutLeg.length}, sessions lost ${lostSessions.length}`;
  return `${victim.padEnd(8)} ${talking} talking, ${dialed} dialed: kept ${kept}, ended ${ended}, ${faults}; ${times}`;
}

function print({ rounds, end }: Figures): void {
  const { attempts, carrierCalls, unmatched, open, doubled, leftOver, stuck, cutShort, keptInVain } = end;
  const total = (of: (round: RoundFigures) => number): number => rounds.reduce((sum, round) => sum + of(round), 0);
  const longest = Math.max(...rounds.map(({ longestSilenceMs }) => longestSilenceMs));
  const lines = [
    `rounds                       ${rounds.length}`,
    `conversations at the kills   ${total(({ talking }) => talking)}`,
    `conversations torn           ${total(({ torn }) => torn.length)}`,
    `cut short, by the carrier    ${cutShort.length + keptInVain.length}`,
    `attempts / carrier's calls   ${attempts} / ${carrierCalls}`,
    `unmatched, open, doubled     ${unmatched}, ${open}, ${doubled.length}`,
    `left over, agents stuck      ${leftOver.length}, ${stuck.length} ${[...leftOver, ...stuck].join(', ')}`.trimEnd(),
    `longest silence              ${longest} ms`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
