// The checks of outdial doctor. Each looks at one thing, changes nothing, and never throws: what it could not find out
// is a finding too.

import { accessSync, constants, existsSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { isTimeZone, zoneOffsetMs } from '../../base/local-time.ts';
import { OperationalError } from '../../base/errors.ts';
import type { Settings } from '../../config/settings.ts';
import { withStoreToRead, type CommandContext } from '../context.ts';
import { isDaemonRunning } from '../daemon-client.ts';
import type { Finding } from './findings.ts';
import { failed, fine, wrong } from './findings.ts';
import { checkSecrets, openToOthers } from './security.ts';
import { checkWebhooks } from './outside.ts';
import { checkSpeech } from './speech.ts';

const LEAST_NODE = [20, 19];
const LEAST_FREE_BYTES = 512 * 1024 * 1024;

/** Runs every check; those that need settings are left out when the settings cannot be read. */
export async function examine(context: CommandContext): Promise<readonly Finding[]> {
  const findings = [
    checkNode(process.versions.node),
    checkTimeZones(process.versions['tz'] ?? 'unknown', new Date().getFullYear()),
  ];
  let settings: Settings;
  try {
    settings = await context.settings();
  } catch (error) {
    return [...findings, failed('settings', error)];
  }
  const isRunning = await isDaemonRunning(settings);
  const parts = await Promise.all([
    checkCampaigns(context),
    checkStore(context, settings),
    checkDisk(settings),
    checkToken(settings, isRunning),
    openToOthers(context, settings, isRunning),
    checkPort(settings, isRunning),
    checkAgents(context, isRunning),
    checkExchange(context, settings, isRunning),
    checkSpeech(settings),
    checkWebhooks(context, settings, isRunning),
  ]);
  return [...findings, fine('settings', settings.file), ...parts.flat()];
}

/** What lets others in or listen, and nothing else: also what takes too long for every look. */
export async function examineSecurity(context: CommandContext): Promise<readonly Finding[]> {
  const settings = await context.settings();
  const isRunning = await isDaemonRunning(settings);
  const parts = await Promise.all([
    openToOthers(context, settings, isRunning),
    checkToken(settings, isRunning),
    checkSecrets(context, settings),
    checkExchange(context, settings, isRunning),
  ]);
  return parts.flat();
}

/** Node's version against the least that outdial runs on. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
  const isEnough = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  return isEnough
    ? fine('node', version)
    : wrong('node', version, `Install Node ${LEAST_NODE.join('.')} or newer; outdial does not run on older ones.`);
}

/** Time-zone data is there and knows daylight saving. */
export function checkTimeZones(data: string, thisYear: number): Finding {
  const winter = Date.UTC(2026, 0, 15);
  const summer = Date.UTC(2026, 6, 15);
  const knows =
    isTimeZone('Europe/Berlin') && zoneOffsetMs('Europe/Berlin', summer) !== zoneOffsetMs('Europe/Berlin', winter);
  const year = Number(/^\d{4}/.exec(data)?.[0] ?? 0);
  const age = thisYear - year;
  if (!knows || age > 3)
    return wrong(
      'time zones',
      `data ${data}`,
      'Install a newer Node with full time-zone data: calling hours depend on it.',
    );
  return fine('time zones', `data ${data}, this machine is in ${Intl.DateTimeFormat().resolvedOptions().timeZone}`);
}

async function checkCampaigns(context: CommandContext): Promise<Finding> {
  try {
    const { readConfig } = await import('../read-config.ts');
    const { graveFaults, renderFault } = await import('../../config/faults.ts');
    const { campaigns, faults } = await readConfig(context.settingsFile, context.terminal.env);
    const [first, ...more] = graveFaults(faults);
    if (!first) return fine('campaign files', `${campaigns.length} without fault`);
    const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
    return wrong('campaign files', renderFault(first) + others, 'outdial check shows every fault.');
  } catch (error) {
    return failed('campaign files', error);
  }
}

async function checkStore(context: CommandContext, settings: Settings): Promise<Finding> {
  if (settings.store.kind === 'postgres') return checkServer(context, settings);
  const { file } = settings.store;
  const folder = nearestFolder(dirname(file));
  try {
    accessSync(folder, constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
  } catch {
    return wrong('store', `${file} cannot be written`, `Give this user the right to write to ${folder}.`);
  }
  if (!existsSync(file)) return fine('store', `${file} is made at the first start`);
  try {
    await withStoreToRead(context, (store) => store.campaigns.all());
    return fine('store', `${file} is of this version`);
  } catch (error) {
    return failed('store', error);
  }
}

/** A database of its own on a server that is there, of this version or still empty. */
async function checkServer(context: CommandContext, settings: Settings): Promise<Finding> {
  const { storeName } = await import('../../store/open.ts');
  const name = storeName(settings.store);
  try {
    await withStoreToRead(context, (store) => store.campaigns.all());
    return fine('store', `${name} is of this version`);
  } catch (error) {
    const isEmpty = error instanceof OperationalError && error.code === 'store-missing';
    return isEmpty ? fine('store', `${name} is filled at the first start`) : failed('store', error);
  }
}

/** The folder, or the nearest one above it that is there. */
function nearestFolder(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : nearestFolder(dirname(folder));
}

async function checkDisk(settings: Settings): Promise<Finding> {
  if (settings.store.kind === 'postgres')
    return fine('disk', 'that of the PostgreSQL server, which refuses when it is full');
  const folder = nearestFolder(dirname(settings.store.file));
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    const detail = `${Math.round(free / 1024 ** 2)} MiB free in ${folder}`;
    return free >= LEAST_FREE_BYTES
      ? fine('disk', detail)
      : wrong('disk', detail, 'Make room: outdial stops dialing when an attempt cannot be written.');
  } catch (error) {
    return failed('disk', error);
  }
}

async function checkToken(settings: Settings, isRunning: boolean): Promise<Finding> {
  const { tokenFile } = settings.http;
  if (!existsSync(tokenFile) && isRunning) {
    const hint =
      'No command reaches the daemon without it. Restart the daemon: it makes a new one, conversations go on.';
    return wrong('token file', `${tokenFile} is gone while the daemon runs`, hint);
  }
  if (!existsSync(tokenFile)) return fine('token file', `${tokenFile} is made at the first start`);
  try {
    const { mode } = await stat(tokenFile);
    const rights = (mode & 0o777).toString(8).padStart(4, '0');
    return (mode & 0o077) === 0
      ? fine('token file', `${tokenFile}, rights ${rights}`)
      : wrong('token file', `${tokenFile}, rights ${rights}`, `Others can read the token: chmod 600 ${tokenFile}`);
  } catch (error) {
    return failed('token file', error);
  }
}

async function checkPort({ http }: Settings, isRunning: boolean): Promise<Finding> {
  const where = `${http.host} port ${http.port}`;
  if (isRunning) return fine('HTTP port', `${where}: the daemon is running`);
  const refusal = await new Promise<string | undefined>((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(error.message));
    probe.listen({ host: http.host, port: http.port, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
  return refusal === undefined
    ? fine('HTTP port', `${where} is free`)
    : wrong('HTTP port', `${where}: ${refusal}`, 'Another program has it: stop that, or set http.port to a free one.');
}

async function checkAgents(context: CommandContext, isRunning: boolean): Promise<Finding> {
  const { mayHoldData } = await import('../../store/open.ts');
  if (!mayHoldData((await context.settings()).store)) return fine('agents', 'none yet');
  try {
    const agents = await withStoreToRead(context, (store) => store.agents.all());
    const without = agents.filter(({ groups }) => groups.length === 0);
    if (without.length > 0)
      return wrong(
        'agents',
        `${without.map(({ number }) => number).join(', ')} in no group`,
        'Agents work in the campaigns of their groups: outdial agent add … --group NAME.',
      );
    const none = 'none yet: outdial agent add NUMBER --name NAME --group GROUP';
    if (agents.length === 0 || !isRunning) return fine('agents', agents.length === 0 ? none : String(agents.length));
    const { agentView } = await import('../../http/wire/wire.ts');
    const views = await (await context.daemon()).get(agentView.array(), '/agents');
    const registered = views.filter((view) => view.registered).length;
    return fine('agents', `${agents.length}, phones registered now: ${registered}`);
  } catch (error) {
    if (error instanceof OperationalError && error.code === 'store-missing') return fine('agents', 'none yet');
    return failed('agents', error);
  }
}

async function checkExchange(
  context: CommandContext,
  settings: Settings,
  isRunning: boolean,
): Promise<readonly Finding[]> {
  try {
    const { checkAsterisk } = await import('../../telephony/check-asterisk.ts');
    const campaigns = await context.campaigns().catch(() => []); // what is wrong with them is a finding of its own
    return await checkAsterisk(settings, { daemonRunning: isRunning, campaigns });
  } catch (error) {
    return [failed('Asterisk', error)];
  }
}
