// Which Asterisk this machine has: the system's own, or the one in a private root directory.
// A private root is entered with chroot, so every file that Asterisk reads or writes lies below it;
// paths have an outer name (ours) and an inner one (Asterisk's).

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { OperationalError } from '../../src/base/errors.ts';

export interface AsteriskHome {
  /** Outer directory in which boxes keep their files. */
  readonly boxesDir: string;
  /** Outer directory with Asterisk's sounds. */
  readonly soundsDir: string;
  /** The inner name of a file whose outer name is `outer`. */
  inner(outer: string): string;
  /** The command line that runs Asterisk with these arguments. */
  command(args: readonly string[]): readonly [string, readonly string[]];
}

const INSTALL = path.join(import.meta.dirname, '..', 'install.sh');
const BOXES = '/var/lib/outdial-box';

function privateHome(root: string): AsteriskHome {
  return {
    boxesDir: path.join(root, BOXES),
    soundsDir: path.join(root, 'usr/share/asterisk/sounds'),
    inner: (outer) => path.join('/', path.relative(root, outer)),
    command: (args) => ['chroot', [root, '/usr/sbin/asterisk', ...args]],
  };
}

function systemHome(): AsteriskHome {
  const shared = '/usr/share/asterisk/sounds';
  return {
    boxesDir: BOXES,
    soundsDir: existsSync(shared) ? shared : '/var/lib/asterisk/sounds',
    inner: (outer) => outer,
    command: (args) => ['asterisk', args],
  };
}

/** Installs what is missing, saying so on stderr, and says where Asterisk is; refuses when that fails. */
export function installedAsterisk(): AsteriskHome {
  const install = spawnSync('bash', [INSTALL], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
  const root = /^root=(.*)$/m.exec(install.stdout)?.[1];
  if (install.status !== 0 || root === undefined) {
    throw new OperationalError('box-not-installed', 'the network in a box could not be installed', {
      hint: `Run ${INSTALL} as root on Debian 12 or later; it says what is wrong.`,
      cause: install.error,
    });
  }
  return root === '' ? systemHome() : privateHome(root);
}
