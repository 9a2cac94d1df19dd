// The contract of detection: verdicts before the agent and beside the conversation.

import { describe, expect, test } from 'vitest';
import type { Line } from './telephony-line.ts';

/** Asterisk's detector decides within 5 s of listening. */
const VERDICT_MS = 8000;

export function describeDetection(line: () => Line): void {
  describe('detection', () => {
    test('[D-03] before the agent, a person says hello: verdict human, the leg arrives again and can be bridged', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'person', afterS: 0 });

      await on.execute({ type: 'detect-before-agent', leg });

      expect(await on.event(leg, 'verdict', VERDICT_MS)).toMatchObject({ verdict: 'human' });
      const arrivals = (): number => on.story(leg).filter((type) => type === 'leg-arrived').length;
      await on.until('the leg to arrive again', () => arrivals() === 2);
      expect(on.story(leg).slice(-2)).toEqual(['verdict', 'leg-arrived']);
      await on.addToBridge(await on.createBridge(), leg);
    });

    test('[D-03] before the agent, a machine greets: verdict machine with its cause', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'machine', afterS: 0, greeting: 'long' });

      await on.execute({ type: 'detect-before-agent', leg });

      const verdict = await on.event(leg, 'verdict', VERDICT_MS);
      expect(verdict.verdict).toBe('machine');
      expect(verdict.cause).not.toBe('');
    });

    test('[D-03] before the agent, a fax answers: verdict fax', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'fax', afterS: 0 });

      await on.execute({ type: 'detect-before-agent', leg });

      expect(await on.event(leg, 'verdict', VERDICT_MS)).toMatchObject({ verdict: 'fax' });
    });

    test('[D-03] before the agent, silence: some verdict comes all the same', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'silent', afterS: 0 });

      await on.execute({ type: 'detect-before-agent', leg });

      await on.event(leg, 'verdict', VERDICT_MS);
    });

    test('[D-03] before the agent, the person hangs up meanwhile: ended, does not arrive again', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'person', afterS: 0, talksS: 1 });

      await on.execute({ type: 'detect-before-agent', leg });

      await on.event(leg, 'leg-ended', VERDICT_MS);
      expect(on.story(leg).filter((type) => type === 'leg-arrived')).toHaveLength(1);
    });

    test('[D-03] in parallel, a person talks in a bridge: verdict human, the leg stays where it is', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'person', afterS: 0 });
      const bridge = await on.createBridge();

      await on.execute({ type: 'detect-in-parallel', leg });
      await on.addToBridge(bridge, leg);

      expect(await on.event(leg, 'verdict', VERDICT_MS)).toMatchObject({ verdict: 'human' });
      expect(on.has(leg, 'leg-unbridged')).toBe(false);
      expect(on.story(leg).filter((type) => type === 'leg-arrived')).toHaveLength(1);
    });

    test('[D-03] in parallel, a machine greets: verdict machine, the leg stays where it is', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'machine', afterS: 0, greeting: 'long' });
      const bridge = await on.createBridge();
      await on.addToBridge(bridge, leg);

      await on.execute({ type: 'detect-in-parallel', leg });

      expect(await on.event(leg, 'verdict', VERDICT_MS)).toMatchObject({ verdict: 'machine' });
      expect(on.bridgeOf(leg)).toBe(bridge);
    });

    test('[D-03] in parallel, the person hangs up meanwhile: ended, no verdict', async () => {
      const on = line();
      const leg = await on.answeredCall({ does: 'person', afterS: 0, talksS: 1 });

      await on.execute({ type: 'detect-in-parallel', leg });

      await on.event(leg, 'leg-ended', VERDICT_MS);
      await on.harness.until(() => on.has(leg, 'verdict'), 3000);
      expect(on.has(leg, 'verdict')).toBe(false);
    });
  });
}
