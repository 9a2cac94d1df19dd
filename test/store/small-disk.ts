// A disk so small that it can be filled: a file system in memory, gone after the test. Mounting it needs root.

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { testFolder } from './folder.ts';

const [MOUNT, UMOUNT] = ['/usr/bin/mount', '/usr/bin/umount'] as const;

/** A disk of so many MB; undefined where this user may not mount one. */
export function smallDisk(megabytes: number): string | undefined {
  const disk = path.join(testFolder(), 'disk');
  if (!mountSmallDisk(disk, megabytes)) return undefined;
  onTestFinished(() => unmount(disk));
  return disk;
}

/** The same in a place of one's own, which is unmounted by oneself; false where this user may not mount one. */
export function mountSmallDisk(disk: string, megabytes: number): boolean {
  mkdirSync(disk);
  try {
    execFileSync(MOUNT, ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'outdial-test', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export function unmount(disk: string): void {
  try {
    execFileSync(UMOUNT, ['-l', disk], { stdio: 'ignore' });
  } catch {
    // umount reads /proc, which a bare root may lack; the kernel needs it not.
    execFileSync('python3', [
      '-c',
      'import ctypes, sys; sys.exit(ctypes.CDLL(None).umount2(sys.argv[1].encode(), 2))',
      disk,
    ]);
  }
}

/** Takes all the room there is; what it returns gives it back. */
export function fill(disk: string): () => void {
  const ballast = path.join(disk, 'ballast');
  const { bavail, bsize } = statfsSync(disk);
  try {
    writeFileSync(ballast, Buffer.alloc(bavail * bsize));
  } catch (fault) {
    // Others have written meanwhile: it is full all the same.
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'ENOSPC')) throw fault;
  }
  return () => rmSync(ballast);
}
