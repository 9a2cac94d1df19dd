// The engine with its adapters: which of them fulfils which port. Decides nothing about calls.

import { systemClock } from '../base/clock.ts';
import { defined } from '../base/defined.ts';
import { idMaker } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { Settings } from '../config/settings.ts';
import { Engine } from '../engine/engine.ts';
import type { EngineParts } from '../engine/hub.ts';
import { recordedEngine } from '../engine/journal/recorder.ts';
import type { Store } from '../engine/store/store.ts';
import { supervisors } from '../http/access/supervisors.ts';
import { verifySecret } from '../secrets/hashes.ts';
import { kindOf } from '../numbers/kinds.ts';
import { numberOf } from '../numbers/number-of.ts';
import { EngineLogFile } from '../store/engine-log/file.ts';
import { PacingLogFiles } from '../store/pacing-log/files.ts';
import { recordingFolder } from '../store/recording-files.ts';
import { createAsteriskTelephony } from '../telephony/asterisk-telephony.ts';
import { csvCallRecords } from '../telephony/cdr-csv.ts';
import { CertificateWatch } from '../telephony/certificate-watch.ts';
import { AsteriskSounds } from '../telephony/sounds.ts';
import { SpokenNameFiles } from '../telephony/spoken-names.ts';
import { httpValidator } from '../validation/http-validator.ts';
import type { Releases } from './releases.ts';

export interface EngineSurroundings {
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
export async function createEngine(parts: EngineSurroundings, releases: Releases): Promise<Engine> {
  const { settings, log, store, loaded, reread, onWait } = parts;
  const telephony = createAsteriskTelephony({
    asterisk: settings.asterisk,
    trunks: settings.trunks,
    signInCode: settings.agents.signInCode,
    listenCode: settings.agents.listenCode,
    phoneCare: settings.agents.phones,
    log,
    onWait,
  });
  const certificate = new CertificateWatch({ sip: settings.agents.sip, log, now: () => systemClock.now() });
  certificate.start();
  releases.add('certificate watch', () => certificate.stop());
  const { cdrFile } = settings.asterisk;
  const spokenNames = settings.speech && new SpokenNameFiles(settings.speech, log);
  await spokenNames?.clear();
  if (spokenNames) releases.add('spoken names', () => spokenNames.stop());
  const recordings = settings.recordings && recordingFolder(settings.recordings.folder);
  const soundFiles = new AsteriskSounds(settings.asterisk.ari);
  releases.add('sounds', () => soundFiles.close());
  const pacingLogs = await PacingLogFiles.open(settings.pacingLog, { clock: systemClock, log });
  releases.add('pacing log', () => pacingLogs.close());
  const whole: EngineParts = {
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
    supervisorOf: supervisors(store),
    kindOf,
    readNumber: (text, from) => numberOf(text, settings.country, from),
    loadCampaigns: () => Promise.resolve(loaded()),
    rereadCampaigns: reread,
  };
  return makeEngine(whole, settings, releases);
}

/** Written down, if the settings want that. */
async function makeEngine(parts: EngineParts, settings: Settings, releases: Releases): Promise<Engine> {
  const { engineLog, country } = settings;
  if (!engineLog.isWritten) return new Engine(parts);
  const file = await EngineLogFile.open(engineLog, { clock: systemClock, log: parts.log, about: { country } });
  releases.add('engine log', () => file.close());
  return recordedEngine(parts, file).engine;
}
