// The contract of what is left on machines, and of the keys that called people press.

import { describe, expect, test } from 'vitest';
import type { Line } from './telephony-line.ts';

/** A long greeting of 14 s, its beep, and the silence after it. */
const BEEP_MS = 25_000;

export function describeMessages(line: () => Line): void {
  describe('messages', () => {
    test('[X-07] nothing is made of an answered person in time: the exchange plays the message itself, says so and ends the call', async () => {
      const on = line();
      const leg = on.harness.newId();
      const number = on.harness.number({ does: 'person', afterS: 0 });
      await on.execute({ ...on.placeCall(leg, number), answerLimitMs: 2_000 });
      const answered = await on.event(leg, 'leg-answered', 15_000);

      const message = await on.event(leg, 'leg-abandon-message', 4_000);

      expect(message.at - answered.at).toBeGreaterThan(1_850);
      expect(message.at - answered.at).toBeLessThanOrEqual(2_000);
      expect(['gone', 'refused']).toContain(await on.refusalOf({ type: 'start-music', to: { leg } }));
      await on.event(leg, 'leg-ended', 20_000);
    });

    test('[X-07] in a bridge, or played the message by us, before that: it is left alone', async () => {
      const on = line();
      const [met, reported] = [on.harness.newId(), on.harness.newId()];
      for (const leg of [met, reported]) {
        const number = on.harness.number({ does: 'person', afterS: 0 });
        await on.execute({ ...on.placeCall(leg, number), answerLimitMs: 2_000 });
        await on.event(leg, 'leg-arrived', 15_000);
        if (leg === met) await on.addToBridge(await on.createBridge(), leg);
        else {
          const playback = on.harness.newId();
          const sounds = [on.harness.sounds.long];
          await on.execute({ type: 'play', playback, to: { leg }, sounds, relieves: true });
        }
      }

      await on.harness.until(() => false, 3_000);

      for (const leg of [met, reported]) expect(on.has(leg, 'leg-abandon-message')).toBe(false);
    });

    test('[X-07] [D-04] the last message has been heard and we do not move: reported, and the exchange ends the call within 2 s', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'silent', afterS: 0 });

      const playback = await on.playLast(leg, [on.harness.sounds.short]);

      await on.until('the message to end', () => on.hasFinished(playback), 10_000);
      expect(on.has(leg, 'leg-ended')).toBe(false);
      const finishedAt = on.harness.now();
      const ended = await on.event(leg, 'leg-ended', 4_000);
      expect(ended.at - finishedAt).toBeLessThanOrEqual(2_000);
    });

    test('[D-07] another last message in the middle of one: takes its place, and the call ends after it', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'silent', afterS: 0 });
      const first = await on.playLast(leg, [on.harness.sounds.long, on.harness.sounds.long, on.harness.sounds.long]);
      await on.attempt({ type: 'stop-playing', playback: first });

      const second = await on.playLast(leg, [on.harness.sounds.short]);

      await on.until('the second to end', () => on.hasFinished(second), 5_000);
      await on.event(leg, 'leg-ended', 4_000);
    });

    test('[X-07] a person presses a key in the last message: the key is reported', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'press-nine', afterS: 0 });
      await on.playLast(leg, [on.harness.sounds.long, on.harness.sounds.long, on.harness.sounds.long]);

      expect(await on.event(leg, 'key-pressed', 10_000)).toMatchObject({ key: '9' });
    });

    test('[D-04] a machine greets and beeps: reported after the beep, the leg arrives again and a message plays', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'machine', afterS: 0, greeting: 'long' });
      const answered = await on.event(leg, 'leg-answered');

      await on.execute({ type: 'await-beep', leg, withinMs: 30_000 });

      const beep = await on.event(leg, 'beep', BEEP_MS);
      expect(beep.heard).toBe(true);
      expect(beep.at - answered.at).toBeGreaterThan(14_000);
      await on.until('the leg to arrive again', () => on.story(leg).at(-1) === 'leg-arrived');
      const playback = await on.play({ leg }, [on.harness.sounds.short]);
      await on.until('the message to end', () => on.hasFinished(playback), 10_000);
      expect(on.has(leg, 'leg-ended')).toBe(false);
    }, 45_000);

    test('[D-04] the leg is in a bridge with an agent: it leaves the bridge for the beep', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'silent', afterS: 0 });
      const bridge = await on.createBridge();
      await on.addToBridge(bridge, leg);

      await on.execute({ type: 'await-beep', leg, withinMs: 30_000 });

      expect(await on.event(leg, 'beep', BEEP_MS)).toMatchObject({ heard: true });
      expect(on.bridgeOf(leg)).toBeUndefined();
      await on.until('the leg to arrive again', () => on.story(leg).at(-1) === 'leg-arrived');
      await on.addToBridge(bridge, leg);
    }, 45_000);

    test('[D-04] no silence within the limit: reported as well, the leg is back in our hands', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'machine', afterS: 0, greeting: 'long' });

      await on.execute({ type: 'await-beep', leg, withinMs: 5_000 });

      expect(await on.event(leg, 'beep', BEEP_MS)).toMatchObject({ heard: false });
      await on.until('the leg to arrive again', () => on.story(leg).at(-1) === 'leg-arrived');
    });

    test('[D-04] the machine hangs up before its beep: ended, nothing is said of a beep', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'person', afterS: 0, talksS: 1 });

      await on.execute({ type: 'await-beep', leg, withinMs: 30_000 });

      await on.event(leg, 'leg-ended', BEEP_MS);
      expect(on.has(leg, 'beep')).toBe(false);
    });

    test('[D-04] the leg is gone: refused as gone', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'hang-up-at-once', afterS: 0 });
      await on.event(leg, 'leg-ended');

      expect(await on.refusalOf({ type: 'await-beep', leg, withinMs: 30_000 })).toBe('gone');
    });

    test('[X-07] a person presses a key while a message plays to them: the key is reported, the message plays on', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'press-nine', afterS: 0 });
      const playback = await on.play({ leg }, [on.harness.sounds.long, on.harness.sounds.long, on.harness.sounds.long]);

      const pressed = await on.event(leg, 'key-pressed', 10_000);

      expect(pressed.key).toBe('9');
      expect(on.hasFinished(playback)).toBe(false);
    });
  });
}
