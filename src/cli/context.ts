// What a command works with: where words go, which settings, the daemon or the store behind them.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemClock, type Clock } from '../base/clock.ts';
import { OperationalError } from '../base/errors.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { Settings } from '../config/settings.ts';
import type { StoreSettings } from '../config/store-settings.ts';
import type { Store } from '../engine/store/store.ts';
import type { DaemonClient } from './daemon-client.ts';
import type { Outcome } from './outcome.ts';
import type { Paint } from './render/paint.ts';
import type { Terminal } from './terminal.ts';

export interface CommandContext {
  readonly terminal: Terminal;
  /** One document on stdout is asked for: nothing else may be written there. */
  readonly json: boolean;
  readonly paint: Paint;
  readonly clock: Clock;
  /** The settings file, whether it is there or not. */
  readonly settingsFile: string;
  settings(): Promise<Settings>;
  /** The campaigns whose files are without fault. */
  campaigns(): Promise<readonly Campaign[]>;
  /** All campaigns, for what any of them may forbid; refused with `campaign-faulty` when a file is not understood. */
  everyCampaign(): Promise<readonly Campaign[]>;
  /** Refused with `daemon-not-running`. */
  daemon(): Promise<DaemonClient>;
}

/** How a command is carried out once its arguments are parsed. */
export type Carry = (work: (context: CommandContext) => Promise<Outcome>) => Promise<void>;

const PLACES = ['config/outdial.yaml', '/etc/outdial/outdial.yaml'];

/** The settings file that was named, that OUTDIAL_CONFIG names, or the first of the usual ones that is there. */
function findSettingsFile(named: string | undefined, { env, folder }: Terminal): string {
  const wanted = named ?? env['OUTDIAL_CONFIG'];
  if (wanted !== undefined && wanted !== '') return resolve(folder, wanted);
  const candidates = PLACES.map((place) => resolve(folder, place));
  return candidates.find((file) => existsSync(file)) ?? resolve(folder, 'config/outdial.yaml');
}

/** A context for one command; settings are read once, and only when asked for. */
export function createContext(options: {
  readonly terminal: Terminal;
  readonly json: boolean;
  readonly paint: Paint;
  readonly config: string | undefined;
}): CommandContext {
  const { terminal, json, paint } = options;
  const settingsFile = findSettingsFile(options.config, terminal);
  let read: Promise<Settings> | undefined;
  const settings = (): Promise<Settings> => (read ??= readSettings(settingsFile, terminal));
  const campaigns = async (): Promise<readonly Campaign[]> => {
    const { readCampaigns } = await import('./read-config.ts');
    return readCampaigns(await settings());
  };
  const everyCampaign = async (): Promise<readonly Campaign[]> => {
    const { readEveryCampaign } = await import('./read-config.ts');
    return readEveryCampaign(await settings());
  };
  const daemon = async (): Promise<DaemonClient> => {
    const { connectDaemon } = await import('./daemon-client.ts');
    return connectDaemon(await settings());
  };
  return { terminal, json, paint, clock: systemClock, settingsFile, settings, campaigns, everyCampaign, daemon };
}

async function readSettings(file: string, { env }: Terminal): Promise<Settings> {
  const { loadSettings } = await import('../config/load-settings.ts');
  return loadSettings(file, env);
}

/** Opens the store to read while a daemon may be writing, and closes it after `work`. */
export async function withStoreToRead<T>(context: CommandContext, work: (store: Store) => Promise<T>): Promise<T> {
  const { store } = await context.settings();
  const { mayHoldData, storeName } = await import('../store/open.ts');
  if (!mayHoldData(store))
    throw new OperationalError('store-missing', `There is no database ${storeName(store)} yet.`, {
      hint: 'The daemon makes it at its first start; outdial migrate makes it without one.',
      places: [{ file: storeName(store) }],
    });
  return withStore(store, { readOnly: true }, work);
}

/** Opens the store to write, which takes its lock, and closes it after `work`. */
export async function withStoreToWrite<T>(context: CommandContext, work: (store: Store) => Promise<T>): Promise<T> {
  return withStore((await context.settings()).store, {}, work);
}

async function withStore<T>(
  settings: StoreSettings,
  options: { readonly readOnly?: boolean },
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const { openStore } = await import('../store/open.ts');
  const store = await openStore(settings, options);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Refused with `campaign-unknown` when a campaign is asked for of which neither file nor store knows. */
export async function mustKnowCampaign(
  context: CommandContext,
  store: Pick<Store, 'campaigns'>,
  wanted: string | undefined,
): Promise<void> {
  const { refuseUnknownCampaign } = await import('../http/known-campaign.ts');
  const loaded = async (): Promise<readonly string[]> => (await context.campaigns()).map(({ name }) => name);
  await refuseUnknownCampaign({ store, loaded }, wanted);
}

/** `viaDaemon` when one is running, else `viaStore` on the store opened to read. */
export async function fromDaemonOrStore<T>(
  context: CommandContext,
  viaDaemon: (daemon: DaemonClient) => Promise<T>,
  viaStore: (store: Store) => Promise<T>,
): Promise<T> {
  return viaDaemonOr(context, viaDaemon, () => withStoreToRead(context, viaStore));
}

/** `viaDaemon` when one is running, else `viaStore` on the store opened to write. */
export async function changeInDaemonOrStore<T>(
  context: CommandContext,
  viaDaemon: (daemon: DaemonClient) => Promise<T>,
  viaStore: (store: Store) => Promise<T>,
): Promise<T> {
  return viaDaemonOr(context, viaDaemon, () => withStoreToWrite(context, viaStore));
}

async function viaDaemonOr<T>(
  context: CommandContext,
  viaDaemon: (daemon: DaemonClient) => Promise<T>,
  otherwise: () => Promise<T>,
): Promise<T> {
  try {
    return await viaDaemon(await context.daemon());
  } catch (error) {
    if (!(error instanceof OperationalError) || error.code !== 'daemon-not-running') throw error;
    return otherwise();
  }
}
