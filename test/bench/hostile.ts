// Everything hostile with every detection mode, as a table; and rounds of killing the carrier and a talking phone (those of
// killing the daemon and Asterisk are the benchmark `crash`). Options: --kind ARI,disk … (all), --rounds N (10).

import type { Detection } from '../../src/terms.ts';
import { ANSWERED, LONG_RING, scriptsOf, UNANSWERED, type HostileCall } from '../support/hostile-calls.ts';
import { HostileLoad } from '../support/hostile-load.ts';
import { openTroubled, TROUBLES, type Kind } from '../support/hostile-troubles.ts';
import { killPhone, type PhoneRound } from '../support/phone-rounds.ts';
import { DETECTIONS, PeerDesk, type LeftOver } from '../support/peer-desk.ts';
import type { BenchArgs } from './bench-args.ts';

interface Line {
  readonly scenario: string;
  readonly detection: string;
  readonly attempts: number;
  readonly results: string;
  readonly counted: number;
  readonly silenceMs: number;
  /** Of the whole desk, after the scenario or the batch it was in. */
  readonly left: number;
  readonly unmatched: number;
  readonly wrong: readonly string[];
}

/** Of killing the carrier, and a talking phone. */
const ROUNDS = 10;

type Say = (text: string) => void;

export async function run({ json, options }: BenchArgs): Promise<unknown> {
  const say: Say = (text) => {
    if (!json) process.stdout.write(`${text}\n`);
  };
  const wanted = options.kind?.split(',');
  const isWanted = (kind: string): boolean => wanted === undefined || wanted.includes(kind);
  const lines: Line[] = [];
  const report = (more: readonly Line[]): void => {
    lines.push(...more);
    for (const line of more) say(inWords(line));
  };
  say('scenario | detection | attempts | result | counted | longest silence, ms | legs and bridges left | unmatched');
  say('---|---|---|---|---|---|---|---');
  if (isWanted('unanswered')) report(await calls(UNANSWERED, RINGING, 2));
  if (isWanted('answered')) report(await calls(ANSWERED, {}, 5));
  const rounds = Number(options.rounds ?? ROUNDS);
  for (const kind of Object.keys(TROUBLES) as Kind[]) {
    if (isWanted(kind)) await troubles(kind, report, kind === 'carrier' ? rounds : 1);
  }
  const phones: PhoneRound[] = isWanted('phone') ? await phoneRounds(rounds, say) : [];
  return { lines, phones };
}

const RINGING = {
  mode: 'ratio',
  pacing: `{ring: ${LONG_RING}, min_ring: 15s, ratio: 10, max_lines: 40, max_calls_per_second: 40}`,
};

/** All calls of the list with every mode at once. */
async function calls(
  list: readonly HostileCall[],
  changes: Readonly<Record<string, string>>,
  agents: number,
): Promise<Line[]> {
  const desk = await PeerDesk.open();
  try {
    for (const detection of DETECTIONS) await desk.staff(detection, agents, { detection, changes });
    const outcomes = await Promise.all(
      DETECTIONS.map(async (detection) => [detection, await desk.dial(detection, scriptsOf(list), 150_000)] as const),
    );
    const left = await desk.leftOver();
    return outcomes.flatMap(([detection, byName]) =>
      list.flatMap(({ name }) => {
        const outcome = byName[name];
        if (!outcome) return [];
        const { rows, results, counted, silenceMs } = outcome;
        return [
          {
            scenario: name,
            detection,
            attempts: rows.length,
            results: results.join(' '),
            silenceMs,
            counted: counted.filter(Boolean).length,
            ...sums(left),
            wrong: [],
          },
        ];
      }),
    );
  } finally {
    await desk.close();
  }
}

async function troubles(kind: Kind, report: (lines: readonly Line[]) => void, rounds = 1): Promise<void> {
  const { desk, troubles: list, close } = await openTroubled(kind);
  try {
    for (const detection of DETECTIONS) await desk.staff(detection, 3, { detection });
    for (const { name, happens, bounds } of Array.from({ length: rounds }, () => list).flat()) {
      const load = await HostileLoad.begin(desk, name.length, 20);
      await happens();
      await load.resumed();
      await load.end();
      const left = await desk.leftOver(40_000);
      const lines = await Promise.all(DETECTIONS.map((detection) => loadLine(load, detection, bounds)));
      report(lines.map((line) => ({ ...line, ...sums(left), scenario: `${kind}: ${name}` })));
    }
  } finally {
    await close();
  }
}

async function loadLine(load: HostileLoad, detection: Detection, bounds: Parameters<HostileLoad['figures']>[0]) {
  const { attempts, results, counted, silenceMs, silences, breaches } = await load.figures(bounds, detection);
  const words = Object.entries(results).map(([result, count]) => `${count} ${result}`);
  return { detection, attempts, results: words.join(', '), counted, silenceMs, wrong: [...breaches, ...silences] };
}

async function phoneRounds(rounds: number, say: Say): Promise<PhoneRound[]> {
  const done: PhoneRound[] = [];
  const desk = await PeerDesk.open();
  try {
    const crew = [...(await desk.staff('off', 1)), ...(await desk.addAgents('off', 1))];
    for (let round = 1; round <= rounds; round += 1) {
      const figures = await killPhone(desk, 'off', crew);
      done.push(figures);
      say(`phone, round ${round}: ${JSON.stringify(figures)}`);
    }
    say(`left over: ${JSON.stringify(await desk.leftOver())}`);
  } finally {
    await desk.close();
  }
  return done;
}

const sums = ({ legs, bridges, unmatched }: LeftOver): Pick<Line, 'left' | 'unmatched'> => ({
  left: legs.length + bridges.length,
  unmatched,
});

function inWords({ scenario, detection, attempts, results, counted, silenceMs, left, unmatched, wrong }: Line): string {
  const line = [scenario, detection, attempts, results, counted, silenceMs, left, unmatched].join(' | ');
  return [line, ...wrong.map((sentence) => `  ! ${sentence}`)].join('\n');
}
