// A small working day at desks on a real Asterisk with real phones, in every mode, through the API that a workspace stands
// on: each agent comes to a conversation, the daemon is killed while all of them last, and each goes on where it was.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { deskView, type DeskView } from '../../src/http/wire/desk.ts';
import type { DeskAct, DeskWish } from '../../src/http/wire/desk-commands.ts';
import { userAdded } from '../../src/http/wire/users.ts';
import { Browser } from '../http/browser.ts';
import { Desk, type DeskAgent } from '../support/desk.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 240_000;
const PASSWORD = 'correct horse battery';

let centre: Desk;

beforeAll(async () => {
  centre = await Desk.open();
});
afterAll(() => centre.close());

/** An agent at a workspace, with a phone that picks up by itself. */
class Workplace {
  readonly campaign: string;
  readonly agent: DeskAgent;
  readonly #browser: Browser;
  #keys = 0;
  #last: object = {};

  private constructor(campaign: string, agent: DeskAgent, browser: Browser) {
    this.campaign = campaign;
    this.agent = agent;
    this.#browser = browser;
  }

  static async open(campaign: string): Promise<Workplace> {
    const agent = await centre.agent(campaign);
    const { centre: on } = centre;
    const name = `user-${campaign}`;
    await on.client.post(userAdded, '/users', { name, role: 'agent', agent: agent.number, password: PASSWORD });
    const { host, port } = on.settings.http;
    const browser = new Browser(`http://${host}:${port}`);
    expect((await browser.signIn(name, PASSWORD)).code).toBe(200);
    return new Workplace(campaign, agent, browser);
  }

