// Before the first call and between sessions: My Campaigns, what is read before, the start of a session, the day's figures.

import { describe, expect, test } from 'vitest';
import { desk, inChromium, open, page, PATIENCE } from './desk-page.ts';
import { aDeskCampaign, aDeskSession } from './views.ts';

inChromium();

const cellsOf = async (name: string): Promise<readonly string[]> =>
  page.locator('.campaigns tr', { hasText: name }).locator('td, th').allInnerTexts();

describe('[A-02] My Campaigns', PATIENCE, () => {
  test('of each its status, name, delivery, description and action; the last one is first and has the focus', async () => {
    await open('my-campaigns');
    expect(await page.locator('.campaigns thead th').allInnerTexts()).toEqual([
      ...['Status', 'Name', 'Delivery', 'Description', 'Action'],
    ]);
    const rows = await Promise.all(['spring-renewals', 'win-back', 'complaints'].map(cellsOf));
    expect(rows.map(([status]) => status)).toEqual(['Running', 'Active', 'Running']);
    expect(rows.map(([, , delivery = '']) => delivery.split('\n'))).toEqual([
      ['Automatic', 'Predictive'],
      ['Manual', 'Preview'],
      ['Automatic', 'Push preview'],
    ]);
    const said = rows.map(([, , , description = '']) => description.split('\n'));
    expect(said.map(([text]) => text)).toEqual([
      ...[
        'Members whose policy ends in spring.',
        'People who left last year.',
        'Call back whoever complained this week.',
      ],
    ]);
    // Below it why it dials, or does not yet.
    expect(said.map(([, why = '']) => /closes|open until|open/.test(why))).toEqual([true, true, true]);
    expect(rows.map((cells) => cells[4])).toEqual(['Choose', 'Choose', 'Choose']);
    expect(await page.locator('.campaigns tbody tr').first().innerText()).toContain('spring-renewals');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Choose spring-renewals',
    );
  });

  test('[C-12] [A-14] chosen: the company, the instructions, the whole script with its questions, before anything is started', async () => {
    await open('my-campaigns');
    await page.keyboard.press('Enter');
    await page.getByText(/Northwind Mutual insures 400,000 households/).waitFor();
    await page.getByText(/Never ask for card numbers/).waitFor();
    expect(await page.locator('.script-ahead li').allInnerTexts()).toEqual([
      'Greeting\n\nGood morning, is this {name}?',
      'Offer\n\nMay I renew it for you? Yes · Later',
    ]);
    expect(desk.commands).toEqual([]);
    await page.getByRole('button', { name: 'All campaigns' }).click();
    await page.getByRole('heading', { name: 'My campaigns' }).waitFor();
  });

  test('[A-03] Start session opens it with the phone that was chosen, ready for the first call', async () => {
    await open('my-campaigns');
    await page.keyboard.press('Enter');
    await page.getByText('From then on calls and records come by themselves.').waitFor();
    await page.getByRole('button', { name: 'Start session' }).click();
    expect(await desk.awaitCommand('open-session')).toMatchObject({
      wish: { campaign: 'spring-renewals', phone: { kind: 'account' }, ready: true },
    });
  });

  test('[A-10] direct push-preview in its session: the button in the row of the campaign stops records, or lets them come', async () => {
    await open('waiting');
    const direct = (takes: boolean) =>
      aDeskCampaign({ kind: 'direct-push-preview', channel: null, takes, action: takes ? 'stop' : 'get-record' });
    const other = aDeskCampaign({ name: 'other' });
    desk.show({ campaigns: [direct(true), other] });
    await page.keyboard.press('Alt+m');
    await page.getByRole('button', { name: 'Stop: spring-renewals' }).click();
    await desk.awaitCommand('stop');
    desk.show({ campaigns: [direct(false), other] });
    await page.getByRole('button', { name: 'Get record: spring-renewals' }).click();
    await desk.awaitCommand('get-record');
    expect(await page.locator('.campaigns tr', { hasText: 'other' }).getByRole('button').count()).toBe(0);
  });

  test('[A-09] two channels, each ready or not by a click of its own', async () => {
    await open('waiting');
    desk.show({ campaigns: [aDeskCampaign({ kind: 'push-preview', channel: 'preview' })] });
    await page.keyboard.press('Alt+m');
    await page.getByRole('button', { name: 'Previews: Not ready' }).click();
    expect(await desk.awaitCommand('set-ready')).toMatchObject({ wish: { channel: 'preview' } });
    await page.getByRole('button', { name: 'Calls: Ready' }).click();
    expect(await desk.awaitCommand('set-not-ready')).toMatchObject({ wish: { channel: 'voice' } });
  });
});

describe('[A-03] sessions', PATIENCE, () => {
  test('ended: the same campaign can be started again without choosing it, and the notice says how it ended', async () => {
    await open('waiting');
    const notice = { id: 'n9', at: Date.now(), kind: 'session-ended', code: 'countdown-over', campaign: null } as const;
    desk.show({ session: null, notices: [{ ...notice, text: 'The next call was not asked for in time.' }] });
    await page.getByRole('heading', { name: 'spring-renewals' }).waitFor();
    await page
      .getByText(/not asked for in time/)
      .last()
      .waitFor();
    await page.getByRole('button', { name: 'Start session' }).click();
    expect(await desk.awaitCommand('open-session')).toMatchObject({ wish: { campaign: 'spring-renewals' } });
  });

  test('ended with the browser as the phone: all campaigns, so that no microphone stays open', async () => {
    await open('waiting');
    await page.evaluate('localStorage.setItem("outdial", JSON.stringify({ phone: "browser" }))');
    await page.reload();
    await page.waitForSelector('[data-standing="ready"]');
    desk.show({ session: null });
    await page.getByRole('heading', { name: 'My campaigns' }).waitFor();
    await page.evaluate('localStorage.clear()');
  });

  test('to another campaign: the session is ended, the other chosen and started', async () => {
    await open('waiting');
    const other = aDeskCampaign({ name: 'win-back', description: 'People who left last year.' });
    desk.show({ campaigns: [aDeskCampaign(), other] });
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'End session' }).click();
    await desk.awaitCommand('end-session');
    desk.show({ session: null });
    await page.getByRole('button', { name: 'All campaigns' }).click();
    await page.getByRole('button', { name: 'Choose win-back' }).click();
    await page.getByRole('button', { name: 'Start session' }).click();
    expect(await desk.awaitCommand('open-session')).toMatchObject({ wish: { campaign: 'win-back' } });
    desk.show({ session: aDeskSession({ campaign: 'win-back' }) });
    await page.locator('.bar .campaign-name', { hasText: 'win-back' }).waitFor();
  });

  test('[A-24] the figures of the day: calls, talk, wrap-up, waiting, pauses, time in session, outcomes, callbacks to come', async () => {
    await open('my-campaigns');
    const figures = await page.locator('.today .figures > div').allInnerTexts();
    expect(Object.fromEntries(figures.map((text) => text.split(/\n+/)))).toEqual({
      ...{ Calls: '41', Talking: '2:11:00', 'Wrap-up': '22:00', Waiting: '19:00', Paused: '42:00' },
      ...{ 'In session': '3:34:00', 'Callbacks to come': '3' },
    });
    await page.getByText('Renewed 7 · Not interested 21').waitFor();
  });
});
