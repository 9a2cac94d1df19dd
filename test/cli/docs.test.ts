// The manual names every command and every route.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { buildProgram } from '../../src/cli/program.ts';
import { startTestApi } from '../http/api.ts';

const page = (name: string): Promise<string> => readFile(resolve(import.meta.dirname, '../../docs', name), 'utf8');

function leaves(command: Command, path: readonly string[] = []): readonly (readonly string[])[] {
  const below = command
    .createHelp()
    .visibleCommands(command)
    .filter((one) => one.name() !== 'help');
  return below.length === 0 ? [path] : below.flatMap((one) => leaves(one, [...path, one.name()]));
}

test('docs/cli.md has every command', async () => {
  const text = await page('cli.md');
  const commands = leaves(buildProgram(() => () => Promise.resolve()));
  expect(commands.length).toBeGreaterThan(30);
  const missing = commands.filter(([group = '', name]) => {
    const mentions = [...text.matchAll(new RegExp(`\`(?:outdial )?${group}\\b[^\`]*\``, 'g'))].map(String).join(' ');
    return name === undefined ? mentions === '' : !new RegExp(`\\b${name}\\b`).test(mentions);
  });
  expect(missing).toEqual([]);
});

test('[O-04] docs/api.md has every route', async () => {
  const text = await page('api.md');
  const api = await startTestApi();
  try {
    const { body } = await api.ask('GET', '/api/openapi.json');
    const last = (path: string): string => path.replace('/api/', '').split('/').at(-1) ?? '';
    const missing = Object.keys(body['paths'] as object).filter((path) => !text.includes(last(path)));
    expect(missing).toEqual([]);
  } finally {
    await api.close();
  }
});
