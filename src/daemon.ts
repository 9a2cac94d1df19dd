// Builds the daemon from its parts, starts them in order and unwinds them in reverse. With its folder the only one that
// knows every adapter; decides nothing about calls.

import { systemClock } from './base/clock.ts';
import { createLog, type Log } from './base/log.ts';
import { notifyReady, notifyStopping, startWatchdog } from './base/sd-notify.ts';
import { contextOf } from './config/campaign-context.ts';
import type { Campaign } from './campaign/definition.ts';
import type { CampaignContext } from './config/checking.ts';
import { faultsError, graveFaults, type ConfigFault } from './config/faults.ts';
import { CampaignReader } from './config/campaign-reader.ts';
import type { LoadedCampaigns } from './config/load-campaigns.ts';
import type { Settings } from './config/settings.ts';
import { CampaignWatch } from './config/watch.ts';
import { Emergencies } from './engine/campaigns/emergencies.ts';
import { CampaignLog } from './engine/campaigns/campaign-log.ts';
import type { Engine } from './engine/engine.ts';
import type { Store } from './engine/store/store.ts';
import { ensureToken } from './secrets/token-file.ts';
import { createEngine } from './daemon/make-engine.ts';
import { startOutbox, startPrograms } from './daemon/outside.ts';
import { Releases } from './daemon/releases.ts';
import { catalogueOf, serveHttp } from './daemon/serve.ts';
import { nodeCronEdges, ScheduleWakes } from './schedule/cron.ts';
import { openStore } from './store/open.ts';

/** After a second signal the process ends within this time. */
const END_WITHIN_MS = 3_000;

/**
 * Runs the daemon until SIGTERM or SIGINT: then no new calls, live ones may finish for `drainMs`, and a second signal
 * ends it at once, whatever hangs. What still lives stays in Asterisk and is taken up at the next start.
 */
export async function runDaemon(settings: Settings): Promise<void> {
  const log = createLog(settings.log.level);
  const releases = new Releases();
  const stopAsked = onceSignalled();
  try {
    const engine = await started(settings, { log, releases, stopAsked });
    if (!engine) return;
    log.info({ pid: process.pid }, 'outdial runs');
    const signal = await stopAsked;
    await notifyStopping(settings.drainMs);
    log.info({ signal, drainMs: settings.drainMs }, 'asked to stop');
    const atOnce = onceSignalled().then((second) => {
      log.warn({ signal: second }, 'asked to stop at once');
      setTimeout(() => process.exit(1), END_WITHIN_MS).unref();
    });
    await Promise.race([engine.drain(), after(settings.drainMs), atOnce]);
  } finally {
    await releases.unwind(log);
    log.info({}, 'outdial has stopped');
  }
}

interface Around {
  readonly log: Log;
  readonly releases: Releases;
  readonly stopAsked: Promise<string>;
}

/**
 * The daemon once it can place calls; undefined: asked to stop while it waited for Asterisk. Waiting is ready too for
 * systemd, whose limit for a start is no limit for Asterisk.
 */
async function started(settings: Settings, { log, releases, stopAsked }: Around): Promise<Engine | undefined> {
  let onWait: () => void = () => undefined;
  const waiting = new Promise<'waits'>((resolve) => (onWait = () => resolve('waits')));
  const starting = startDaemon(settings, { log, releases, onWait: () => onWait() });
  const first = await Promise.race([starting, waiting]);
  const waits = first === 'waits';
  await notifyReady(waits ? 'waits for Asterisk' : undefined);
  releases.add('watchdog', startWatchdog());
  if (!waits) return first;
  const second = await Promise.race([starting, stopAsked]);
  if (typeof second === 'string') {
    log.info({ signal: second }, 'asked to stop');
    return undefined;
  }
  await notifyReady('runs');
  return second;
}

interface Starting {
  readonly log: Log;
  readonly releases: Releases;
  /** Asterisk is not there yet, and waited for. */
  readonly onWait: () => void;
}

async function startDaemon(settings: Settings, { log, releases, onWait }: Starting): Promise<Engine> {
  const store = await openStore(settings.store, { gathers: true });
  releases.add('store', () => store.close());
  const token = await ensureToken(settings.http.tokenFile);
  let filters = await savedFilters(store);
  const context = (): CampaignContext => ({ ...contextOf(settings), filters, country: settings.country });
  const reader = new CampaignReader();
  releases.add('campaign reader', () => reader.stop());
  const watch = new CampaignWatch({
    folder: settings.folders.campaigns,
    read: (text, around) => reader.read(text, around),
    clock: systemClock,
    context,
    onChange: ({ faults }) => {
      logFaults(faults, log);
      engine
        .takeCampaigns()
        .then(follow, (fault: unknown) => log.error({ fault }, 'changed campaign files could not be taken over'));
    },
  });
  const emergencies = new Emergencies(store.emergencies, {
    clock: systemClock,
    onChange: () => engine.takeCampaigns(),
  });
  await emergencies.start();
  logFaults((await watch.start()).faults, log);
  releases.add('campaign files', () => watch.stop());
  const reread = async (): Promise<void> => {
    filters = await savedFilters(store);
    const grave = graveFaults((await watch.reload()).faults);
    if (grave.length > 0) throw faultsError('campaign-faulty', grave);
  };
  const loaded = (): readonly Campaign[] => emergencies.applyTo(watch.current().campaigns);
  const engine = await createEngine({ settings, log, store, loaded, reread, onWait }, releases);
  const wakes = new ScheduleWakes({ clock: systemClock, wake: () => engine.followSchedules(), edges: nodeCronEdges });
  const noteEdits = editNotes(store, log);
  const follow = (): void => {
    const { campaigns, written } = watch.current();
    wakes.watch(campaigns);
    noteEdits(written);
  };
  // The port first: a daemon that cannot serve must not begin to dial.
  const campaigns = catalogueOf({ watch, reader, store, context, emergencies });
  const outbox = await startOutbox({ settings, store, log }, releases);
  const programs = startPrograms({ settings, store, log }, releases);
  await serveHttp({ settings, log, store, token, campaigns, emergencies, engine, outbox, programs }, releases);
  releases.add('engine', () => engine.stop());
  await engine.start();
  follow();
  releases.add('schedules', () => wakes.stop());
  return engine;
}

/** Writes edits of campaign files into the audit log. */
function editNotes(store: Store, log: Log): (written: LoadedCampaigns['written']) => void {
  const edits = new CampaignLog({ audit: store.audit, clock: systemClock });
  return (written) => {
    edits.note(written).catch((fault: unknown) => {
      log.error({ fault }, 'edits of campaign files are not in the audit log yet: tried again with the next edit');
    });
  };
}

/** A faulty file changes nothing; what is wrong with it is reported once for each reading. */
function logFaults(faults: readonly ConfigFault[], log: Log): void {
  for (const fault of faults) {
    if (fault.severity === 'fault') log.error({ fault }, 'campaign file has a fault: its last good version stays');
    else log.warn({ fault }, 'campaign file');
  }
}

/** Expressions by the names that campaigns may use for them. */
async function savedFilters(store: Store): Promise<ReadonlyMap<string, string>> {
  return new Map((await store.filters.all()).map(({ name, expression }) => [name, expression]));
}

function onceSignalled(): Promise<string> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve('SIGTERM'));
    process.once('SIGINT', () => resolve('SIGINT'));
  });
}

function after(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs).unref();
  });
}
