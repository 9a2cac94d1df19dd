// Work at the page by keyboard: each step of it, what is asked of the server, what is spoken.

import { describe, expect, test } from 'vitest';
import { KEYS } from '../../src/web/agent/keys/keys.ts';
import { desk, inChromium, open, page, PATIENCE } from './desk-page.ts';
import { aCall, aDeskRecord, aDeskSession, anInteraction, aScriptView } from './views.ts';

inChromium();

const focus = (): Promise<string> => page.evaluate(() => document.activeElement?.id ?? '');
const spoken = (role: 'alert' | 'status'): Promise<string | null> =>
  page.locator(`.unseen > [role="${role}"]`).textContent();

describe('[A-22] by keyboard', PATIENCE, () => {
  test('sign-in: wrong password is said in words and spoken, the right one leads on', async () => {
    await open('sign-in');
    await page.keyboard.type('eve');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The name or the password is wrong.').waitFor();
    await page.getByLabel('Password').fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'My campaigns' }).waitFor();
  });

  test('a call is connected: the focus is on the name, it is spoken at once; whoever types is left to type', async () => {
    await open('waiting');
    desk.show({ interaction: anInteraction() });
    await page.waitForSelector('.contact-name');
    await expect.poll(focus).toBe('contact-name');
    expect((await spoken('alert'))?.trim()).toBe('Connected with Ada Moss');

    await page.locator('#notes').focus();
    desk.show({ interaction: anInteraction({ id: 'i2', record: aDeskRecord({ name: 'Ben Ash' }) }) });
    await page.getByRole('heading', { name: 'Ben Ash' }).waitFor();
    await expect.poll(() => spoken('alert')).toContain('Ben Ash');
  });

  test('digits choose outcomes, and write digits into notes while somebody types', async () => {
    await open('talking');
    await page.keyboard.press('Alt+n');
    await page.keyboard.type('5 pm');
    expect(await page.locator('#notes').inputValue()).toBe('5 pm');
    expect(desk.did('dispose')).toEqual([]);
    await page.keyboard.press('Alt+i');
    await page.keyboard.press('1');
    await page.waitForSelector('.outcome[aria-pressed="true"]');
    expect(desk.did('dispose')).toMatchObject([{ interaction: 'i1', act: { code: 'sale' } }]);
  });

  test('search and Enter choose an outcome; one that asks why is taken with its reason', async () => {
    await open('talking');
    await page.keyboard.press('Alt+o');
    expect(await focus()).toBe('outcome-search');
    await page.keyboard.type('not int');
    await page.keyboard.press('Enter');
    await page.getByLabel('Why?').waitFor();
    expect(desk.did('dispose')).toEqual([]);
    await page.keyboard.type('Too dear');
    await page.keyboard.press('Enter');
    expect(await desk.awaitCommand('dispose')).toMatchObject({ act: { code: 'not-interested', reason: 'Too dear' } });
  });

  test('? shows every key of the table; Escape closes it and the focus is where it was', async () => {
    await open('talking');
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await dialog.waitFor();
    expect(await dialog.locator('tbody tr').count()).toBe(KEYS.length + 1);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(focus).toBe('contact-name');
  });

  test('a key of one’s own: a taken one is refused by name, another does it at once, is shown, and is there after a reload', async () => {
    await open('talking');
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await dialog.getByRole('button', { name: 'Change the key for: mute, and back' }).click();
    await page.keyboard.press('Alt+n');
    await dialog.getByText('Alt+N is taken already: to the notes').waitFor();
    await page.keyboard.press('Alt+q');
    await dialog.getByText('Alt+Q now: mute, and back').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('.switch-mute .chord', { hasText: 'Alt+Q' }).waitFor();
    await page.keyboard.press('Alt+t');
    await page.keyboard.press('Alt+q');
    await expect.poll(() => desk.orders).toEqual(['mute']);
    await page.evaluate('localStorage.clear()');
  });

  test('Tab goes the way that the eye goes: main button, pause, contact, script, notes, outcomes', async () => {
    await open('talking');
    await page.locator('#main-step').focus();
    const order: string[] = [];
    for (let step = 0; step < 40; step += 1) {
      order.push(
        await page.evaluate(() => {
          const at = document.activeElement;
          return (
            ['.bar', '.controls', '.contact', '.script', '#notes', '.outcomes', '.callback'].find((one) =>
              at?.closest(one),
            ) ?? ''
          );
        }),
      );
      await page.keyboard.press('Tab');
    }
    const places = order.filter((place, index) => place !== '' && place !== order[index - 1]);
    expect(places.slice(0, 7)).toEqual([
      '.bar',
      '.controls',
      '.contact',
      '.script',
      '#notes',
      '.outcomes',
      '.callback',
    ]);
  });

  test('mute is asked of the exchange, and shown once it has done it', async () => {
    await open('talking');
    desk.onOrder = () => 'silence';
    await page.keyboard.press('Alt+t');
    await page.getByRole('button', { name: 'Muting …' }).waitFor();
    expect(await page.locator('.bar [data-standing="talking"]').count()).toBe(1);
    desk.show({ call: aCall({ muted: true }) });
    await page.getByText('Muted: they do not hear you').waitFor();
    await page.waitForSelector('.bar [data-standing="muted"]');
    await expect.poll(() => spoken('alert')).toContain('Muted. They do not hear you.');
    expect(desk.orders).toEqual(['mute']);
  });

  test('[D-06] transfer by keyboard alone: type whom, arrows choose and are spoken, Enter speaks first; joined, then left alone', async () => {
    await open('talking');
    await page.keyboard.press('Alt+g');
    await page.waitForFunction('document.activeElement?.closest(".transfer") !== null');
    await page.getByText('Ben Ash (103) · agent, ready').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => spoken('status')).toContain('Ben Ash (103) · agent, ready');
    const here = { who: '103', kind: 'agent', state: 'here' } as const;
    desk.onOrder = (order) =>
      order === 'consult'
        ? { heldSince: Date.now(), third: here, parties: ['third-party'] }
        : { third: here, parties: ['person', 'third-party'] };
    await page.keyboard.press('Enter');
    await page.waitForSelector('.third.consulting');
    await expect.poll(() => spoken('alert')).toContain('Agent 103 is there. You talk with them alone.');
    expect([desk.orders, desk.orderBodies[0]]).toEqual([['consult'], { to: { agent: '103' } }]);
    await page.keyboard.press('Alt+j');
    await page.waitForSelector('.third.three');
    desk.onOrder = () => null;
    await page.keyboard.press('Alt+g');
    await page.waitForSelector('.controls.is-idle');
    expect(desk.orders).toEqual(['consult', 'join', 'complete']);
  });

  test('[D-06] given away at once to a number that was typed; no agent of that name can be had', async () => {
    await open('talking');
    await page.keyboard.press('Alt+g');
    await page.waitForFunction('document.activeElement?.closest(".transfer") !== null');
    await page.keyboard.type('dan roe');
    await page.getByText('No one of that name can be given the person now.').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('(212) 555-0199');
    desk.onOrder = () => null;
    await page.keyboard.press('Alt+Enter');
    await page.waitForSelector('.controls.is-idle');
    expect([desk.orders, desk.orderBodies]).toEqual([['transfer'], [{ to: { number: '(212) 555-0199' } }]]);
    expect(desk.did('hang-up')).toEqual([]);
  });

  test('[D-06] the keypad: digits are tones there, and no outcomes', async () => {
    await open('talking');
    await page.keyboard.press('Alt+k');
    await page.waitForFunction('document.activeElement?.closest(".keypad") !== null');
    await page.keyboard.type('1#');
    await page.getByText('Sent: 1#').waitFor();
    expect([desk.orders, desk.orderBodies]).toEqual([
      ['keys', 'keys'],
      [{ keys: '1' }, { keys: '#' }],
    ]);
    expect(desk.did('dispose')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('.keypad').waitFor({ state: 'detached' });
  });

  test('a pause in a call is queued, shown, and can be taken back', async () => {
    await open('talking');
    await page.keyboard.press('Alt+p');
    await page.getByRole('menuitem', { name: 'Lunch' }).click();
    expect(await desk.awaitCommand('pause')).toMatchObject({ wish: { reason: 'lunch' } });
    desk.show({ session: aDeskSession({ state: 'talking', pauseNext: { code: 'lunch', label: 'Lunch' } }) });
    await page.getByText('Pause after this: Lunch').waitFor();
    await page.getByRole('button', { name: 'Take back' }).click();
    await desk.awaitCommand('resume');
  });
});

