// Folders with configuration files for tests, removed afterwards.

import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface TestFolder {
  readonly path: string;
  file(name: string): string;
  write(name: string, text: string): Promise<string>;
  remove(): Promise<void>;
}

export async function aFolder(): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), 'outdial-config-'));
  const file = (name: string): string => join(path, name);
  return {
    path,
    file,
    async write(name, text) {
      await mkdir(dirname(file(name)), { recursive: true });
      await writeFile(file(name), text);
      return file(name);
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** A campaign's file with what every campaign needs; `more` is put behind, a part of `without` is left out. */
export function campaignText(more = '', without: readonly string[] = [], name = 'renewals'): string {
  const needed = [
    ['campaign', name],
    ['mode', 'predictive'],
    ['lists', '[people]'],
    ['agents', '[team]'],
    ['trunk', 'main'],
    ['caller_ids', '{numbers: ["+12125550100"]}'],
  ] as const;
  const lines = needed.filter(([key]) => !without.includes(key)).map(([key, value]) => `${key}: ${value}`);
  return `${[...lines, more].join('\n')}\n`;
}

export const SETTINGS = `
asterisk:
  ari: {password: ari-secret}
  ami: {secret: ami-secret}
trunks:
  - {name: main, max_lines: 60}
`;
