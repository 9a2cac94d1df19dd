// The script of a conversation in a simulated call centre: answered by whoever has the call, kept as it is typed, decided
// on by call-again rules, and gone on with after a crash.

import { afterEach, expect, test } from 'vitest';
import { OperationalError } from '../../../src/base/errors.ts';
import type { Campaign } from '../../../src/campaign/definition.ts';
import type { ScriptActed } from '../../../src/engine/calls/script-request.ts';
import type { ScriptAct } from '../../../src/script/acts.ts';
import type { SimulatedPhone } from '../../../src/sim/phone.ts';
import { aScript } from '../../script/builders.ts';
import { Rig, type RigOptions } from '../../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const CAMPAIGN: Partial<Campaign> = {
  mode: 'progressive',
  script: aScript(),
  attempts: { max: 3, perDay: 3 },
  wrapUp: { limitMs: 60_000, dispositionRequired: true, over: 'paused' },
  dispositions: [{ code: 'done', label: 'Done', key: '1' }],
  callAgain: [
    {
      when: 'answers.right == "yes" && answers.cars > 1',
      then: { do: 'call-again', afterMs: 3_600_000, phone: 'same' },
    },
  ],
};

/** One agent, who talks with the campaign's one person. */
async function talking(options: RigOptions = {}): Promise<{ on: Rig; phone: SimulatedPhone; attempt: string }> {
  const on = await Rig.start({
    agents: 1,
    records: 1,
    ...options,
    plan: () => ({ setUpMs: 200, before: 'ringing', afterMs: 1000, outcome: { type: 'person', talksMs: 20_000 } }),
    campaign: { ...CAMPAIGN, ...options.campaign },
  });
  rig = on;
  const phone = on.exchange.phone('a100', { answers: 'at-once' });
  if (!phone) throw new Error('the phone cannot register');
  phone.dial('*55');
  await on.clock.runFor(1000);
  phone.press('100#4711#');
  await on.clock.runFor(6000);
  phone.press('1');
  await on.clock.runFor(1000);
  await on.startCampaign();
  await until(on, 'talking');
  const [row] = await on.store.attempts.list({});
  return { on, phone, attempt: row?.attempt ?? '' };
}

async function until(on: Rig, state: string): Promise<void> {
  const isSo = (): boolean => (on.engine.campaigns()[0]?.agents[state as 'talking'] ?? 0) === 1;
  expect(await on.clock.runUntilTrue(isSo, 120_000)).toBe(true);
}

interface Acted {
  readonly expects?: number;
  readonly agent?: string;
}

function act(
  on: Rig,
  attempt: string,
  wanted: ScriptAct,
  { expects, agent = '100' }: Acted = {},
): Promise<ScriptActed> {
  const version = expects ?? on.engine.script(agent).version;
  return on.clock.settle(on.engine.actOnScript({ agent, attempt, expects: version, act: wanted }));
}

const answer = (answers: Record<string, unknown>): ScriptAct => ({ do: 'answer', answers, forward: true });

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'done';
  } catch (fault) {
    return fault instanceof OperationalError ? fault.code : String(fault);
  }
}

test('[A-14] the agent who talks reads and answers; each act is kept before it is answered', async () => {
  const { on, attempt } = await talking();
  expect(on.engine.script('100')).toMatchObject({
    attempt,
    version: 0,
    isCurrent: true,
    script: 'renewals',
    section: { section: 'greeting' },
  });
  const acted = await act(on, attempt, answer({ right: 'yes' }));
  expect(acted).toMatchObject({ view: { section: { section: 'offer' }, version: 2 } });
  const [kept] = await on.store.scripts.runs([attempt]);
  expect(kept?.run).toMatchObject({ version: 2, answers: { right: 'yes' }, way: ['greeting', 'offer'] });
  const stuck = await act(on, attempt, answer({ remarks: 'has a dog' }));
  expect(stuck).toMatchObject({ refused: { code: 'script-unanswered' }, view: { missing: [{ question: 'cars' }] } });
  expect((await on.store.scripts.find({ attempt, question: 'remarks' }))[0]?.answer).toBe('has a dog');
});

test('[A-14] completed in the wrap-up: the call-again rules see the answers', async () => {
  const { on, phone, attempt } = await talking();
  await act(on, attempt, answer({ right: 'yes' }));
  await until(on, 'wrap-up');
  await act(on, attempt, answer({ cars: 2 }));
  phone.press('1');
  await on.clock.runFor(2000);
  const [record] = await on.store.records.find({ campaign: on.campaign.name, text: '', limit: 1, after: 0 });
  expect(record).toMatchObject({ state: 'waiting' });
  expect(codeOf(() => on.engine.script('100', attempt))).toBe('script-no-call');
});

