// Certificates for tests, made by openssl: for which names, from when to when.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface TestCertificate {
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
}

/** Signed by itself; `names` as openssl writes them: `DNS:pbx.example`, `IP:127.0.0.1`. */
export function makeCertificate(names: string, days = 365): TestCertificate {
  const folder = mkdtempSync(path.join(tmpdir(), 'outdial-certificate-'));
  const file = (name: string): string => path.join(folder, name);
  try {
    const what = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-subj',
      '/CN=phones',
    ];
    const where = ['-keyout', file('key'), '-out', file('crt'), '-days', String(days)];
    execFileSync('openssl', [...what, ...where, '-addext', `subjectAltName=${names}`], { stdio: 'ignore' });
    return { certificate: readFileSync(file('crt'), 'utf8'), key: readFileSync(file('key'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
