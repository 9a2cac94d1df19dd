// Changes the file of a campaign that is there: checked whole first, then replaced at once or not at all, and never when
// somebody else has changed it since it was read.

import { createHash, randomBytes } from 'node:crypto';
import { open, readFile, realpath, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OperationalError } from '../base/errors.ts';
import type { CampaignCatalogue } from './campaign-files.ts';

export interface CampaignFile {
  readonly file: string;
  readonly yaml: string;
  readonly version: string;
}

/** Refused with `campaign-unreadable`. */
export async function readCampaignFile(file: string): Promise<CampaignFile> {
  try {
    const yaml = await readFile(file, 'utf8');
    return { file, yaml, version: createHash('sha256').update(yaml).digest('base64url').slice(0, 22) };
  } catch (error) {
    throw new OperationalError('campaign-unreadable', `The file ${file} cannot be read.`, {
      hint: 'Was it moved or removed? The campaign goes on with what was read of it last.',
      places: [{ file }],
      cause: error,
      httpCode: 503,
    });
  }
}

interface Change {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** Of the text that was changed. */
  readonly version: string;
}

/**
 * The text before. Refused with `campaign-file-changed`, `campaign-renamed`, `campaign-faulty` (every fault with its
 * place), `campaign-unwritable`.
 */
export async function writeCampaignFile(
  catalogue: Pick<CampaignCatalogue, 'check'>,
  { name, file, text, version }: Change,
): Promise<string> {
  const checked = await catalogue.check(text, file, file);
  if (checked.name !== name)
    throw new OperationalError('campaign-renamed', `The text is that of ${checked.name}, not of ${name}.`, {
      hint: 'A campaign keeps its name; make another one, or clone this.',
      httpCode: 400,
    });
  const before = await readCampaignFile(file);
  if (before.version !== version)
    throw new OperationalError('campaign-file-changed', `The file of ${name} has changed since it was read.`, {
      hint: 'Read it again, and put your change into it.',
      places: [{ file }],
      httpCode: 409,
    });
  await replace(file, text);
  return before.yaml;
}

async function replace(named: string, text: string): Promise<void> {
  // A link stays one: what it leads to is replaced.
  const file = await realpath(named);
  const draft = join(dirname(file), `.${basename(file)}.${randomBytes(4).toString('hex')}.draft`);
  try {
    const handle = await open(draft, 'wx', 0o640);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await unlink(draft).catch(() => undefined);
    throw new OperationalError('campaign-unwritable', `The file ${file} cannot be written.`, {
      hint: 'The daemon needs the right to write to folders.campaigns, and space on the disk.',
      places: [{ file }],
      cause: error,
      httpCode: 503,
    });
  }
}
