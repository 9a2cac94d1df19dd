// The contract of recordings: begun, paused, ended, and how long what is left is.

import { describe, expect, test } from 'vitest';
import type { Line } from './telephony-line.ts';

export function describeRecordings(line: () => Line): void {
  /** A recording once it is complete: its leg has ended. */
  const complete = async (recording: string): Promise<{ bytes: number; durationMs: number }> => {
    const { harness } = line();
    let found = await harness.settle(harness.recorded(recording));
    await harness.until(() => {
      void harness.recorded(recording).then((look) => (found = look));
      return found !== undefined && found.durationMs > 0;
    }, 5000);
    if (!found) throw new Error(`there is no recording ${recording}`);
    return found;
  };
  const pass = (ms: number): Promise<boolean> => line().harness.until(() => false, ms);

  describe('recordings', () => {
    test('[D-07] a leg is recorded from the command to its end, wherever it is', async () => {
      const on = line();
      const leg = await on.answeredCall();
      const recording = `2026-11-22/${on.harness.newId()}`;

      await on.execute({ type: 'record', leg, recording });
      await on.addToBridge(await on.createBridge(), leg);
      await pass(3000);
      await on.execute({ type: 'hang-up', leg });
      await on.event(leg, 'leg-ended');
      await pass(500);

      const { durationMs, bytes } = await complete(recording);
      expect(Math.abs(durationMs - 3000)).toBeLessThan(on.harness.slackMs + 500);
      expect(bytes).toBeGreaterThan(36_000);
    });

    test('[X-10] paused and resumed: the time of the pause is in it as silence', async () => {
      const on = line();
      const leg = await on.answeredCall();
      const recording = on.harness.newId();
      await on.execute({ type: 'record', leg, recording });

      await on.execute({ type: 'pause-recording', leg });
      await pass(2000);
      await on.execute({ type: 'resume-recording', leg });
      await pass(1000);
      await on.execute({ type: 'hang-up', leg });
      await on.event(leg, 'leg-ended');
      await pass(500);

      const { durationMs } = await complete(recording);
      expect(Math.abs(durationMs - 3000)).toBeLessThan(on.harness.slackMs + 500);
    });

    test('[D-10] two recordings of a leg: the one that is stopped ends, the other goes on', async () => {
      const on = line();
      const leg = await on.answeredCall();
      const [first, second] = [on.harness.newId(), on.harness.newId()];
      await on.execute({ type: 'record', leg, recording: first });
      await on.execute({ type: 'record', leg, recording: second });
      await pass(1000);

      await on.execute({ type: 'stop-recording', leg, recording: first });
      await pass(2000);
      await on.execute({ type: 'hang-up', leg });
      await on.event(leg, 'leg-ended');
      await pass(500);

      const [short, long] = [await complete(first), await complete(second)];
      expect(long.durationMs - short.durationMs).toBeGreaterThan(1500);
    });

    test('[D-07] the leg is gone, or was never recorded: refused', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'hang-up-at-once', afterS: 0 });
      await on.event(leg, 'leg-ended');
      expect(await on.refusalOf({ type: 'record', leg, recording: on.harness.newId() })).toBe('gone');

      const other = await on.answeredCall();
      expect(await on.refusalOf({ type: 'pause-recording', leg: other })).toBe('refused');
    });
  });
}
