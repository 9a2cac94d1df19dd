// Somebody guesses PINs on a phone: the phone is locked, the agent is not, and whoever supervises can see it.

import { afterEach, expect, test } from 'vitest';
import type { SimulatedPhone } from '../../src/sim/phone.ts';
import { Rig } from '../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

/** A phone of the rig, registered, with what its user has heard. */
function phoneOf(day: Rig, account: string): { phone: SimulatedPhone; heard: string[] } {
  const phone = day.exchange.phone(account, { answers: 'at-once' });
  if (!phone) throw new Error(`${account} has no account`);
  const heard: string[] = [];
  phone.watch((notice) => {
    if (notice.type === 'heard') heard.push(notice.sound);
  });
  phone.register();
  return { phone, heard };
}

async function signIn(day: Rig, phone: SimulatedPhone, number: string, pin: string): Promise<void> {
  phone.dial('*55');
  await day.clock.runFor(4000);
  phone.press(`${number}#`);
  await day.clock.runFor(4000);
  phone.press(`${pin}#`);
  await day.clock.runFor(8000);
  phone.hangUp();
  await day.clock.runFor(2000);
}

test('[A-01] a phone guesses the PIN of another agent: the phone is locked, the agent signs in, the audit log has it', async () => {
  const day = await Rig.start({ agents: 2, records: 1 });
  rig = day;
  const [victim, guesser] = (await day.engine.agents()).map(({ number }) => number);
  const own = phoneOf(day, `a${victim}`);
  const other = phoneOf(day, `a${guesser}`);
  for (const pin of ['0001', '0002', '0003']) await signIn(day, other.phone, victim ?? '', pin);
  other.heard.length = 0;
  await signIn(day, other.phone, guesser ?? '', '4711');
  expect(other.heard).toContain('outdial/locked-out');
  expect(other.heard).not.toContain('outdial/signed-in');

  await signIn(day, own.phone, victim ?? '', '4711');
  expect(own.heard).toContain('outdial/signed-in');
  const [entry] = await day.clock.settle(day.store.audit.list({ what: 'sign-in.locked', limit: 10 }));
  expect(entry).toMatchObject({ subject: `phone a${guesser}`, to: { agent: victim, own_phone: false } });
});

test('[A-01] numbers that no agent has are locked as others are, so that locks show nothing of who exists', async () => {
  const day = await Rig.start({ agents: 1, records: 1 });
  rig = day;
  const [number] = (await day.engine.agents()).map((agent) => agent.number);
  const { phone, heard } = phoneOf(day, `a${number}`);
  for (const pin of ['0001', '0002', '0003', '0004']) await signIn(day, phone, '999', pin);
  expect(heard).toContain('outdial/locked-out');
});

test('[A-01] the daemon is killed and started again between tries: no more tries for it, the lock and its length stay', async () => {
  const day = await Rig.start({ agents: 2, records: 1 });
  rig = day;
  const [victim = '', guesser = ''] = (await day.engine.agents()).map(({ number }) => number);
  for (const pin of ['0001', '0002', '0003']) {
    await signIn(day, phoneOf(day, `a${guesser}`).phone, victim, pin);
    day.killEngine();
    await day.startEngine();
  }
  const [lock] = day.engine.locks();
  expect(lock).toMatchObject({ what: 'phone', name: `a${guesser}` });
  const { phone, heard } = phoneOf(day, `a${guesser}`);
  await signIn(day, phone, victim, '4711');
  expect(heard).toContain('outdial/locked-out');

  // The first lock is over, and another start: three more wrong ones lock for twice as long.
  await day.clock.runFor(601_000);
  expect(day.engine.locks()).toEqual([]);
  day.killEngine();
  await day.startEngine();
  for (const pin of ['0004', '0005', '0006']) await signIn(day, phoneOf(day, `a${guesser}`).phone, victim, pin);
  expect((day.engine.locks()[0]?.until ?? 0) - day.clock.now()).toBeGreaterThan(1_100_000);
});

test('[A-01] wrong PINs before a right one, and a new PIN from an admin: a start does not count them again', async () => {
  const day = await Rig.start({ agents: 2, records: 1 });
  rig = day;
  const [number = ''] = (await day.engine.agents()).map((agent) => agent.number);
  for (const pin of ['0001', '0002', '4711', '0003', '0004'])
    await signIn(day, phoneOf(day, `a${number}`).phone, number, pin);
  day.killEngine();
  await day.startEngine();
  expect(day.engine.locks()).toEqual([]);
  const { phone, heard } = phoneOf(day, `a${number}`);
  await signIn(day, phone, number, '0005');
  expect(heard).toContain('outdial/locked-out');
  const entry = { at: day.clock.now(), who: 'api', what: 'agent.set-pin', subject: number, from: null, to: null };
  await day.clock.settle(day.store.audit.append(entry));
  day.killEngine();
  await day.startEngine();
  expect(day.engine.locks()).toEqual([]);
});
