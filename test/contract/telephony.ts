// What the engine relies on of every telephone exchange, in telephony words: runs on the simulator and on real Asterisk.
// One harness serves the whole suite; each test uses legs of its own.

import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { describeAgentsPhones } from './telephony-agents.ts';
import { describeBridges } from './telephony-bridges.ts';
import { describeCalls } from './telephony-calls.ts';
import { describeDetection } from './telephony-detection.ts';
import type { TelephonyHarness } from './telephony-harness.ts';
import { Line } from './telephony-line.ts';
import { describeLink } from './telephony-link.ts';
import { describeMessages } from './telephony-messages.ts';
import { describeRecordings } from './telephony-recordings.ts';

/** Describes the whole contract of the `Telephony` port for one exchange. */
export function telephonyContract(name: string, makeHarness: () => Promise<TelephonyHarness>): void {
  describe(name, () => {
    let line: Line | undefined;
    const current = (): Line => {
      if (!line) throw new Error('the harness did not start');
      return line;
    };
    beforeAll(async () => {
      line = new Line(await makeHarness());
      await line.start();
    });
    afterEach(async () => {
      await line?.tidyUp();
    });
    afterAll(async () => {
      if (!line) return;
      await line.harness.settle(line.harness.telephony.stop());
      await line.harness.stop();
    });

    describeCalls(current);
    describeBridges(current);
    describeAgentsPhones(current);
    describeDetection(current);
    describeMessages(current);
    describeRecordings(current);
    describeLink(current);
  });
}
