// Runs commands of outdial that only look and take long (reports, forecasts, replays) as processes of their own with a low
// priority: the thread that controls calls gets their text, and nothing of their work. Few at a time, each within a limit.

import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { OperationalError } from '../base/errors.ts';

const AT_ONCE = 2;
const MOST_WAITING = 8;
/** How nice they are to everything else on the machine. */
const NICE = 10;
const MOST_BYTES = 64 * 1_048_576;

interface ProgramsOptions {
  /** The settings file that the commands read. */
  readonly settingsFile: string;
  /** The program with its own arguments; default: as this process was started. */
  readonly program?: readonly [file: string, ...args: readonly string[]];
}

export class Programs {
  readonly #options: ProgramsOptions;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  readonly #stops = new Set<() => void>();

  constructor(options: ProgramsOptions) {
    this.#options = options;
  }

  /** What the command prints; see ProgramsPort. */
  async run(args: readonly string[], limitMs: number): Promise<string> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= MOST_WAITING) throw busy();
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    } else this.#running += 1;
    try {
      return await this.#carryOut(args, limitMs);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  #carryOut(args: readonly string[], limitMs: number): Promise<string> {
    const { settingsFile, program = [process.execPath, ...process.execArgv, process.argv[1] ?? ''] } = this.#options;
    const [file, ...first] = program;
    return new Promise((resolve, reject) => {
      const child = spawn(file, [...first, ...args, '--config', settingsFile], { stdio: ['ignore', 'pipe', 'pipe'] });
      const pieces: Buffer[] = [];
      let bytes = 0;
      let words = '';
      const stop = (): void => void child.kill('SIGKILL');
      const late = setTimeout(() => {
        reject(tooLong(limitMs));
        stop();
      }, limitMs);
      this.#stops.add(stop);
      child.stdout.on('data', (piece: Buffer) => {
        pieces.push(piece);
        bytes += piece.length;
        if (bytes > MOST_BYTES) stop();
      });
      child.stderr.on('data', (piece: Buffer) => (words = `${words}${piece.toString()}`.slice(-4000)));
      child.once('spawn', () => beNice(child.pid));
      child.once('error', (cause) => reject(failed(cause)));
      child.once('close', (code) => {
        clearTimeout(late);
        this.#stops.delete(stop);
        const text = Buffer.concat(pieces).toString();
        const refusal = code === 0 ? undefined : refusalIn(text, words);
        if (refusal) reject(refusal);
        else resolve(text);
      });
    });
  }
}

function beNice(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, NICE);
  } catch {
    // It is over already, or the system does not allow it: it runs as everything else does.
  }
}

/** What the command refused; a command that did its work and found something wrong has printed no refusal. */
function refusalIn(text: string, words: string): OperationalError | undefined {
  const printed = /\{"error":.*\}\s*$/s.exec(text)?.[0];
  if (printed !== undefined) {
    const { error } = JSON.parse(printed) as { error: { code: string; message: string; hint: string } };
    return new OperationalError(error.code, error.message, { hint: error.hint });
  }
  const [, code, message] = /error \[([a-z-]+)\] (.*)/.exec(words) ?? [];
  const hint = /hint: (.*)/.exec(words)?.[1] ?? 'The log of the daemon says more.';
  if (code !== undefined) return new OperationalError(code, message ?? '', { hint });
  return text === '' ? failed(new Error(words.trim().slice(-400))) : undefined;
}

function busy(): OperationalError {
  return new OperationalError('analysis-busy', 'Too many reports and forecasts are being worked out.', {
    hint: 'Try again in a minute.',
    httpCode: 503,
  });
}

function tooLong(limitMs: number): OperationalError {
  return new OperationalError('analysis-too-long', `It was not done within ${Math.round(limitMs / 1000)} s.`, {
    hint: 'Ask for a shorter period or fewer days; the command line has no such limit.',
    httpCode: 503,
  });
}

function failed(cause: Error): OperationalError {
  return new OperationalError('analysis-failed', 'The report or forecast could not be worked out.', {
    hint: 'Try the same on the command line: it says why.',
    cause,
    httpCode: 503,
  });
}
