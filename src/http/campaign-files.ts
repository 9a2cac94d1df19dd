// New campaign files in the campaigns folder: checked whole first, then there at once or not at all.
// Never changes or replaces a file that is there; the campaign inside becomes known by a reload.

import { randomBytes } from 'node:crypto';
import { link, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { OperationalError } from '../base/errors.ts';
import type { Campaign } from '../campaign/definition.ts';

/** What the API needs of the loaded campaign files. */
export interface CampaignCatalogue {
  /** The campaigns as last loaded without fault, each with its file. */
  all(): readonly { readonly campaign: Campaign; readonly file: string }[];
  /** Parses `text` as the content of `file`; an OperationalError names every fault with its place. */
  check(text: string, file: string): Campaign | Promise<Campaign>;
}

const SAFE_NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/i;
const NAME_LINE = /^campaign:[^\n\r]*/m;

function refuseUnsafeName(name: string): void {
  if (SAFE_NAME.test(name)) return;
  throw new OperationalError('campaign-name-invalid', `"${name}" cannot be a campaign's name here.`, {
    hint: 'Use letters, digits, dash and underscore, at most 64, starting with a letter or digit.',
  });
}

function alreadyThere(name: string, file?: string): OperationalError {
  return new OperationalError('campaign-exists', `There is a campaign ${name} already.`, {
    hint: 'Choose another name, or change its file and run outdial reload.',
    httpCode: 409,
    ...(file === undefined ? {} : { places: [{ file }] }),
  });
}

/** Writes `text` to a new file in one step: complete and durable, or not there. */
async function writeNewFile(folder: string, name: string, text: string): Promise<string> {
  const file = join(folder, `${name}.yaml`);
  const draft = join(folder, `.${name}.${randomBytes(4).toString('hex')}.draft`);
  try {
    const handle = await open(draft, 'wx', 0o644);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, file);
    return file;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw alreadyThere(name, file);
    throw new OperationalError('campaign-unwritable', `The file ${file} cannot be written.`, {
      hint: 'The daemon needs the right to write to folders.campaigns, and space on the disk.',
      places: [{ file }],
      cause: error,
      httpCode: 503,
    });
  } finally {
    await unlink(draft).catch(() => undefined); // was never made, or stays behind as a hidden draft that nobody loads
  }
}

/** Checks the YAML (named `file` in faults) and writes it as a new campaign file; the name of the campaign in it. */
export async function createCampaignFile(
  catalogue: CampaignCatalogue,
  folder: string,
  source: { readonly yaml: string; readonly file?: string | undefined },
): Promise<string> {
  const { name } = await catalogue.check(source.yaml, source.file ?? join(folder, 'new.yaml'));
  refuseUnsafeName(name);
  const known = catalogue.all().find(({ campaign }) => campaign.name === name);
  if (known) throw alreadyThere(name, known.file);
  await writeNewFile(folder, name, source.yaml);
  return name;
}

/** Copies a campaign's file under a new name with all its comments; refused when the name is not on a line of its own. */
export async function cloneCampaignFile(
  catalogue: CampaignCatalogue,
  folder: string,
  names: { readonly from: string; readonly to: string },
): Promise<string> {
  refuseUnsafeName(names.to);
  const source = catalogue.all().find(({ campaign }) => campaign.name === names.from);
  if (!source) throw campaignUnknown(names.from);
  const text = (await readFile(source.file, 'utf8')).replace(NAME_LINE, `campaign: ${JSON.stringify(names.to)}`);
  const { name } = await catalogue.check(text, join(folder, `${names.to}.yaml`));
  if (name === names.to) return createCampaignFile(catalogue, folder, { yaml: text });
  throw new OperationalError('campaign-not-clonable', `The file of ${names.from} cannot be copied under a new name.`, {
    hint: 'It needs a line of its own that reads "campaign: NAME".',
    places: [{ file: source.file }],
  });
}

/** The refusal for a campaign that is not loaded. */
export function campaignUnknown(name: string): OperationalError {
  return new OperationalError('campaign-unknown', `There is no campaign ${name}.`, {
    hint: 'outdial campaign list shows those that are loaded; outdial check tells why a file is not.',
    httpCode: 404,
  });
}
