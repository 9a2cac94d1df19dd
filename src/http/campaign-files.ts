// New campaign files in the campaigns folder: checked whole first, then there at once or not at all.
// Never changes or replaces a file that is there; the campaign inside becomes known by a reload.

import { campaignUnknown } from '../campaign/refusals.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperationalError } from '../base/errors.ts';
import type { Campaign } from '../campaign/definition.ts';
import { copyCampaignText } from '../config/campaign-copy.ts';
import type { ConfigFault } from '../config/faults.ts';
import type { ListStore } from '../engine/store/lists.ts';
import type { Result } from '../terms.ts';
import { writeNew } from './whole-file.ts';

export interface LoadedCampaign {
  readonly campaign: Campaign;
  readonly file: string;
  /** What is wrong in the file as it is now; not empty: an older version of it is in force. */
  readonly faults: readonly string[];
  /** The line of each call-again rule in the file, in their order. */
  readonly ruleLines?: readonly number[];
}

/** What the API needs of the loaded campaign files. */
export interface CampaignCatalogue {
  /** The campaigns as last loaded without fault, each with its file. */
  all(): readonly LoadedCampaign[];
  /**
   * Parses `text` as the content of `file`; an OperationalError names every fault with its place. Holidays and packs are
   * looked for around `destination`, where the file is to stand.
   */
  check(text: string, file: string, destination?: string): Campaign | Promise<Campaign>;
  /** What may be wrong in the campaign's file and keeps it from nothing: lists, groups that are not there yet … */
  warnings(name: string): Promise<readonly ConfigFault[]>;
}

const SAFE_NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/i;

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

async function writeNewFile(folder: string, name: string, text: string): Promise<string> {
  const file = join(folder, `${name}.yaml`);
  try {
    await writeNew(file, text, 0o640);
    return file;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw alreadyThere(name, file);
    throw campaignUnwritable(file, error);
  }
}

/** A campaign file that cannot be written, and what to do. */
export function campaignUnwritable(file: string, cause: unknown): OperationalError {
  return new OperationalError('campaign-unwritable', `The file ${file} cannot be written.`, {
    hint: 'The daemon needs the right to write to folders.campaigns, and space on the disk.',
    places: [{ file }],
    cause,
    httpCode: 503,
  });
}

/** Checks the YAML (named `file` in faults) and writes it as a new campaign file; the name of the campaign in it. */
export async function createCampaignFile(
  catalogue: CampaignCatalogue,
  folder: string,
  source: { readonly yaml: string; readonly file?: string | undefined },
): Promise<string> {
  const destination = join(folder, 'new.yaml');
  const { name } = await catalogue.check(source.yaml, source.file ?? destination, destination);
  refuseUnsafeName(name);
  const known = catalogue.all().find(({ campaign }) => campaign.name === name);
  if (known) throw alreadyThere(name, known.file);
  await writeNewFile(folder, name, source.yaml);
  return name;
}

/** What of the original's records the copy begins with; neither: the same lists in whole. */
interface CloneSelection {
  readonly results: readonly Result[];
  readonly dispositions: readonly string[];
}

export interface CloneRequest extends CloneSelection {
  readonly from: string;
  readonly to: string;
  readonly at: number;
}

export interface Cloned {
  readonly name: string;
  /** The list that was made of the chosen records, and how many contacts are on it. */
  readonly list?: string;
  readonly contacts?: number;
}

/**
 * Copies a campaign's file under a new name with all its comments. With chosen results or dispositions the copy dials a
 * new list of the contacts whose records ended so. Refused with `campaign-not-clonable`, `campaign-exists`, `list-exists`.
 */
export async function cloneCampaign(
  parts: {
    readonly catalogue: CampaignCatalogue;
    readonly folder: string;
    readonly lists: Pick<ListStore, 'selectFrom' | 'remove'>;
  },
  { from, to, results, dispositions, at }: CloneRequest,
): Promise<Cloned> {
  const { catalogue, folder } = parts;
  refuseUnsafeName(to);
  const source = catalogue.all().find(({ campaign }) => campaign.name === from);
  if (!source) throw campaignUnknown(from);
  if (catalogue.all().some(({ campaign }) => campaign.name === to)) throw alreadyThere(to);
  const isSelection = results.length > 0 || dispositions.length > 0;
  const list = `${to}-from-${from}`;
  const changes = { name: to, ...(isSelection ? { lists: [list] } : {}) };
  const text = copyCampaignText(await readFile(source.file, 'utf8'), changes);
  const copied = text === undefined ? undefined : await catalogue.check(text, join(folder, `${to}.yaml`));
  if (text === undefined || copied?.name !== to)
    throw new OperationalError('campaign-not-clonable', `The file of ${from} cannot be copied under a new name.`, {
      hint: 'It needs a key campaign with its name.',
      places: [{ file: source.file }],
    });
  const contacts = isSelection
    ? await parts.lists.selectFrom({ list, campaign: from, results, dispositions, at })
    : undefined;
  try {
    const name = await createCampaignFile(catalogue, folder, { yaml: text });
    return contacts === undefined ? { name } : { name, list, contacts };
  } catch (error) {
    if (contacts !== undefined) await parts.lists.remove(list);
    throw error;
  }
}