describe('[A-16] Done', PATIENCE, () => {
  test('can be taken back for five seconds; then the record is closed, its notes first', async () => {
    await open('wrap-up');
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await page.keyboard.press('Alt+u');
    await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
    await page.locator('#notes').fill('and a last word');
    await page.keyboard.press('Alt+Enter');
    await page.keyboard.press('Alt+Enter');
    expect(await desk.awaitCommand('done')).toMatchObject({ interaction: 'i1', act: { stop: false } });
    expect(desk.commands.map((one) => ('act' in one ? one.act.do : ''))).toEqual(['write-notes', 'done']);
  });

  test('with something missing leads to it and closes nothing', async () => {
    await open('wrap-up-missing');
    await page.keyboard.press('Alt+Enter');
    expect(await focus()).toBe('outcome-search');
    expect(desk.did('done')).toEqual([]);
  });

  test('refused, it says why and what is missing', async () => {
    await open('wrap-up');
    desk.answer = (command) =>
      'act' in command && command.act.do === 'done'
        ? {
            code: 'incomplete',
            message: 'Not complete.',
            hint: 'See below.',
            missing: [{ code: 'script', message: 'Answer: How many cars?' }],
          }
        : undefined;
    await page.keyboard.press('Alt+Enter');
    await page.keyboard.press('Alt+Enter');
    await page.getByText('Answer: How many cars?').waitFor();
    await expect.poll(() => spoken('alert')).toContain('Not complete.');
  });
});

