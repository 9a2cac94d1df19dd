// Whether this Asterisk can serve outdial at all: its answer, the password, its version, its modules.
// Asks only; changes nothing in Asterisk.

import { OperationalError } from '../base/errors.ts';
import { ariTime, isObject } from './ari-events.ts';
import { AriFailure, type AriRest } from './ari-rest.ts';

/** The first release whose ARI and PJSIP do all that outdial asks. */
const OLDEST_ASTERISK = 20;

/** Modules without which no campaign can run, and what each is for. */
export const NEEDED_MODULES: Readonly<Record<string, string>> = {
  'res_ari.so': 'the control interface (ARI)',
  'res_ari_applications.so': 'ARI: subscriptions',
  'res_ari_asterisk.so': 'ARI: version, modules, accounts',
  'res_ari_bridges.so': 'ARI: bridges',
  'res_ari_channels.so': 'ARI: legs',
  'res_ari_endpoints.so': 'ARI: phones and trunks',
  'res_ari_events.so': 'ARI: events',
  'res_ari_playbacks.so': 'ARI: prompts',
  'res_stasis.so': 'applications',
  'res_stasis_answer.so': 'answering from an application',
  'res_stasis_playback.so': 'prompts from an application',
  'res_stasis_snoop.so': 'detection in parallel',
  'app_stasis.so': 'handing calls from the dialplan to outdial',
  'app_amd.so': 'answering-machine detection',
  'app_playback.so': 'the message that plays when outdial is away',
  'func_cdr.so': "the attempt's id in the call record",
  'pbx_config.so': 'the dialplan',
  'chan_pjsip.so': 'SIP',
  'res_pjsip.so': 'SIP',
  'res_pjsip_session.so': 'SIP calls',
  'res_pjsip_sdp_rtp.so': 'SIP audio',
  'res_pjsip_registrar.so': "agents' phones registering",
  'res_pjsip_authenticator_digest.so': "agents' passwords",
  'res_pjsip_header_funcs.so': "the attempt's id in a SIP header",
  'res_rtp_asterisk.so': 'audio',
  'res_sorcery_astdb.so': "agents' SIP accounts made by outdial",
  'res_musiconhold.so': 'music for waiting agents',
};

/** They mirror SIP to outdial, where it asks for that. */
export const MIRROR_MODULES = ['res_hep.so', 'res_hep_pjsip.so'] as const;

export interface AsteriskFacts {
  readonly version: string;
  /** When this Asterisk process was started, epoch ms: another value is another life. */
  readonly startedAt: number;
}

/** What Asterisk says of itself; rejects with an OperationalError that names what is wrong. */
export async function readAsterisk(rest: AriRest, url: string): Promise<AsteriskFacts> {
  const info = await rest.send({ method: 'GET', path: '/asterisk/info' }).catch((error: unknown) => {
    throw connectionError(error, url);
  });
  const system = isObject(info) && isObject(info.system) ? info.system : {};
  const status = isObject(info) && isObject(info.status) ? info.status : {};
  return {
    version: typeof system.version === 'string' ? system.version : '',
    startedAt: ariTime(status.startup_time) ?? 0,
  };
}

/** Refuses an Asterisk that is too old; a version without a number (`GIT-master-…`) passes. */
export function assertVersion(version: string): void {
  const major = majorOf(version);
  if (major !== undefined && major < OLDEST_ASTERISK) {
    throw new OperationalError('asterisk-too-old', `Asterisk ${version} is too old for outdial`, {
      hint: `Install Asterisk ${OLDEST_ASTERISK} or newer; 22 is the long-term release.`,
      httpCode: 503,
    });
  }
}

/** 22 of `22.10.1+dfsg` and of `certified-22.8`; undefined when there is no number in it. */
export function majorOf(version: string): number | undefined {
  const digits = /^(?:\D*[-/])?(\d+)\./.exec(version)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Names of the needed modules that do not run. */
export async function missingModules(
  rest: AriRest,
  needed: readonly string[] = Object.keys(NEEDED_MODULES),
): Promise<readonly string[]> {
  const modules = await rest.send({ method: 'GET', path: '/asterisk/modules' });
  const running = new Set(
    (Array.isArray(modules) ? modules : []).flatMap((module: unknown) =>
      isObject(module) && module.status === 'Running' && typeof module.name === 'string' ? [module.name] : [],
    ),
  );
  return needed.filter((name) => !running.has(name));
}

/** Refuses an Asterisk that lacks a needed module, naming each. */
export async function assertModules(rest: AriRest): Promise<void> {
  const missing = await missingModules(rest);
  if (missing.length === 0) return;
  const uses = missing.map((name) => `${name} (${NEEDED_MODULES[name] ?? 'needed'})`).join(', ');
  throw new OperationalError('asterisk-module-missing', `Asterisk runs without ${uses}`, {
    hint: `Load it in modules.conf, see why it declined in Asterisk's log, then restart Asterisk.`,
    httpCode: 503,
  });
}

/** The operator's words for a request that failed before anything could be asked. */
export function connectionError(error: unknown, url: string): OperationalError {
  if (error instanceof OperationalError) return error;
  const status = error instanceof AriFailure ? error.status : undefined;
  const why = error instanceof Error ? error.message : String(error);
  if (status === 401) {
    return new OperationalError('ari-wrong-password', `Asterisk at ${url} refuses ARI's user or password`, {
      hint: 'Compare `asterisk.ari` in outdial.yaml with ari.conf; after a change there: `module reload res_ari.so`.',
      cause: error,
      httpCode: 503,
    });
  }
  if (status === 403) {
    return new OperationalError('ari-read-only', `ARI's user at ${url} may only read`, {
      hint: 'Set `read_only = no` for it in ari.conf.',
      cause: error,
      httpCode: 503,
    });
  }
  if (status === 404) {
    return new OperationalError('asterisk-module-missing', `${url} answers, but has no ARI`, {
      hint: 'Load res_ari.so and its parts, and set `enabled = yes` in ari.conf; or correct `asterisk.ari.url`.',
      cause: error,
      httpCode: 503,
    });
  }
  return new OperationalError('ari-unreachable', `no answer from ARI at ${url}: ${why}`, {
    hint: 'Is Asterisk running, and its web server enabled in http.conf on that address and port?',
    cause: error,
    httpCode: 503,
  });
}

/** Whether trying again later can help: true for an Asterisk that is down or still starting. */
export function mayPass(error: unknown): boolean {
  return error instanceof OperationalError && error.code === 'ari-unreachable';
}
