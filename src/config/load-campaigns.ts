// Reads campaign files: one file, or all of a folder. Each file is good or has faults; the good ones are used.

import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OperationalError } from '../base/errors.ts';
import type { Place } from '../base/errors.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { CampaignName } from '../terms.ts';
import { checkCampaign } from './campaign/checks.ts';
import type { CampaignContext } from './checking.ts';
import { toCampaign } from './campaign/mapping.ts';
import { campaignSchema } from './campaign/schema.ts';
import { faultsError, graveFaults, MOST_FAULTS } from './faults.ts';
import type { ConfigFault } from './faults.ts';
import { checkLaw } from './campaign/law-checks.ts';
import { checkReach } from './reach-checks.ts';
import { readRegularFile } from './regular-file.ts';
import { ruleFolders } from './rule-packs.ts';
import { checkScript } from './campaign/script.ts';
import { checkSchedule } from './campaign/schedule.ts';
import type { ReadNamed } from './campaign/schedule.ts';
import { readSource } from './source.ts';
import { validate } from './validate.ts';
import { writtenSettings, type WrittenSettings } from './written-settings.ts';

export interface ReadCampaign {
  readonly file: string;
  /** Absent when there is a grave fault. */
  readonly campaign?: Campaign;
  /** What its file says, key by key; there with the campaign. */
  readonly written?: WrittenSettings;
  /** Where its name stands. */
  readonly nameAt?: Place;
  /** The line of each call-again rule, in their order. */
  readonly ruleLines?: readonly number[];
  readonly faults: readonly ConfigFault[];
}

export interface LoadedCampaigns {
  /** Those without a grave fault, by name. */
  readonly campaigns: readonly Campaign[];
  /** The file of each of them. */
  readonly files: ReadonlyMap<CampaignName, string>;
  /** What each of those files says, key by key. */
  readonly written: ReadonlyMap<CampaignName, WrittenSettings>;
  /** The line of each call-again rule in those files. */
  readonly ruleLines: ReadonlyMap<CampaignName, readonly number[]>;
  /** Faults and warnings of all files. */
  readonly faults: readonly ConfigFault[];
}

/** Reads a campaign from the text of `file`, with all its faults. */
export function readCampaign(text: string, file: string, context: CampaignContext = {}): ReadCampaign {
  const path = resolve(file);
  const { source, faults: syntaxFaults } = readSource(text, path);
  if (!source) return { file: path, faults: syntaxFaults };
  const { value, faults: schemaFaults } = validate(source, campaignSchema);
  const standsAt = resolve(context.destination ?? path);
  const { holidays, faults: scheduleFaults } = checkSchedule(source, namedBeside(standsAt));
  const { packs: rules, faults: lawFaults } = checkLaw(source, ruleFolders(standsAt));
  const { script, faults: scriptFaults } = checkScript(source, dirname(dirname(standsAt)), context);
  const faults = inOrder([
    ...schemaFaults,
    ...checkCampaign(source, context),
    ...scheduleFaults,
    ...lawFaults,
    ...scriptFaults,
    ...checkReach(source, rules, context),
  ]);
  if (!value || graveFaults(faults).length > 0) return { file: path, faults: faults.slice(0, MOST_FAULTS) };
  const { filters, reaches } = context;
  const campaign = toCampaign(value, { holidays, rules, script, filters, reaches });
  return {
    file: path,
    campaign,
    written: writtenSettings(source.value, campaign),
    nameAt: source.placeOf(['campaign']),
    ruleLines: campaign.callAgain.map((_, place) => source.placeOf(['call_again', place]).line ?? 0),
    faults: faults.slice(0, MOST_FAULTS),
  };
}

/** The campaign that `text` holds; throws OperationalError `campaign-faulty` with every fault. */
export function parseCampaign(text: string, file: string, context: CampaignContext = {}): Campaign {
  const { campaign, faults } = readCampaign(text, file, context);
  if (campaign) return campaign;
  throw faultsError('campaign-faulty', faults);
}

/** All campaigns of the folder; throws `campaigns-unreadable` when the folder cannot be listed. */
export async function loadCampaigns(folder: string, context: CampaignContext = {}): Promise<LoadedCampaigns> {
  const texts = await readCampaignTexts(folder);
  return gatherCampaigns(texts.map((text) => readCampaignText(text, context)));
}

