// A disk that is full: refused with a reason, nothing half written, and work goes on once there is room.

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { Desk, codeOf } from '../contract/store-desk.ts';
import { testFolder } from './folder.ts';

const [MOUNT, UMOUNT] = ['/usr/bin/mount', '/usr/bin/umount'] as const;

/** A disk of 3 MB; undefined where this user may not mount one. */
function smallDisk(): string | undefined {
  const disk = path.join(testFolder(), 'disk');
  mkdirSync(disk);
  try {
    execFileSync(MOUNT, ['-t', 'tmpfs', '-o', 'size=3m', 'outdial-test', disk], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => unmount(disk));
  return disk;
}

function unmount(disk: string): void {
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
function fill(disk: string): () => void {
  const ballast = path.join(disk, 'ballast');
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc(bavail * bsize));
  return () => rmSync(ballast);
}

test('[O-06] the disk is full: no attempt is opened or half written, a backup is refused, and all works again with room', async (context) => {
  const disk = smallDisk();
  if (disk === undefined) {
    context.skip('mounting a small disk needs root');
    return;
  }
  const store = await openSqliteStore({ file: path.join(disk, 'outdial.db') });
  const desk = new Desk(store);
  const campaign = await desk.people(500);
  const first = await desk.dial(campaign);
  const makeRoom = fill(disk);
  const codes: string[] = [];
  while (!codes.includes('store-disk-full') && codes.length < 200) codes.push(await codeOf(desk.open(campaign, 10)));
  expect(codes.at(-1)).toBe('store-disk-full');
  const opened = codes.filter((code) => code === 'done').length * 10 + 1;
  expect(await store.attempts.unfinished()).toHaveLength(opened);
  expect(await codeOf(desk.close(first.attempt))).toBe('store-disk-full');
  expect(await codeOf(desk.list([desk.contact({ fields: { note: 'x'.repeat(100_000) } })]))).toBe('store-disk-full');
  expect(await codeOf(store.backup(path.join(disk, 'backup.db')))).toBe('store-disk-full');
  makeRoom();
  await desk.close(first.attempt);
  expect((await desk.open(campaign, 10)).opened).toHaveLength(10);
  expect(await store.attempts.unfinished()).toHaveLength(opened + 9);
  await store.close();
}, 60_000);
