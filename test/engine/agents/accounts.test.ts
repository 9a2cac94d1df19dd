// SIP accounts of agents in Asterisk: who is added or changed has one at once, and those of all others stay as they are.

import { afterEach, expect, test, vi } from 'vitest';
import { sipDigest } from '../../../src/base/sip-digest.ts';
import { Rig } from '../../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

/** Three agents; `made` are the accounts that Asterisk is asked to make from now on, and makes. */
async function threeAgents() {
  rig = await Rig.start({ agents: 3, records: 0 });
  const on = rig;
  const made: string[] = [];
  const provision = on.exchange.provision.bind(on.exchange);
  const spy = vi.spyOn(on.exchange, 'provision').mockImplementation((account) => {
    made.push(account.name);
    return provision(account);
  });
  /** The next account is made when the function that this gives is called. */
  const holdOne = (): (() => void) => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    spy.mockImplementationOnce(() => held);
    return () => letGo();
  };
  return { on, made, holdOne, refuseOnce: () => spy.mockRejectedValueOnce(new Error('no such option')) };
}

const changed = (on: Rig) => on.clock.settle(on.engine.agentsChanged());
const ADDED = {
  name: 'Ada',
  groups: [],
  account: 'a200',
  sipDigest: sipDigest('a200', 'asterisk', 'secret-1'),
  pinHash: 'none',
};

test('[O-03] an agent is added: that account is made, no one else’s is touched', async () => {
  const { on, made } = await threeAgents();

  await on.store.agents.save({ number: '200', ...ADDED });
  await changed(on);

  expect(made).toEqual(['a200']);
});

test('[O-03] an agent has another name, password or realm: that account is renewed', async () => {
  const { on, made } = await threeAgents();

  await on.store.agents.save({ number: '100', name: 'Ada' });
  await changed(on);
  await on.store.agents.save({ number: '101', sipDigest: sipDigest('a101', 'asterisk', 'secret-2') });
  await changed(on);
  await on.store.agents.save({ number: '101', sipDigest: sipDigest('a101', 'another.realm', 'secret-2') });
  await changed(on);

  expect(made).toEqual(['a100', 'a101', 'a101']);
});

test('[O-03] an agent is removed and added again as before: the account is made again', async () => {
  const { on, made } = await threeAgents();
  await on.store.agents.save({ number: '200', ...ADDED });
  await changed(on);

  await on.store.agents.remove('200');
  await changed(on);
  await on.store.agents.save({ number: '200', ...ADDED });
  await changed(on);

  expect(made).toEqual(['a200', 'a200']);
});

test('[O-03] Asterisk refused an account: it is tried again with the next change', async () => {
  const { on, made, refuseOnce } = await threeAgents();
  refuseOnce();
  await on.store.agents.save({ number: '200', ...ADDED });
  await changed(on);

  await on.store.agents.save({ number: '100', groups: [] });
  await changed(on);

  expect(made).toEqual(['a200']);
});

test('[O-03] [O-09] Asterisk was restarted: every account is made again', async () => {
  const { on, made } = await threeAgents();

  on.exchange.restart();
  await on.clock.runFor(10_000);

  expect(made.toSorted()).toEqual(['a100', 'a101', 'a102']);
});

test('[O-03] [O-09] Asterisk was restarted and is slow with one account: the others are made meanwhile', async () => {
  const { on, made, holdOne } = await threeAgents();
  const letGo = holdOne();

  on.exchange.restart();
  await on.clock.runFor(10_000);
  expect(made.toSorted()).toEqual(['a101', 'a102']);

  letGo();
  await on.clock.runFor(1_000);
  expect(on.engine.health().ready).toBe(true);
});