/** A file of the folder: its text, or why it cannot be read. */
export type CampaignText = { readonly file: string } & ({ readonly text: string } | { readonly unreadable: string });

/** The texts of all campaign files of the folder by name; hidden files and other endings are none. */
export async function readCampaignTexts(folder: string): Promise<readonly CampaignText[]> {
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    const hint = 'Make the folder, or name another one under folders.campaigns in outdial.yaml.';
    const message = `The campaigns folder ${folder} cannot be read.`;
    throw new OperationalError('campaigns-unreadable', message, { hint, places: [{ file: folder }], cause });
  }
  const files = names.filter((name) => /^[^.].*\.ya?ml$/.test(name)).sort();
  const texts = files.map((name) => readCampaignFile(resolve(join(folder, name))));
  // Gone between listing and reading: an editor at work.
  return texts.filter((text) => !('unreadable' in text) || text.unreadable !== 'ENOENT');
}

/** The text of a campaign file. */
export function readCampaignFile(file: string): CampaignText {
  try {
    return { file, text: readRegularFile(file) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return { file, unreadable: cause instanceof Error && 'code' in cause ? String(cause.code) : why };
  }
}

/** Reads one of those texts. */
export function readCampaignText(text: CampaignText, context: CampaignContext): ReadCampaign {
  if ('text' in text) return readCampaign(text.text, text.file, context);
  const message = `The file cannot be read (${text.unreadable}).`;
  const hint = 'Check its owner and mode.';
  return { file: text.file, faults: [{ file: text.file, severity: 'fault', message, hint }] };
}

/**
 * Puts files together: a name that two files give to a campaign is a fault in both. It is used from the file that
 * `owners` names for it, and from none when there is no such file.
 */
export function gatherCampaigns(
  reads: readonly ReadCampaign[],
  owners: ReadonlyMap<CampaignName, string> = new Map(),
): LoadedCampaigns {
  const filesOf = new Map<CampaignName, string[]>();
  for (const { campaign, file } of reads) {
    if (campaign) filesOf.set(campaign.name, [...(filesOf.get(campaign.name) ?? []), file]);
  }
  const used = reads.filter(({ campaign, file }) => {
    const files = campaign ? (filesOf.get(campaign.name) ?? []) : [];
    return files.length === 1 || (campaign !== undefined && owners.get(campaign.name) === file);
  });
  const campaigns = used.flatMap(({ campaign }) => campaign ?? []);
  return {
    campaigns: campaigns.sort((a, b) => (a.name < b.name ? -1 : 1)),
    files: new Map(used.flatMap(({ campaign, file }) => (campaign ? [[campaign.name, file] as const] : []))),
    written: new Map(used.flatMap(({ campaign, written }) => (campaign && written ? [[campaign.name, written]] : []))),
    ruleLines: new Map(used.flatMap(({ campaign, ruleLines = [] }) => (campaign ? [[campaign.name, ruleLines]] : []))),
    faults: reads.flatMap((read) => [...read.faults, ...clashes(read, filesOf)]),
  };
}

function clashes(
  { campaign, file, nameAt }: ReadCampaign,
  filesOf: ReadonlyMap<CampaignName, readonly string[]>,
): readonly ConfigFault[] {
  const others = campaign ? (filesOf.get(campaign.name) ?? []).filter((other) => other !== file) : [];
  if (!campaign || others.length === 0) return [];
  const message = `Campaign ${campaign.name} is in ${others.map((other) => basename(other)).join(' and ')} as well.`;
  const hint = 'Give one of them another name, or move it out of the folder.';
  return [{ ...(nameAt ?? { file }), severity: 'fault', message, hint }];
}

/** Reads a file named in a campaign: from `holidays/` beside the campaigns folder, or from the folder above it. */
function namedBeside(campaignFile: string): ReadNamed {
  const above = dirname(dirname(campaignFile));
  return (name) => {
    const lookedAt = [join(above, 'holidays', name), join(above, name)];
    for (const file of lookedAt) {
      try {
        return { file, text: readRegularFile(file, { under: above }) };
      } catch {
        // Not here, or nothing that may be read: the other place, or the fault that says so.
      }
    }
    return { lookedAt };
  };
}

function inOrder(faults: readonly ConfigFault[]): readonly ConfigFault[] {
  return [...faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}
