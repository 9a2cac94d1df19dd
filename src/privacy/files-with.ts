// Which files beside the store name a forgotten person: what lists were imported from, and the rows that imports wrote
// beside them, rejected ones and noted ones. Reads them; deletes nothing, they are their owner's.

import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { formsOf } from '../records/personal-values.ts';

/** The last digits of a number, without its country's code and what stands before an area's: at most, at least. */
const TAIL = { most: 9, least: 6 };
/** Longer than anything that is looked for, written with marks between its digits or with two bytes a letter. */
const OVERLAP = 4096;

/**
 * Files that imports have read, and the files that imports wrote beside them, that can be read and hold one of the texts: a number in
 * whatever form it is written, a text in UTF-8, Windows-1252 or UTF-16.
 */
export async function filesWith(needles: readonly string[], imported: readonly string[]): Promise<readonly string[]> {
  const looked = searchFor(needles);
  const files = new Set<string>();
  for (const source of imported) for (const file of [source, ...(await filesBeside(source))]) files.add(file);
  const found: string[] = [];
  if (looked === undefined) return found;
  for (const file of files) if (await holds(file, looked)) found.push(file);
  return found;
}

/** `people.rejected.csv`, `people.notes.csv`, `people.rejected-2.csv` … beside `people.csv`. */
async function filesBeside(source: string): Promise<readonly string[]> {
  const [folder, stem] = [dirname(source), basename(source, extname(source))];
  const names = await readdir(folder).catch(() => []); // gone, or not ours to read
  return names
    .filter((name) => name.startsWith(`${stem}.`) && /^(?:rejected|notes)\b.*\.csv$/.test(name.slice(stem.length + 1)))
    .sort()
    .map((name) => join(folder, name));
}

/** What is looked for in the bytes of a file, each as one letter and those of UTF-16 without their noughts. */
function searchFor(needles: readonly string[]): RegExp | undefined {
  const patterns = needles.flatMap((needle) => {
    const digits = /^\+(\d{8,15})$/.exec(needle)?.[1];
    if (digits !== undefined) return tailOf(digits);
    return formsOf(needle)
      .flatMap((form) => [
        Buffer.from(form, 'utf8').toString('latin1'),
        withoutNoughts(Buffer.from(form, 'utf16le')),
        form,
      ])
      .map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  });
  return patterns.length === 0 ? undefined : new RegExp([...new Set(patterns)].join('|'));
}

function tailOf(digits: string): string {
  const length = Math.min(TAIL.most, Math.max(TAIL.least, digits.length - 3));
  return digits.slice(-length).replace(/\d(?=\d)/g, '$&[ ().\\-/]{0,3}');
}

function withoutNoughts(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\0', '');
}

async function holds(file: string, looked: RegExp): Promise<boolean> {
  let end = '';
  try {
    for await (const part of createReadStream(file)) {
      const text = end + withoutNoughts(part as Buffer);
      if (looked.test(text)) return true;
      end = text.slice(-OVERLAP);
    }
  } catch {
    return false; // gone, moved, or not ours to read: the page on privacy says that such files are its owner's
  }
  return false;
}
