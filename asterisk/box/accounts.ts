// SIP accounts for phones, made in a running Asterisk through ARI's dynamic configuration, for those who
// use the box without outdial. Outdial itself makes the accounts of its agents.

import { OperationalError } from '../../src/base/errors.ts';

export interface AccountPlace {
  readonly ariUrl: string;
  readonly ariUser: string;
  readonly ariPassword: string;
}

const ANSWER_LIMIT_MS = 5000;

async function put(place: AccountPlace, object: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const url = `${place.ariUrl}/ari/asterisk/config/dynamic/res_pjsip/${object}`;
  const login = Buffer.from(`${place.ariUser}:${place.ariPassword}`).toString('base64');
  const answer = await fetch(url, {
    method: 'PUT',
    headers: { authorization: `Basic ${login}`, 'content-type': 'application/json' },
    body: JSON.stringify({ fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })) }),
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  });
  if (answer.ok) return;
  throw new OperationalError('account-refused', `Asterisk refused ${object}: ${answer.status} ${await answer.text()}`, {
    hint: 'Does sorcery.conf keep endpoint, auth and aor in astdb?',
  });
}

/** Makes or replaces the SIP account `name`; it can register at once. */
export async function makeAccount(place: AccountPlace, name: string, password: string): Promise<void> {
  await put(place, `auth/${name}`, { auth_type: 'userpass', username: name, password });
  await put(place, `aor/${name}`, { max_contacts: '1', remove_existing: 'yes', qualify_frequency: '0' });
  await put(place, `endpoint/${name}`, {
    context: 'outdial-agents',
    disallow: 'all',
    allow: 'ulaw,alaw,opus',
    auth: name,
    aors: name,
    callerid: name,
    direct_media: 'no',
    dtmf_mode: 'rfc4733',
    rtp_symmetric: 'yes',
    force_rport: 'yes',
    rewrite_contact: 'yes',
    rtp_timeout: '15',
    identify_by: 'username',
    allow_transfer: 'no',
    allow_subscribe: 'no',
    allow_overlap: 'no',
  });
}
