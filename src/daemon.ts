// Builds the daemon from its parts, starts them in order and unwinds them in reverse. The only file that knows
// every adapter; decides nothing about calls.

import { defined } from './base/defined.ts';
import { systemClock } from './base/clock.ts';
import { idMaker } from './base/ids.ts';
import { createLog, type Log } from './base/log.ts';
import { notifyReady, notifyStopping, startWatchdog } from './base/sd-notify.ts';
import { contextOf } from './config/campaign-context.ts';
import type { Campaign } from './campaign/definition.ts';
import type { CampaignContext } from './config/checking.ts';
import { faultsError, graveFaults, renderFault, type ConfigFault } from './config/faults.ts';
import { CampaignReader } from './config/campaign-reader.ts';
import type { LoadedCampaigns } from './config/load-campaigns.ts';
import type { Settings } from './config/settings.ts';
import { CampaignWatch } from './config/watch.ts';
import { Emergencies } from './engine/campaigns/emergencies.ts';
import { CampaignLog } from './engine/campaigns/campaign-log.ts';
import { Engine } from './engine/engine.ts';
import type { Store } from './engine/store/store.ts';
import { ensureToken } from './http/auth.ts';
import type { ListImporter } from './imports/list-imports.ts';
import { verifySecret } from './http/passwords.ts';
import type { CampaignCatalogue } from './http/campaign-files.ts';
import { warningsOf } from './http/campaign-warnings.ts';
import { startHttp } from './http/server.ts';
import { nodeCronEdges, ScheduleWakes } from './schedule/cron.ts';
import { recordingFolder } from './store/recording-files.ts';
import { runNumberImport } from './store/import/numbers.ts';
import { kindOf } from './numbers/kinds.ts';
import { countryOf, readPhone } from './numbers/phone.ts';
import { planImport, runImport } from './store/import/run.ts';
import { openStore } from './store/open.ts';
import { PacingLogFiles } from './store/pacing-log/files.ts';
import { createAsteriskTelephony } from './telephony/asterisk-telephony.ts';
import { AsteriskSounds } from './telephony/sounds.ts';
import { CertificateWatch } from './telephony/certificate-watch.ts';
import { csvCallRecords } from './telephony/cdr-csv.ts';
import { SpokenNameFiles } from './telephony/spoken-names.ts';
import { httpValidator } from './validation/http-validator.ts';

/** After a second signal the process ends within this time. */
const END_WITHIN_MS = 3_000;

/** Things to let go of, last taken first. */
class Releases {
  readonly #releases: { readonly what: string; readonly release: () => Promise<void> | void }[] = [];

  add(what: string, release: () => Promise<void> | void): void {
    this.#releases.push({ what, release });
  }

  /** Releases everything in reverse; a failing one is logged and does not keep the others. */
  async unwind(log: Log): Promise<void> {
    for (const { what, release } of this.#releases.splice(0).reverse()) {
      try {
        await release();
      } catch (fault) {
        log.error({ what, fault }, 'could not be let go of in good order');
      }
    }
  }
}

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
      tellFaults(faults, log);
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
  tellFaults((await watch.start()).faults, log);
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
  await serveHttp({ settings, log, store, token, campaigns, emergencies, engine }, releases);
  releases.add('engine', () => engine.stop());
  await engine.start();
  follow();
  releases.add('schedules', () => wakes.stop());
  return engine;
}

interface Parts {
  readonly settings: Settings;
  readonly log: Log;
  readonly store: Store;
  /** The campaigns as they are dialed. */
  readonly loaded: () => readonly Campaign[];
  /** Reads filters and campaign files again; refused with `campaign-faulty`. */
  readonly reread: () => Promise<void>;
  readonly onWait: () => void;
}

