// What compose.yaml gives to its containers: nothing that they do not need.

import { mkdtempSync, readFileSync, rmSync, statSync, copyFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Service {
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly read_only?: boolean;
  readonly privileged?: boolean;
  readonly user?: string;
  readonly ports?: readonly string[];
}

const { services } = parse(readFileSync('compose.yaml', 'utf8'), { merge: true }) as {
  services: Readonly<Record<string, Service>>;
};

test.each(Object.entries(services))('[X-10] %s: no capabilities, none gained, nothing written', (_name, service) => {
  expect(service).toMatchObject({
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    read_only: true,
  });
  expect(service.privileged).toBeUndefined();
});

test('[X-10] only the entrypoint of Asterisk keeps capabilities: to hand files over and to become another user', () => {
  const kept = Object.entries(services).flatMap(([name, { cap_add: added }]) => (added ? [[name, added]] : []));
  expect(kept).toEqual([['asterisk', ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'SETGID', 'SETUID']]]);
});

test('[X-10] the API is published on loopback alone, ARI and AMI not at all', () => {
  const published = Object.values(services).flatMap(({ ports = [] }) => ports);
  expect(published.filter((port) => !port.startsWith('${OUTDIAL_PUBLISH:-127.0.0.1}:'))).toEqual([
    '127.0.0.1:8480:8480',
  ]);
  expect(published.join(' ')).not.toMatch(/8088|5038/);
});

test.runIf(process.getuid?.() === 0)('[X-10] the secrets are for root and the group of outdial alone', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'outdial-secrets-'));
  copyFileSync('packaging/compose/secrets/make.sh', path.join(folder, 'make.sh'));
  execFileSync('sh', ['-c', 'umask 000; exec sh ./make.sh'], { cwd: folder });
  const about = ['ari-password', 'ami-secret'].map((name) => statSync(path.join(folder, name)));
  expect(about.map(({ mode, uid, gid, size }) => [mode & 0o777, uid, gid, size])).toEqual([
    [0o640, 0, 8480, 48],
    [0o640, 0, 8480, 48],
  ]);
  rmSync(folder, { recursive: true });
});
