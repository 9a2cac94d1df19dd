// Runs tests of a copy of the repository, in which one file at a time is faulty: the working tree is never touched, and
// threads and programs that the tests start see the fault too.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createVitest, type Vitest } from 'vitest/node';

export interface Outcome {
  readonly passed: boolean;
  /** It was ended because it took too long. */
  readonly late: boolean;
  readonly tookMs: number;
  /** The first test that failed, or what else went wrong. */
  readonly why: string;
}

const NOT_COPIED: ReadonlySet<string> = new Set(['node_modules', '.git', 'dist', 'coverage', 'data']);

export class Trial {
  readonly folder: string;
  readonly #vitest: Vitest;

  private constructor(folder: string, vitest: Vitest) {
    this.folder = folder;
    this.#vitest = vitest;
  }

  static async start(root: string): Promise<Trial> {
    const folder = mkdtempSync(path.join(tmpdir(), 'outdial-mutants-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    for (const name of readdirSync(root).filter((one) => !NOT_COPIED.has(one))) {
      cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    const silent = { root: folder, watch: false, bail: 1, maxWorkers: 1, reporters: [{}] };
    return new Trial(folder, await createVitest('test', silent));
  }

  close(): Promise<void> {
    return this.#vitest.close();
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  write(file: string, text: string): void {
    const full = path.join(this.folder, file);
    writeFileSync(full, text);
    this.#vitest.invalidateFile(full);
  }

  /** One test file, up to its first failure. */
  async run(test: string, withinMs: number): Promise<Outcome> {
    const specifications = await this.#vitest.globTestSpecifications([path.join(this.folder, test)]);
    const startedAt = performance.now();
    const hang = { ended: false };
    const timer = setTimeout(() => {
      hang.ended = true;
      // Its worker may turn in a loop that no message ends.
      for (const child of children()) process.kill(child, 'SIGKILL');
    }, withinMs);
    const { testModules, unhandledErrors } = await this.#vitest.runTestSpecifications(specifications);
    clearTimeout(timer);
    const failed = testModules.flatMap((module) => {
      const tests = [...module.children.allTests('failed')].map(({ fullName }) => fullName);
      return tests.length > 0 || module.ok() ? tests : [`${test} as a whole`];
    });
    const passed = !hang.ended && failed.length === 0 && unhandledErrors.length === 0 && testModules.length > 0;
    const why = failed[0] ?? (unhandledErrors.length > 0 ? `an error that nothing caught in ${test}` : '');
    return { passed, late: hang.ended, tookMs: performance.now() - startedAt, why };
  }
}

/** The processes that this one has started. */
function children(): number[] {
  return readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}
