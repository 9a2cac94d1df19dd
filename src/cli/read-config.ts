// The settings and all campaign files read at once, with every fault of all of them.

import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { defined } from '../base/defined.ts';
import { OperationalError } from '../base/errors.ts';
import type { Campaign } from '../campaign/definition.ts';
import { contextOf } from '../config/campaign-context.ts';
import type { CampaignContext } from '../config/checking.ts';
import { faultsError, graveFaults, renderFault } from '../config/faults.ts';
import type { ConfigFault } from '../config/faults.ts';
import { loadCampaigns } from '../config/load-campaigns.ts';
import type { LoadedCampaigns } from '../config/load-campaigns.ts';
import { readSettings } from '../config/load-settings.ts';
import { packFaults } from '../config/rule-packs.ts';
import { scriptFaults } from '../config/script-file.ts';
import type { Settings } from '../config/settings.ts';
import type { Terminal } from './terminal.ts';

export interface ReadConfig {
  /** Absent when they have a fault. */
  readonly settings?: Settings;
  /** Those without a fault. */
  readonly campaigns: readonly Campaign[];
  /** The files of the campaigns, by their names. */
  readonly files: ReadonlyMap<string, string>;
  /** Faults and warnings of everything that was read. */
  readonly faults: readonly ConfigFault[];
}

/** What campaigns may refer to besides trunks; what is not there yet makes a warning. */
export type Known = Pick<CampaignContext, 'lists' | 'listFields' | 'groups' | 'filters' | 'readNumber'>;

/**
 * Reads everything; when the settings are faulty, the campaigns beside them are still read. Throws only
 * `settings-unreadable` and `campaigns-unreadable`.
 */
export async function readConfig(
  file: string,
  env: Terminal['env'],
  known: (settings: Settings) => Promise<Known> = () => Promise.resolve({}),
): Promise<ReadConfig> {
  const { settings, faults } = readSettings(file, env);
  const folder = settings?.folders.campaigns ?? resolve(dirname(file), 'campaigns');
  if (!settings && !existsSync(folder)) return { campaigns: [], files: new Map(), faults };
  const context = settings ? { ...contextOf(settings), ...(await known(settings)) } : {};
  const loaded = await loadCampaigns(folder, context);
  return {
    ...defined({ settings }),
    campaigns: loaded.campaigns,
    files: loaded.files,
    faults: once([
      ...faults,
      ...loaded.faults,
      ...packFaults(join(dirname(folder), 'rules')),
      ...scriptFaults(join(dirname(folder), 'scripts')),
    ]),
  };
}

/** A file that several campaigns name is reported once. */
function once(faults: readonly ConfigFault[]): readonly ConfigFault[] {
  return [...new Map(faults.map((fault) => [renderFault(fault), fault])).values()];
}

/** The campaigns that are without fault; a folder that is not there has none. */
export async function readCampaigns(settings: Settings): Promise<readonly Campaign[]> {
  return (await loadedFor(settings)).campaigns;
}

/** The same with their files and the line of each call-again rule there. */
export async function readDefinitions(
  settings: Settings,
): Promise<readonly { campaign: Campaign; file: string; ruleLines: readonly number[] }[]> {
  const { campaigns, files, ruleLines } = await loadedFor(settings);
  return campaigns.map((campaign) => {
    const { name } = campaign;
    return { campaign, file: files.get(name) ?? name, ruleLines: ruleLines.get(name) ?? [] };
  });
}

/** All campaigns, for what any of them may forbid; refused with `campaign-faulty` when a file cannot be understood. */
export async function readEveryCampaign(settings: Settings): Promise<readonly Campaign[]> {
  const { campaigns, faults } = await loadedFor(settings);
  const grave = graveFaults(faults);
  if (grave.length > 0) throw faultsError('campaign-faulty', grave);
  return campaigns;
}

async function loadedFor(
  settings: Settings,
): Promise<Pick<LoadedCampaigns, 'campaigns' | 'files' | 'ruleLines' | 'faults'>> {
  try {
    const trunks = settings.trunks.map(({ name }) => name);
    return await loadCampaigns(settings.folders.campaigns, { trunks });
  } catch (error) {
    if (error instanceof OperationalError && error.code === 'campaigns-unreadable')
      return { campaigns: [], files: new Map(), ruleLines: new Map(), faults: [] };
    throw error;
  }
}
