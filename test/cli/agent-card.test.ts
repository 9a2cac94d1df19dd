// The card with the keys of the phone.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CAMPAIGN, configFolder, documentOf, outdial, type Ran } from './cli.ts';

let folder = '';
const run = (...args: string[]): Promise<Ran> => outdial(['agent', 'card', ...args], { folder });

beforeAll(async () => {
  folder = await configFolder();
  const own = `dispositions:
  - {code: sale, label: Sold <all> & more, key: 1}
  - {code: later, label: Call again, key: 2, ask: callback}
  - {code: odd, label: Without a key}
pause_reasons:
  - {code: lunch, label: Lunch, key: 3}
`;
  const plain = CAMPAIGN.replace(/^(dispositions|pause_reasons):.*\n(?:[ -].*\n)*/gm, '');
  await writeFile(join(folder, 'config', 'campaigns', 'renewals.yaml'), plain + own);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('[A-01] the card of a campaign', () => {
  test('has its own digits, without a daemon', async () => {
    const { code, out, err } = await run('renewals');
    expect([code, err]).toEqual([0, '']);
    const lines = out.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, ' | '));
    expect(lines).toEqual(
      expect.arrayContaining([
        '*55 | dial it',
        '0 3 | Lunch',
        '1 | Sold <all> & more',
        '2 | Call again (then: when?)',
        '1 # | in one hour',
      ]) as string[],
    );
    expect(out).not.toContain('Without a key');
  });

  test('as a page: labels are text, nothing is fetched', async () => {
    const { out } = await run('renewals', '--html');
    expect(out).toContain('<th>1</th><td>Sold &lt;all&gt; &amp; more</td>');
    expect(out).not.toMatch(/https?:|src=|<script/);
  });

  test('a campaign that is not there is refused', async () => {
    const ran = await run('renewal', '--json');
    expect(ran.code).toBe(1);
    expect(documentOf(ran).error).toMatchObject({ code: 'campaign-unknown' });
  });
});
