// Records that an agent looks at, is offered or fetches, in the page: each thing that may be done with them, and what is asked
// of the server for it.

import { describe, expect, test } from 'vitest';
import { desk, inChromium, open, page, PATIENCE } from './desk-page.ts';
import { aDeskCampaign, aDeskSession, previewing } from './views.ts';

inChromium();

const press = (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).first().click();
const choose = (name: string): Promise<void> => page.getByRole('menuitem', { name }).click();
/** Seconds of "dials in 42 s". */
async function seconds(): Promise<number> {
  return Number(/\d+/.exec(await page.locator('.step-note').innerText())?.[0]);
}

describe('[A-08] preview', PATIENCE, () => {
  test('fetched by the main button; a record on its way says so; none there says why', async () => {
    await open('no-record');
    await page
      .locator('.over-columns')
      .getByText(/record/)
      .waitFor();
    await page.keyboard.press('Alt+Enter');
    expect(await desk.awaitCommand('get-record')).toMatchObject({ wish: { campaign: 'spring-renewals' } });
    desk.show({ nothing: null, fetching: { campaign: 'spring-renewals' } });
    await page.getByText('Getting a record …').waitFor();
  });

  test('seen before the call: name, numbers with the next one, fields; the time left runs down', async () => {
    await open('preview');
    await page.getByRole('heading', { name: 'Ada Moss' }).waitFor();
    expect((await page.locator('.numbers-list li').allInnerTexts()).map((text) => text.split(/\n+/))).toEqual([
      ['+12125550123', 'Mobile', 'next'],
      ['+12125550177', 'Work'],
    ]);
    await page.getByText('412.5').waitFor();
    const before = await seconds();
    expect(before).toBeGreaterThan(30);
    await expect.poll(seconds).toBeLessThan(before);
    expect(await page.locator('.step-note').innerText()).toMatch(/^dials in \d+ s$/);
  });

  test('Call dials the next number; another number of the record by its own button', async () => {
    await open('preview');
    await page.keyboard.press('Alt+Enter');
    await desk.awaitCommand('call');
    await press('Call +12125550177');
    await expect.poll(() => desk.did('call')).toHaveLength(2);
    expect(desk.did('call').map((one) => 'act' in one && one.act)).toEqual([
      { do: 'call' },
      { do: 'call', phoneIndex: 1 },
    ]);
  });

  test.each([
    ['Call this contact later', 'later'],
    ['Do not call this contact', 'never'],
  ])('Decline: %s', async (label, until) => {
    await open('preview');
    await press(/^Decline/);
    await choose(label);
    expect(await desk.awaitCommand('decline')).toMatchObject({ act: { until } });
  });

  test('Done and Stop: closed after its five seconds, and no more come', async () => {
    await open('preview');
    await press('Done and stop');
    await page.getByText(/No more records after it/).waitFor();
    expect(await desk.awaitCommand('done')).toMatchObject({ act: { stop: true } });
  });

  test('a new number: typed with its type, and dialed', async () => {
    await open('preview');
    await press('Dial a new number');
    await page.getByLabel('Number', { exact: true }).fill('(212) 555-0142');
    await press(/^Mobile Type|Type/);
    await page.getByRole('option', { name: 'Work' }).click();
    await page.locator('.new-number').getByRole('button', { name: 'Call' }).click();
    expect(await desk.awaitCommand('call')).toMatchObject({
      act: { typed: { number: '(212) 555-0142', type: 'work' } },
    });
  });

  test('[C-11] a person must dial, and choose what they see: first the caller ID, then a click on the number', async () => {
    await open('preview-by-click');
    expect(await page.locator('.main-label').innerText()).toBe('Choose a caller ID');
    expect(await page.getByRole('button', { name: 'Call +12125550123' }).isDisabled()).toBe(true);
    await press(/They see/);
    await page.getByRole('option', { name: '+12125550101' }).click();
    await page.getByText('Click a number to dial it').waitFor();
    await press('Call +12125550123');
    expect(await desk.awaitCommand('call')).toMatchObject({ act: { phoneIndex: 0, callerId: '+12125550101' } });
  });

  test('[X-01] not to be called at all: every number of the person', async () => {
    await open('preview');
    await press(/^Do not call again/);
    await choose('All numbers of this person');
    expect(await desk.awaitCommand('do-not-call')).toMatchObject({ act: { numbers: 'all', list: 'global' } });
  });

  test('[A-17] postponed by a callback before anything is dialed', async () => {
    await open('preview');
    await page.keyboard.press('Alt+c');
    await press(/Tomorrow 10:00/);
    await desk.awaitCommand('set-callback');
    expect(desk.did('call')).toEqual([]);
  });

  test('[A-21] [X-02] a number that must not be dialed: why, and what to do next, beside it; Done is the main button', async () => {
    await open('blocked');
    const note = page.locator('.contact [role="alert"]');
    await note.getByText(/do-not-call list/).waitFor();
    await note.getByText(/Done/).waitFor();
    expect(await page.locator('.main-label').innerText()).toBe('Done');
    expect(await page.locator('.numbers-list button').count()).toBe(0);
  });

  test('the call is out: dialing, ringing and for how long, with the number; the result of the one before; taken back by the main button', async () => {
    await open('dialing');
    expect(await page.locator('.standing').innerText()).toMatch(/^Ringing\n+0:0\d$/);
    await page.locator('.number.is-called', { hasText: '+12125550123' }).waitFor();
    await page.locator('.number', { hasText: '+12125550177' }).getByText('busy').waitFor();
    await page.keyboard.press('Alt+Enter');
    expect(await desk.awaitCommand('cancel-dial')).toMatchObject({ interaction: 'i1' });
  });
});

