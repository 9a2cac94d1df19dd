// Records that agents look at with a phone alone, in a simulated call centre: read out by name and number, dialed, left for
// later or for ever by a key; and the person's name at the connection.

import { afterEach, expect, test } from 'vitest';
import type { Campaign } from '../../../src/campaign/definition.ts';
import type { SpokenNames } from '../../../src/engine/ports.ts';
import type { SimulatedPhone } from '../../../src/sim/phone.ts';
import { Rig, type RigOptions } from '../../support/rig.ts';
import { answers, busy } from '../../support/call-plans.ts';
import { USUAL_DESK } from '../../../src/engine/agents/desk-plan.ts';

let rig: Rig | undefined;
afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

/** Every name has a sound while it is lent. */
class Voice implements SpokenNames {
  readonly lent: string[] = [];
  soundOf = (text: string): string | undefined => (this.lent.includes(text) ? `names/${text}` : undefined);
  prepare = (): void => undefined;
  lend = (text: string): void => void this.lent.push(text);
  giveBack = (text: string): void => void this.lent.splice(this.lent.indexOf(text), 1);
}

interface AtPhone {
  readonly on: Rig;
  readonly phone: SimulatedPhone;
  readonly voice: Voice;
  /** What was heard since it was last asked for. */
  readonly heard: () => string[];
  readonly isIn: (state: string) => Promise<void>;
  readonly record: () => number;
}

async function signedIn(campaign: Partial<Campaign>, options: Partial<RigOptions> = {}): Promise<AtPhone> {
  const voice = new Voice();
  const on = await Rig.start({
    agents: 1,
    records: 3,
    plan: answers,
    spokenNames: voice,
    campaign: { desk: USUAL_DESK, attempts: { max: 5, perDay: 5 }, ...campaign },
    ...options,
  });
  rig = on;
  const phone = on.exchange.phone('a100', { answers: 'at-once' });
  if (!phone) throw new Error('the phone cannot register');
  let sounds: string[] = [];
  phone.watch((notice) => {
    if (notice.type === 'heard') sounds.push(notice.sound);
  });
  phone.register();
  await on.startCampaign();
  phone.dial('*55');
  await on.clock.runFor(1_000);
  phone.press('100#4711#');
  await on.clock.runFor(5_000);
  const view = () => on.engine.desks.view('100');
  const isIn = async (state: string): Promise<void> => {
    const isThere = (): boolean => (view().open?.state ?? 'none') === state;
    if (!(await on.clock.runUntilTrue(isThere, 60_000))) throw new Error(`not ${state}: ${JSON.stringify(view())}`);
  };
  const heard = (): string[] => {
    const before = sounds;
    sounds = [];
    return before;
  };
  return { on, phone, voice, heard, isIn, record: () => view().open?.record?.record ?? 0 };
}

const digitsOf = (number: string): string[] => Array.from(number.replace('+', ''), (digit) => `digits/${digit}`);

test('[A-01] [C-05] preview by phone: name and number are read out, a key dials, the disposition ends it and the next comes', async () => {
  const { on, phone, heard, isIn, record } = await signedIn({ mode: 'preview' });
  heard();
  phone.press('2');
  await isIn('preview');
  const first = record();
  await on.clock.runFor(10_000);
  const [name] = heard().filter((sound) => sound.startsWith('names/'));
  expect(name).toMatch(/^names\/Person \d$/);
  phone.press('*');
  await on.clock.runFor(10_000);
  const { contact } = (await on.store.records.show(first)) ?? {};
  expect(heard()).toEqual([name, ...digitsOf(contact?.phones[0]?.number ?? ''), 'outdial/keys-record']);

  phone.press('1');
  await isIn('talking');
  await isIn('wrap-up');
  await on.clock.runFor(2_000);
  phone.press('1');

  await isIn('preview');
  expect(record()).not.toBe(first);
  expect(await on.store.records.show(first)).toMatchObject({ state: 'finished', lastDisposition: 'sale' });
  expect(await on.store.desks.interactions({ record: first })).toMatchObject([
    { outcome: 'called', calls: [{ by: 'click', result: 'connected' }] },
  ]);
});

