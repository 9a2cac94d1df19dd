// What of the settings lets others in or listen: traffic that leaves the machine unprotected, and secrets that anybody
// would try first. Pure; each opening says why it matters and how to close it.

import { isLoopback } from '../base/addresses.ts';
import type { Settings } from './settings.ts';

export interface Opening {
  /** The key that opens it, such as `asterisk.ari.url`. */
  readonly key: string;
  /** Refused, not only warned of. */
  readonly isGrave: boolean;
  readonly what: string;
  readonly why: string;
  readonly close: string;
}

/** Words that stand in samples and books, and that everybody tries. */
const COMMON =
  /^(change|changeme|replaceme|fixme|todo|example|sample|default|outdial|asterisk|ari|ami|manager|secret|mysecret|password|passwort|passwd|pass|pw|admin|administrator|root|test|testing|demo|guest|user|letmein|welcome|qwerty|qwertz|abc|amp|x+)$/;
const LEAST_LENGTH = 8;

/** Why a secret is easily guessed; undefined when it is not. */
export function weaknessOf(secret: string, user = ''): string | undefined {
  if (secret === '') return 'is empty';
  const plain = secret.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  if (user !== '' && plain === user.toLowerCase().replaceAll(/[^a-z0-9]/g, '')) return 'is the name of its user';
  if (/^\d*$/.test(plain) && plain.length < 12) return 'has digits alone, and few';
  const word = plain.replace(/\d+$/, '');
  if (word !== '' && COMMON.test(word)) return 'is one that everybody tries first';
  if (/^(.)\1*$/.test(secret)) return 'is one character over and over';
  return secret.length < LEAST_LENGTH ? `is shorter than ${LEAST_LENGTH} characters` : undefined;
}

/** Everything that the settings open. */
export function openingsOf(settings: Settings): readonly Opening[] {
  const { ari, ami } = settings.asterisk;
  return [
    ...trafficOf(settings),
    ...weakSecret({
      key: 'asterisk.ari.password',
      name: 'the password of ARI',
      close: IN_BOTH,
      secret: ari.password,
      user: ari.user,
      host: hostOf(ari.url),
    }),
    ...weakSecret({
      key: 'asterisk.ami.secret',
      name: 'the secret of AMI',
      close: IN_BOTH,
      secret: ami.secret,
      user: ami.user,
      host: ami.host,
    }),
    ...databaseOf(settings),
    ...webhooksOf(settings),
  ];
}

function webhooksOf({ webhooks }: Settings): readonly Opening[] {
  return webhooks.receivers.flatMap(({ name, secret }) => {
    const weakness = weaknessOf(secret, name);
    if (weakness === undefined) return [];
    return [
      {
        key: 'webhooks.receivers',
        isGrave: true,
        what: `the secret of the webhook ${name} ${weakness}`,
        why: 'Whoever guesses it sends messages that look like ours: refused.',
        close: 'Make one (openssl rand -hex 24) and give it to the receiver.',
      },
    ];
  });
}

function trafficOf({ asterisk, http, webhooks }: Settings): readonly Opening[] {
  const { ari, ami } = asterisk;
  const found: Opening[] = [];
  if (!isLoopback(hostOf(ari.url)) && ari.url.startsWith('http:'))
    found.push({
      key: 'asterisk.ari.url',
      isGrave: false,
      what: `ARI is spoken to ${hostOf(ari.url)} over plain http`,
      why: 'Whoever is on the way reads its password, and with it places calls and hears conversations.',
      close: 'Use https:// (tlsenable in http.conf), or a tunnel that ends on 127.0.0.1.',
    });
  if (!isLoopback(ami.host))
    found.push({
      key: 'asterisk.ami.host',
      isGrave: false,
      what: `AMI is spoken to ${ami.host}, and it is never encrypted`,
      why: 'Whoever is on the way reads its secret, and with it rules Asterisk.',
      close: 'Put outdial on the machine of Asterisk, or let a tunnel end on 127.0.0.1.',
    });
  for (const { name, url } of webhooks.receivers)
    if (url.startsWith('http:') && !isLoopback(hostOf(url)))
      found.push({
        key: 'webhooks.receivers',
        isGrave: false,
        what: `the webhook ${name} is called over plain http`,
        why: 'Whoever is on the way reads what happens to people and calls.',
        close: 'Use https://.',
      });
  if (!isLoopback(http.host))
    found.push({
      key: 'http.host',
      isGrave: false,
      what: `the API listens on ${http.host}, and it has no TLS`,
      why: 'Whoever is on the way reads the token, and with it may do everything.',
      close: 'Set http.host: 127.0.0.1 and put a proxy with TLS in front, or publish the port on loopback alone.',
    });
  return found;
}

const IN_BOTH = 'Make one (openssl rand -hex 24) and put it into outdial.yaml and into Asterisk.';

function weakSecret(given: {
  readonly key: string;
  readonly name: string;
  readonly close: string;
  readonly secret: string;
  readonly user: string;
  readonly host: string;
}): readonly Opening[] {
  const weakness = weaknessOf(given.secret, given.user);
  if (weakness === undefined) return [];
  const isAway = !isLoopback(given.host);
  return [
    {
      key: given.key,
      isGrave: isAway,
      what: `${given.name} ${weakness}`,
      why: isAway
        ? `Everybody who reaches ${given.host} gets in: refused.`
        : 'Every user and program of this machine gets in.',
      close: given.close,
    },
  ];
}

function databaseOf({ store }: Settings): readonly Opening[] {
  if (store.kind !== 'postgres' || !URL.canParse(store.url)) return [];
  const { hostname, username, password } = new URL(store.url);
  // Without a password the server lets this user in by other means, such as a socket's owner.
  if (password === '') return [];
  const close = 'Give the user another (ALTER USER), and outdial.yaml too, better in a file: password_file.';
  return weakSecret({
    key: 'store',
    name: 'the password of PostgreSQL',
    close,
    secret: decodeURIComponent(password),
    user: username,
    host: hostname,
  });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : '';
}
