// The files of scripts, read and written for the editor. The file stays the truth: a text is saved only over the one that
// its writer has seen, so that what was changed on the disk meanwhile is shown and never lost; whole and durable, or not.

import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { defined } from '../base/defined.ts';
import { OperationalError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { graveFaults, renderFault, type ConfigFault } from '../config/faults.ts';
import { readRegularFile } from '../config/regular-file.ts';
import { readScript, readScriptFile, scriptFiles } from '../config/script-file.ts';
import type { Script } from '../script/script.ts';
import type { CampaignCatalogue } from './campaign-files.ts';
import { replaceWhole, writeNew } from './whole-file.ts';

interface ScriptText {
  readonly name: string;
  readonly file: string;
  readonly yaml: string;
  /** Of the text: what a save says it has seen. */
  readonly sum: string;
}

export interface CheckedScript {
  readonly script?: Script;
  readonly faults: readonly ConfigFault[];
}

const SAFE_NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/i;

export class ScriptFiles {
  readonly #folder: string;
  readonly #campaigns: Pick<CampaignCatalogue, 'all'>;
  /** One save after the other. */
  #saving: Promise<unknown> = Promise.resolve();

  /** `campaigns`: the folder of the campaign files; scripts are in the folder scripts beside it. */
  constructor(campaigns: string, catalogue: Pick<CampaignCatalogue, 'all'>) {
    this.#folder = join(dirname(campaigns), 'scripts');
    this.#campaigns = catalogue;
  }

  /** Every script, with what is wrong in its file and the campaigns that use it. */
  all(): readonly ({ readonly name: string; readonly campaigns: readonly string[] } & CheckedScript)[] {
    return [...scriptFiles(this.#folder)].flatMap(([name, file]) => {
      const { script, faults } = readScriptFile(file) ?? { faults: [unreadable(file)] };
      return [{ name, campaigns: this.usersOf(name), faults, ...defined({ script }) }];
    });
  }

  usersOf(name: string): readonly string[] {
    return this.#campaigns.all().flatMap(({ campaign }) => (campaign.script?.name === name ? [campaign.name] : []));
  }

  /** As its file stands now; refused with `script-file-unknown`. */
  read(name: string): ScriptText {
    const known = scriptFiles(this.#folder);
    const file = known.get(name);
    const yaml = file === undefined ? undefined : textOf(file);
    if (file === undefined || yaml === undefined) throw scriptUnknown(name, [...known.keys()]);
    return { name, file, yaml, sum: sumOf(yaml) };
  }

  /** What is wrong with a text, were it the script's file. `fields`: names that records have; absent: not known. */
  check(name: string, yaml: string, fields?: readonly string[]): CheckedScript {
    const { script, faults } = readScript(yaml, this.#fileOf(name), fields);
    return { faults, ...defined({ script }) };
  }

  /**
   * Writes the text over the one with the sum `seen` (null: there is none yet). Refused with `script-file-faulty`,
   * `script-file-changed`, `script-name-invalid`, `script-file-unwritable`.
   */
  save(name: string, { yaml, seen }: { readonly yaml: string; readonly seen: string | null }): Promise<ScriptText> {
    const saved = this.#saving.then(() => this.#save(name, yaml, seen));
    this.#saving = saved.catch(() => undefined); // its own writer gets the fault; the next one does not wait for it
    return saved;
  }

  async #save(name: string, yaml: string, seen: string | null): Promise<ScriptText> {
    if (!SAFE_NAME.test(name)) throw nameInvalid(name);
    const grave = graveFaults(this.check(name, yaml).faults);
    if (grave.length > 0) throw faulty(name, grave);
    const file = this.#fileOf(name);
    const now = scriptFiles(this.#folder).has(name) ? this.read(name).sum : null;
    if (now !== seen) throw changed(name, file, now);
    const done = seen === null ? writeNew(file, yaml, 0o640) : replaceWhole(file, yaml);
    await done.catch((cause: unknown) => {
      throw isThere(cause) ? changed(name, file, null) : unwritable(file, cause);
    });
    return { name, file, yaml, sum: sumOf(yaml) };
  }

  #fileOf(name: string): string {
    return scriptFiles(this.#folder).get(name) ?? join(this.#folder, `${name}.yaml`);
  }
}

const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function textOf(file: string): string | undefined {
  try {
    return readRegularFile(file);
  } catch {
    return undefined; // gone since the folder was read, or no file that can be read
  }
}

const isThere = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST';

function unreadable(file: string): ConfigFault {
  return { file, severity: 'fault', message: 'The file cannot be read.', hint: 'See its owner, mode and size.' };
}

function scriptUnknown(name: string, known: readonly string[]): OperationalError {
  return new OperationalError('script-file-unknown', `There is no script ${name}.${didYouMean(name, known)}`, {
    hint: known.length === 0 ? 'There are no scripts yet.' : `Scripts: ${known.join(', ')}.`,
    httpCode: 404,
  });
}

function nameInvalid(name: string): OperationalError {
  return new OperationalError('script-name-invalid', `"${name}" cannot be a script's name.`, {
    hint: 'Use letters, digits, dash and underscore, at most 64, starting with a letter or digit.',
  });
}

function faulty(name: string, faults: readonly ConfigFault[]): OperationalError {
  return new OperationalError('script-file-faulty', `The script ${name} has faults: it was not saved.`, {
    hint: faults.map(renderFault).join('\n'),
    places: faults,
  });
}

function changed(name: string, file: string, now: string | null): OperationalError {
  const what = now === null ? 'is gone' : 'was changed by somebody else';
  return new OperationalError('script-file-changed', `The file of the script ${name} ${what}: nothing was saved.`, {
    hint: 'Look at what the file says now, and save again with what of it is to stay.',
    places: [{ file }],
    httpCode: 409,
  });
}

function unwritable(file: string, cause: unknown): OperationalError {
  return new OperationalError('script-file-unwritable', `The file ${file} cannot be written.`, {
    hint: 'The daemon needs the right to write to the folder scripts, and space on the disk.',
    places: [{ file }],
    cause,
    httpCode: 503,
  });
}
