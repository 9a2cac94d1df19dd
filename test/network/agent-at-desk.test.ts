// An agent works a campaign through the API alone, on a real Asterisk: outdial rings the phone, predictive calls come with
// their record, and everything else is a command. The phone is never touched.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { userAdded } from '../../src/http/wire/users.ts';
import type { DeskAct, DeskWish } from '../../src/http/wire/desk-commands.ts';
import { deskView, type DeskView } from '../../src/http/wire/desk.ts';
import { Browser, type BrowserAnswer } from '../http/browser.ts';
import { Desk, type DeskAgent } from '../support/desk.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 240_000;
const NAME = 'at-desk';
const PASSWORD = 'correct horse battery';
const CALLS = 5;

let desk: Desk;
let agent: DeskAgent;
let browser: Browser;
let keys = 0;

beforeAll(async () => {
  desk = await Desk.open();
  const people = Array.from({ length: CALLS }, (_, index) => personAnswers({ afterS: 1, talksS: 30 }, 400 + index));
  await desk.ready(NAME, people, {
    mode: 'predictive',
    dispositions:
      '[{code: sale, label: Sold, key: 1}, {code: no, label: Not interested, key: 2}, {code: later, label: Call later, key: 3, ask: callback}]',
    instructions: 'Say who calls.',
    attempts: '{max: 1, per_day: 1}',
  });
  agent = await desk.agent(NAME);
  await desk.centre.client.post(userAdded, '/users', {
    name: 'eve',
    role: 'agent',
    agent: agent.number,
    password: PASSWORD,
  });
  browser = new Browser(`http://127.0.0.1:${desk.centre.settings.http.port}`);
  expect((await browser.signIn('eve', PASSWORD)).code).toBe(200);
}, LIMIT_MS);
afterAll(() => desk.close());

async function view(): Promise<DeskView> {
  return deskView.parse((await browser.ask('GET', '/api/agent')).body);
}

function send(command: object): Promise<BrowserAnswer> {
  keys += 1;
  return browser.ask('POST', '/api/agent/commands', { key: `network-${keys}`, ...command });
}

async function wish(wanted: DeskWish): Promise<void> {
  expect(await send({ wish: wanted })).toMatchObject({ code: 200 });
}

async function act(wanted: DeskAct): Promise<void> {
  const { interaction } = await view();
  const answer = await send({ interaction: interaction?.id, expects: interaction?.version, act: wanted });
  expect(answer).toMatchObject({ code: 200 });
}

function seen(what: string, isSo: (now: DeskView) => boolean): Promise<DeskView> {
  let last = '';
  return until(
    () => `${what}; is ${last}`,
    async () => {
      const now = await view();
      last = JSON.stringify({ ...now, campaigns: [], today: {} });
      return isSo(now) ? now : undefined;
    },
    60_000,
  );
}

const isIn =
  (state: string) =>
  ({ interaction }: DeskView): boolean =>
    (interaction?.state ?? 'none') === state;

test(
  '[A-03] [A-06] [A-15] [A-16] [A-17] five predictive calls by the API alone: session, notes, dispositions, one callback, the day',
  async () => {
    await wish({ do: 'open-session', campaign: NAME, phone: { kind: 'account' } });
    await seen('the phone was rung and is up', ({ session }) => session?.phone.state === 'up');
    await wish({ do: 'resume' });
    await desk.act(NAME, 'start');

    const worked: string[] = [];
    for (let call = 0; call < CALLS; call += 1) {
      const { interaction } = await seen('a person is there with the record', isIn('talking'));
      const { id = '', record } = interaction ?? {};
      worked.push(id);
      expect(record?.phones[0]?.number).toBe(interaction?.call?.number);
      await act({ do: 'write-notes', text: `notes of call ${call}`, base: 0 });
      await act({ do: 'hang-up', attempt: interaction?.call?.attempt ?? '' });
      await seen('the wrap-up', isIn('wrap-up'));
      await act({ do: 'dispose', code: call === 0 ? 'later' : 'sale' });
      if (call === 0) {
        await act({ do: 'set-callback', callback: { at: Date.now() + 3_600_000, personal: true } });
      }
      await act({ do: 'done', stop: false });
    }

    expect(new Set(worked).size).toBe(CALLS);
    const rows = await desk.ended(NAME, CALLS);
    expect(rows.map(({ result, disposition }) => [result, disposition])).toEqual([
      ['connected', 'later'],
      ...Array.from({ length: CALLS - 1 }, () => ['connected', 'sale']),
    ]);
    expect(rows.every((row) => row.agent === agent.number)).toBe(true);
    expect((await browser.ask('GET', '/api/agent/callbacks')).body).toMatchObject([
      { agent: agent.number, state: 'pending', record: rows[0]?.record },
    ]);
    expect((await browser.ask('GET', '/api/agent/today')).body).toMatchObject({
      calls: CALLS,
      sessions: 1,
      callbacks: expect.any(Number) as unknown,
      dispositions: [
        { code: 'later', count: 1 },
        { code: 'sale', count: CALLS - 1 },
      ],
    });
    await wish({ do: 'end-session' });
    await seen('the session has ended', ({ session }) => session === null);
    await agent.phone.until('idle');
    expect((await desk.cli('audit')).code).toBe(0);
  },
  LIMIT_MS,
);
