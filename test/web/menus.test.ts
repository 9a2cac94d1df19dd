// The small menus by keyboard: opened by the arrows or Enter, walked, left with Escape, chosen from; the focus comes back.

import { beforeEach, describe, expect, test } from 'vitest';
import { axeFaults } from './chromium.ts';
import { desk, inChromium, open, page, PATIENCE } from './desk-page.ts';

inChromium();
beforeEach(() => open('talking'));

const button = (name: string) => page.getByRole('button', { name, exact: true });
const focusedText = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
const isFocused = (name: string): Promise<boolean> =>
  button(name).evaluate((element) => element === document.activeElement);

describe('[A-22] a menu by keyboard', PATIENCE, () => {
  test.each(['ArrowDown', 'ArrowUp', 'Enter', ' '])('%j opens it, with the focus on its first entry', async (key) => {
    await button('More').focus();
    expect(await button('More').getAttribute('aria-haspopup')).toBe('menu');
    expect(await button('More').getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press(key);
    await page.getByRole('menu', { name: 'More' }).waitFor();
    await expect.poll(focusedText).toContain('My campaigns');
    expect(await axeFaults(page)).toEqual([]);
  });

  test('Escape closes it and chooses nothing; the focus is on its button again', async () => {
    await button('Do not call again').focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await expect.poll(() => isFocused('Do not call again')).toBe(true);
    expect(desk.did('do-not-call')).toEqual([]);
  });

  test('arrows and Enter choose; it is closed, and the focus is on its button again', async () => {
    await button('Do not call again').focus();
    await page.keyboard.press('Enter');
    await expect.poll(focusedText).not.toBe('');
    await page.getByRole('menuitem').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await desk.awaitCommand('do-not-call')).toMatchObject({ act: { numbers: 'dialed' } });
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await expect.poll(() => isFocused('Do not call again')).toBe(true);
  });

  test('a click beside it closes it', async () => {
    await button('Pause').click();
    await page.getByRole('menu').waitFor();
    await page.mouse.click(600, 600);
    await page.getByRole('menu').waitFor({ state: 'detached' });
    expect(desk.did('pause')).toEqual([]);
  });
});