/** The engine with its adapters; connected to nothing yet. */
async function createEngine(parts: Parts, releases: Releases): Promise<Engine> {
  const { settings, log, store, loaded, reread, onWait } = parts;
  const telephony = createAsteriskTelephony({
    asterisk: settings.asterisk,
    trunks: settings.trunks,
    signInCode: settings.agents.signInCode,
    phoneCare: settings.agents.phones,
    log,
    onWait,
  });
  const certificate = new CertificateWatch({ sip: settings.agents.sip, log, now: () => systemClock.now() });
  certificate.start();
  releases.add('certificate watch', () => certificate.stop());
  const { cdrFile } = settings.asterisk;
  const spokenNames = settings.speech && new SpokenNameFiles(settings.speech, log);
  if (spokenNames) releases.add('spoken names', () => spokenNames.stop());
  const recordings = settings.recordings && recordingFolder(settings.recordings.folder);
  const soundFiles = new AsteriskSounds(settings.asterisk.ari);
  releases.add('sounds', () => soundFiles.close());
  const pacingLogs = await PacingLogFiles.open(settings.pacingLog, { clock: systemClock, log });
  releases.add('pacing log', () => pacingLogs.close());
  return new Engine({
    telephony,
    pacingLogs,
    links: () => telephony.links(),
    sip: () => telephony.sip(),
    certificate: () => certificate.judgement,
    storeThreads: () => store.threads(),
    ...(cdrFile === undefined ? {} : { callRecords: csvCallRecords(cdrFile) }),
    ...defined({ recordings, spokenNames }),
    soundFiles,
    validator: httpValidator(settings.validation.networks),
    store,
    clock: systemClock,
    log,
    newId: idMaker(() => Date.now()),
    settings: {
      trunks: settings.trunks,
      maxWrongPins: settings.agents.maxWrongPins,
      lockOutMs: settings.agents.lockOutMs,
      unknownCallers: settings.unknownCallers,
    },
    verifySecret,
    kindOf,
    readNumber: (text, from) => numberOf(text, settings.country, from),
    loadCampaigns: () => Promise.resolve(loaded()),
    rereadCampaigns: reread,
  });
}

interface Served {
  readonly settings: Settings;
  readonly log: Log;
  readonly store: Store;
  readonly token: string;
  readonly campaigns: CampaignCatalogue;
  readonly emergencies: Emergencies;
  readonly engine: Engine;
}

async function serveHttp(parts: Served, releases: Releases): Promise<void> {
  const { settings, log, store, token, campaigns, emergencies, engine } = parts;
  const server = await startHttp({
    host: settings.http.host,
    port: settings.http.port,
    token,
    control: engine,
    store,
    campaigns,
    emergencies,
    importer: importerInto(store, settings.files.roots),
    numberImporter: (wish, hooks) =>
      runNumberImport(wish, store, { clock: systemClock, roots: settings.files.roots, ...hooks }),
    readNumber: (text) => readPhone(text, countryOf(settings.country) ?? 'US'),
    ...(settings.recordings === undefined ? {} : { recordings: recordingFolder(settings.recordings.folder) }),
    settings,
    log,
    clock: systemClock,
  });
  releases.add('http', () => server.close());
  log.info({ url: server.url }, 'API listens');
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

/** A faulty file changes nothing; what is wrong with it is told once for each reading. */
function tellFaults(faults: readonly ConfigFault[], log: Log): void {
  for (const fault of faults) {
    if (fault.severity === 'fault') log.error({ fault }, 'campaign file has a fault: its last good version stays');
    else log.warn({ fault }, 'campaign file');
  }
}

/** Expressions by the names that campaigns may use for them. */
async function savedFilters(store: Store): Promise<ReadonlyMap<string, string>> {
  return new Map((await store.filters.all()).map(({ name, expression }) => [name, expression]));
}

interface CatalogueParts {
  readonly watch: CampaignWatch;
  readonly reader: CampaignReader;
  readonly store: Store;
  readonly context: () => CampaignContext;
  readonly emergencies: Emergencies;
}

function catalogueOf({ watch, reader, store, context, emergencies }: CatalogueParts): CampaignCatalogue {
  return {
    all: () => {
      const { campaigns, files, ruleLines, faults } = watch.current();
      const grave = graveFaults(faults);
      return emergencies.applyTo(campaigns).map((campaign) => {
        const file = files.get(campaign.name) ?? '';
        const own = grave.filter((fault) => fault.file === file).map(renderFault);
        return { campaign, file, ruleLines: ruleLines.get(campaign.name) ?? [], faults: own };
      });
    },
    check: (text, file, destination) => reader.check(text, file, { ...context(), ...defined({ destination }) }),
    warnings: (name) => warningsOf({ file: watch.current().files.get(name), store, context: context(), reader }),
  };
}

/** Files are read below `roots` alone. */
function importerInto(store: Store, roots: readonly string[]): ListImporter {
  return {
    preview: (file, options) => planImport(file, options, roots),
    run: async (file, options, hooks) => {
      const { resume = 'when-possible' } = options;
      return runImport(await planImport(file, options, roots), store, { ...hooks, resume, roots });
    },
  };
}

/**
 * E.164 of a number as a person or a carrier wrote it; undefined when it is none. Carriers that leave the plus away write
 * the country code: what may be read with and without it has one there.
 */
function numberOf(text: string, country: string, from: 'person' | 'carrier' = 'person'): string | undefined {
  const reading = readPhone(text, countryOf(country) ?? 'US');
  if (reading.kind === 'number') return reading.number;
  const [coded, other] = reading.kind === 'refused' ? (reading.mayBe ?? []) : [];
  return from === 'carrier' && other !== undefined ? coded : undefined;
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
