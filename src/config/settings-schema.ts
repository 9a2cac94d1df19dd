// Every key of outdial.yaml: kind, default, bounds and what it means.

import { z } from 'zod';
import { NUMBER_CLASSES } from '../campaign/number-gate.ts';
import { storeSchema } from './store-settings.ts';
import { logSchemas } from './logs-schema.ts';
import { outsideSchemas } from './outside-schema.ts';
import {
  calledCountry,
  countryCode,
  decimal,
  duration,
  integer,
  matching,
  name,
  network,
  oneOf,
  phoneNumber,
  text,
  webAddress,
  yesNo,
} from './values.ts';

const nothing = {};

/** Speaks English with the programs that Asterisk's set-up installs anyway. */
const SPEAK = 'espeak-ng -v en-us -s 160 --stdin --stdout | sox -q -t wav - -t wav -r 8000 -c 1 -b 16 - gain -n -3';

const ariSchema = z
  .strictObject({
    url: webAddress(/^https?:\/\/[^\s/]+$/, { what: 'URL of a web server', example: 'http://127.0.0.1:8088' })
      .prefault('http://127.0.0.1:8088')
      .describe("root of Asterisk's web server (http.conf)"),
    user: text().prefault('outdial').describe('user in ari.conf'),
    password: text().optional().describe('its password'),
    password_file: text().optional().describe('file that holds the password, instead of `password`'),
  })
  .describe("Asterisk's REST interface: call control");

const amiSchema = z
  .strictObject({
    host: text().prefault('127.0.0.1').describe('where manager.conf listens'),
    port: integer({ min: 1, max: 65_535 }).prefault('5038').describe('its port'),
    user: text().prefault('outdial').describe('section in manager.conf'),
    secret: text().optional().describe('its secret'),
    secret_file: text().optional().describe('file that holds the secret, instead of `secret`'),
  })
  .describe("Asterisk's manager interface: phones' registration, restarts");

const trunkSchema = z.strictObject({
  name: name('trunk').describe('what campaigns call it'),
  endpoint: matching(/^[A-Za-z0-9][\w.-]*$/, { what: 'PJSIP endpoint', example: 'carrier-1' })
    .optional()
    .describe('PJSIP endpoint in Asterisk; default: the name'),
  max_lines: integer({ min: 1, max: 10_000 }).describe('lines that the carrier grants, of all campaigns together'),
  max_calls_per_second: decimal({ min: 0.1, max: 1000 })
    .prefault('10')
    .describe('new calls that the carrier takes in any second'),
  prefix: z
    .string()
    .refine((prefix) => /^[0-9*#]*$/.test(prefix), {
      message: 'This is no prefix.',
      params: { hint: 'Write digits, * and # alone.' },
    })
    .prefault('')
    .describe("put before the number's digits"),
  plus: yesNo().prefault('yes').describe('whether numbers keep their plus sign'),
  numbers: z
    .array(phoneNumber())
    .min(1)
    .optional()
    .describe('numbers that are ours on this trunk: campaigns may show no others; default: not checked'),
  allow_countries: z
    .array(calledCountry())
    .min(1)
    .optional()
    .describe(
      'countries whose numbers are dialed, and `international` for those of none; default: the setting country',
    ),
  allow_classes: z
    .array(oneOf(NUMBER_CLASSES))
    .min(1)
    .optional()
    .describe(
      'classes of numbers that are dialed; default: fixed, mobile, fixed-or-mobile, voip, toll-free, unknown. Emergency numbers and short codes never are',
    ),
  max_calls_per_hour: integer({ min: 1, max: 1_000_000 })
    .optional()
    .describe('calls in any hour, of all campaigns together; default: no limit'),
  max_calls_per_hour_abroad: integer({ min: 1, max: 1_000_000 })
    .prefault('120')
    .describe('calls in any hour to each allowed country but `country`'),
  attempt_header: matching(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, { what: 'SIP header', example: 'X-Outdial-Attempt' })
    .optional()
    .describe("SIP header that gives the carrier the attempt's id; default: none"),
});