test('[A-01] [A-08] declined by keys for later and for ever; a pause after the record, and none is fetched', async () => {
  const { on, phone, isIn, record, heard } = await signedIn({ mode: 'preview' });
  phone.press('2');
  await isIn('preview');
  const later = record();
  phone.press('2');
  await on.clock.runUntilTrue(() => record() !== later && record() !== 0, 10_000);
  const never = record();
  phone.press('*0');
  await on.clock.runFor(1_000);
  phone.press('3');
  await isIn('none');
  await on.clock.runFor(5_000);
  const states = [await on.store.records.show(later), await on.store.records.show(never)].map((one) => one?.state);
  expect(states).toEqual(['waiting', 'finished']);
  expect(on.engine.desks.view('100')).toMatchObject({ state: 'paused', reason: 'pause' });
  heard();
  phone.press('*');
  await on.clock.runFor(5_000);
  expect(heard()).toEqual(['outdial/keys-ready', 'outdial/keys-get-record']);
});

test('[A-01] busy: read out again, and taken back while it rings; a wrong key says the keys', async () => {
  const { on, phone, heard, isIn } = await signedIn({ mode: 'manual' }, { plan: busy });
  phone.press('2');
  await isIn('preview');
  phone.press('1');
  await on.clock.runUntilTrue(() => (on.engine.desks.view('100').open?.tried.length ?? 0) === 1, 10_000);
  await isIn('preview');
  heard();
  await on.clock.runFor(12_000);
  expect(heard()).toContain('outdial/third-gone');
  phone.press('2');
  await on.clock.runFor(3_000);
  expect(heard()).toEqual(['outdial/not-a-choice', 'outdial/keys-record']);
  expect(on.engine.desks.view('100').open?.state).toBe('preview');
});

test('[A-01] [O-09] killed with a record in hand at a phone: in hand again, and the keys still work', async () => {
  const { on, phone, isIn, record } = await signedIn({ mode: 'preview' });
  phone.press('2');
  await isIn('preview');
  const before = record();
  on.killEngine();
  await on.clock.runFor(2_000);
  await on.startEngine();
  await on.clock.runFor(400_000);
  expect(record()).toBe(before);
  phone.press('1');
  await isIn('talking');
});

test('[A-01] a workspace is opened with a record in hand: it has the record, and the keys are those of a call', async () => {
  const { on, phone, isIn, record } = await signedIn({ mode: 'preview' });
  phone.press('2');
  await isIn('preview');
  const before = record();
  expect(on.engine.desks.view('100').session?.hasDesk).toBe(false);
  await on.clock.settle(on.engine.desks.open({ agent: '100', campaign: on.campaign.name }));
  phone.press('3');
  await on.clock.runFor(3_000);
  expect(on.engine.desks.view('100')).toMatchObject({ session: { hasDesk: true }, open: { state: 'preview' } });
  expect(record()).toBe(before);
  on.killEngine();
  await on.startEngine();
  await on.clock.runFor(3_000);
  expect(on.engine.desks.view('100')).toMatchObject({ session: { hasDesk: true }, open: { state: 'preview' } });
});

test('[A-01] [A-17] a callback by keys in preview: the record waits for it', async () => {
  const later = { code: 'later', label: 'Call later', key: '2', ask: 'callback' } as const;
  const { on, phone, isIn, record } = await signedIn({ mode: 'preview', dispositions: [later] });
  phone.press('2');
  await isIn('preview');
  const called = record();
  phone.press('1');
  await isIn('wrap-up');
  await on.clock.runFor(2_000);
  phone.press('21#');
  await on.clock.runUntilTrue(() => record() !== called, 10_000);
  await on.clock.runFor(2_000);
  const listed = await on.store.callbacks.list({ record: called, state: 'all', limit: 5, now: on.clock.now() });
  expect(listed).toMatchObject([{ state: 'pending', agent: '100' }]);
  expect(await on.store.desks.interactions({ record: called })).toMatchObject([{ outcome: 'postponed' }]);
});

test('[A-01] push-preview by phone: offered while ready, taken by a key', async () => {
  const { phone, isIn, on, heard } = await signedIn({ mode: 'push-preview' });
  await on.clock.runFor(10_000);
  expect(on.engine.desks.view('100').open).toBeUndefined();
  phone.press('1');
  await isIn('offered');
  await on.clock.runFor(15_000);
  expect(heard()).toContain('outdial/keys-offer');
  phone.press('1');
  await isIn('preview');
});

test('[A-01] the person’s name at the connection, for the agent alone; it goes with the call', async () => {
  const agentPhone = { mode: 'nailed-up', waiting: 'silence', ringMs: 20_000, whisper: true } as const;
  const { on, phone, voice, heard } = await signedIn({ mode: 'progressive', agentPhone }, { records: 1 });
  heard();
  phone.press('1');
  await on.clock.runUntilTrue(() => on.engine.desks.view('100').state === 'talking', 20_000);
  await on.clock.runFor(2_000);
  expect(heard().filter((sound) => sound.startsWith('names/'))).toEqual(['names/Person 0']);
  expect(voice.lent).toEqual(['Person 0']);
  await on.clock.runFor(60_000);
  expect(voice.lent).toEqual([]);
});

