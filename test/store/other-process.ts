// Runs a module of the tests as a process of its own that can be killed.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

export class OtherProcess {
  /** What it has written, line by line. */
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  #watchers: (() => void)[] = [];

  /** Starts the module; killed at the latest when the running test ends. */
  constructor(module: URL, ...args: readonly string[]) {
    this.#child = spawn(process.execPath, ['--import', TSX, fileURLToPath(module), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (!this.#child.stdout) throw new Error('the process has no output');
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.lines.push(line);
      for (const watcher of this.#watchers) watcher();
    });
    onTestFinished(() => this.kill());
  }

  /** Resolves when it has written that many lines. */
  async wrote(count: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (this.lines.length >= count) resolve();
      };
      this.#watchers.push(check);
      check();
    });
  }

  /** Kills it like the out-of-memory killer does. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}