test('[L-06] a field is changed by its pencil; what is no number is said at the field', PATIENCE, async () => {
  await open('talking');
  await page.getByRole('button', { name: 'Edit Premium' }).click();
  await page.getByRole('textbox', { name: 'Premium' }).fill('lots');
  await page.keyboard.press('Enter');
  await page.getByText('Only a number, such as 12.5').waitFor();
  await page.getByRole('textbox', { name: 'Premium' }).fill('99,5');
  await page.keyboard.press('Enter');
  expect(await desk.awaitCommand('edit-fields')).toMatchObject({ act: { fields: { premium: 99.5 } } });
});

describe('[L-06] a field that is being edited, and left', PATIENCE, () => {
  const editing = async (text: string): Promise<void> => {
    await page.getByRole('button', { name: 'Edit Premium' }).click();
    await page.getByRole('textbox', { name: 'Premium' }).fill(text);
  };
  const premium = async (): Promise<unknown> => await desk.awaitCommand('edit-fields');

  test('by a click elsewhere: it is saved; unchanged, or by Escape, nothing is sent', async () => {
    await open('talking');
    await editing('412.5');
    await page.locator('#notes').click();
    await page.getByRole('button', { name: 'Edit Premium' }).waitFor();
    await editing('500');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Edit Premium' }).waitFor();
    expect(desk.did('edit-fields')).toEqual([]);
    await editing('99');
    await page.locator('#notes').click();
    expect(await premium()).toMatchObject({ act: { fields: { premium: 99 } } });
  });

  test('by loading the page again: it is saved', async () => {
    await open('talking');
    await editing('77');
    await page.reload();
    expect(await premium()).toMatchObject({ act: { fields: { premium: 77 } } });
  });

  test('by Done: it is saved first; what is no number keeps the record open', async () => {
    await open('wrap-up');
    await editing('many');
    await page.keyboard.press('Alt+Enter');
    await page.getByText('Only a number, such as 12.5').waitFor();
    expect(await page.getByText('Undo').count()).toBe(0);
    await page.getByRole('textbox', { name: 'Premium' }).fill('55');
    await page.keyboard.press('Alt+Enter');
    expect(await premium()).toMatchObject({ act: { fields: { premium: 55 } } });
    await page.getByText('Undo').waitFor();
  });
});