describe('[A-07] [A-09] an offer', PATIENCE, () => {
  test('with the record in it and the time that it stands; accepted by the main button, rejected by a button', async () => {
    await open('offered');
    await page.getByRole('heading', { name: 'Ada Moss' }).waitFor();
    expect(await page.locator('.step-note').innerText()).toMatch(/^back to the list in 1\d s$/);
    await press('Reject');
    expect(await desk.awaitCommand('reject')).toMatchObject({ interaction: 'i1' });
    await page.keyboard.press('Alt+Enter');
    expect(await desk.awaitCommand('accept')).toMatchObject({ interaction: 'i1' });
  });

  test('let pass for too long: not ready, and the main button makes ready again', async () => {
    await open('waiting');
    const pushed = aDeskCampaign({ kind: 'push-preview', channel: 'preview' });
    desk.show({ campaigns: [pushed], channels: { voice: 'ready', preview: 'not-ready' } });
    await page.getByText('Ready for records').waitFor();
    await page.keyboard.press('Alt+Enter');
    expect(await desk.awaitCommand('set-ready')).toMatchObject({ wish: { channel: 'preview' } });
  });

  test('[A-13] before-call work: the record, and the seconds until it is dialed; Call now dials at once', async () => {
    await open('before-call');
    expect(await page.locator('.step-note').innerText()).toMatch(/^dials in \d s$/);
    expect(await page.locator('.main-label').innerText()).toBe('Call now');
    await page.keyboard.press('Alt+Enter');
    await desk.awaitCommand('call');
  });
});

describe('[A-12] manual', PATIENCE, () => {
  test('Get customer; then a number must be clicked; Done is refused before anything has come of it', async () => {
    await open('waiting');
    const manual = { kind: 'manual', delivery: 'manual', channel: null, action: 'get-record' } as const;
    desk.show({ campaigns: [aDeskCampaign(manual)] });
    await page.getByText('Get customer').waitFor();
    await page.keyboard.press('Alt+Enter');
    await desk.awaitCommand('get-record');
    const missing = [{ code: 'unprocessed', message: 'Call, set a callback, or say not to call.' }];
    desk.show({
      session: aDeskSession({ state: 'reserved' }),
      interaction: previewing({ kind: 'manual', mustClickNumber: true, declines: ['never'], missing }),
    });
    await page.getByText('Click a number to dial it').waitFor();
    await page.keyboard.press('Alt+Enter');
    await page.keyboard.press('Enter');
    expect(await desk.awaitCommand('call')).toMatchObject({ act: { phoneIndex: 0 } });
    expect(await page.locator('.decisions').getByRole('button', { name: 'Done', exact: true }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Get customer' }).count()).toBe(0);
  });
});

test(
  '[A-05] the countdown is on the button: seconds until the session ends; pressed, the next call comes',
  PATIENCE,
  async () => {
    await open('countdown');
    expect(await page.locator('.main-label').innerText()).toBe('Call next');
    expect(await page.locator('.step-note').innerText()).toMatch(/^session ends in [345] s$/);
    await page.keyboard.press('Alt+Enter');
    await desk.awaitCommand('go-on');
  },
);