const httpSchema = z
  .strictObject({
    host: text().prefault('127.0.0.1').describe('address that the API listens on'),
    port: integer({ min: 0, max: 65_535 }).prefault('8480').describe('its port'),
    token_file: text()
      .prefault('/var/lib/outdial/token')
      .describe("file with the API's token, made at the first start; who can read it may do everything"),
    url: matching(/^https:\/\/(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?$/, {
      what: 'https address of a host',
      example: 'https://dialer.example.com',
    })
      .optional()
      .describe('what browsers reach through a proxy with TLS in front of it; default: this machine alone'),
    proxies: z
      .array(network())
      .prefault(['127.0.0.1', '::1'])
      .describe('addresses of that proxy: with `url`, its X-Forwarded-For says where a request comes from'),
    sign_in: z
      .strictObject({
        idle: duration({ min: 60_000, max: 30 * 86_400_000 })
          .prefault('4h')
          .describe('without a request for this long, a user has to sign in again; conversations go on'),
        at_most: duration({ min: 60_000, max: 90 * 86_400_000 })
          .prefault('16h')
          .describe('so long after a sign-in in any case'),
      })
      .prefault(nothing)
      .describe('how long users stay signed in'),
  })
  .describe('the API that the commands use');

const agentSipSchema = z
  .strictObject({
    realm: matching(/^[\w.-]{1,64}$/, { what: 'realm', example: 'asterisk' })
      .prefault('asterisk')
      .describe('realm that SIP passwords are made for; each password keeps the realm that it was made for'),
    server: matching(/^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?$/, {
      what: 'host',
      example: 'pbx.example.com:5061',
    })
      .optional()
      .describe("what phones register with, as agents are shown it; default: the host of ari's url"),
    transport: oneOf(['udp', 'tls'])
      .prefault('udp')
      .describe(
        'udp: as Asterisk listens; tls: phones talk over TLS with encrypted sound (SRTP), and no other call is taken',
      ),
    certificate: text()
      .optional()
      .describe("with tls: the file of the certificate, with its chain, that Asterisk's transport-tls names"),
    key: text().optional().describe('its key: whether both belong together is looked at, where it may be read'),
  })
  .describe("how agents' phones register");

const agentsSchema = z
  .strictObject({
    sign_in_code: matching(/^[*#0-9]{2,8}$/, { what: 'code to dial', example: '"*55"' })
      .prefault('*55')
      .describe("what an agent's phone dials to sign in; the same as in Asterisk's dialplan"),
    listen_code: matching(/^[*#0-9]{2,8}$/, { what: 'code to dial', example: '"*56"' })
      .prefault('*56')
      .describe("what a supervisor's phone dials to listen to agents; the same as in Asterisk's dialplan"),
    max_wrong_pins: integer({ min: 1, max: 20 }).prefault('5').describe('wrong PINs in a row before the lock-out'),
    lock_out: duration({ min: 1000, max: 86_400_000 }).prefault('15m').describe('how long the lock-out lasts'),
    phone_check: duration({ min: 0, max: 60_000 })
      .prefault('2s')
      .describe('how often each registered phone is asked whether it is still there; 0s: never'),
    sound_lost_after: duration({ min: 5000, max: 3_600_000 })
      .prefault('15s')
      .describe('a phone in a call of which nothing has come for this long, no sound and no report, is lost'),
    sip: agentSipSchema.prefault(nothing),
  })
  .describe('how agents sign in');

/** outdial.yaml as it is written. */
export const settingsSchema = z.strictObject({
  store: storeSchema
    .prefault(nothing)
    .describe('where everything is kept: sqlite:/path, postgres://user@host:port/database, or the keys below'),
  asterisk: z
    .strictObject({
      app: matching(/^[A-Za-z0-9_-]{1,40}$/, { what: 'application name', example: 'outdial' })
        .prefault('outdial')
        .describe('ARI application; one daemon for each name'),
      ari: ariSchema,
      ami: amiSchema,
      cdr_file: text()
        .optional()
        .describe("Asterisk's CSV call records (Master.csv); without it recovery and audit know less"),
      sip_mirror: matching(/^\d{1,3}(\.\d{1,3}){3}:\d{2,5}$/, { what: 'address and port', example: '127.0.0.1:9060' })
        .optional()
        .describe(
          'where Asterisk mirrors its SIP to (capture_address in hep.conf); without it a pick-up that crosses our hang-up is not seen',
        ),
    })
    .describe('the Asterisk that places the calls'),
  trunks: z.array(trunkSchema).min(1).describe('ways out to the telephone network'),
  http: httpSchema.prefault(nothing),
  folders: z
    .strictObject({ campaigns: text().prefault('campaigns').describe('one YAML file for each campaign') })
    .prefault(nothing)
    .describe('where files are looked for'),
  files: z
    .strictObject({
      incoming: text()
        .optional()
        .describe('where commands and the API put files that are imported; default: incoming, beside the database'),
      roots: z
        .array(text())
        .prefault([])
        .describe('folders besides it that the API may import files from, links followed; default: none'),
      max_megabytes: integer({ min: 1, max: 1_000_000 })
        .prefault('4000')
        .describe('the largest file that may be handed over'),
    })
    .prefault(nothing)
    .describe('files that are named through the API'),
  agents: agentsSchema.prefault(nothing),
  ...logSchemas,
  ...outsideSchemas,
  validation: z
    .strictObject({
      networks: z
        .array(network())
        .prefault([])
        .describe('private networks, or addresses of this machine, in which validation services may be; default: none'),
    })
    .prefault(nothing)
    .describe('services that campaigns ask about numbers'),
  recordings: z
    .strictObject({
      folder: text()
        .optional()
        .describe("the folder `outdial` in Asterisk's folder of monitor files, as this machine sees it; default: none"),
    })
    .prefault(nothing)
    .describe('where Asterisk puts recordings; without a folder nothing is recorded'),
  unknown_callers: z
    .strictObject({
      callbacks_per_number_per_day: integer({ min: 0, max: 1000 })
        .prefault('2')
        .describe('callbacks to one number in any 24 hours; 0: none'),
      callbacks_per_hour: integer({ min: 0, max: 100_000 })
        .prefault('60')
        .describe('callbacks to all of them together in any hour; 0: none'),
    })
    .prefault(nothing)
    .describe('how often callers whom no list holds are called back by themselves: caller IDs can be forged'),
  speech: z
    .strictObject({
      folder: matching(/^[\w.-]*(\/[\w.-]+)*$/, { what: 'folder', example: '/var/spool/asterisk/outdial-names' })
        .optional()
        .describe('folder for the sounds, which Asterisk can read; default: none, and no name is spoken'),
      sounds: matching(/^\/?[\w-]+(\/[\w-]+)*$/, { what: 'folder of sounds', example: 'outdial-names' })
        .optional()
        .describe(
          "how Asterisk finds that folder: its own path of it, or one below its sounds; default: the folder's path",
        ),
      command: z
        .array(text())
        .min(1)
        .prefault(['sh', '-c', SPEAK])
        .describe('program with its arguments: text on its input, WAV on its output (8 kHz, 16 bit, mono)'),
    })
    .prefault(nothing)
    .describe('names of campaigns, dispositions and pause reasons, spoken to agents on the phone'),
  log: z
    .strictObject({
      level: oneOf(['debug', 'info', 'warn', 'error']).prefault('info').describe('the least that is logged'),
      mask_numbers: yesNo().prefault('yes').describe('whether telephone numbers are hidden in the log'),
    })
    .prefault(nothing)
    .describe('the log on stderr, one JSON line for each event'),
  drain: duration({ min: 0, max: 86_400_000 })
    .prefault('10m')
    .describe('how long live conversations may go on when the daemon is asked to stop'),
  country: countryCode().prefault('US').describe('country of numbers that are written without a plus sign'),
});

export type WrittenSettings = z.output<typeof settingsSchema>;
