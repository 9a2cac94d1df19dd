// A whole shift by phone alone, on real SIP phones against the running daemon. Each test has a campaign and an agent of its
// own: they run at once.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noAnswer, personAnswers } from '../../asterisk/box/numbers.ts';
import { agentView } from '../../src/http/wire/wire.ts';
import { Desk } from '../support/desk.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 240_000;

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const people = (count: number, first: number, talksS?: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    personAnswers(talksS === undefined ? { afterS: 1 } : { afterS: 1, talksS }, first + index),
  );

describe.concurrent('signing in', () => {
  test(
    '[A-01] [O-10] wrong PIN three times: the phone is sent away; two calls more of it: locked out, also with the right one',
    async () => {
      await desk.ready('pins', people(1, 1));
      const agent = await desk.agent('pins');
      for (let i = 0; i < 3; i += 1) await desk.typeIn(agent, '0000');
      await agent.phone.until('idle', 25_000);
      for (let i = 0; i < 2; i += 1) await desk.typeIn(agent, '0000');
      await agent.phone.until('idle', 25_000);

      await desk.typeIn(agent, agent.pin);

      await agent.phone.until('idle', 25_000);
      expect((await desk.view(agent)).state).toBe('offline');
    },
    LIMIT_MS * 2,
  );

  test(
    '[A-01] [O-03] the account made by outdial registers; number and PIN open a session, 9 ends it and hangs up',
    async () => {
      await desk.ready('shift', people(1, 2));
      const agent = await desk.readyAgent('shift');
      expect(await desk.view(agent)).toMatchObject({ campaign: 'shift', registered: true, phoneMode: 'nailed-up' });

      await agent.phone.press('9');

      await desk.isIn(agent, 'offline');
      await agent.phone.until('idle');
    },
    LIMIT_MS,
  );

  test(
    '[A-01] [A-20] 0 and a digit pause with that reason, 1 makes ready again',
    async () => {
      await desk.ready('pauses', people(1, 3));
      const agent = await desk.readyAgent('pauses');
      await agent.phone.press('0');
      await desk.isIn(agent, 'paused', 'pause');
      await agent.phone.press('2');
      await desk.isIn(agent, 'paused', 'lunch');
      await agent.phone.press('1');
      await desk.isIn(agent, 'ready');
    },
    LIMIT_MS,
  );
});

describe.concurrent('in a conversation', () => {
  test(
    '[A-01] ** ends the conversation, a digit in wrap-up or right after ** is the disposition, and the agent is ready for the next',
    async () => {
      await desk.ready('talks', people(2, 10));
      const agent = await desk.readyAgent('talks');
      await desk.act('talks', 'start');
      await desk.isIn(agent, 'talking');
      await agent.phone.press('**');
      await desk.isIn(agent, 'wrap-up');
      await agent.phone.press('1');

      await desk.isIn(agent, 'talking');

      const [first] = await desk.ended('talks', 1);
      expect(first).toMatchObject({ result: 'connected', endedBy: 'agent', disposition: 'sale', agent: agent.number });
      expect((await desk.view(agent)).attempt).not.toBe(first?.attempt);
      await desk.act('talks', 'stop');
      await agent.phone.press('**2'); // typed on, however long the hanging up takes
      const [, second] = await desk.ended('talks', 2);
      expect(second).toMatchObject({ result: 'connected', endedBy: 'agent' });
      await desk.isIn(agent, 'ready');
      expect(await desk.attempts('talks')).toMatchObject([{ disposition: 'sale' }, { disposition: 'no' }]);

      const { code, json } = await desk.cli('record', 'dispose', first?.attempt ?? '', 'no'); // a wrong key, corrected
      expect(code).toBe(0);
      expect(json).toMatchObject({ disposition: 'no', before: { disposition: 'sale' } });
      expect((await desk.attempts('talks')).map(({ disposition }) => disposition)).toEqual(['no', 'no']);
    },
    LIMIT_MS,
  );

  test(
    '[A-20] *0 in a conversation: the pause comes after it, the conversation is not touched',
    async () => {
      await desk.ready('later', people(2, 20, 4));
      const agent = await desk.readyAgent('later');
      await desk.act('later', 'start');
      await desk.isIn(agent, 'talking');
      await agent.phone.press('*0');
      await desk.isIn(agent, 'wrap-up');
      await agent.phone.press('2');

      await desk.isIn(agent, 'paused', 'pause');

      // It is written beside the calls, a moment after the agent’s state is there to be seen.
      const inBooks = async (): Promise<boolean> => (await desk.attempts('later'))[0]?.disposition === 'no';
      await until('the disposition is in the books', inBooks, LIMIT_MS / 4);
      expect(await desk.attempts('later')).toMatchObject([{ endedBy: 'person', disposition: 'no' }]);
    },
    LIMIT_MS,
  );

  test.each(['ready', 'paused'] as const)(
    '[A-19] wrap-up over its limit, as the campaign wants: %s, without a disposition',
    async (over) => {
      const name = `wraps-${over}`;
      await desk.ready(name, people(1, over === 'ready' ? 30 : 31, 2), {
        wrap_up: `{limit: 1s, disposition: required, over: ${over}}`,
      });
      const agent = await desk.readyAgent(name);
      await desk.act(name, 'start');
      const [row] = await desk.ended(name, 1);

      await desk.isIn(agent, over, over === 'paused' ? 'wrap-up-over' : undefined);

      expect(row).toMatchObject({ result: 'connected', disposition: null });
    },
    LIMIT_MS,
  );
});

