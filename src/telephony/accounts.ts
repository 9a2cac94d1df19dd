// Agents' SIP accounts, made in Asterisk while it runs (sorcery keeps them in Asterisk's own database, over restarts).

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { OperationalError } from '../base/errors.ts';
import { sipDigest, type SipDigest } from '../base/sip-digest.ts';
import type { SipAccount } from '../engine/ports.ts';
import { NO_REDIRECT_CONTEXT } from './ari-calls.ts';
import { isEndpointName } from './checked-values.ts';
import { isObject } from './ari-events.ts';
import { ariPath, AriFailure, STATUS_LINK_DOWN, STATUS_TIMEOUT, type AriRest, type RestRequest } from './ari-rest.ts';

/** How phones of agents are watched over. */
export interface PhoneCare {
  /** How often each registered phone is asked whether it is there; 0: never. */
  readonly checkEveryMs: number;
  /** A leg on which nothing has come for this long, no sound and no report, is ended. */
  readonly soundLostAfterMs: number;
  /** Calls over TLS and SRTP alone. */
  readonly encrypted: boolean;
}

type Fields = Readonly<Record<string, string>>;

/** Both name the same attributes: Asterisk keeps what is not named when an account is renewed. */
const OPEN: Fields = { transport: '', media_encryption: 'no', media_encryption_optimistic: 'no' };
const ENCRYPTED: Fields = { transport: 'transport-tls', media_encryption: 'sdes', media_encryption_optimistic: 'no' };

/**
 * The `domain` of transports that are not for phones when phones use TLS. Asterisk looks for NAME@domain first: a phone that
 * names an account there is asked for a password that no phone has, and so can neither register nor call.
 */
export const WITHOUT_TLS = 'outdial-without-tls';

/** Nothing that ends or comments a value somewhere on its way, nor the colon that ends a realm in its hash. */
const REALM = /^[\w.-]{1,64}$/;
const MD5 = /^[0-9a-f]{32}$/;
const MAX_LABEL = 60;
/** What Asterisk answers to every change of an endpoint with a channel variable of ours; and to others now and then. */
const STATUS_INTERNAL = 500;
const AGAIN_MS = 250;
/** A phone that is asked has this long to answer: three tries of SIP over UDP (T1 is 0.5 s). */
const PHONE_ANSWER_S = '1.5';

/** What every account of ours has in common: known by name and password alone, it may not move legs, watch others or follow. */
const BOUND: Fields = {
  identify_by: 'username',
  direct_media: 'no',
  dtmf_mode: 'rfc4733',
  allow_transfer: 'no',
  allow_subscribe: 'no',
  allow_overlap: 'no',
  set_var: `FORWARD_CONTEXT=${NO_REDIRECT_CONTEXT}`,
};

/** The accounts of browsers: each is one session's alone, and no agent's has such a name. */
const BROWSER = /^web-[0-9a-f]{24}$/;

/** Makes or renews the account, in the order that Asterisk needs; refuses with `bad-account` what cannot be a SIP name or digest. */
export async function provisionAccount(rest: AriRest, account: SipAccount, care: PhoneCare): Promise<void> {
  const { name, digest } = account;
  assertName(name);
  if (!REALM.test(digest.realm) || !MD5.test(digest.md5)) {
    throw new OperationalError('bad-account', `the password of SIP account ${name} cannot be used`, {
      hint: `Give it a new one: outdial agent set-password NUMBER.`,
    });
  }
  if (account.browser === true) return provisionBrowser(rest, account, care);
  if (care.encrypted) await lockWithoutTls(rest, name, digest.realm);
  await put(rest, 'auth', name, authFields(name, digest));
  await put(rest, 'aor', name, {
    max_contacts: '1',
    remove_existing: 'yes',
    qualify_frequency: seconds(care.checkEveryMs),
    qualify_timeout: PHONE_ANSWER_S,
  });
  await put(rest, 'endpoint', name, endpointFields(name, account.label, care));
  if (!care.encrypted) await remove(rest, withoutTls(name));
}

/** A browser registers nowhere, so nothing can be placed to it; it dials in, and reaches the session of its agent alone. */
async function provisionBrowser(rest: AriRest, { name, digest, label }: SipAccount, care: PhoneCare): Promise<void> {
  await put(rest, 'auth', name, authFields(name, digest));
  await put(rest, 'endpoint', name, {
    ...BOUND,
    context: 'outdial-browsers',
    webrtc: 'yes',
    dtls_auto_generate_cert: 'yes',
    disallow: 'all',
    allow: 'ulaw,alaw',
    auth: name,
    callerid: `"${shownLabel(label)}" <${name}>`,
    // A browser that is away for a moment must not lose its call to a timer of SIP.
    timers: 'no',
    rtp_timeout: seconds(care.soundLostAfterMs),
    rtp_keepalive: '5',
  });
}

/** Removes the account; one that does not exist is gone already. */
export async function removeAccount(rest: AriRest, name: string): Promise<void> {
  assertName(name);
  await remove(rest, name);
  if (!BROWSER.test(name)) await remove(rest, withoutTls(name));
}

