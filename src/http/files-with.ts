// Which files beside the store name a forgotten person: what lists were imported from, and their rejected rows. Reads
// them; deletes nothing, they are their owner's.

import { createReadStream } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { formsOf } from '../list/personal-values.ts';

/** The sources, and the files of rejected rows beside them, that can be read and hold one of the texts. */
export async function filesWith(needles: readonly string[], sources: readonly string[]): Promise<readonly string[]> {
  const forms = needles.flatMap(formsOf).map((form) => Buffer.from(form, 'utf8'));
  const files = new Set(
    sources.filter((source) => source.includes('/')).flatMap((source) => [source, rejectsOf(source)]),
  );
  const found: string[] = [];
  for (const file of forms.length === 0 ? [] : files) if (await holds(file, forms)) found.push(file);
  return found;
}

function rejectsOf(source: string): string {
  return join(dirname(source), `${basename(source, extname(source))}.rejected.csv`);
}

async function holds(file: string, forms: readonly Buffer[]): Promise<boolean> {
  const longest = Math.max(...forms.map(({ length }) => length));
  let end = Buffer.alloc(0);
  try {
    for await (const part of createReadStream(file)) {
      const chunk = Buffer.concat([end, part as Buffer]);
      if (forms.some((form) => chunk.includes(form))) return true;
      end = chunk.subarray(Math.max(0, chunk.length - longest));
    }
  } catch {
    return false; // gone, moved, or not ours to read: the page on privacy says that such files are its owner's
  }
  return false;
}
