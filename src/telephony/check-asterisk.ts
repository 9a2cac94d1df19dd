// What `outdial doctor` asks of Asterisk: each finding names one thing, whether it is right, and how to fix it.
// Changes nothing that lasts: the account it makes to see whether it can is removed again.

import { randomUUID } from 'node:crypto';
import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OperationalError, renderError } from '../base/errors.ts';
import { silentLog } from '../base/log.ts';
import { sipDigest, USUAL_REALM } from '../base/sip-digest.ts';
import type { Campaign } from '../campaign/definition.ts';
import { missingSoundHint, missingSoundMessage, soundsOf, type CampaignSound } from '../campaign/sounds.ts';
import type { AsteriskSettings, Settings, Trunk } from '../config/settings.ts';
import { provisionAccount, removeAccount } from './accounts.ts';
import { AmiLink } from './ami.ts';
import { field } from './ami-events.ts';
import { DIALPLAN_CONTEXTS } from './ari-commands.ts';
import { ariTime, isObject, MESSAGE_EVENT } from './ari-events.ts';
import { isHeld } from './ari-claim.ts';
import { assertVersion, MIRROR_MODULES, missingModules, NEEDED_MODULES, readAsterisk } from './ari-preflight.ts';
import { AriFailure, ariPath, AriRest } from './ari-rest.ts';
import { checkBrowsers, checkWebServer } from './check-browsers.ts';
import { checkCertificate } from './check-certificate.ts';
import { checkEncryption } from './check-encryption.ts';
import { checkSip } from './check-sip.ts';
import { hasSound } from './sounds.ts';

export interface AsteriskFinding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What to do; empty when all is well. */
  readonly hint: string;
}

const TIMEOUT_MS = 5_000;
const MAX_CLOCK_DIFFERENCE_MS = 1_000;
const TRIAL_ACCOUNT = 'outdial-doctor-trial';
/** A few of the prompts that agents and called people hear. */
const PROMPTS = ['abandon', 'welcome', 'enter-agent-number', 'enter-pin', 'signed-in', 'wrap-up'];

/** Every finding about Asterisk, never an exception; when ARI cannot be asked at all, that alone and AMI. */
export async function checkAsterisk(
  settings: Settings,
  { daemonRunning, campaigns = [] }: { readonly daemonRunning: boolean; readonly campaigns?: readonly Campaign[] },
): Promise<readonly AsteriskFinding[]> {
  const { asterisk, trunks, recordings } = settings;
  const rest = new AriRest({ ...asterisk.ari, timeoutMs: TIMEOUT_MS });
  try {
    const [entrance, ami] = await Promise.all([checkEntrance(rest, asterisk.ari.url), checkAmi(settings)]);
    if (entrance.some(({ ok }) => !ok)) return [...entrance, ...ami];
    return [
      ...entrance,
      ...ami,
      ...(await Promise.all([
        finding('Asterisk modules', () => checkModules(rest)),
        finding('clock', () => checkClock(rest)),
        finding('ARI application', () => checkApplication(rest, asterisk.app, daemonRunning)),
        finding('certificate of the phones', () => checkCertificate(settings.agents.sip, Date.now())),
        finding('encryption', () => checkEncryption(rest, settings)),
        finding('browser phones', () => checkBrowsers(rest, asterisk.ari.url)),
        finding('web server', () => checkWebServer(asterisk.ari.url)),
        finding('SIP accounts', () => checkAccounts(rest, settings)),
        finding('sounds', () => checkSounds(rest)),
        ...campaigns.map((one) => finding(`sounds of ${one.name}`, () => checkCampaignSounds(rest, one))),
        finding('call records', () => checkCallRecords(asterisk.cdrFile)),
        finding('mirrored SIP', () => checkMirror(rest, asterisk.sipMirror)),
        ...(recordings === undefined ? [] : [finding('recordings', () => checkRecordings(recordings.folder))]),
        ...trunks.map((trunk) => finding(`trunk ${trunk.name}`, () => checkTrunk(rest, trunk))),
      ])),
      ...(await checkSip(rest, settings, finding)),
    ];
  } finally {
    rest.close();
  }
}

type Outcome = Omit<AsteriskFinding, 'check'>;

const fine = (detail: string): Outcome => ({ ok: true, detail, hint: '' });
const wrong = (detail: string, hint: string): Outcome => ({ ok: false, detail, hint });

async function finding(check: string, look: () => Promise<Outcome>): Promise<AsteriskFinding> {
  try {
    return { check, ...(await look()) };
  } catch (error) {
    if (error instanceof OperationalError) return { check, ...wrong(error.message, error.hint) };
    return { check, ...wrong(renderError(error).message, "Asterisk's log may say more.") };
  }
}

