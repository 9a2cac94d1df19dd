// How much a page makes a browser fetch, packed as the server sends it.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

interface PageSizes {
  /** The agents' page with all that it names: what the first view needs, kB. */
  readonly firstViewKb: number;
  /** What is fetched when a browser becomes a phone, kB. */
  readonly phoneKb: number;
}

const packedKb = (file: string): number => gzipSync(readFileSync(file)).length / 1000;
const rounded = (kb: number): number => Math.round(kb * 10) / 10;

/** `folder`: the built pages. */
export function sizesOf(folder: string): PageSizes {
  const html = path.join(folder, 'agent.html');
  const named = [...readFileSync(html, 'utf8').matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)];
  const first = [html, ...named.map(([, file = '']) => path.join(folder, file))];
  const phone = readdirSync(path.join(folder, 'assets')).filter((file) => file.startsWith('jssip'));
  const sum = (files: readonly string[]): number => rounded(files.reduce((kb, file) => kb + packedKb(file), 0));
  return { firstViewKb: sum(first), phoneKb: sum(phone.map((file) => path.join(folder, 'assets', file))) };
}