test('[A-01] [C-06] engaged by phone: a blank offer is taken by a key, whoever picks up comes, and left it is not ready', async () => {
  const { on, phone, isIn, heard } = await signedIn({ mode: 'predictive', desk: { ...USUAL_DESK, engaged: true } });
  await on.clock.runFor(10_000);
  expect(await on.store.attempts.list({})).toEqual([]);
  heard();
  phone.press('1');
  await isIn('offered');
  await on.clock.runFor(8_000);
  expect(heard()).toContain('outdial/keys-engaged');
  expect(await on.store.attempts.list({})).toEqual([]);
  phone.press('1');
  await isIn('talking');
  await isIn('wrap-up');
  await on.clock.runFor(2_000);
  phone.press('1');
  await isIn('offered');
  phone.press('2');
  await on.clock.runUntilTrue(() => on.engine.desks.view('100').state === 'paused', 5_000);
  expect(on.engine.desks.view('100').open).toBeUndefined();
  expect(await on.store.attempts.list({})).toMatchObject([{ disposition: 'sale', agent: '100' }]);
});

test('[A-01] [C-06] engaged by phone: who waits for a person and takes it back is free again', async () => {
  const { on, phone, isIn } = await signedIn(
    { mode: 'predictive', desk: { ...USUAL_DESK, engaged: true } },
    { plan: () => ({ setUpMs: 200, before: 'ringing', afterMs: 60_000, outcome: { type: 'no-answer' } }) },
  );
  phone.press('1');
  await isIn('offered');
  phone.press('1');
  await isIn('dialing');
  await on.clock.runFor(1_000);
  phone.press('**');
  await on.clock.runUntilTrue(() => on.engine.desks.view('100').open?.state !== 'dialing', 5_000);
  expect(on.engine.desks.view('100').open?.state ?? 'none').not.toBe('dialing');
});

test('[A-01] [A-05] accept and before-call work by phone: let pass, not ready; taken, dialed at once by a key', async () => {
  const desk = { ...USUAL_DESK, accept: true, beforeCallMs: 60_000 };
  const { on, phone, isIn, heard, record } = await signedIn({ mode: 'progressive', desk });
  phone.press('1');
  await isIn('offered');
  const first = record();
  await on.clock.runUntilTrue(() => on.engine.desks.view('100').state === 'paused', 60_000);
  expect(on.engine.desks.view('100')).toMatchObject({ session: { channels: { voice: 'not-ready' } } });
  heard();
  phone.press('1');
  await isIn('offered');
  expect(record()).toBe(first);
  await on.clock.runFor(10_000);
  expect(heard()).toContain('outdial/keys-offer');
  phone.press('1');
  await isIn('before-call');
  expect(await on.store.attempts.list({})).toEqual([]);
  phone.press('1');
  await isIn('talking');
  expect(await on.store.desks.interactions({ record: first, limit: 1 })).toMatchObject([{ calls: [{ by: 'click' }] }]);
});

test('[A-01] [A-10] another number of the record by key: the kinds are read out, a digit dials it, and the law is asked as ever', async () => {
  const { on, phone, isIn, heard, record } = await signedIn({ mode: 'preview' }, { homePhones: true });
  phone.press('2');
  await isIn('preview');
  const first = record();
  const phones = (await on.store.records.show(first))?.contact.phones ?? [];
  expect(phones).toHaveLength(2);
  await on.clock.runFor(15_000);
  expect(heard()).toContain('outdial/keys-phones');
  phone.press('4');
  await on.clock.runFor(20_000);
  const asked = [
    'outdial/phone-mobile',
    'outdial/press',
    'digits/1',
    'outdial/phone-home',
    'outdial/press',
    'digits/2',
  ];
  expect(heard()).toEqual(['outdial/choose-phone', ...asked]);
  phone.press('7');
  await on.clock.runFor(20_000);
  expect(heard()).toEqual(['outdial/not-a-choice', ...asked]);
  const blocked = phones[1]?.number ?? '';
  await on.clock.settle(
    on.store.doNotCall.add([blocked], { list: 'global', by: 'test', at: on.clock.now(), reason: 'asked' }),
  );
  phone.press('2');
  await on.clock.runUntilTrue(() => (on.engine.desks.view('100').open?.tried.length ?? 0) > 0, 10_000);
  expect((await on.store.attempts.list({})).map(({ number }) => number)).not.toContain(blocked);
});
