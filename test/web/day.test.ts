// What an agent does in a working day, one thing after the other, in the page: what stands there, and what is asked of the
// server. Work by keyboard is in work.test.ts.

import { describe, expect, test } from 'vitest';
import { desk, inChromium, open, page, PATIENCE } from './desk-page.ts';
import { aCall, aDayOfTimes, aDeskCampaign, aDeskSession, anInteraction, previewing } from './views.ts';

inChromium();

test(
  '[A-17] a callback on another number: typed with its type, judged on its clock; there again when it is changed',
  PATIENCE,
  async () => {
    await open('talking');
    const asked: object[] = [];
    desk.callbackTimes = (query) => {
      asked.push(query);
      return { ...aDayOfTimes('2026-12-01'), zone: 'number' in query ? 'America/Denver' : 'America/New_York' };
    };
    await page.keyboard.press('Alt+c');
    await page.getByText(/Theirs: .*America\/New_York/).waitFor();
    await page
      .getByRole('button', { name: /Number/ })
      .first()
      .click();
    await page.getByRole('option', { name: 'Another number' }).click();
    await page.getByLabel('Number to call').fill('(303) 5');
    await page.getByRole('button', { name: /Tomorrow 10:00/ }).waitFor({ state: 'detached' });
    await page.getByLabel('Number to call').fill('(303) 555-0142');
    await page.getByText(/Theirs: .*America\/Denver/).waitFor();
    expect(asked.at(-1)).toMatchObject({ number: '(303) 555-0142', type: 'mobile' });
    await page.getByRole('button', { name: /Tomorrow 10:00/ }).click();
    const phone = { number: '(303) 555-0142', type: 'mobile' };
    expect(await desk.awaitCommand('set-callback')).toMatchObject({ act: { callback: { phone } } });

    const one = desk.view.interaction;
    const callback = {
      ...{ at: Date.UTC(2026, 11, 2, 17), zone: 'America/Denver', local: '2026-12-02T10:00' },
      ...{ number: '+13035550142', type: 'work' as const, personal: false },
    };
    desk.show({ interaction: one && { ...one, callback } });
    await page.getByText('+13035550142').waitFor();
    await page.keyboard.press('Alt+c');
    await expect.poll(() => page.getByLabel('Number to call').inputValue()).toBe('+13035550142');
  },
);

describe('[A-06] what comes calls for the agent until a key or a click says that it was seen', PATIENCE, () => {
  const titles = async (): Promise<readonly string[]> => {
    const seen = new Set<string>();
    await expect.poll(async () => seen.add(await page.title()).size, { timeout: 60_000 }).toBeGreaterThan(1);
    return [...seen].toSorted();
  };
  test('a person on the line: the bar and the tab’s title blink, without the name; a key ends it', async () => {
    await open('waiting');
    desk.show({ session: aDeskSession({ state: 'talking' }), interaction: anInteraction(), call: aCall() });
    await page.waitForSelector('.standing[data-new]');
    expect(await titles()).toEqual(['outdial', '☎ Talking']);
    await page.keyboard.press('Shift');
    await page.waitForSelector('.standing:not([data-new])');
    await expect.poll(() => page.title()).toBe('outdial');
  });

  test('engaged: the blank offer, and once more the person who fills it', async () => {
    await open('waiting');
    const blank: Parameters<typeof previewing>[0] = {
      ...{ kind: 'engaged', record: null, origin: { kind: 'list', label: '' }, declines: [] },
      ...{ newNumbers: false, atDeadline: 'reject', deadlineAt: Date.now() + 30_000 },
    };
    desk.show({ interaction: previewing({ ...blank, state: 'offered', may: ['accept', 'reject'] }) });
    await page.waitForSelector('.standing[data-new][data-standing="offered"]');
    await page.getByText('You are engaged. The record appears as soon as somebody answers.').waitFor();
    await page.getByRole('button', { name: /^Accept/ }).click();
    await page.waitForSelector('.standing:not([data-new])');
    desk.show({ interaction: previewing({ ...blank, state: 'dialing', may: [], deadlineAt: null, atDeadline: null }) });
    await page.waitForSelector('.standing:not([data-new])[data-standing="engaged"]');
    desk.show({ interaction: anInteraction({ kind: 'engaged' }), call: aCall() });
    await page.waitForSelector('.standing[data-new][data-standing="talking"]');
    await page.getByRole('heading', { name: 'Ada Moss' }).waitFor();
  });

  test('a page that is loaded again in a call does not blink: its agent is there', async () => {
    await open('talking');
    expect(await page.locator('.standing[data-new]').count()).toBe(0);
  });
});

describe('[C-08] the notice that a campaign has been started', PATIENCE, () => {
  const started = (campaign: string) => ({
    notices: [
      {
        id: 'n1',
        at: Date.now(),
        kind: 'campaign-started',
        code: 'started',
        campaign,
        text: `${campaign} runs.`,
      } as const,
    ],
  });
  const pulls = aDeskCampaign({ kind: 'preview', delivery: 'manual', channel: null, action: 'get-record' });

  test('[A-08] in its session: Get record fetches one from the notice', async () => {
    await open('waiting');
    desk.show({ campaigns: [pulls], ...started(pulls.name) });
    await page.locator('.notices').getByRole('button', { name: 'Get record' }).click();
    expect(await desk.awaitCommand('get-record')).toMatchObject({ wish: { campaign: pulls.name } });
  });

  test('in a session where records come by themselves, or with a record in hand, there is only Got it', async () => {
    await open('talking');
    desk.show({ campaigns: [pulls], ...started(pulls.name) });
    await page.locator('.notices').getByRole('button', { name: 'Got it' }).waitFor();
    expect(await page.locator('.notices button').count()).toBe(1);
  });

  test('[A-02] between sessions: Choose leads to what is read before', async () => {
    await open('my-campaigns');
    await page.locator('.notices').getByRole('button', { name: 'Choose complaints' }).click();
    await page.getByRole('heading', { name: 'complaints' }).waitFor();
    await page.getByRole('button', { name: 'Start session' }).waitFor();
  });
});
