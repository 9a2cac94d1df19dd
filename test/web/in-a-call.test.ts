// With a person on the line, in the page: what stands there of the session, the call and the person, and the editors of each
// kind of field.

import { describe, expect, test } from 'vitest';
import { desk, inChromium, open, page, PATIENCE } from './desk-page.ts';
import { aCall, aDeskRecord, anInteraction } from './views.ts';

inChromium();

const textOf = (selector: string): Promise<string> => page.locator(selector).first().innerText();

describe('[A-03] the bar', PATIENCE, () => {
  test('campaign, state and since when, the session and how long it has lasted; both count on', async () => {
    await open('talking');
    expect(await textOf('.bar .campaign-name')).toBe('spring-renewals');
    expect(await textOf('.standing-word')).toBe('Talking');
    expect(await textOf('.standing-time')).toMatch(/^0:[45]\d|1:\d\d$/);
    const session = (): Promise<string> => textOf('.session-time [role="timer"]');
    const before = await session();
    expect(before).toMatch(/^1:23:\d\d$/);
    await expect.poll(session).not.toBe(before);
  });

  test('the time of the session goes on between calls', async () => {
    await open('waiting');
    expect(await textOf('.standing-word')).toBe('Waiting for a call');
    expect(await textOf('.session-time [role="timer"]')).toMatch(/^1:23:\d\d$/);
  });

  test('the reason of a pause, by its name', async () => {
    await open('paused');
    expect(await textOf('.standing-word')).toBe('Paused: Break');
  });
});

describe('[A-06] the person', PATIENCE, () => {
  test('no one is there: the place is empty; then name, origin with name and number, numbers, data', async () => {
    await open('waiting');
    expect(await textOf('.contact')).toMatch(/^Contact\s+Empty until there is a call\.$/);
    desk.show({ interaction: anInteraction(), call: aCall() });
    await page.getByRole('heading', { name: 'Ada Moss' }).waitFor();
    expect(await textOf('.contact-origin')).toMatch(/^Origin:\s+Ada Moss, \+12125550123$/);
    await page.locator('.number.is-called', { hasText: '+12125550123' }).waitFor();
    const fields = await page.locator('.fields .field-row').allInnerTexts();
    expect(fields.map((text) => text.split(/\n+/).filter((part) => part.trim() !== ''))).toEqual([
      ['City', 'Troy'],
      ['Plan', 'Basic'],
      ['Premium', '412.5'],
      ['Policy ends', '31 Dec 2026'],
      ['Wants e-mail', 'Yes'],
    ]);
  });

  test('a personal callback, and a priority, are shown as such', async () => {
    await open('talking-callback');
    expect(await textOf('.contact-origin')).toMatch(/Origin:\s+Personal callback\s+Priority 5/);
    desk.show({ interaction: anInteraction({ id: 'i2', origin: { kind: 'callback', label: 'Callback' } }) });
    await expect.poll(() => textOf('.contact-origin')).toMatch(/Origin:\s+Callback$/);
  });

  test('[L-05] History: notes and calls before, of every campaign, the newest first', async () => {
    await open('talking');
    await page.getByRole('tab', { name: 'History' }).click();
    await page.locator('.history li').nth(2).waitFor();
    const [note = '', call = '', missed = ''] = await page.locator('.history li').allInnerTexts();
    expect(note).toMatch(/Notes\s+Her husband answered: try after five\./);
    expect(call).toMatch(/Call: Call later \(connected\)[^]*\+12125550177 · spring-renewals/);
    expect(missed).toMatch(/Call: no answer[^]*\+12125550123 · win-back/);
  });

  test('[C-12] instructions and company page are there in a call, folded until they are wanted', async () => {
    await open('talking');
    await page.getByRole('heading', { name: 'Instructions' }).click();
    await page.getByText(/Never ask for card numbers/).waitFor();
    await page.getByText(/Northwind Mutual insures/).waitFor();
  });
});

