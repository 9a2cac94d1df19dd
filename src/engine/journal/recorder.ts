// An engine that is written down while it works: everything that comes in, and what it makes of it. Costs a line for each,
// and a turn of the event loop for each thing that comes in while another is handled; without it nothing of this runs.

import { createHmac, randomBytes } from 'node:crypto';
import { Engine } from '../engine.ts';
import type { EngineParts } from '../hub.ts';
import type { TelephonyEvent } from '../ports.ts';
import { askedThrough } from './asks.ts';
import { asError } from './encoding.ts';
import { StretchWriter, type OptionalPart, type StretchHead } from './lines.ts';
import { passedPorts, type Pass } from './passed-ports.ts';
import { Turns } from './turns.ts';

/** Where the lines go. It never waits and never fails. */
export interface EngineJournal {
  readonly write: (line: string) => void;
  readonly digestEveryMs: number;
  readonly about: Readonly<Record<string, string>>;
}

const OPTIONAL: readonly OptionalPart[] = [
  'callRecords',
  'spokenNames',
  'validator',
  'recordings',
  'soundFiles',
  'pacingLogs',
  'rereadCampaigns',
  'readNumber',
];

type Listener = (event: TelephonyEvent) => void;

/** The engine, and `quiet`: resolves when everything that came in has been handled. */
export function recordedEngine(
  parts: EngineParts,
  journal: EngineJournal,
): { engine: Engine; quiet: () => Promise<void> } {
  const turns = new Turns(parts.clock);
  const { settings } = parts;
  const has = OPTIONAL.filter((name) => parts[name] !== undefined);
  const head: StretchHead = { at: parts.clock.now(), settings, has, ...pick(journal) };
  journal.write(StretchWriter.head(head));
  const key = randomBytes(16);
  const cover = (secret: string): string => createHmac('sha256', key).update(secret).digest('base64url');
  const lines = new StretchWriter((line) => journal.write(line), head, cover);
  const engine = new Engine({
    ...parts,
    ...passedPorts(recordedCalls(parts, { lines, turns }), new Set(has)),
    ...readParts(parts, lines),
    clock: recordedClock(parts, { lines, turns }),
    journal: { handled: (event, world) => lines.event(event, world) },
  });
  return { engine: askedThrough(engine, { lines, turns }), quiet: () => turns.quiet() };
}

const pick = ({ digestEveryMs, about }: EngineJournal): Pick<StretchHead, 'digestEveryMs' | 'about'> => ({
  digestEveryMs,
  about,
});

interface Recording {
  readonly lines: StretchWriter;
  readonly turns: Turns;
}

function recordedCalls(parts: EngineParts, { lines, turns }: Recording): Pass {
  let calls = 0;
  const heard =
    (listener: Listener): Listener =>
    (event) =>
      turns.take((at) => {
        lines.heard(at, event);
        listener(event);
      });
  return (port, args) => {
    calls += 1;
    const call = calls;
    lines.call(call, port, args);
    const given = port === 'telephony.start' ? args.map((listener) => heard(listener as Listener)) : args;
    return new Promise((resolve, reject) => {
      asked(parts, port, given).then(
        (value) => turns.take((at) => resolve(lines.answered(at, 'ok', call, value))),
        (fault: unknown) => turns.take((at) => reject(asError(lines.answered(at, 'failed', call, fault)))),
      );
    });
  };
}

/** Asks the real one; what it throws is a refusal, too. */
function asked(parts: EngineParts, port: string, args: readonly unknown[]): Promise<unknown> {
  return new Promise((resolve) => {
    let [owner, one]: [object, unknown] = [parts, parts];
    for (const name of port.split('.')) {
      owner = one as object;
      one = Reflect.get(owner, name) as unknown;
    }
    resolve(Reflect.apply(one as (...given: unknown[]) => unknown, owner, args));
  });
}

function recordedClock({ clock }: EngineParts, { lines, turns }: Recording): EngineParts['clock'] {
  let timers = 0;
  return {
    now: () => turns.now(),
    after: (delayMs, wake) => {
      timers += 1;
      const timer = timers;
      let isOff = false;
      const due = (at: number): void => {
        if (isOff) return;
        lines.woke(at, timer);
        wake();
      };
      const cancel = clock.after(delayMs, () => turns.take(due));
      return () => {
        isOff = true;
        cancel();
      };
    },
  };
}

/** What is read at once: ids, the sounds of names, whether the pacing log took a line. */
function readParts(parts: EngineParts, lines: StretchWriter): Partial<EngineParts> & Pick<EngineParts, 'newId'> {
  const { newId, spokenNames, pacingLogs } = parts;
  const noted = <T>(what: 'id' | 'sound', value: T): T => {
    lines.read(what, value);
    return value;
  };
  let written = 0;
  return {
    newId: () => noted('id', newId()),
    ...(spokenNames && {
      spokenNames: {
        soundOf: (text) => noted('sound', spokenNames.soundOf(text)),
        prepare: (texts) => spokenNames.prepare(texts),
        lend: (text) => spokenNames.lend(text),
        giveBack: (text) => spokenNames.giveBack(text),
      },
    }),
    ...(pacingLogs && {
      pacingLogs: {
        open: (campaign, day) => {
          const log = pacingLogs.open(campaign, day);
          return {
            write: (line) => {
              written += 1;
              lines.pacing(line);
              const isTaken = log.write(line);
              if (!isTaken) lines.read('lost', written);
              return isTaken;
            },
          };
        },
      },
    }),
  };
}