test('[A-14] other answers: no rule holds, and the record is finished', async () => {
  const { on, phone, attempt } = await talking();
  await act(on, attempt, answer({ right: 'yes' }));
  await act(on, attempt, answer({ cars: 1 }));
  await until(on, 'wrap-up');
  phone.press('1');
  await on.clock.runFor(2000);
  const [record] = await on.store.records.find({ campaign: on.campaign.name, text: '', limit: 1, after: 0 });
  expect(record).toMatchObject({ state: 'finished' });
});

test('[A-14] two windows of one agent: the later is refused and shown what the other did; a double click too', async () => {
  const { on, attempt } = await talking();
  const both = await Promise.all([
    act(on, attempt, answer({ right: 'yes' }), { expects: 0 }),
    act(on, attempt, answer({ right: 'no' }), { expects: 0 }),
  ]);
  expect(both[0].refused).toBeUndefined();
  expect(both[1]).toMatchObject({
    refused: { code: 'script-changed' },
    view: { section: { section: 'offer' }, steps: [{ answers: [{ answer: 'yes' }] }] },
  });
});

test('[A-14] a call that is not in the agent’s hands: refused', async () => {
  const { on, attempt } = await talking({ agents: 2 });
  expect(codeOf(() => on.engine.script('101'))).toBe('script-no-call');
  expect(codeOf(() => on.engine.script('100', 'another'))).toBe('script-not-in-hand');
  const other = on.engine.actOnScript({ agent: '101', attempt, expects: 0, act: answer({ right: 'no' }) });
  await expect(on.clock.settle(other.catch((fault: unknown) => fault))).resolves.toMatchObject({
    code: 'script-no-call',
  });
  expect(await on.store.scripts.runs([attempt])).toEqual([]);
});

test('[A-14] the file changes while the script is open: the answers keep the version that they began with', async () => {
  const { on, attempt } = await talking();
  await act(on, attempt, answer({ right: 'yes' }));
  await on.changeCampaign({
    script: aScript({ version: 'v2', sections: aScript().sections.slice(2), start: 'goodbye' }),
  });
  const acted = await act(on, attempt, answer({ cars: 3 }));
  expect(acted).toMatchObject({ view: { isCurrent: false, scriptVersion: 'v1', section: { section: 'goodbye' } } });
  expect((await on.store.scripts.find({ attempt }))[0]).toMatchObject({ scriptVersion: 'v1' });
});

test('[A-14] [X-08] killed in the conversation: the script goes on where it was, and still decides', async () => {
  const { on, phone, attempt } = await talking();
  await act(on, attempt, answer({ right: 'yes' }));
  on.killEngine();
  await on.startEngine();
  expect(on.engine.script('100')).toMatchObject({ attempt, version: 2, section: { section: 'offer' } });
  await act(on, attempt, answer({ cars: 2 }));
  await until(on, 'wrap-up');
  on.killEngine();
  await on.startEngine();
  phone.press('1');
  await on.clock.runFor(2000);
  const [record] = await on.store.records.find({ campaign: on.campaign.name, text: '', limit: 1, after: 0 });
  expect(record).toMatchObject({ state: 'waiting' });
});

test('[A-14] a disposition that is corrected afterwards: the answers decide again', async () => {
  const { on, phone, attempt } = await talking({
    campaign: {
      dispositions: [
        { code: 'done', label: 'Done', key: '1' },
        { code: 'wrong', label: 'Wrong', key: '2', then: { do: 'close' } },
      ],
    },
  });
  await act(on, attempt, answer({ right: 'yes' }));
  await act(on, attempt, answer({ cars: 2 }));
  await until(on, 'wrap-up');
  phone.press('2');
  await on.clock.runFor(2000);
  await on.clock.settle(on.engine.dispose({ attempt, disposition: 'done' }));
  const [record] = await on.store.records.find({ campaign: on.campaign.name, text: '', limit: 1, after: 0 });
  expect(record).toMatchObject({ state: 'waiting' });
});

test('[A-14] a campaign without a script', async () => {
  const { script: _script, ...plain } = CAMPAIGN;
  const { on } = await talking({ campaign: { ...plain, callAgain: [] } });
  await on.changeCampaign({ callAgain: [] });
  on.campaign = { ...on.campaign };
  Reflect.deleteProperty(on.campaign, 'script');
  await on.clock.settle(on.engine.takeCampaigns());
  expect(codeOf(() => on.engine.script('100'))).toBe('script-none');
});

test('[A-14] [L-04] a campaign that calls by answers has its record a minute after the answer', async () => {
  const { on, attempt } = await talking({
    others: [{ name: 'z-follow-up', agents: ['others'], filter: 'answers.right == "yes"' }],
  });
  const records = async (): Promise<number> =>
    (await on.store.records.find({ campaign: 'z-follow-up', text: '', limit: 9, after: 0 })).length;
  expect(await records()).toBe(0);
  await act(on, attempt, answer({ right: 'yes' }));
  await on.clock.runFor(61_000);
  expect(await records()).toBe(1);
});
