// What the documents show works: examples of campaigns have no fault, commands and their options exist, links lead
// somewhere.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildProgram } from '../src/cli/program.ts';
import { parseCampaign } from '../src/config/load-campaigns.ts';

const PAGES = [
  'README.md',
  'CHANGELOG.md',
  'asterisk/README.md',
  ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];
const textOf = (page: string): string => readFileSync(page, 'utf8');

/** A campaign that lacks nothing; an example's keys go over it. */
const WHOLE = {
  campaign: 'renewals',
  mode: 'predictive',
  lists: ['people'],
  agents: ['team-north'],
  trunk: 'main',
  caller_ids: { numbers: ['+12125550100', '+13055550100', '+14165550100'] },
  dispositions: [
    { code: 'wrong-person', label: 'Wrong person', key: 1 },
    { code: 'no-interest', label: 'Not interested', key: 2 },
  ],
};
const KEYS = new Set(
  Object.keys(parse(textOf('config/campaigns/example.yaml')) as object).concat('auto_callback', 'validation'),
);

/** The YAML examples of a page that are keys of a campaign. */
function campaignExamples(page: string): readonly object[] {
  const blocks = [...textOf(page).matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => parse(text) as unknown);
  return blocks.filter((block): block is object => {
    const keys = typeof block === 'object' && block !== null && !Array.isArray(block) ? Object.keys(block) : [];
    return keys.length > 0 && keys.every((key) => KEYS.has(key)) && !('columns' in (block as object));
  });
}

test.each(PAGES.filter((page) => campaignExamples(page).length > 0))(
  '[C-01] %s: its examples of campaigns have no fault',
  (page) => {
    for (const example of campaignExamples(page)) {
      const text = JSON.stringify({ ...WHOLE, ...example, campaign: 'renewals' });
      expect(() => parseCampaign(text, 'config/campaigns/renewals.yaml')).not.toThrow();
    }
  },
);

describe.each(PAGES)('%s', (page) => {
  test('the commands that it shows exist, with their options', () => {
    const program = buildProgram(() => () => Promise.resolve());
    expect(shownCommands(page).flatMap((line) => faultOf(program, line))).toEqual([]);
  });

  test('its links lead somewhere', () => {
    const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(path.join(path.dirname(page), link)))).toEqual([]);
  });
});

test('[C-01] docs/campaigns.md: what it calls enough is enough', () => {
  const [least = ''] = [...textOf('docs/campaigns.md').matchAll(/^```yaml\n(.*?)^```$/gms)].map(
    ([, text = '']) => text,
  );
  expect(parseCampaign(least, 'config/campaigns/renewals.yaml').name).toBe('renewals');
});

/** Command lines in code blocks, and in the text what stands between backticks. */
function shownCommands(page: string): readonly string[] {
  const text = textOf(page);
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = '']) => block.split('\n'));
  const indented = [...text.matchAll(/^ {4}(.*)$/gm)].map(([, line = '']) => line);
  const lines = [...blocks, ...indented].flatMap(
    (line) => /^\s*(?:docker compose exec outdial )?(outdial [a-z].*)$/.exec(line)?.[1] ?? [],
  );
  const spans = [...text.matchAll(/`(outdial [a-z][^`\n]*)`/g)].map(([, span = '']) => span);
  return [...lines, ...spans];
}

/** What is wrong with a command line: an unknown command or option; nothing when it is fine. */
function faultOf(program: Command, line: string): readonly string[] {
  const [command = ''] = line.split(/\s#\s|\s+#|&&|\||;|>/);
  const words = command
    .replace(/"[^"]*"|'[^']*'/g, 'TEXT')
    .trim()
    .split(/\s+/)
    .slice(1);
  let found = program;
  for (const word of words) {
    const below = found.commands.find((one) => one.name() === word);
    if (!below) break;
    found = below;
  }
  if (found === program) return [`${line}: no such command`];
  const known = [found, program, ...(found.parent ? [found.parent] : [])].flatMap((one) =>
    one.options.map(({ long }) => long),
  );
  const options = words.flatMap((word) => /^\[?(--[a-z-]+)/.exec(word)?.[1] ?? []);
  return options
    .filter((option) => !known.includes(option) && option !== '--help')
    .map((option) => `${line}: no ${option}`);
}
