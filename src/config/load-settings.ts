// Reads outdial.yaml: the settings, or every fault in it. Secrets come from the file, from files that it names
// (`password_file`, `secret_file`), or from the environment (`${NAME}`).

import { defined } from '../base/defined.ts';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { OperationalError } from '../base/errors.ts';
import { USUAL_CLASSES } from '../campaign/number-gate.ts';
import { openingsOf, type Opening } from './openings.ts';
import { putEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import { faultsError, graveFaults } from './faults.ts';
import type { ConfigFault } from './faults.ts';
import { reportFaults, toMail, toWebhooks } from './outside-settings.ts';
import { openSecrets, secretOf, secretsIn } from './secrets.ts';
import type { AgentSip, FileSettings, PacingLogSettings, Settings, Trunk } from './settings.ts';
import { settingsSchema } from './settings-schema.ts';
import type { WrittenSettings } from './settings-schema.ts';
import { readSource } from './source.ts';
import type { Path, Source } from './source.ts';
import { storeFaults, toStore } from './store-settings.ts';
import { validate, valueAt } from './validate.ts';

export interface ReadSettings {
  /** Absent when there is a grave fault. */
  readonly settings?: Settings;
  readonly faults: readonly ConfigFault[];
}

/** The settings in `file`; throws OperationalError `settings-faulty` with every fault, or `settings-unreadable`. */
export function loadSettings(file: string, environment: Environment = process.env): Settings {
  const { settings, faults } = readSettings(file, environment);
  if (settings) return settings;
  throw faultsError('settings-faulty', faults);
}

/** The settings in `file` with all faults and warnings; throws `settings-unreadable` when there is no such file. */
export function readSettings(file: string, environment: Environment = process.env): ReadSettings {
  const path = resolve(file);
  const read = readSource(readText(path), path);
  if (!read.source) return { faults: read.faults };
  const warnings = openSecrets(read.source);
  const { source, faults: environmentFaults } = putEnvironment(read.source, environment);
  const { value, faults: schemaFaults } = validate(source, settingsSchema);
  const secrets = secretsIn(source.value).map(([at, key, fileKey]) => secretOf(source, { at, key, fileKey }));
  const faults = [
    ...environmentFaults,
    ...schemaFaults,
    ...doubledNames(source, ['trunks'], 'trunk'),
    ...doubledNames(source, ['webhooks', 'receivers'], 'webhook'),
    ...doubledNames(source, ['reports'], 'report'),
    ...reportFaults(source),
    ...storeFaults(source),
    ...certificateFaults(source),
    ...secrets.flatMap((secret) => secret.fault ?? []),
    ...warnings,
  ];
  if (!value || graveFaults(faults).length > 0) return { faults };
  const [password = '', secret = '', ...others] = secrets.map(({ text }) => text ?? '');
  const mail = value.mail.user === undefined ? '' : (others.shift() ?? '');
  const settings = toSettings(path, value, { password, secret, mail, hooks: others });
  const all = [...faults, ...openingsOf(settings).map((opening) => faultOf(opening, source))];
  return graveFaults(all).length > 0 ? { faults: all } : { settings, faults: all };
}

function faultOf({ key, isGrave, what, why, close }: Opening, source: Source): ConfigFault {
  const severity = isGrave ? 'fault' : 'warning';
  const message = `${what.charAt(0).toUpperCase()}${what.slice(1)}. ${why}`;
  return { ...source.placeOf(key.split('.')), severity, message, hint: close };
}

function toSettings(
  file: string,
  written: WrittenSettings,
  secrets: {
    readonly password: string;
    readonly secret: string;
    readonly mail: string;
    readonly hooks: readonly string[];
  },
): Settings {
  const folder = dirname(file);
  const { asterisk, http, agents, log } = written;
  return {
    file,
    store: toStore(written.store, folder),
    asterisk: toAsterisk(asterisk, secrets, folder),
    trunks: written.trunks.map((trunk) => toTrunk(trunk, written.country)),
    http: toHttp(http, folder),
    folders: { campaigns: resolve(folder, written.folders.campaigns) },
    files: toFiles(written, folder),
    agents: toAgents(agents, new URL(asterisk.ari.url).hostname, folder),
    pacingLog: toPacingLog(written, folder),
    engineLog: toEngineLog(written, folder),
    validation: { networks: written.validation.networks },
    ...(written.recordings.folder === undefined
      ? {}
      : { recordings: { folder: resolve(folder, written.recordings.folder) } }),
    unknownCallers: {
      perNumberPerDay: written.unknown_callers.callbacks_per_number_per_day,
      perHour: written.unknown_callers.callbacks_per_hour,
    },
    ...toSpeech(written.speech, folder),
    metrics: written.metrics,
    webhooks: toWebhooks(written.webhooks, secrets.hooks),
    ...toMail(written.mail, secrets.mail),
    reports: written.reports.map(({ by, campaign, webhook, ...report }) => ({
      ...report,
      ...defined({ by, campaign, webhook }),
    })),
    log: { level: log.level, maskNumbers: log.mask_numbers },
    drainMs: written.drain,
    country: written.country,
  };
}

function toAsterisk(
  { app, ari, ami, cdr_file: cdrFile, sip_mirror: sipMirror }: WrittenSettings['asterisk'],
  { password, secret }: { readonly password: string; readonly secret: string },
  folder: string,
): Settings['asterisk'] {
  return {
    app,
    ari: { url: ari.url, user: ari.user, password },
    ami: { host: ami.host, port: ami.port, user: ami.user, secret },
    ...(cdrFile === undefined ? {} : { cdrFile: resolve(folder, cdrFile) }),
    ...(sipMirror === undefined ? {} : { sipMirror: toAddress(sipMirror) }),
  };
}

function toAgents(agents: WrittenSettings['agents'], asteriskHost: string, folder: string): Settings['agents'] {
  return {
    signInCode: agents.sign_in_code,
    listenCode: agents.listen_code,
    maxWrongPins: agents.max_wrong_pins,
    lockOutMs: agents.lock_out,
    phones: {
      checkEveryMs: agents.phone_check,
      soundLostAfterMs: agents.sound_lost_after,
      encrypted: agents.sip.transport === 'tls',
    },
    sip: toAgentSip(agents.sip, asteriskHost, folder),
  };
}

function toHttp(http: WrittenSettings['http'], folder: string): Settings['http'] {
  const { host, port, token_file: tokenFile, url, proxies, sign_in: signIn } = http;
  return {
    host,
    port,
    tokenFile: resolve(folder, tokenFile),
    proxies,
    signIn: { idleMs: signIn.idle, atMostMs: signIn.at_most },
    ...defined({ url }),
  };
}

function toSpeech(
  { folder, sounds, command }: WrittenSettings['speech'],
  settingsFolder: string,
): Pick<Settings, 'speech'> {
  if (folder === undefined) return {};
  const here = resolve(settingsFolder, folder);
  return { speech: { folder: here, sounds: sounds ?? here, command } };
}

function toAddress(written: string): { readonly host: string; readonly port: number } {
  const [host = '', port = ''] = written.split(':');
  return { host, port: Number(port) };
}

function toAgentSip(written: WrittenSettings['agents']['sip'], host: string, folder: string): AgentSip {
  const { realm, server = host, transport, certificate, key } = written;
  if (transport === 'udp' || certificate === undefined) return { realm, server };
  const files = {
    certificate: resolve(folder, certificate),
    ...(key === undefined ? {} : { key: resolve(folder, key) }),
  };
  return { realm, server, certificate: files };
}

/** Encryption without a certificate that is watched would end on the day on which it does. */
function certificateFaults(source: Source): readonly ConfigFault[] {
  const at = (key: string): unknown => valueAt(source.value, ['agents', 'sip', key]);
  const fault = (key: string, message: string, hint: string): readonly ConfigFault[] => [
    { ...source.placeOf(['agents', 'sip', key]), severity: 'fault', message, hint },
  ];
  if (at('transport') === 'tls')
    return at('certificate') === undefined
      ? fault(
          'transport',
          'The certificate for tls is missing.',
          'Write certificate: with the file that Asterisk uses.',
        )
      : [];
  const written = ['certificate', 'key'].find((key) => at(key) !== undefined);
  return written === undefined ? [] : fault(written, 'Phones use no certificate.', 'Write transport: tls as well.');
}

function toPacingLog(written: WrittenSettings, settingsFolder: string): PacingLogSettings {
  const { folder, keep, max_megabytes: megabytes } = written.pacing_log;
  return {
    folder:
      folder === undefined ? resolve(besideStore(written, settingsFolder), 'pacing') : resolve(settingsFolder, folder),
    keepMs: keep,
    maxBytes: megabytes * 1_000_000,
  };
}

function toEngineLog(written: WrittenSettings, settingsFolder: string): Settings['engineLog'] {
  const { write, folder, keep, max_megabytes: megabytes } = written.engine_log;
  const beside = resolve(besideStore(written, settingsFolder), 'engine');
  return {
    isWritten: write,
    folder: folder === undefined ? beside : resolve(settingsFolder, folder),
    keepMs: keep,
    maxBytes: megabytes * 1_000_000,
  };
}

function toFiles(written: WrittenSettings, settingsFolder: string): FileSettings {
  const { incoming: named, roots, max_megabytes: megabytes } = written.files;
  const beside = resolve(besideStore(written, settingsFolder), 'incoming');
  const incoming = named === undefined ? beside : resolve(settingsFolder, named);
  const below = roots.map((root) => resolve(settingsFolder, root));
  return { incoming, roots: [incoming, ...below], maxBytes: megabytes * 1_000_000 };
}

function besideStore(written: WrittenSettings, settingsFolder: string): string {
  const store = toStore(written.store, settingsFolder);
  return store.kind === 'sqlite' ? dirname(store.file) : '/var/lib/outdial';
}

function toTrunk(written: WrittenSettings['trunks'][number], home: string): Trunk {
  const { name, endpoint, prefix, plus, numbers, attempt_header: attemptHeader } = written;
  const { max_calls_per_hour: perHour, max_calls_per_hour_abroad: perHourAbroad } = written;
  return {
    name,
    endpoint: endpoint ?? name,
    maxLines: written.max_lines,
    maxCallsPerSecond: written.max_calls_per_second,
    prefix,
    plus,
    reach: { countries: written.allow_countries ?? [home], classes: written.allow_classes ?? USUAL_CLASSES },
    hourly: { home, perHourAbroad, ...defined({ perHour }) },
    ...defined({ numbers, attemptHeader }),
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const message = isMissing ? `There is no settings file ${file}.` : `The settings file ${file} cannot be read.`;
    const hint = isMissing
      ? 'Name it with --config FILE, or start from config/outdial.yaml.'
      : 'Check its owner and mode.';
    throw new OperationalError('settings-unreadable', message, { hint, places: [{ file }], cause });
  }
}

function doubledNames(source: Source, at: Path, what: string): readonly ConfigFault[] {
  const entries = valueAt(source.value, at);
  if (!Array.isArray(entries)) return [];
  const names = entries.map((_, index) => valueAt(entries, [index, 'name']));
  return names.flatMap((name, index) => {
    if (typeof name !== 'string' || names.indexOf(name) === index) return [];
    const message = `There is a ${what} ${name} already.`;
    const place = source.placeOf([...at, index, 'name']);
    return [{ ...place, severity: 'fault' as const, message, hint: `Give each ${what} a name of its own.` }];
  });
}
