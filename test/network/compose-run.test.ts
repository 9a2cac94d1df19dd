// What compose.yaml asks for, carried out without a container engine: both serve with nothing but the rights, volumes and
// tmpfs that it names, and neither without what they need.

import { execFile, spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { installedAsterisk } from '../../asterisk/box/asterisk-home.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../packaging/prove-compose.sh');
const [program, [directory = '/']] = installedAsterisk().command([]);
const root = program === 'chroot' ? directory : '/';
/** It takes the right to make name spaces. */
const canRun =
  process.getuid?.() === 0 && spawnSync('unshare', ['--mount', '--net', '--pid', '--fork', 'true']).status === 0;

function prove(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(SCRIPT, [root, ...args], { timeout: 170_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), said: stdout + stderr });
    });
  });
}

test.runIf(canRun)(
  '[X-10] the containers under a read-only root, without capabilities: Asterisk and outdial serve, and write only what they may',
  async () => {
    const { code, said } = await prove();
    expect(said).toContain('asterisk runs as asterisk, recordings go to a folder 2775 of group 8480');
    expect(said).toContain('outdial serves');
    expect(said).toContain('the store is written');
    expect(said).toMatch(/\((node|MainThread)\) has capabilities 0{16}, no new privileges 1/);
    expect(said).toMatch(/\(asterisk\) has capabilities 0{16}, no new privileges 1/);
    expect(said).toContain('all well');
    expect(code).toBe(0);
  },
  180_000,
);
