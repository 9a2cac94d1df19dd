// What the engine relies on of every telephone exchange, in telephony words: runs on the simulator and on real Asterisk.

import { describe } from 'vitest';
import type { TelephonyHarness } from './telephony-harness.ts';

/** Describes the whole contract of the `Telephony` port for one exchange. */
export function telephonyContract(name: string, makeHarness: () => Promise<TelephonyHarness>): void {
  describe.skip(name, () => {
    void makeHarness;
  });
}
