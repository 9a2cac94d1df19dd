// The daemon's own settings once `outdial.yaml` has been read: parsed, defaulted, checked. Paths are absolute.

import type { HourlyLimits } from '../trunks/hourly.ts';
import type { Reach } from '../campaign/number-gate.ts';
import type { UnknownCallerLimits } from '../records/missed.ts';
import type { OutsideEvent } from '../terms.ts';
import type { StoreSettings } from './store-settings.ts';

export interface Settings {
  readonly file: string;
  readonly store: StoreSettings;
  readonly asterisk: AsteriskSettings;
  readonly trunks: readonly Trunk[];
  readonly http: HttpSettings;
  readonly folders: { readonly campaigns: string };
  readonly files: FileSettings;
  readonly agents: AgentSettings;
  readonly pacingLog: PacingLogSettings;
  readonly engineLog: EngineLogSettings;
  /** Private networks in which validation services may be. */
  readonly validation: { readonly networks: readonly string[] };
  /** Where Asterisk puts recordings; absent: nothing is recorded. */
  readonly recordings?: { readonly folder: string };
  /** Callbacks by themselves to callers whom no list holds. */
  readonly unknownCallers: UnknownCallerLimits;
  /** How names are spoken to agents; absent: they are not. */
  readonly speech?: SpeechSettings;
  readonly metrics: MetricsSettings;
  readonly webhooks: WebhookSettings;
  /** Absent: nothing is mailed. */
  readonly mail?: MailSettings;
  /** Reports on a schedule. */
  readonly reports: readonly ScheduledReport[];
  readonly log: { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly maskNumbers: boolean };
  /** How long `run` waits for live conversations to end when it is asked to stop. */
  readonly drainMs: number;
  /** Country that numbers without a plus sign belong to, ISO 3166 two letters. */
  readonly country: string;
}

interface MailSettings {
  readonly server: string;
  readonly port: number;
  readonly encryption: 'starttls' | 'tls' | 'none';
  readonly user?: string;
  readonly password?: string;
  readonly from: string;
}

interface ScheduledReport {
  readonly name: string;
  /** Cron, in `timezone`. */
  readonly at: string;
  readonly timezone: string;
  readonly reports: readonly string[];
  readonly period: string;
  readonly by?: string;
  readonly campaign?: string;
  readonly mail: readonly string[];
  readonly webhook?: string;
}

interface WebhookSettings {
  readonly timeoutMs: number;
  readonly giveUpAfterMs: number;
  /** Private networks in which receivers may be. */
  readonly networks: readonly string[];
  readonly receivers: readonly {
    readonly name: string;
    readonly url: string;
    readonly events: readonly OutsideEvent[];
    readonly secret: string;
    readonly numbers: boolean;
  }[];
}

/** Who may read /metrics, and whether agents are in it by their numbers. */
interface MetricsSettings {
  readonly access: 'token' | 'loopback' | 'off';
  readonly agents: boolean;
}

interface HttpSettings {
  readonly host: string;
  readonly port: number;
  readonly tokenFile: string;
  /** What browsers reach through a proxy with TLS: `https://dialer.example.com`. */
  readonly url?: string;
  /** Proxies whose word on where a request comes from is believed: addresses and networks. */
  readonly proxies: readonly string[];
  /** How long somebody stays signed in: without a request, and at most. */
  readonly signIn: { readonly idleMs: number; readonly atMostMs: number };
}

export interface FileSettings {
  /** Files that were handed over to be imported. */
  readonly incoming: string;
  /** The folders that files named through the API must lie below: `incoming`, then those of the settings. */
  readonly roots: readonly string[];
  /** The largest file that may be handed over. */
  readonly maxBytes: number;
}

export interface AsteriskSettings {
  /** ARI application name; one daemon per name. */
  readonly app: string;
  readonly ari: { readonly url: string; readonly user: string; readonly password: string };
  readonly ami: { readonly host: string; readonly port: number; readonly user: string; readonly secret: string };
  /** Asterisk's CSV call records; absent: recovery and audit do without them. */
  readonly cdrFile?: string;
  /** Where Asterisk mirrors its SIP to; absent: it does not, and late pick-ups are not seen. */
  readonly sipMirror?: { readonly host: string; readonly port: number };
}

export interface Trunk {
  readonly name: string;
  /** PJSIP endpoint in Asterisk; default: the name. */
  readonly endpoint: string;
  readonly maxLines: number;
  readonly maxCallsPerSecond: number;
  /** Put before the number's digits, after the plus sign has been dropped when `plus` is false. */
  readonly prefix: string;
  readonly plus: boolean;
  /** Numbers that are ours on this trunk, E.164; absent: not known. */
  readonly numbers?: readonly string[];
  /** Which numbers it dials, and how many in an hour. */
  readonly reach: Reach;
  readonly hourly: HourlyLimits;
  /** SIP header that carries the attempt's id to the carrier; absent: none. */
  readonly attemptHeader?: string;
}

export interface SpeechSettings {
  /** Where the sounds are made, as this machine sees it. */
  readonly folder: string;
  /** The same folder as Asterisk finds it: its path, or one below Asterisk's sounds. */
  readonly sounds: string;
  /** Reads the text on its input and writes a WAV to its output: 8 kHz, 16 bit, mono. */
  readonly command: readonly string[];
}

export interface PacingLogSettings {
  readonly folder: string;
  /** 0: nothing is written down. */
  readonly keepMs: number;
  readonly maxBytes: number;
}

/** Everything that happens, to be lived again. */
interface EngineLogSettings {
  readonly isWritten: boolean;
  readonly folder: string;
  readonly keepMs: number;
  readonly maxBytes: number;
}

/** How agents' phones register. */
export interface PhoneCertificate {
  /** PEM files. */
  readonly certificate: string;
  readonly key?: string;
}

export interface AgentSip {
  /** What new SIP passwords are made for. */
  readonly realm: string;
  /** What phones register with, as agents are shown it. */
  readonly server: string;
  /** Phones register over TLS alone, with this certificate; absent: over whatever Asterisk listens on. */
  readonly certificate?: PhoneCertificate;
}

interface AgentSettings {
  /** Code that an agent's phone dials to sign in. */
  readonly signInCode: string;
  /** Code that a supervisor's phone dials to listen. */
  readonly listenCode: string;
  /** Wrong PINs in a row before the agent is locked out, and for how long. */
  readonly maxWrongPins: number;
  readonly lockOutMs: number;
  readonly phones: {
    /** How often each registered phone is asked whether it is there; 0: never. */
    readonly checkEveryMs: number;
    /** A phone of which nothing has come for this long is lost. */
    readonly soundLostAfterMs: number;
    /** Over TLS and SRTP alone. */
    readonly encrypted: boolean;
  };
  readonly sip: AgentSip;
}
