// The telephony contract's harness on the simulator: time passes as fast as it can be counted.

import { VirtualClock } from '../../src/sim/clock.ts';
import type { ExchangeOptions } from '../../src/sim/exchange.ts';
import { SimulatedExchange } from '../../src/sim/exchange.ts';
import { testAccount } from '../contract/telephony-harness.ts';
import type { NetworkRefusal, NumberBehaviour, TelephonyHarness, TestPhone } from '../contract/telephony-harness.ts';

const CODES: Readonly<Record<NetworkRefusal, string>> = {
  busy: '1',
  declined: '2',
  rejected: '3',
  unknown: '4',
  congestion: '5',
  changed: '6',
  failure: '7',
};

function numberFor(behaviour: NumberBehaviour): string {
  const seconds = 'afterS' in behaviour ? String(behaviour.afterS).padStart(2, '0') : '00';
  switch (behaviour.does) {
    case 'person':
      return `+12122${seconds}${String(behaviour.talksS ?? 99).padStart(2, '0')}00`;
    case 'machine':
      return `+13052${seconds}${behaviour.greeting === 'long' ? '0' : '1'}000`;
    case 'fax':
      return `+14152${seconds}0000`;
    case 'hang-up-at-once':
      return `+14152${seconds}1000`;
    case 'silent':
      return `+14152${seconds}2000`;
    case 'press-nine':
      return `+14152${seconds}4000`;
    case 'ring-for-ever':
      return '+13122000000';
    case 'announce-for-ever':
      return '+17862002000';
    default:
      return `+13122${seconds}${CODES[behaviour.does]}000`;
  }
}

/** A harness on a fresh simulated exchange. */
export function simulatedHarness(options: Omit<ExchangeOptions, 'clock'> = {}): TelephonyHarness {
  const clock = new VirtualClock();
  const exchange = new SimulatedExchange({ ...options, clock });
  let names = 0;
  const newName = (prefix: string): string => {
    names += 1;
    return `${prefix}${names}`;
  };
  const doing = (act: () => void): Promise<void> => clock.settle(Promise.resolve().then(act));
  return {
    telephony: exchange,
    trunk: 'main',
    callerId: '+12125550100',
    signInCode: '*55',
    sounds: { short: 'outdial/welcome', long: 'outdial/abandon' },
    slackMs: 100,
    number: numberFor,
    newAccount: () => testAccount(newName('a'), 'secret', 'Agent'),
    newId: () => newName('id'),
    now: () => clock.now(),
    settle: (promise) => clock.settle(promise),
    until: (condition, withinMs) => clock.runUntilTrue(condition, withinMs),
    phone: (account, { answers }) => {
      const phone = exchange.phone(account.name, { answers, password: account.password });
      if (!phone) return Promise.reject(new Error(`${account.name} cannot register`));
      const test: TestPhone = {
        dial: (code) => doing(() => phone.dial(code)),
        press: (keys) => doing(() => phone.press(keys)),
        hangUp: () => doing(() => phone.hangUp()),
        leave: () => doing(() => phone.leave()),
        vanish: () => doing(() => phone.lost()),
      };
      return Promise.resolve(test);
    },
    recorded: (recording) => exchange.recordings.look(recording),
    cutLink: () => doing(() => exchange.dropLink()),
    mendLink: () => doing(() => exchange.restoreLink()),
    restartExchange: () => doing(() => exchange.restart()),
    stop: () => Promise.resolve(),
  };
}