/** Accounts of browsers whose daemon is no more: no one knows their passwords. Calls that live on them go on. */
export async function removeLeftBrowsers(rest: AriRest): Promise<readonly string[]> {
  const endpoints = await rest.send({ method: 'GET', path: '/endpoints/PJSIP' });
  const left = (Array.isArray(endpoints) ? endpoints : []).flatMap((endpoint: unknown) =>
    isObject(endpoint) && typeof endpoint.resource === 'string' && BROWSER.test(endpoint.resource)
      ? [endpoint.resource]
      : [],
  );
  for (const name of left) await removeAccount(rest, name);
  return left;
}

const withoutTls = (name: string): string => `${name}@${WITHOUT_TLS}`;

/** What stands for the account on transports without TLS: the same question for a password, and none that answers it. */
async function lockWithoutTls(rest: AriRest, name: string, realm: string): Promise<void> {
  const lock = withoutTls(name);
  await put(rest, 'auth', lock, authFields(name, sipDigest(name, realm, randomUUID())));
  await put(rest, 'endpoint', lock, {
    context: 'outdial-no-context',
    auth: lock,
    identify_by: 'username',
    disallow: 'all',
    allow: 'ulaw',
    allow_transfer: 'no',
    allow_subscribe: 'no',
  });
}

async function remove(rest: AriRest, name: string): Promise<void> {
  for (const type of ['endpoint', 'aor', 'auth'] as const) {
    try {
      await rest.send({ method: 'DELETE', path: objectPath(type, name) });
    } catch (error) {
      if (!(error instanceof AriFailure) || error.status !== 404) throw refused(name, error);
    }
  }
}

/** Asterisk never learns the password. One that it was given before is emptied: it keeps what is not named. */
function authFields(name: string, { realm, md5 }: SipDigest): Fields {
  return { auth_type: 'md5', username: name, realm, md5_cred: md5, password: '' };
}

const seconds = (ms: number): string => String(Math.ceil(ms / 1000));

function endpointFields(name: string, label: string, care: PhoneCare): Fields {
  return {
    ...BOUND,
    context: 'outdial-agents',
    disallow: 'all',
    allow: 'ulaw,alaw',
    auth: name,
    aors: name,
    callerid: `"${shownLabel(label)}" <${name}>`,
    rtp_symmetric: 'yes',
    force_rport: 'yes',
    rewrite_contact: 'yes',
    // A phone that is gone without a word must not hold its agent's session for ever.
    rtp_timeout: seconds(care.soundLostAfterMs),
    rtp_keepalive: '5',
    ...(care.encrypted ? ENCRYPTED : OPEN),
  };
}

const shownLabel = (label: string): string =>
  label
    .replaceAll(/[^\p{L}\p{N} .,+_-]/gu, ' ')
    .trim()
    .slice(0, MAX_LABEL);

async function put(rest: AriRest, type: 'auth' | 'aor' | 'endpoint', name: string, fields: Fields): Promise<void> {
  const list = Object.entries(fields).map(([attribute, value]) => ({ attribute, value }));
  const request = { method: 'PUT', path: objectPath(type, name), body: { fields: list } } as const;
  try {
    await rest
      .send(request)
      .catch((fault: unknown) => madeAfresh(rest, request, fault))
      .catch((fault: unknown) => {
        if (!isInternal(fault)) throw fault;
        return pause(AGAIN_MS).then(() => rest.send(request));
      });
  } catch (error) {
    throw refused(name, error);
  }
}

/** Asterisk may refuse to change an object that it would make: it is taken away and made. */
async function madeAfresh(rest: AriRest, request: RestRequest, fault: unknown): Promise<unknown> {
  if (!isInternal(fault)) throw fault;
  await rest.send({ method: 'DELETE', path: request.path }).catch((error: unknown) => {
    if (!(error instanceof AriFailure) || error.status !== 404) throw error;
  });
  return rest.send(request);
}

const isInternal = (fault: unknown): boolean => fault instanceof AriFailure && fault.status === STATUS_INTERNAL;

const objectPath = (type: string, name: string): string =>
  ariPath('asterisk', 'config', 'dynamic', 'res_pjsip', type, name);

function refused(name: string, error: unknown): OperationalError {
  if (error instanceof AriFailure && (error.status === STATUS_LINK_DOWN || error.status === STATUS_TIMEOUT)) {
    return new OperationalError('ari-unreachable', `Asterisk could not be asked for SIP account ${name}`, {
      hint: 'Is Asterisk running? The account is made again when it is back.',
      cause: error,
      httpCode: 503,
    });
  }
  const why = error instanceof Error ? error.message : String(error);
  return new OperationalError('account-refused', `Asterisk refuses the SIP account ${name}: ${why}`, {
    hint: 'sorcery.conf must keep endpoint, auth and aor of res_pjsip in astdb (see asterisk/pbx/sorcery.conf).',
    cause: error,
  });
}

function assertName(name: string): void {
  if (isEndpointName(name)) return;
  throw new OperationalError('bad-account', `${JSON.stringify(name)} cannot be the name of a SIP account`, {
    hint: 'Use letters, digits, dot, dash and underscore, at most 60.',
  });
}