test(
  '[A-14] who waits reads what will be said and asked; in the call it is the call’s own script',
  PATIENCE,
  async () => {
    await open('waiting');
    await page.getByText('May I renew it for you?').waitFor();
    desk.script = aScriptView();
    desk.show({ session: aDeskSession({ state: 'talking' }), interaction: anInteraction(), call: aCall() });
    await page.getByText('Would you like me to renew it now?').waitFor();
    expect(await page.getByText('May I renew it for you?').count()).toBe(0);
  },
);

test('[A-14] one click answers and goes on; the way back and the ways out are there', PATIENCE, async () => {
  await open('talking');
  await page.getByRole('button', { name: 'Wants to think' }).click();
  await expect
    .poll(() => desk.scriptActs)
    .toMatchObject([{ do: 'answer', answers: { wants: 'think' }, forward: true }]);
  await page.getByRole('button', { name: /Greeting/ }).click();
  await page.getByRole('button', { name: 'Voicemail' }).click();
  await expect
    .poll(() => desk.scriptActs.slice(1))
    .toEqual([
      { do: 'back', section: 'hello' },
      { do: 'exit', exit: 'voicemail' },
    ]);
});

test(
  '[A-17] a callback by a quick choice, by an hour of a day; forbidden hours cannot be chosen and name their rule',
  PATIENCE,
  async () => {
    await open('talking');
    await page.keyboard.press('Alt+c');
    await page.getByText(/Theirs: .*America\/New_York/).waitFor();
    await page.getByText('I call', { exact: true }).click();
    await page.getByText('Not allowed: calling hours').first().waitFor();
    expect(await page.getByRole('button', { name: /In 3 hours/ }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: /Tomorrow 10:00/ }).click();
    const quick = await desk.awaitCommand('set-callback');
    expect(quick).toMatchObject({ act: { callback: { personal: true, at: Date.UTC(2026, 11, 2, 15) } } });

    await page.keyboard.press('Alt+c');
    await page.getByLabel('Day, where they are').fill('2026-12-01');
    await page.getByLabel('Time, on their clock').fill('05:10');
    await page.getByRole('status').getByText('Not allowed: calling hours').waitFor();
    expect(await page.getByRole('button', { name: 'Schedule', exact: true }).isDisabled()).toBe(true);
    await page.getByText('14:30', { exact: true }).click();
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await expect.poll(() => desk.did('set-callback')).toHaveLength(2);
    expect(desk.did('set-callback')[1]).toMatchObject({ act: { callback: { local: '2026-12-01T14:30' } } });
  },
);

test('[C-08] a notice is shown and spoken until it is dismissed', PATIENCE, async () => {
  await open('waiting');
  desk.show({
    notices: [
      {
        id: 'n1',
        at: Date.now(),
        kind: 'campaign-paused',
        code: 'paused',
        campaign: 'x',
        text: 'The campaign x has been paused.',
      },
    ],
  });
  await page.getByText('The campaign x has been paused.').last().waitFor();
  await expect.poll(() => spoken('status')).toContain('has been paused');
  await page.getByRole('button', { name: 'Got it' }).click();
  await page.locator('.notices').waitFor({ state: 'detached' });
});
