// Changes the file of a campaign that is there: checked whole first, then replaced at once or not at all, and never when
// somebody else has changed it since it was read.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { OperationalError } from '../base/errors.ts';
import { campaignUnwritable, type CampaignCatalogue } from './campaign-files.ts';
import { replaceWhole } from './whole-file.ts';

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

async function replace(file: string, text: string): Promise<void> {
  try {
    await replaceWhole(file, text);
  } catch (error) {
    throw campaignUnwritable(file, error);
  }
}
