// A disk that is full: refused with a reason, nothing half written, and work goes on once there is room.

import path from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { Desk, codeOf } from '../contract/store-desk.ts';
import { fill, smallDisk } from './small-disk.ts';

test('[O-06] the disk is full: no attempt is opened or half written, a backup is refused, and all works again with room', async (context) => {
  const disk = smallDisk(3);
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
});