describe.concurrent('phones', () => {
  test(
    '[D-02] waiting music plays while the agent is alone, and not in the conversation',
    async () => {
      await desk.ready('music', people(1, 40, 6), { agent_phone: '{mode: nailed-up, waiting: music}' });
      const agent = await desk.readyAgent('music');
      const bridge = `b-${(await desk.view(agent)).session ?? ''}`;
      const plays = async (): Promise<boolean> => {
        const channels = await desk.centre.box.command('pbx', 'core show channels concise');
        return channels.split('\n').some((line) => line.startsWith('Announcer/ARI_MOH-') && line.includes(bridge));
      };
      await until('music plays', async () => ((await plays()) ? true : undefined), 5000);
      await desk.act('music', 'start');
      await desk.isIn(agent, 'talking');

      await until('music has stopped', async () => ((await plays()) ? undefined : true), 2000);

      expect((await desk.view(agent)).state).toBe('talking');
    },
    LIMIT_MS,
  );

  test(
    '[D-02] ringing mode: the phone is free between calls, rings for a call, and is let go afterwards',
    async () => {
      await desk.ready('rung', people(1, 50, 4), { agent_phone: '{mode: ringing, ring: 15s}' });
      const agent = await desk.readyAgent('rung');
      await agent.phone.hangUp();
      await agent.phone.until('idle');
      expect((await desk.view(agent)).state).toBe('ready');
      await desk.act('rung', 'start');

      await agent.phone.until('established', 15_000);

      await desk.isIn(agent, 'wrap-up');
      await agent.phone.press('1');
      await agent.phone.until('idle');
      await desk.isIn(agent, 'ready');
      expect(await desk.attempts('rung')).toMatchObject([{ result: 'connected', disposition: 'sale' }]);
    },
    LIMIT_MS,
  );
});

/** A disposition is written beside the call. */
const isInBooks = (campaign: string, disposition: string): Promise<true> =>
  until(
    'the disposition is in the books',
    async () => (await desk.attempts(campaign))[0]?.disposition === disposition || undefined,
    30_000,
  );

describe.concurrent('records and offers by the keys of the phone', () => {
  test(
    '[A-01] [A-10] the number at home of a record that is looked at, by its key',
    async () => {
      const home = personAnswers({ afterS: 1, talksS: 2 }, 40);
      await desk.ready('homes', [`${noAnswer(40)},${home}`], { mode: 'preview' });
      await desk.act('homes', 'start');
      const agent = await desk.readyAgent('homes');
      await agent.phone.press('2');
      await desk.isIn(agent, 'engaged');
      await agent.phone.press('4');
      await agent.phone.press('2');

      await desk.isIn(agent, 'talking');
      await desk.isIn(agent, 'wrap-up');
      await agent.phone.press('1');
      expect(await desk.ended('homes', 1)).toMatchObject([{ number: home, result: 'connected' }]);
      await isInBooks('homes', 'sale');
    },
    LIMIT_MS,
  );

  test(
    '[A-01] [C-06] engaged: no one is dialed before the key, then whoever picks up is there',
    async () => {
      await desk.ready('kept', people(1, 41, 2), { mode: 'progressive', desk: '{engaged: yes}' });
      const agent = await desk.readyAgent('kept');
      await desk.act('kept', 'start');
      await desk.isIn(agent, 'engaged');
      expect(await desk.attempts('kept')).toEqual([]);
      await agent.phone.press('1');

      await desk.isIn(agent, 'wrap-up');
      await agent.phone.press('2');
      expect(await desk.ended('kept', 1)).toMatchObject([{ result: 'connected', agent: agent.number }]);
      await isInBooks('kept', 'no');
    },
    LIMIT_MS,
  );

  test(
    '[S-04] moved in a conversation: it goes on to its end, then the phone rings in the other campaign and takes its calls',
    async () => {
      const talksS = 5;
      await desk.ready('before', people(1, 42, talksS), { mode: 'progressive', wrap_up: '{limit: 2s, over: ready}' });
      await desk.ready('after', people(1, 43, 2), { mode: 'progressive', agents: '[before]' });
      const agent = await desk.readyAgent('before');
      await desk.act('before', 'start');
      await desk.isIn(agent, 'talking');
      await desk.centre.client.post(agentView, `/agents/${agent.number}/move`, { campaign: 'after' });
      expect(await desk.view(agent)).toMatchObject({ state: 'talking', campaign: 'before', movesTo: 'after' });

      const [first] = await desk.ended('before', 1);
      expect(first).toMatchObject({ result: 'connected', endedBy: 'person' });
      expect((first?.endedAt ?? 0) - (first?.bridgedAt ?? 0)).toBeGreaterThan((talksS - 1) * 1_000);
      await desk.act('after', 'start');
      expect(await desk.ended('after', 1)).toMatchObject([{ result: 'connected', agent: agent.number }]);
    },
    LIMIT_MS,
  );
});