describe('[L-06] a field of each kind', PATIENCE, () => {
  const edited = async (): Promise<unknown> => {
    const command = await desk.awaitCommand('edit-fields');
    return 'act' in command && command.act.do === 'edit-fields' ? command.act.fields : undefined;
  };

  test('check box: one click', async () => {
    await open('talking');
    await page.getByRole('checkbox', { name: 'Yes' }).click({ force: true });
    expect(await edited()).toEqual({ emails: false });
  });

  test('text, by its pencil and Enter', async () => {
    await open('talking');
    await page.getByRole('button', { name: 'Edit City' }).click();
    await page.getByRole('textbox', { name: 'City' }).fill('Albany');
    await page.keyboard.press('Enter');
    expect(await edited()).toEqual({ city: 'Albany' });
  });

  test('choice, from its list', async () => {
    await open('talking');
    await page.getByRole('button', { name: 'Edit Plan' }).click();
    await page.locator('.fields .select-button').click();
    await page.getByRole('option', { name: 'Plus' }).click();
    expect(await edited()).toEqual({ plan: 'Plus' });
  });

  test.each([
    ['date', 'date', '2027-01-31'],
    ['date and time', 'date-time', '2027-01-31T14:30'],
  ] as const)('%s, from a calendar, and saved by Enter', async (_what, type, value) => {
    await open('talking');
    const field = { field: 'due', label: 'Due', type, choices: [], editable: true, required: false, value: null };
    desk.show({ interaction: anInteraction({ record: aDeskRecord({ fields: [field] }) }) });
    await page.getByRole('button', { name: 'Edit Due' }).click();
    const input = page.getByLabel('Due', { exact: true });
    expect(await input.getAttribute('type')).toBe(type === 'date' ? 'date' : 'datetime-local');
    await input.fill(value);
    await input.press('Enter');
    await expect.poll(() => desk.did('edit-fields').length).toBe(1);
    expect(await edited()).toEqual({ due: value });
  });

  test('one that the agent may not change has no pencil; a required one that is empty says so', async () => {
    await open('talking');
    expect(await page.getByRole('button', { name: /^Edit/ }).count()).toBe(3);
    expect(await page.getByRole('button', { name: 'Edit Policy ends' }).count()).toBe(0);
    const field = { field: 'x', label: 'Remark', type: 'text', choices: [], editable: true, required: true } as const;
    desk.show({ interaction: anInteraction({ record: aDeskRecord({ fields: [{ ...field, value: null }] }) }) });
    await page.locator('.field-row', { hasText: 'Remark' }).getByText('required').waitFor();
  });
});

describe('[A-16] outcomes that ask for more', PATIENCE, () => {
  test('another number: asked for inline, and taken with it', async () => {
    await open('talking');
    await page.getByRole('button', { name: /Another number/ }).click();
    await page.getByLabel('Other number').fill('(212) 555-0142');
    await page.keyboard.press('Enter');
    expect(await desk.awaitCommand('dispose')).toMatchObject({ act: { code: 'moved', phone: '(212) 555-0142' } });
  });

  test('a time: the outcome is taken, and the form for a callback opens', async () => {
    await open('talking');
    await page.getByRole('button', { name: /Call later/ }).click();
    expect(await desk.awaitCommand('dispose')).toMatchObject({ act: { code: 'later' } });
    await page.locator('.callback-form').waitFor();
  });
});

test(
  '[D-06] hold and hang up by their keys, which are asked of the exchange and of this call alone',
  PATIENCE,
  async () => {
    await open('talking');
    await page.keyboard.press('Alt+l');
    await expect.poll(() => desk.orders).toEqual(['hold']);
    await page.keyboard.press('Alt+h');
    expect(await desk.awaitCommand('hang-up')).toMatchObject({ interaction: 'i1', act: { attempt: 'a1' } });
  },
);

test(
  '[A-17] a callback that is set: said with both times and whose it is; the button changes it, another cancels it',
  PATIENCE,
  async () => {
    await open('wrap-up');
    const one = desk.view.interaction;
    desk.show({ interaction: one && { ...one, may: [...one.may, 'cancel-callback'] } });
    await page.locator('.is-set', { hasText: 'Callback scheduled' }).waitFor();
    expect(await textOf('.is-set')).toMatch(/Theirs: [^]*10:00[^]*America\/New_York[^]*Yours:[^]*16:00[^]*I call/);
    await page
      .locator('.callback')
      .getByRole('button', { name: /^Change/ })
      .waitFor();
    await page.getByRole('button', { name: 'Cancel it' }).click();
    expect(await desk.awaitCommand('cancel-callback')).toMatchObject({ interaction: 'i1' });
  },
);

test('[A-19] the wrap-up’s limit stands under the main button and runs down', PATIENCE, async () => {
  await open('wrap-up');
  const left = async (): Promise<number> => Number(/^(\d+) s left$/.exec(await textOf('.step-note'))?.[1]);
  const before = await left();
  expect(before).toBeGreaterThan(40);
  await expect.poll(left).toBeLessThan(before);
});
