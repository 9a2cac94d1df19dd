// A list of 2 GB: what is read of it at a time, and never more than that.

import type { FileHandle } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readRows } from '../../src/store/import/csv-rows.ts';
import { byteChunks } from '../../src/store/import/encoding.ts';

const SIZE = 2 ** 31;
const LINE = 'Ada Moss,+12125550100,"Bedford, MA"\n';
const AHEAD = 512 * 1024;

test('[L-01] a list of 2 GB is read as its rows are taken: half a megabyte ahead at most, from the first row to the last one asked for', async () => {
  let readTo = 0;
  const read = (buffer: Buffer, offset: number, length: number, position: number) => {
    // The same line again and again, from wherever it is asked for.
    const bytes = Math.min(length, SIZE - position);
    const from = position % LINE.length;
    buffer.write(LINE.repeat(Math.ceil(bytes / LINE.length) + 1).slice(from, from + bytes), offset, 'latin1');
    readTo = Math.max(readTo, position + bytes);
    return Promise.resolve({ buffer, bytesRead: bytes });
  };
  async function* text(): AsyncGenerator<string> {
    const handle = { read } as unknown as FileHandle;
    for await (const chunk of byteChunks({ file: 'large.csv', handle })) yield chunk.toString('latin1');
  }
  let taken = 0;
  let ahead = 0;
  for await (const { cells, line } of readRows(text(), ',')) {
    taken += 1;
    if (taken % 1000 === 0) ahead = Math.max(ahead, readTo - taken * LINE.length);
    if (taken < 200_000) continue;
    expect([cells, line]).toEqual([['Ada Moss', '+12125550100', 'Bedford, MA'], 200_000]);
    break;
  }
  expect(ahead).toBeLessThan(AHEAD);
  expect(readTo).toBeLessThan(SIZE / 100);
});
