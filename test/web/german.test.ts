// Whoever works in German reads German only: every view and state in a real Chromium, with each English sentence of the
// server marked. What people wrote, campaigns, scripts and records, stays as they wrote it.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { NOTICE_CODES, type DeskView } from '../../src/http/wire/desk.ts';
import { de } from '../../src/web/words/de.ts';
import { en } from '../../src/web/words/en.ts';
import { startChromium, type Chromium, type Tab } from './chromium.ts';
import { PAGE } from './answers.ts';
import { onlyIn, wordsOfPage } from './page-words.ts';
import { ScriptedDesk } from './scripted-desk.ts';
import { dressDesk, STATES, type State } from './states.ts';
import { aDeskSession, anInteraction, aScriptView, previewing } from './views.ts';

let desk: ScriptedDesk;
let chromium: Chromium;
beforeAll(async () => {
  desk = await ScriptedDesk.start();
  chromium = await startChromium({ language: 'de-DE' });
});
// Of two windows only one has the desk.
afterEach(async () => {
  for (const page of chromium.context.pages()) await page.close();
});
afterAll(async () => {
  await chromium.close();
  await desk.close();
});

const PATIENCE = { timeout: 240_000 };
const isEnglish = onlyIn(en, de);

/** Marks what the server says in English: none of it is for a German page. */
const MARK = '⟦server⟧';
const SAID: ReadonlySet<string> = new Set(['why', 'hours', 'nothing', 'message', 'hint']);

function marked<T>(value: T, key = ''): T {
  if (typeof value === 'string') return (SAID.has(key) ? `${MARK} ${value}` : value) as T;
  if (Array.isArray(value)) return value.map((one) => marked<unknown>(one)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, marked<unknown>(one, name)])) as T;
}

/** The same in places where people write, too: notices, messages on numbers, pauses that the server named. */
function markedView(view: DeskView): DeskView {
  const { interaction, notices } = view;
  const mark = (text: string): string => `${MARK} ${text}`;
  return marked({
    ...view,
    notices: notices.map((notice) => ({ ...notice, text: mark(notice.text) })),
    interaction: interaction?.message
      ? {
          ...interaction,
          message: {
            ...interaction.message,
            text: mark(interaction.message.text),
            next: mark(interaction.message.next),
          },
        }
      : interaction,
  });
}

async function open(state: State): Promise<Tab> {
  dressDesk(desk, state);
  desk.view = markedView(desk.view);
  const { callbackTimes } = desk;
  desk.callbackTimes = (query) => marked(callbackTimes(query));
  const tab = await chromium.tab(`${desk.url}/agent`);
  await tab.page.waitForSelector(state.awaits);
  if (state.press !== undefined) await tab.page.keyboard.press(state.press);
  return tab;
}

/** What is not German; with OUTDIAL_PICTURES=FOLDER the page is drawn into it. */
async function notGerman({ page }: Tab, name: string): Promise<readonly string[]> {
  const folder = process.env['OUTDIAL_PICTURES'];
  if (folder !== undefined) {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, `german-${name}.png`), await page.screenshot());
  }
  const said = await wordsOfPage(page);
  expect(said.length).toBeGreaterThan(3);
  const ofPeople = new Set(stringsOf([desk.view, desk.script, desk.colleagues, desk.timeline, PAGE]));
  return said.filter((text) => text.includes(MARK) || (isEnglish(text) && !ofPeople.has(text)));
}

/** What stands in the scripted desk's campaign, script and record, which are written in English. */
function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split('\n');
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

describe('[A-22] each view and state in German', PATIENCE, () => {
  test.each(Object.entries(STATES))('%s: nothing is English', async (name, state) => {
    const tab = await open(state);
    expect(await tab.page.locator('html').getAttribute('lang')).toBe('de');
    expect(await notGerman(tab, name)).toEqual([]);
  });
});

const refusal = (code: string) => ({ code, message: `${MARK} No.`, hint: `${MARK} Wait.` });
const inSession = (change: Partial<DeskView>) => (now: number) => ({ session: aDeskSession({}, now), ...change });
const ready = '[data-standing="ready"]';

describe('[A-22] what an agent meets on the way, in German', PATIENCE, () => {
  test('a password that is wrong', async () => {
    const tab = await open({ awaits: '.sign-in', isSignedOut: true });
    await tab.page.locator('input').first().fill('eve');
    await tab.page.locator('input[type="password"]').fill('wrong');
    await tab.page.keyboard.press('Enter');
    await tab.page.getByText('Name oder Passwort ist falsch.').waitFor();
    expect(await notGerman(tab, 'wrong-password')).toEqual([]);
  });

  test('every notice', async () => {
    const notices = NOTICE_CODES.map((code, place) => {
      return { id: `n${place}`, at: 0, kind: 'session-ended', code, campaign: 'win-back', text: 'English' } as const;
    });
    const tab = await open({ awaits: ready, view: inSession({ notices }) });
    await tab.page.getByText('Das Telefon war zu lange weg').waitFor();
    expect(await notGerman(tab, 'notices')).toEqual([]);
  });

  test.each(['hours', 'us-federal/hours', 'no-line', 'cancelled', 'caller-ids'])(
    'a number is not dialed by %s, and the next one is taken',
    async (rule) => {
      const message = { code: 'not-now', text: 'No.', next: 'Click.', rule, nextTaken: true } as const;
      const view = (now: number) => ({
        session: aDeskSession({ state: 'reserved' }, now),
        interaction: previewing({ message }, now),
      });
      const tab = await open({ awaits: '.contact .note', view });
      await tab.page.getByText('Die nächste wird genommen.').waitFor();
      expect(await notGerman(tab, `not-dialed-${rule.replaceAll('/', '-')}`)).toEqual([]);
      // However long the sentence, nothing stands out of its card.
      const outside = await tab.page.locator('.contact.card').evaluate((card) => {
        const isCut = getComputedStyle(card).overflowY !== 'visible';
        return isCut ? 0 : card.scrollHeight - card.clientHeight;
      });
      expect(outside).toBeLessThanOrEqual(0);
    },
  );

  test('a command that is refused, with what is missing', async () => {
    desk.answer = () => ({ ...refusal('incomplete'), missing: [{ code: 'disposition', message: `${MARK} Choose.` }] });
    const tab = await open({ ...STATES['wrap-up'], awaits: '[data-standing="wrap-up"]' });
    await tab.page.keyboard.press('1');
    await tab.page.getByText('Vor „Fertig“ fehlt noch etwas.').first().waitFor();
    expect(await notGerman(tab, 'refused')).toEqual([]);
    desk.answer = () => undefined;
  });

  test('the menus of pauses and of more, and what happened to the person', async () => {
    const talking = (now: number) => ({
      session: aDeskSession({ state: 'talking' }, now),
      interaction: anInteraction({}, now),
    });
    const tab = await open({ awaits: '.contact-name', view: talking, script: aScriptView() });
    await tab.page.getByRole('tab', { name: 'Verlauf' }).click();
    await tab.page.getByText('Anruf: keine Antwort').waitFor();
    expect(await notGerman(tab, 'history')).toEqual([]);
    for (const name of ['Pause', 'Mehr']) {
      await tab.page.getByRole('button', { name, exact: true }).click();
      await tab.page.getByRole('menu').waitFor();
      expect(await notGerman(tab, `menu-${name}`)).toEqual([]);
      await tab.page.keyboard.press('Escape');
    }
  });
});
