// An agent works a campaign through the API alone, on a real Asterisk: outdial rings the phone, predictive calls come with
// their record, and everything else is a command. The phone is never touched.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { machineShort, outsidePhone, personAnswers } from '../../asterisk/box/numbers.ts';
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
let eve: Worker;

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
  eve = await Worker.signIn('eve', agent);
}, LIMIT_MS);
afterAll(() => desk.close());

/** An agent at a screen, who works through the API. */
class Worker {
  readonly browser: Browser;
  readonly #name: string;
  #keys = 0;

  private constructor(name: string, browser: Browser) {
    this.#name = name;
    this.browser = browser;
  }

  static async signIn(name: string, { number }: Pick<DeskAgent, 'number'>): Promise<Worker> {
    await desk.centre.client.post(userAdded, '/users', { name, role: 'agent', agent: number, password: PASSWORD });
    const browser = new Browser(`http://127.0.0.1:${desk.centre.settings.http.port}`);
    expect((await browser.signIn(name, PASSWORD)).code).toBe(200);
    return new Worker(name, browser);
  }

  async view(): Promise<DeskView> {
    return deskView.parse((await this.browser.ask('GET', '/api/agent')).body);
  }

  send(command: object): Promise<BrowserAnswer> {
    this.#keys += 1;
    return this.browser.ask('POST', '/api/agent/commands', { key: `${this.#name}-click-${this.#keys}`, ...command });
  }

  async wish(wanted: DeskWish): Promise<void> {
    expect(await this.send({ wish: wanted })).toMatchObject({ code: 200 });
  }

  async act(wanted: DeskAct): Promise<void> {
    const { interaction } = await this.view();
    const answer = await this.send({ interaction: interaction?.id, expects: interaction?.version, act: wanted });
    expect(answer).toMatchObject({ code: 200 });
  }

  seen(what: string, isSo: (now: DeskView) => boolean): Promise<DeskView> {
    let last = '';
    return until(
      () => `${what}; is ${last}`,
      async () => {
        const now = await this.view();
        last = JSON.stringify({ ...now, campaigns: [], today: {} });
        return isSo(now) ? now : undefined;
      },
      90_000,
    );
  }
}

const isIn =
  (state: string) =>
  ({ interaction }: DeskView): boolean =>
    (interaction?.state ?? 'none') === state;

test.concurrent(
  '[A-03] [A-06] [A-15] [A-16] [A-17] five predictive calls by the API alone: session, notes, dispositions, one callback, the day',
  async () => {
    await eve.wish({ do: 'open-session', campaign: NAME, phone: { kind: 'account' } });
    await eve.seen('the phone was rung and is up', ({ session }) => session?.phone.state === 'up');
    await eve.wish({ do: 'resume' });
    await desk.act(NAME, 'start');

    const worked: string[] = [];
    for (let call = 0; call < CALLS; call += 1) {
      const { interaction } = await eve.seen('a person is there with the record', isIn('talking'));
      const { id = '', record } = interaction ?? {};
      worked.push(id);
      expect(record?.phones[0]?.number).toBe(interaction?.call?.number);
      await eve.act({ do: 'write-notes', text: `notes of call ${call}`, base: 0 });
      await eve.act({ do: 'hang-up', attempt: interaction?.call?.attempt ?? '' });
      await eve.seen('the wrap-up', isIn('wrap-up'));
      await eve.act({ do: 'dispose', code: call === 0 ? 'later' : 'sale' });
      if (call === 0) {
        await eve.act({ do: 'set-callback', callback: { at: Date.now() + 3_600_000, personal: true } });
      }
      await eve.act({ do: 'done', stop: false });
    }

    expect(new Set(worked).size).toBe(CALLS);
    const rows = await desk.ended(NAME, CALLS);
    expect(rows.map(({ result, disposition }) => [result, disposition])).toEqual([
      ['connected', 'later'],
      ...Array.from({ length: CALLS - 1 }, () => ['connected', 'sale']),
    ]);
    expect(rows.every((row) => row.agent === agent.number)).toBe(true);
    expect((await eve.browser.ask('GET', '/api/agent/callbacks')).body).toMatchObject([
      { agent: agent.number, state: 'pending', record: rows[0]?.record },
    ]);
    expect((await eve.browser.ask('GET', '/api/agent/today')).body).toMatchObject({
      calls: CALLS,
      sessions: 1,
      callbacks: expect.any(Number) as unknown,
      dispositions: [
        { code: 'later', count: 1 },
        { code: 'sale', count: CALLS - 1 },
      ],
    });
    await eve.wish({ do: 'end-session' });
    await eve.seen('the session has ended', ({ session }) => session === null);
    await agent.phone.until('idle');
    expect((await desk.cli('audit')).code).toBe(0);
  },
  LIMIT_MS,
);

test.concurrent(
  '[A-04] any phone as the desk phone: a voicemail box never is the agent, the PIN makes it theirs, put down it is called again when asked',
  async () => {
    const name = 'outside';
    await desk.ready(name, [personAnswers({ afterS: 1, talksS: 4 }, 420)], {
      mode: 'progressive',
      agent_phone: '{outside: yes}',
    });
    const { number: who } = await desk.agent(name);
    // What the outside phone types.
    expect((await desk.cli('agent', 'set-pin', who, '--pin', '2580')).code).toBe(0);
    const ann = await Worker.signIn('ann', { number: who });
    const open = (number: string) =>
      ann.send({ wish: { do: 'open-session', campaign: name, phone: { kind: 'number', number } } });
    expect(await open('+4930901820')).toMatchObject({ code: 409, body: { error: { code: 'number-not-dialed' } } });
    expect(await open(machineShort(420))).toMatchObject({ code: 200 });
    await ann.seen('no one has typed the PIN', ({ session }) => session?.pause?.code === 'not-answered');
    await ann.wish({ do: 'end-session' });

    const number = outsidePhone(420);
    expect(await open(number)).toMatchObject({ code: 200 });
    const up = await ann.seen('the phone is theirs', ({ session }) => session?.phone.state === 'up');
    expect(up.session?.phone).toMatchObject({ kind: 'number', address: number });
    await ann.wish({ do: 'resume' });
    await desk.act(name, 'start');
    await ann.seen('a person is there', isIn('talking'));
    await ann.seen('the wrap-up', isIn('wrap-up'));
    await ann.act({ do: 'dispose', code: 'sale' });
    await ann.act({ do: 'done', stop: false });
    const gone = await ann.seen('the phone was put down', ({ session }) => session?.phone.state === 'down');
    expect(gone.session).toMatchObject({ state: 'paused', pause: { code: 'phone-gone' } });
    await ann.wish({ do: 'call-phone' });
    await ann.seen('the phone is theirs again', ({ session }) => session?.phone.state === 'up');
    await ann.wish({ do: 'end-session' });

    const { json } = await desk.cli('audit', 'log', '--what', 'agent.phone');
    expect(json).toMatchObject([{ to: { number } }, { to: { number } }, { to: { number: machineShort(420) } }]);
  },
  LIMIT_MS,
);
