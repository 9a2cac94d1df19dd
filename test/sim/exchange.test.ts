// The simulated exchange keeps the contract that real Asterisk keeps, also with its events doubled and late.

import { telephonyContract } from '../contract/telephony.ts';
import { simulatedHarness } from '../support/simulated-harness.ts';

telephonyContract('simulated exchange', () => Promise.resolve(simulatedHarness()));

telephonyContract('simulated exchange, half of its events doubled and late', () =>
  Promise.resolve(simulatedHarness({ seed: 7, trouble: { doubled: 0.5, late: 0.5, lateMs: 80 } })),
);
