// Whether the certificate that Asterisk shows phones over TLS still serves: its end, its key, the name that phones dial.
// Reads files alone; what Asterisk really shows is asked of it by `shownCertificate`.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { PhoneCertificate } from '../config/settings.ts';

/** `ending`: phones register still, and will not in less than a month. */
type CertificateState = 'ok' | 'ending' | 'ended' | 'mismatched' | 'unreadable';

export interface CertificateJudgement {
  readonly state: CertificateState;
  /** One sentence for an operator. */
  readonly detail: string;
  /** When it ends, epoch ms; absent when it cannot be read. */
  readonly endsAt?: number;
}

const SIPS_PORT = 5061;
const DAY_MS = 86_400_000;
const WARN_MS = 30 * DAY_MS;
const HANDSHAKE_MS = 5_000;

export interface CertificateFacts {
  /** PEM; the first certificate in it is the one that counts. */
  readonly certificate: string;
  /** PEM; absent when it cannot be read from here. */
  readonly key?: string;
  /** What phones register with. */
  readonly host: string;
}

/** The worst that can be said of the certificate now. */
export function judgeCertificate({ certificate, key, host }: CertificateFacts, now: number): CertificateJudgement {
  let read: X509Certificate;
  try {
    read = new X509Certificate(certificate);
  } catch {
    return { state: 'unreadable', detail: 'it is no certificate in PEM' };
  }
  const endsAt = Date.parse(read.validTo);
  const beginsAt = Date.parse(read.validFrom);
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  if (now >= endsAt) return { state: 'ended', endsAt, detail: `it ended on ${day(endsAt)}: phones refuse it` };
  if (now < beginsAt) return { state: 'mismatched', endsAt, detail: `it begins on ${day(beginsAt)} only` };
  if (!isFor(read, host)) return { state: 'mismatched', endsAt, detail: `it is not for ${host}: phones refuse it` };
  const fault = key === undefined ? undefined : faultOfKey(read, key);
  if (fault !== undefined) return { state: 'mismatched', endsAt, detail: fault };
  const days = Math.floor((endsAt - now) / DAY_MS);
  if (endsAt - now < WARN_MS) return { state: 'ending', endsAt, detail: `it ends in ${days} days, on ${day(endsAt)}` };
  return { state: 'ok', endsAt, detail: `good until ${day(endsAt)}, for ${host}` };
}

/** The host of `host`, `host:port`, or `[::1]:port`. */
export function hostOf(server: string): string {
  return server.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

export function portOf(server: string): number {
  return Number(/:(\d+)$/.exec(server)?.[1] ?? SIPS_PORT);
}

function isFor(certificate: X509Certificate, host: string): boolean {
  return (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined;
}

function faultOfKey(certificate: X509Certificate, key: string): string | undefined {
  try {
    return certificate.checkPrivateKey(createPrivateKey(key)) ? undefined : 'the key is not the one of the certificate';
  } catch {
    return 'the key is none in PEM without a passphrase';
  }
}

/** Reads the files and judges them. The key may be Asterisk's alone to read: it is left out then. */
export async function readCertificate(
  { certificate, key }: PhoneCertificate,
  host: string,
  now: number,
): Promise<CertificateJudgement> {
  try {
    const secret = key === undefined ? undefined : await readKey(key);
    const facts = { certificate: await readFile(certificate, 'utf8'), host };
    return judgeCertificate(secret === undefined ? facts : { ...facts, key: secret }, now);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return { state: 'unreadable', detail: `the file cannot be read (${why})` };
  }
}

async function readKey(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') return undefined;
    throw error;
  }
}

/** The certificate that is shown at an address, PEM; undefined when nothing speaks TLS there in time. */
export function shownCertificate(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    // Only looked at: nothing is sent, so that whose it is may be found out afterwards.
    const socket = connect({ host, port, rejectUnauthorized: false, timeout: HANDSHAKE_MS });
    const over = (pem?: string): void => {
      socket.destroy();
      resolve(pem);
    };
    socket.once('secureConnect', () => over(socket.getPeerX509Certificate()?.toString()));
    socket.once('timeout', () => over());
    socket.once('error', () => over());
  });
}
