// What may be wrong in a campaign's file beside what is plainly wrong: lists, agent groups that are not there (yet). Read
// from the file as it stands, with what the store holds now.

import { missingSoundHint, missingSoundMessage, type CampaignSound } from '../campaign/sounds.ts';
import type { CampaignContext } from '../config/checking.ts';
import type { ConfigFault } from '../config/faults.ts';
import { readCampaignFile } from '../config/load-campaigns.ts';
import type { CampaignText, ReadCampaign } from '../config/load-campaigns.ts';
import type { Store } from '../engine/store/store.ts';

interface Asked {
  /** Absent: the file has gone. */
  readonly file: string | undefined;
  readonly store: Pick<Store, 'lists' | 'filters' | 'agents'>;
  readonly context: CampaignContext;
  /** Reads the file where calls do not wait for it. */
  readonly reader: { read(text: CampaignText, context: CampaignContext): Promise<ReadCampaign> };
}

/** Lists with their fields, saved filters and agent groups that are there now. */
export async function knownIn(
  store: Asked['store'],
): Promise<Pick<CampaignContext, 'lists' | 'listFields' | 'filters' | 'groups'>> {
  return {
    listFields: new Map((await store.lists.fieldNames()).map(({ list, fields }) => [list, fields])),
    lists: (await store.lists.all()).map(({ name }) => name),
    filters: new Map((await store.filters.all()).map(({ name, expression }) => [name, expression])),
    groups: [...new Set((await store.agents.all()).flatMap(({ groups }) => groups))],
  };
}

/** The warnings about a campaign's file. */
export async function warningsOf({ file, store, context, reader }: Asked): Promise<readonly ConfigFault[]> {
  if (file === undefined) return [];
  const { faults } = await reader.read(readCampaignFile(file), { ...context, ...(await knownIn(store)) });
  return faults.filter(({ severity }) => severity === 'warning');
}

/** What is said of sounds that the exchange does not have; undefined: it could not be asked. */
export function missingSoundWarnings(
  missing: readonly CampaignSound[] | undefined,
): readonly { readonly key?: string; readonly message: string; readonly hint: string }[] {
  if (missing === undefined) return [SOUNDS_UNKNOWN];
  return missing.map((one) => ({ key: one.key, message: missingSoundMessage(one), hint: missingSoundHint(one) }));
}

const SOUNDS_UNKNOWN = {
  message: "Whether Asterisk has the campaign's sounds is not known: it does not answer.",
  hint: 'outdial doctor says why.',
};
