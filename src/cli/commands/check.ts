// outdial check: the settings and every campaign file, all faults at once with their places. Needs no daemon.

import type { Campaign } from '../../campaign/definition.ts';
import type { ConfigFault } from '../../config/faults.ts';
import type { Settings } from '../../config/settings.ts';
import { withStoreToRead, type CommandContext } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import type { Known, ReadConfig } from '../read-config.ts';
import { harmless } from '../render/table.ts';
import { counted } from '../render/words.ts';

export const checkCommand: AddCommands = (parent, carryOf) => {
  const command = parent
    .command('check')
    .description('check the settings and all campaign files; every fault with file, line and column');
  command.action(() => carryOf(command)(check));
};

async function check(context: CommandContext): Promise<Outcome> {
  const { readConfig } = await import('../read-config.ts');
  const { faultsError, graveFaults, renderFault } = await import('../../config/faults.ts');
  const read = await readConfig(context.settingsFile, context.terminal.env, (settings) => knownIn(context, settings));
  if (graveFaults(read.faults).length > 0) throw faultsError('config-faulty', read.faults);
  const { campaigns } = read;
  const sounds = await soundFaults(read);
  const { lapsingDates } = await import('../../config/lapsing.ts');
  const lapsing = lapsingDates(campaigns, { now: context.clock.now(), files: read.files });
  const faults = [...read.faults, ...lapsing, ...(sounds ?? [])];
  const names = campaigns.map(({ name }) => name);
  const rules = rulesInUse(campaigns);
  const { lists, agents } = await saidOfStore(context, read.settings, campaigns);
  const data = {
    settings: context.settingsFile,
    campaigns: names,
    rules,
    warnings: faults,
    soundsChecked: sounds !== undefined,
    lists,
    agents,
  };
  const files =
    names.length === 0
      ? `${context.settingsFile} is without fault; there are no campaign files.`
      : `${context.settingsFile} and ${counted(names.length, 'campaign file')}: without fault.`;
  const unheard = sounds === undefined ? [SOUNDS_UNCHECKED] : [];
  const said = [...faults.map(renderFault), ...[...lists, ...agents].map(harmless), ...rules.map(showPack)];
  const text = [...said, ...unheard, files].join('\n');
  return { data, text };
}

const SOUNDS_UNCHECKED =
  "Whether Asterisk has the campaigns' sounds was not looked at: it does not answer (outdial doctor).";
const SOUNDS_WITHIN_MS = 3_000;

/** Warnings about sounds that campaigns name and Asterisk lacks; undefined: Asterisk cannot be asked. */
async function soundFaults({ settings, campaigns, files }: ReadConfig): Promise<readonly ConfigFault[] | undefined> {
  if (!settings || campaigns.length === 0) return [];
  const { AsteriskSounds } = await import('../../telephony/sounds.ts');
  const { missingSoundHint, missingSoundMessage, soundsOf } = await import('../../campaign/sounds.ts');
  const asterisk = new AsteriskSounds(settings.asterisk.ari, SOUNDS_WITHIN_MS);
  const wanted = campaigns.flatMap((campaign) =>
    soundsOf(campaign).map((one) => ({ ...one, file: files.get(campaign.name) ?? campaign.name })),
  );
  try {
    const missing = new Set(await asterisk.missing(wanted.map(({ sound }) => sound)));
    return wanted
      .filter(({ sound }) => missing.has(sound))
      .map((one): ConfigFault => {
        const { file, key } = one;
        return { file, key, severity: 'warning', message: missingSoundMessage(one), hint: missingSoundHint(one) };
      });
  } catch {
    return undefined; // said in one line: the files are without fault all the same
  } finally {
    asterisk.close();
  }
}

interface PackInUse {
  readonly pack: string;
  readonly title: string;
  readonly campaigns: readonly string[];
  readonly clauses: readonly {
    readonly id: string;
    readonly says: string;
    readonly citation: string;
    /** Null: not held against the public text. */
    readonly checked: string | null;
  }[];
}

/** The rule packs that campaigns name, with their clauses. */
function rulesInUse(campaigns: readonly Campaign[]): readonly PackInUse[] {
  const packs = new Map(campaigns.flatMap(({ rules }) => rules.map((pack) => [pack.name, pack] as const)));
  return [...packs.values()].map(({ name, title, clauses }) => ({
    pack: name,
    title,
    campaigns: campaigns.filter(({ rules }) => rules.some((pack) => pack.name === name)).map((one) => one.name),
    clauses: clauses.map(({ id, says, citation, checked }) => ({ id, says, citation, checked })),
  }));
}

function showPack({ pack, title, campaigns, clauses }: PackInUse): string {
  const open = clauses.filter(({ checked }) => checked === null);
  const head = `rules ${pack}: ${title}; ${clauses.length} clauses, ${open.length} unverified; for ${campaigns.join(', ')}`;
  return [head, ...open.map(({ id, says, citation }) => `  unverified: ${id}: ${says} (${citation})`)].join('\n');
}

/** Lists, agent groups and saved filters that are there, as far as the store can be read now. */
async function knownIn(context: CommandContext, settings: Settings): Promise<Known> {
  const { mayHoldData } = await import('../../store/open.ts');
  const { e164Reader } = await import('../../numbers/phone.ts');
  const readNumber = e164Reader(settings.country);
  if (!mayHoldData(settings.store)) return { readNumber };
  try {
    const { knownIn: stored } = await import('../../http/campaign-warnings.ts');
    return await withStoreToRead(context, async (store) => ({ readNumber, ...(await stored(store)) }));
  } catch {
    return { readNumber }; // warnings about lists and groups are a kindness; the store has its own checks (doctor)
  }
}

interface InStore {
  readonly lists: readonly string[];
  readonly agents: readonly string[];
}

const NOTHING: InStore = { lists: [], agents: [] };

/** What there is to say of the numbers on the campaigns' lists, and of agents, as far as the store can be read now. */
async function saidOfStore(
  context: CommandContext,
  settings: Settings | undefined,
  campaigns: readonly Campaign[],
): Promise<InStore> {
  const { mayHoldData } = await import('../../store/open.ts');
  if (!settings || !mayHoldData(settings.store)) return NOTHING;
  const { kindOf } = await import('../../numbers/kinds.ts');
  const { neverDialedLists } = await import('./check-numbers.ts');
  const { idleAgents } = await import('./check-agents.ts');
  try {
    return await withStoreToRead(context, async (store) => ({
      lists: await neverDialedLists(store, campaigns, kindOf),
      agents: await idleAgents(store, campaigns),
    }));
  } catch {
    return NOTHING; // as with lists and groups: doctor has the store's own checks
  }
}