  async view(): Promise<DeskView> {
    return deskView.parse((await this.#browser.ask('GET', '/api/agent')).body);
  }

  async until(what: string, isThere: (view: DeskView) => boolean): Promise<DeskView> {
    let last: DeskView | undefined;
    return until(
      () =>
        `${this.campaign}: ${what}; is ${JSON.stringify([last?.session, last?.interaction?.state, last?.nothing, last?.fetching])}`,
      async () => {
        last = await this.view();
        return isThere(last) ? last : undefined;
      },
      LIMIT_MS,
    );
  }

  isIn(state: string): Promise<DeskView> {
    return this.until(`the interaction is ${state}`, ({ interaction }) => interaction?.state === state);
  }

  async wish(wish: DeskWish): Promise<void> {
    await this.#send({ wish });
  }

  async act(act: DeskAct): Promise<void> {
    const interaction = (await this.view()).interaction?.id;
    await this.#send({ interaction, act });
  }

  async #send(what: object): Promise<void> {
    this.#keys += 1;
    const key = `${this.campaign}-${this.agent.number}-${this.#keys}-click`;
    this.#last = { key, ...what };
    const { code, body } = await this.#browser.ask('POST', '/api/agent/commands', this.#last);
    expect(code, JSON.stringify([what, body.error])).toBe(200);
  }

  /** As a workspace does whose answer was lost. */
  async sendsAgain(): Promise<unknown> {
    return (await this.#browser.ask('POST', '/api/agent/commands', this.#last)).body['answer'];
  }

  /** The phone is rung and picks up; then ready. */
  async sitDown(): Promise<void> {
    const { campaign } = this;
    await this.wish({ do: 'open-session', campaign, phone: { kind: 'account' } });
    await this.until('the phone is up', ({ session }) => session?.phone.state === 'up');
    await this.agent.phone.until('established');
    await this.wish({ do: 'set-ready', channel: 'voice' });
  }

  async finish(stop = true): Promise<void> {
    const { interaction } = await this.view();
    if (interaction?.state === 'talking') await this.act({ do: 'hang-up', attempt: interaction.call?.attempt ?? '' });
    await this.isIn('wrap-up');
    await this.act({ do: 'dispose', code: 'sale' });
    await this.act({ do: 'done', stop });
  }
}

const pull = async (place: Workplace): Promise<void> => {
  await place.wish({ do: 'get-record', campaign: place.campaign });
  await place.isIn('preview');
  await place.act({ do: 'call', phoneIndex: 0 });
};

/** How each campaign's agent comes to a conversation. */
const MODES: Readonly<
  Record<string, readonly [keys: Record<string, string>, work: (place: Workplace) => Promise<void>]>
> = {
  predictive: [{ mode: 'predictive' }, () => Promise.resolve()],
  preview: [{ mode: 'preview' }, pull],
  manual: [{ mode: 'manual', desk: '{hand_dialing: yes}' }, pull],
  push: [
    { mode: 'push-preview' },
    async (place) => {
      await place.wish({ do: 'set-ready', channel: 'preview' });
      await place.isIn('offered');
      await place.act({ do: 'accept' });
      await place.act({ do: 'call', phoneIndex: 0 });
    },
  ],
  direct: [
    { mode: 'direct-push-preview', desk: '{before_call: 2s}' },
    async (place) => {
      await place.wish({ do: 'get-record', campaign: place.campaign });
      await place.isIn('offered');
      await place.act({ do: 'accept' });
    },
  ],
  countdown: [{ mode: 'progressive', desk: '{before_call: 2s, countdown: 30s}' }, () => Promise.resolve()],
  engaged: [
    { mode: 'progressive', desk: '{engaged: yes}' },
    async (place) => {
      const { interaction } = await place.isIn('offered');
      expect(interaction?.record).toBeNull();
      await place.act({ do: 'accept' });
    },
  ],
};

test('[C-05] [C-06] [O-09] every mode at desks: killed while all of them talk, each goes on, and all is said and done', async () => {
  const names = Object.keys(MODES);
  const places = await Promise.all(
    names.map(async (name, index) => {
      const numbers = [0, 1].map((which) => personAnswers({ afterS: 1 }, 40 + index * 2 + which));
      await centre.ready(name, numbers, { ...MODES[name]?.[0], pacing: '{max_lines: 1, ring: 20s}' });
      const place = await Workplace.open(name);
      await centre.act(name, 'start');
      return place;
    }),
  );
  await Promise.all(
    places.map(async (place) => {
      await place.sitDown();
      await MODES[place.campaign]?.[1](place);
      await place.isIn('talking');
    }),
  );
  const before = await Promise.all(places.map((place) => place.view()));

  await centre.centre.endDaemon('SIGKILL');
  await centre.centre.startDaemon();

  const after = await Promise.all(places.map((place) => place.isIn('talking')));
  expect(after.map(({ interaction }) => interaction?.id)).toEqual(before.map(({ interaction }) => interaction?.id));
  expect(after.map(({ interaction }) => interaction?.call?.state)).toEqual(names.map(() => 'talking'));
  for (const { agent } of places) expect(agent.phone.is('established')).toBe(true);
  const again = await Promise.all(places.map((place) => place.sendsAgain()));
  expect(again).toEqual(names.map(() => 'repeated'));
  await Promise.all(places.map((place) => place.finish()));

  for (const name of names) {
    const rows = await centre.attempts(name);
    expect(rows, name).toMatchObject([{ result: 'connected', disposition: 'sale' }]);
  }
  const { records, interactions } = await centre.centre.look(async (store) => ({
    interactions: await store.desks.interactions({ limit: 100 }),
    records: await Promise.all(names.map((name) => store.records.counts(name))),
  }));
  expect(records.map(({ byState }) => byState.dialing)).toEqual(names.map(() => 0));
  expect(interactions.filter(({ outcome }) => outcome === 'called')).toHaveLength(names.length);
  const byName = new Map(interactions.map((row) => [row.campaign, row]));
  expect(byName.get('manual')?.calls).toMatchObject([{ by: 'click', result: 'connected' }]);
  expect(byName.get('direct')?.calls).toMatchObject([{ by: 'accept' }]);
  const { code, json } = await centre.cli('audit');
  expect({ code, json }).toMatchObject({ code: 0 });
}, 240_000);

test('[A-12] [O-09] killed while a record is looked at and while the next is waited for: it is there again, and the countdown goes on', async () => {
  const place = (
    await Promise.all(
      ['looked'].map(async (name) => {
        await centre.ready(
          name,
          [personAnswers({ afterS: 1, talksS: 3 }, 90), personAnswers({ afterS: 1, talksS: 3 }, 91)],
          {
            mode: 'preview',
            // Longer than a restart takes on a busy machine.
            desk: '{countdown: 90s}',
          },
        );
        await centre.act(name, 'start');
        return Workplace.open(name);
      }),
    )
  )[0];
  if (!place) throw new Error('no place');
  await place.sitDown();
  await place.wish({ do: 'get-record', campaign: 'looked' });
  const { interaction } = await place.isIn('preview');

  await centre.centre.endDaemon('SIGKILL');
  await centre.centre.startDaemon();

  expect((await place.isIn('preview')).interaction?.id).toBe(interaction?.id);
  await place.act({ do: 'call', phoneIndex: 0 });
  await place.isIn('talking');
  await place.isIn('wrap-up');
  await place.act({ do: 'dispose', code: 'sale' });
  await place.act({ do: 'done', stop: false });
  await place.until('the countdown runs', ({ countdown }) => countdown !== null);
  await centre.centre.endDaemon('SIGKILL');
  await centre.centre.startDaemon();
  await place.until('the countdown still runs', ({ countdown }) => countdown !== null);
  await place.wish({ do: 'go-on' });
  const next = await place.isIn('preview');
  expect(next.interaction?.record?.record).not.toBe(interaction?.record?.record);
  await place.act({ do: 'decline', until: 'never' });
  await place.until('the next is asked for', ({ countdown }) => countdown !== null);
  await place.wish({ do: 'end-session' });
  await place.until('the session is over', ({ session }) => session === null);
  expect(await centre.attempts('looked')).toMatchObject([{ result: 'connected', disposition: 'sale' }]);
}, 240_000);
