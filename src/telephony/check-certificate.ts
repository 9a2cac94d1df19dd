// What `outdial doctor` says of the certificate for phones: the file, and what Asterisk shows to whoever connects.

import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AgentSip } from '../config/settings.ts';
import { hostOf, portOf, readCertificate, shownCertificate } from './certificate.ts';

interface Outcome {
  readonly ok: boolean;
  readonly detail: string;
  readonly hint: string;
}

const RENEW = 'Renew it, then `module reload res_pjsip.so` in Asterisk (docs/encryption.md).';

/** Phones use no certificate, or the one of the settings serves and is the one that they are shown. */
export async function checkCertificate(sip: AgentSip, now: number): Promise<Outcome> {
  if (sip.certificate === undefined) return { ok: true, detail: 'phones register without TLS', hint: '' };
  const host = hostOf(sip.server);
  const { state, detail } = await readCertificate(sip.certificate, host, now);
  const file = sip.certificate.certificate;
  if (state !== 'ok') return { ok: false, detail: `${file}: ${detail}`, hint: RENEW };
  const place = `${host}:${portOf(sip.server)}`;
  const shown = await shownCertificate(host, portOf(sip.server));
  if (shown === undefined) {
    const hint = 'Put transport-tls into site/pjsip.conf with certificate and key, then restart Asterisk.';
    return { ok: false, detail: `nothing speaks TLS at ${place}`, hint };
  }
  const named = new X509Certificate(await readFile(file));
  return new X509Certificate(shown).fingerprint256 === named.fingerprint256
    ? { ok: true, detail: `${file}: ${detail}; shown at ${place}`, hint: '' }
    : { ok: false, detail: `${place} shows another certificate than ${file}`, hint: RENEW };
}
