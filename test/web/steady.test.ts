// Nothing moves under the agent's hand, and the focus is never lost: calls come and end, forms and menus open and close.

import { describe, expect, test } from 'vitest';
import { desk, inChromium, open, page, PATIENCE } from './desk-page.ts';
import { aCall, aDeskSession, anInteraction, aScriptView, wrappingUp } from './views.ts';

inChromium();

const standing = (word: string): Promise<unknown> => page.waitForSelector(`.bar [data-standing="${word}"]`);
/** Where something is on the screen. */
const placeOf = async (selector: string): Promise<readonly number[]> => {
  const box = await page.locator(selector).first().boundingBox();
  return box === null ? [] : [box.x, box.y, box.width];
};
const focused = (): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (at === null || at === document.body) return 'nowhere';
    return at.id === '' || at.id.startsWith('react-aria') ? at.textContent : at.id;
  });

describe('[A-22] nothing moves', PATIENCE, () => {
  test('from waiting to a call, on hold, to wrap-up and Done: columns and outcomes stay where they are', async () => {
    await open('waiting');
    const columns = await placeOf('.columns');
    desk.show({ session: aDeskSession({ state: 'talking' }), interaction: anInteraction(), call: aCall() });
    await standing('talking');
    const outcome = await placeOf('.outcome');
    const seen = [await placeOf('.columns')];
    desk.show({ call: aCall({ muted: true, heldSince: Date.now() }) });
    await standing('on-hold');
    seen.push(await placeOf('.columns'));
    const said = { code: 'sale', reason: null, phone: null };
    desk.show({ call: null, interaction: wrappingUp({ missing: [], disposition: said }) });
    await standing('wrap-up');
    seen.push(await placeOf('.columns'));
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    seen.push(await placeOf('.columns'));
    expect(seen).toEqual([columns, columns, columns, columns]);
    expect(await placeOf('.outcome')).toEqual(outcome);
  });

  test('the main button changes its word and not its place', async () => {
    await open('talking');
    const place = await placeOf('#main-step');
    const pauseNext = { code: 'lunch', label: 'Lunch' };
    desk.show({ session: aDeskSession({ state: 'talking', pauseNext }) });
    await page.getByText('Pause after this: Lunch').waitFor();
    expect(await placeOf('#main-step')).toEqual(place);
    desk.show({ call: null, interaction: wrappingUp() });
    await page.getByRole('button', { name: 'Choose an outcome' }).waitFor();
    expect(await placeOf('#main-step')).toEqual(place);
  });

  test('a record comes, its script a moment later: what is there already does not shift', async () => {
    await open('waiting');
    await page.evaluate(() => {
      const page = globalThis as unknown as { shifts: number };
      page.shifts = 0;
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) page.shifts += (shift as unknown as { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: false });
    });
    desk.script = aScriptView();
    desk.show({ session: aDeskSession({ state: 'talking' }), interaction: anInteraction(), call: aCall() });
    await page.getByText('Would you like me to renew it now?').waitFor();
    // Two pictures later the browser has counted what moved in the last one.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    // A word that becomes another in the middle of its button counts for less than this.
    expect(await page.evaluate('globalThis.shifts')).toBeLessThan(0.001);
  });
});

describe('[A-22] the focus', PATIENCE, () => {
  test('from the sign-in to the session by Enter, Enter, Alt+Enter', async () => {
    await open('sign-in');
    desk.view = { ...desk.view, chosen: null };
    await page.keyboard.type('eve');
    await page.keyboard.press('Tab');
    await page.keyboard.type('correct horse battery');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.campaigns');
    await expect.poll(focused).toBe('Choose');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.start');
    expect(await focused()).toBe('spring-renewals');
    await page.keyboard.press('Alt+Enter');
    expect(await desk.awaitCommand('open-session')).toMatchObject({ wish: { campaign: 'spring-renewals' } });
  });

  test('Alt+P, Enter: the first reason is taken', async () => {
    await open('talking');
    await page.keyboard.press('Alt+p');
    await page.getByRole('menuitem', { name: 'Break' }).waitFor();
    await page.keyboard.press('Enter');
    expect(await desk.awaitCommand('pause')).toMatchObject({ wish: { reason: 'break' } });
  });

  test.each([
    ['Pause', 'Break'],
    ['More', 'Sign out'],
  ])(
    'a call comes while %s is open: the menu goes, the focus is on the name, keys do what they do',
    async (menu, entry) => {
      await open('waiting');
      await page.getByRole('button', { name: menu }).press('Enter');
      await page.getByRole('menuitem', { name: entry }).waitFor();
      desk.show({ session: aDeskSession({ state: 'talking' }), interaction: anInteraction(), call: aCall() });
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await expect.poll(focused).toBe('contact-name');
      await page.waitForSelector('#notes');
      await page.keyboard.press('Alt+n');
      expect(await focused()).toBe('notes');
    },
  );

  test('a remark is entered: the focus is at its outcome', async () => {
    await open('talking');
    await page.keyboard.press('2');
    await page.getByLabel('Why?').waitFor();
    await page.keyboard.type('too dear');
    await page.keyboard.press('Enter');
    await page.getByText('too dear').waitFor();
    expect(await focused()).toContain('Not interested');
  });

  test('a callback is set, or its form left by Escape: the focus is at the button that opened it', async () => {
    await open('talking');
    for (const key of ['Escape', 'Enter']) {
      await page.keyboard.press('Alt+c');
      await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.quick') !== null)).toBe(true);
      await page.keyboard.press(key);
      await page.locator('.callback-form').waitFor({ state: 'detached' });
      expect([key, await focused()]).toEqual([key, 'callback-open']);
    }
  });

  test('an answer is missing: the main button says so, and leads to the question', async () => {
    await open('wrap-up', {
      view: (now) => ({
        session: aDeskSession({ state: 'wrap-up' }, now),
        interaction: wrappingUp(
          {
            disposition: { code: 'sale', reason: null, phone: null },
            missing: [{ code: 'script', message: 'Answer in the script: Would you like me to renew it now?' }],
          },
          now,
        ),
      }),
      script: aScriptView(),
    });
    await page.getByRole('button', { name: 'Answer the script' }).waitFor();
    await page.getByText('Would you like me to renew it now?').first().waitFor();
    await page.keyboard.press('Alt+Enter');
    expect(await focused()).toBe('Yes');
  });

  test('the callback’s button is in sight on a small screen, wherever the day above is scrolled', async () => {
    await open('talking');
    await page.keyboard.press('Alt+c');
    const send = page.locator('.callback-go .button');
    await page.locator('.slot').first().waitFor();
    const box = await send.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 720)).toBeLessThanOrEqual(720);
    await page.locator('.slot', { hasText: '18:30' }).click();
    await send.click();
    expect(await desk.awaitCommand('set-callback')).toMatchObject({ act: { callback: { local: '2026-12-01T18:30' } } });
  });
});
