// The contract of calls into the network: their story from the INVITE to the end.

import { describe, expect, test } from 'vitest';
import type { NetworkRefusal } from './telephony-harness.ts';
import type { Line } from './telephony-line.ts';

const REFUSED: readonly (readonly [NetworkRefusal, number, number])[] = [
  ['busy', 17, 486],
  ['declined', 21, 603],
  ['rejected', 21, 403],
  ['unknown', 1, 404],
  ['changed', 22, 410],
  ['congestion', 34, 503],
  ['failure', 38, 500],
];

export function describeCalls(line: () => Line): void {
  describe('a call', () => {
    test('[D-01] person picks up after ringing: ringing, answered, arrived, in order and on time', async () => {
      const on = line();
      const leg = await on.call({ does: 'person', afterS: 2 });

      const arrived = await on.event(leg, 'leg-arrived', 15_000);

      expect(on.story(leg).slice(0, 3)).toEqual(['leg-ringing', 'leg-answered', 'leg-arrived']);
      expect(arrived.purpose).toBe('customer');
      const rang = await on.event(leg, 'leg-ringing');
      const answered = await on.event(leg, 'leg-answered');
      expect(Math.abs(answered.at - rang.at - 2000)).toBeLessThanOrEqual(on.harness.slackMs);
      expect(arrived.at - answered.at).toBeGreaterThanOrEqual(0);
      expect(arrived.at - answered.at).toBeLessThanOrEqual(on.harness.slackMs);
      expect(Math.abs(arrived.at - on.harness.now())).toBeLessThanOrEqual(1000);
    });

    test('[D-01] network answers without ringing: answered and arrived, never ringing', async () => {
      const on = line();
      const leg = await on.call({ does: 'person', afterS: 0 });

      await on.event(leg, 'leg-arrived', 15_000);

      expect(on.story(leg).slice(0, 2)).toEqual(['leg-answered', 'leg-arrived']);
    });

    test('[D-01] announcement before any answer: progress, neither ringing nor answered', async () => {
      const on = line();
      const leg = await on.call({ does: 'announce-for-ever' });

      await on.event(leg, 'leg-progress', 15_000);

      expect(on.story(leg)).not.toContain('leg-ringing');
      expect(on.story(leg)).not.toContain('leg-answered');
    });

    test.each(REFUSED)('[D-01] number is %s: hanging up with cause %i and SIP %i, then ended', async (...refused) => {
      const [does, cause, sipCode] = refused;
      const on = line();
      const leg = await on.call({ does, afterS: 1 });

      await on.event(leg, 'leg-ended', 15_000);

      expect(await on.event(leg, 'leg-hanging-up')).toMatchObject({ cause, sipCode });
      expect(await on.event(leg, 'leg-ended')).toMatchObject({ cause, sipCode });
      expect([...new Set(on.story(leg))].slice(-2)).toEqual(['leg-hanging-up', 'leg-ended']);
      expect(on.story(leg)).not.toContain('leg-answered');
      expect(on.story(leg)).not.toContain('leg-arrived');
    });

    test('[D-01] ringing call that we hang up: ends without a word from the network', async () => {
      const on = line();
      const leg = await on.call({ does: 'ring-for-ever' });
      await on.event(leg, 'leg-ringing', 15_000);

      await on.execute({ type: 'hang-up', leg });

      const ended = await on.event(leg, 'leg-ended');
      expect(ended.cause).toBe(16);
      expect(ended.sipCode).toBeUndefined();
      expect(on.story(leg)).not.toContain('leg-answered');
    });

    test('[D-01] call that no agent takes: the exchange ends it at its own ring limit', async () => {
      const on = line();
      const leg = await on.call({ does: 'ring-for-ever' }, { ringTimeoutMs: 2000 });

      const ended = await on.event(leg, 'leg-ended', 15_000);

      const rang = await on.event(leg, 'leg-ringing');
      expect(Math.abs(ended.at - rang.at - 2000)).toBeLessThanOrEqual(500 + on.harness.slackMs);
      expect(on.story(leg)).toEqual(['leg-ringing', 'leg-ended']);
    });

    test('[D-01] call hung up as soon as it is accepted: ends, is never answered', async () => {
      const on = line();
      const leg = await on.call({ does: 'person', afterS: 3 });

      await on.execute({ type: 'hang-up', leg });

      await on.event(leg, 'leg-ended');
      expect(on.story(leg)).not.toContain('leg-answered');
    });

    test('[D-01] person answers and hangs up at once: answered, hanging up, ended', async () => {
      const on = line();
      const leg = await on.call({ does: 'hang-up-at-once', afterS: 1 });

      await on.event(leg, 'leg-ended', 15_000);

      const withoutArrival = on.story(leg).filter((type) => type !== 'leg-arrived');
      expect(withoutArrival).toEqual(['leg-ringing', 'leg-answered', 'leg-hanging-up', 'leg-ended']);
    });

    test('[D-01] person no one talks to hangs up: hanging up by the far end, ended, at that time', async () => {
      const on = line();
      const leg = await on.call({ does: 'person', afterS: 0, talksS: 2 });

      const ended = await on.event(leg, 'leg-ended', 15_000);

      const answered = await on.event(leg, 'leg-answered');
      expect(await on.event(leg, 'leg-hanging-up')).toMatchObject({ cause: 16 });
      expect(Math.abs(ended.at - answered.at - 2000)).toBeLessThanOrEqual(on.harness.slackMs);
    });

    test('[D-01] call over a trunk that does not exist: refused, nothing happens', async () => {
      const on = line();
      const leg = on.harness.newId();
      const command = on.placeCall(leg, on.harness.number({ does: 'person', afterS: 0 }));

      expect(['unreachable', 'refused']).toContain(await on.refusalOf({ ...command, trunk: 'no-such-trunk' }));

      expect(on.story(leg)).toEqual([]);
    });

    test.each(['+1212A550000', '+12125550000@elsewhere', '+12125550000&PJSIP/x', '+1212\r\nX: y', ''])(
      '[O-10] number %j: refused before anything is dialed',
      async (number) => {
        const on = line();
        const leg = on.harness.newId();

        expect(await on.refusalOf(on.placeCall(leg, number))).toBe('refused');

        expect(on.story(leg)).toEqual([]);
      },
    );

    test('[D-01] name of a leg that lives given to another call: refused, the first call goes on', async () => {
      const on = line();
      const leg = await on.answeredCall();

      expect(await on.attempt(on.placeCall(leg, on.harness.number({ does: 'person', afterS: 0 })))).toBe(false);

      expect(on.has(leg, 'leg-ended')).toBe(false);
    });
  });
}
