// Forms that are half typed, on the page: open again with what was typed, given up on the server too, and whose window the
// text belongs to.

import { describe, expect, test } from 'vitest';
import type { DeskView } from '../../src/http/wire/desk.ts';
import { axeFaults } from './chromium.ts';
import { desk, inChromium, open, page, PATIENCE } from './desk-page.ts';

inChromium();

type Form = DeskView['forms'][number];

const openWith = (name: string, ...forms: readonly Form[]): Promise<void> => open(name, { forms });
const kept = (form: string, inputs: Record<string, string>): Form => ({ form, inputs, version: 3 });

describe('[A-23] half typed before the crash', PATIENCE, () => {
  test.each<readonly [string, string, Form, readonly [input: string, text: string]]>([
    ['a field', 'talking', kept('field:premium', { text: '41' }), ['.editor input', '41']],
    ['a new number', 'preview', kept('new-number', { text: '+1 21', type: 'home' }), ['.new-number input', '+1 21']],
    ['whom to transfer to', 'talking', kept('transfer', { text: 'Ben' }), ['.transfer input', 'Ben']],
    ['why', 'talking', kept('outcome', { code: 'not-interested', text: 'too lo' }), ['.remark-form input', 'too lo']],
    [
      'a callback on another number',
      'wrap-up',
      kept('callback', { phone: 'typed', text: '+49 30', type: 'work', who: 'any', date: '', time: '' }),
      ['.callback-form input[type="tel"]', '+49 30'],
    ],
  ])(
    '%s is open again with what was typed; Escape closes it, on the server too',
    async (_what, state, form, [input, text]) => {
      await openWith(state, form);
      const typed = page.locator(input).first();
      await typed.waitFor();
      expect(await typed.inputValue()).toBe(text);
      await typed.press('Escape');
      await typed.waitFor({ state: 'detached' });
      expect(await desk.awaitCommand('keep-form')).toMatchObject({ act: { form: form.form, inputs: null, base: 3 } });
      expect(desk.did('edit-fields')).toEqual([]);
    },
  );

  test('a field and a callback: the field’s editor keeps the focus, and is not left by what else is open again', async () => {
    await openWith(
      'talking',
      kept('field:premium', { text: '41' }),
      kept('callback', { phone: 'same', who: 'any', date: '', time: '12:30' }),
      kept('transfer', { text: 'Ben' }),
    );
    await page.locator('.callback-form').waitFor();
    await page.locator('.transfer').waitFor();
    await expect.poll(() => page.locator('.editor input:focus').count()).toBe(1);
    expect(desk.did('edit-fields')).toEqual([]);
    expect(await axeFaults(page)).toEqual([]);
  });

  test('the next record has none of it', async () => {
    await openWith(
      'talking',
      kept('transfer', { text: 'Ben' }),
      kept('outcome', { code: 'not-interested', text: 'too lo' }),
    );
    await page.locator('.remark-form').waitFor();
    const { interaction } = desk.view;
    if (interaction) desk.show({ interaction: { ...interaction, id: 'i2' }, forms: [] });
    await page.locator('.remark-form').waitFor({ state: 'detached' });
    await page.locator('.transfer').waitFor({ state: 'detached' });
  });
});

describe('[A-23] two windows', PATIENCE, () => {
  test('typed in both: the agent says which one stays', async () => {
    await openWith('talking');
    await page.getByRole('button', { name: 'Edit Premium' }).click();
    const other = kept('field:premium', { text: '500' });
    desk.view = { ...desk.view, forms: [other] };
    desk.answer = (command) =>
      'act' in command && command.act.do === 'keep-form' && command.act.base < 3
        ? { code: 'form-changed', message: 'The form was typed in elsewhere meanwhile.', hint: '' }
        : undefined;
    await page.getByRole('textbox', { name: 'Premium' }).fill('412');
    await page.getByText('This was typed elsewhere meanwhile:').waitFor();
    await page.locator('.editor .prose').getByText('500').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await expect.poll(() => desk.did('keep-form').at(-1)).toMatchObject({ act: { inputs: { text: '412' }, base: 3 } });
    expect(await page.getByRole('textbox', { name: 'Premium' }).inputValue()).toBe('412');
  });

  test('taken over by another: the editor that is left behind saves nothing any more, however this window ends', async () => {
    await openWith('talking');
    await page.getByRole('button', { name: 'Edit Premium' }).click();
    await page.getByRole('textbox', { name: 'Premium' }).fill('412');
    await desk.awaitCommand('keep-form');
    desk.takeOver();
    await page.getByRole('dialog').waitFor();
    await page.goto('about:blank');
    expect(desk.did('edit-fields')).toEqual([]);
  });
});