async function checkEntrance(rest: AriRest, url: string): Promise<readonly AsteriskFinding[]> {
  let version = '';
  const ari = await finding('ARI', async () => {
    ({ version } = await readAsterisk(rest, url));
    return fine(`signed in at ${url}`);
  });
  if (!ari.ok) return [ari];
  const age = await finding('Asterisk version', () => {
    assertVersion(version);
    return Promise.resolve(fine(version));
  });
  return [ari, age];
}

async function checkAmi({ asterisk, agents }: Settings): Promise<readonly AsteriskFinding[]> {
  let ami: AmiLink | undefined;
  const signedIn = await finding('AMI', async () => {
    ami = new AmiLink({ ...asterisk.ami, log: silentLog }, { event: () => undefined, link: () => undefined });
    await ami.start();
    return fine(`signed in at ${asterisk.ami.host}:${asterisk.ami.port}`);
  });
  try {
    if (!ami || !signedIn.ok) return [signedIn];
    const link = ami;
    return [signedIn, await finding('dialplan', () => checkDialplan(link, agents))];
  } finally {
    ami?.stop();
  }
}

type Codes = Pick<Settings['agents'], 'signInCode' | 'listenCode'>;

async function checkDialplan(ami: AmiLink, { signInCode, listenCode }: Codes): Promise<Outcome> {
  const missing: string[] = [];
  let codes: readonly string[] = [];
  for (const context of DIALPLAN_CONTEXTS) {
    const lines = await ami.list('ShowDialPlan', { context });
    if (lines.length === 0) missing.push(context);
    if (context === 'outdial-agents') codes = lines.map((line) => field(line, 'extension'));
  }
  if (missing.length > 0) {
    return wrong(
      `no context ${missing.join(', ')}`,
      'Include asterisk/pbx/extensions.conf in the dialplan, then `dialplan reload`; AMI needs write = reporting to be asked.',
    );
  }
  if (!codes.includes(signInCode)) {
    return wrong(
      `sign-in code ${signInCode} is not in outdial-agents`,
      'Set OUTDIAL_SIGN_IN_CODE in site/globals.conf to agents.sign_in_code of outdial.yaml, then `dialplan reload`.',
    );
  }
  if (!codes.includes(listenCode) || listenCode === signInCode) {
    return wrong(
      `listening code ${listenCode} is not in outdial-agents`,
      'Use the asterisk/pbx/extensions.conf that came with this outdial; set OUTDIAL_LISTEN_CODE in site/globals.conf to agents.listen_code of outdial.yaml, another code than that of signing in; then `dialplan reload`.',
    );
  }
  if (!(await reportsItsMessage(ami))) {
    return wrong(
      'outdial-safe-harbour does not report to outdial when it plays the message',
      'Use the asterisk/pbx/extensions.conf that came with this outdial, then `dialplan reload`.',
    );
  }
  return fine(
    `${DIALPLAN_CONTEXTS.join(', ')}; agents sign in with ${signInCode}, supervisors listen with ${listenCode}`,
  );
}

/** An older dialplan plays it without a word, and outdial would hang up during it. */
async function reportsItsMessage(ami: AmiLink): Promise<boolean> {
  const lines = await ami.list('ShowDialPlan', { context: 'outdial-safe-harbour' });
  return lines.some((line) => field(line, 'application') === 'UserEvent' && field(line, 'appdata') === MESSAGE_EVENT);
}

async function checkModules(rest: AriRest): Promise<Outcome> {
  const missing = await missingModules(rest);
  if (missing.length === 0) return fine(`all ${Object.keys(NEEDED_MODULES).length} needed are running`);
  const uses = missing.map((name) => `${name} (${NEEDED_MODULES[name] ?? ''})`);
  return wrong(`not running: ${uses.join(', ')}`, "Load them in modules.conf; Asterisk's log says why one declined.");
}

async function checkClock(rest: AriRest): Promise<Outcome> {
  const askedAt = Date.now();
  const answer = await rest.send({ method: 'GET', path: '/asterisk/ping' });
  const theirs = isObject(answer) ? ariTime(answer.timestamp) : undefined;
  if (theirs === undefined) return wrong('Asterisk does not give its time', 'Is this Asterisk 20 or newer?');
  const difference = Math.round(theirs - (askedAt + Date.now()) / 2);
  return Math.abs(difference) <= MAX_CLOCK_DIFFERENCE_MS
    ? fine(`${Math.abs(difference)} ms between Asterisk and this machine`)
    : wrong(`Asterisk is ${difference} ms ahead of this machine`, 'Keep both on the same time with NTP.');
}

async function checkApplication(rest: AriRest, app: string, daemonRunning: boolean): Promise<Outcome> {
  const held = await isHeld(rest, app);
  if (held && !daemonRunning) {
    return wrong(
      `"${app}" is held by another daemon`,
      'Stop the other outdial, or give this one another `asterisk.app` and OUTDIAL_APP in the dialplan.',
    );
  }
  if (!held && daemonRunning) return wrong(`"${app}" is not held by the running daemon`, "See the daemon's log.");
  const answer = await rest.send({ method: 'GET', path: '/asterisk/variable', query: { variable: 'OUTDIAL_APP' } });
  const inDialplan = isObject(answer) && typeof answer.value === 'string' ? answer.value : '';
  if (inDialplan !== app) {
    return wrong(
      `the dialplan hands its calls to "${inDialplan}", not to "${app}"`,
      'Set OUTDIAL_APP in site/globals.conf to `asterisk.app` of outdial.yaml, then `dialplan reload`.',
    );
  }
  return fine(held ? `"${app}" is held by the running daemon` : `"${app}" is free`);
}

async function checkAccounts(rest: AriRest, settings: Settings): Promise<Outcome> {
  const digest = sipDigest(TRIAL_ACCOUNT, USUAL_REALM, randomUUID());
  const account = { name: TRIAL_ACCOUNT, digest, label: 'Trial' };
  await provisionAccount(rest, account, {
    checkEveryMs: 0,
    soundLostAfterMs: 15_000,
    encrypted: settings.agents.phones.encrypted,
  });
  await removeAccount(rest, TRIAL_ACCOUNT);
  return fine('can be made and removed');
}

async function checkSounds(rest: AriRest): Promise<Outcome> {
  const missing: string[] = [];
  for (const sound of [...PROMPTS.map((prompt) => `outdial/${prompt}`), 'digits/1'])
    if (!(await hasSound(rest, sound))) missing.push(sound);
  return missing.length === 0
    ? fine("outdial's prompts and Asterisk's own are there")
    : wrong(
        `missing: ${missing.join(', ')}`,
        'Run asterisk/sounds/render.sh (asterisk/README.md) and install asterisk-core-sounds-en.',
      );
}

/** The sounds that a campaign names. */
async function checkCampaignSounds(rest: AriRest, campaign: Campaign): Promise<Outcome> {
  const wanted = soundsOf(campaign);
  const missing: CampaignSound[] = [];
  for (const one of wanted) if (!(await hasSound(rest, one.sound))) missing.push(one);
  const [first] = missing;
  if (!first) return fine(wanted.map(({ sound }) => sound).join(', '));
  return wrong(
    missing.map((one) => `${one.key}: ${missingSoundMessage(one)}`).join(' '),
    [...new Set(missing.map(missingSoundHint))].join(' '),
  );
}

/** Asterisk makes the folder with the first recording. */
async function checkRecordings(folder: string): Promise<Outcome> {
  try {
    await access(folder, constants.R_OK | constants.W_OK);
    return fine(folder);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing) return fine(`${folder} is not there yet`);
    const hint = "Put this user into Asterisk's group and make the folder group-writable: chmod 2775.";
    return wrong(`${folder} cannot be read and written`, hint);
  }
}

async function checkCallRecords(file: string | undefined): Promise<Outcome> {
  if (file === undefined) {
    return wrong(
      'asterisk.cdr_file is not set',
      'Without call records neither recovery nor `outdial audit` can compare.',
    );
  }
  try {
    await access(dirname(file), constants.R_OK);
    return fine(file);
  } catch {
    return wrong(`${dirname(file)} cannot be read`, 'Make the folder (cdr_csv does not) and let this user read it.');
  }
}

async function checkMirror(rest: AriRest, address: AsteriskSettings['sipMirror']): Promise<Outcome> {
  if (address === undefined) {
    return wrong(
      'asterisk.sip_mirror is not set',
      'Without it a person who picks up as outdial hangs up is not seen; hep.conf of asterisk/pbx and docs/results.md.',
    );
  }
  const missing = await missingModules(rest, MIRROR_MODULES);
  if (missing.length === 0) return fine(`expected at ${address.host}:${address.port}`);
  const hint = 'Take them out of the noload lines of modules.conf, and give capture_address in hep.conf.';
  return wrong(`not running: ${missing.join(', ')}`, hint);
}

async function checkTrunk(rest: AriRest, { endpoint }: Trunk): Promise<Outcome> {
  try {
    const answer = await rest.send({ method: 'GET', path: ariPath('endpoints', 'PJSIP', endpoint) });
    const state = isObject(answer) && typeof answer.state === 'string' ? answer.state : 'unknown';
    if (state !== 'offline') return fine(`PJSIP/${endpoint} is ${state}`);
    return wrong(
      `PJSIP/${endpoint} does not answer`,
      'Is the contact in pjsip.conf right and the carrier up? `pjsip show endpoint` and `pjsip qualify` say more.',
    );
  } catch (error) {
    if (!(error instanceof AriFailure) || error.status !== 404) throw error;
    return wrong(
      `Asterisk has no PJSIP endpoint ${endpoint}`,
      'Add it to pjsip.conf, then `module reload res_pjsip.so`.',
    );
  }
}
