// The contract of recovery: what can be seen of the exchange at any time, and what an outage of the control link leaves.

import { describe, expect, test } from 'vitest';
import type { TelephonyEvent, TelephonySnapshot } from '../../src/engine/ports.ts';
import type { Line } from './telephony-line.ts';

type LinkEvent = Extract<TelephonyEvent, { type: 'link' }>;

export function describeLink(line: () => Line): void {
  describe('the snapshot', () => {
    test('[O-09] one call ringing, two in a bridge, one ended: the first three with their state, and the bridge', async () => {
      const on = line();
      const bridge = await on.createBridge();
      const ringing = await on.call({ does: 'ring-for-ever' });
      const [one, other, gone] = [await on.answeredCall(), await on.answeredCall(), await on.answeredCall()];
      await on.addToBridge(bridge, one);
      await on.addToBridge(bridge, other);
      await on.event(ringing, 'leg-ringing', 15_000);
      await on.execute({ type: 'hang-up', leg: gone });
      await on.event(gone, 'leg-ended');

      const snapshot = await snapshotOf(on);

      const find = (leg: string): unknown => snapshot.legs.find((candidate) => candidate.leg === leg);
      expect(find(ringing)).toMatchObject({ state: 'ringing', ours: false });
      expect(find(one)).toMatchObject({ state: 'up', ours: true });
      expect(find(other)).toMatchObject({ state: 'up', ours: true });
      expect(find(gone)).toBeUndefined();
      const members = snapshot.bridges.find((candidate) => candidate.bridge === bridge)?.legs ?? [];
      expect([...members].sort()).toEqual([one, other].sort());
      expect(Math.abs(snapshot.at - on.harness.now())).toBeLessThanOrEqual(1000);
    });

    test('[O-09] one leg looked up: its state and its bridge; one that has ended is missing', async () => {
      const on = line();
      const look = (leg: string, name?: string): Promise<TelephonySnapshot> =>
        on.harness.settle(on.harness.telephony.lookUp(leg, name));
      const bridge = await on.createBridge();
      const [leg, other] = [await on.answeredCall(), await on.answeredCall()];
      await on.addToBridge(bridge, leg);

      expect(await look(leg, bridge)).toMatchObject({
        legs: [{ leg, state: 'up', ours: true }],
        bridges: [{ bridge, legs: [leg] }],
      });
      expect((await look(other)).bridges).toEqual([]);
      await on.execute({ type: 'hang-up', leg: other });
      await on.event(other, 'leg-ended');
      expect(await look(other, 'no-such-bridge')).toMatchObject({ legs: [], bridges: [] });
    });

    test('[O-09] age of a leg: since it was placed', async () => {
      const on = line();
      const placedAt = on.harness.now();
      const leg = await on.answeredCall({ does: 'person', afterS: 1 });

      const snapshot = await snapshotOf(on);

      const seen = snapshot.legs.find((candidate) => candidate.leg === leg);
      expect(Math.abs((seen?.createdAt ?? 0) - placedAt)).toBeLessThanOrEqual(500 + on.harness.slackMs);
    });
  });

  describe('an outage of the control link', () => {
    test('[O-09] two in conversation: the link is reported as down, commands refused; back: they still talk, events resume', async () => {
      const on = line();
      const bridge = await on.createBridge();
      const [one, other] = [await on.answeredCall(), await on.answeredCall()];
      await on.addToBridge(bridge, one);
      await on.addToBridge(bridge, other);
      const before = linkEvents(on).length;

      await on.harness.settle(on.harness.cutLink());
      await on.until('the link to be reported as down', () => linkEvents(on).length > before, 15_000);
      expect(linkEvents(on).at(-1)?.up).toBe(false);
      expect(['link-down', 'timeout']).toContain(await on.refusalOf({ type: 'hang-up', leg: one }));

      await on.harness.settle(on.harness.mendLink());
      await on.until('the link to be reported as up', () => linkEvents(on).at(-1)?.up === true, 30_000);
      expect(linkEvents(on).at(-1)?.restarted).toBe(false);
      const snapshot = await snapshotOf(on);
      const members = snapshot.bridges.find((candidate) => candidate.bridge === bridge)?.legs ?? [];
      expect([...members].sort()).toEqual([one, other].sort());

      await on.execute({ type: 'hang-up', leg: other });
      await on.event(other, 'leg-ended');
      expect(on.has(one, 'leg-ended')).toBe(false);
    });

    test('[X-07] person picks up meanwhile: the exchange says the message and ends the call by itself', async () => {
      const on = line();
      const leg = await on.call({ does: 'person', afterS: 4 });
      await on.event(leg, 'leg-ringing', 15_000);
      await on.harness.settle(on.harness.cutLink());
      await on.until('the link to be reported as down', () => linkEvents(on).at(-1)?.up === false, 15_000);

      await on.harness.until(() => false, 12_000);

      await on.harness.settle(on.harness.mendLink());
      await on.until('the link to be reported as up', () => linkEvents(on).at(-1)?.up === true, 30_000);
      const snapshot = await snapshotOf(on);
      expect(snapshot.legs.map((candidate) => candidate.leg)).not.toContain(leg);
    });

    test('[X-07] person picks up meanwhile and presses the key: the opt-out is taken down until it is forgotten', async () => {
      const on = line();
      const { harness } = on;
      const { telephony } = harness;
      const leg = harness.newId();
      const command = {
        ...on.placeCall(leg, harness.number({ does: 'press-nine', afterS: 3 })),
        abandonSound: 'outdial/abandon',
        doNotCall: { key: '9', sound: harness.sounds.short },
      };
      await on.execute(command);
      await on.event(leg, 'leg-ringing', 15_000);
      await harness.settle(harness.cutLink());
      await on.until('the link to be reported as down', () => linkEvents(on).at(-1)?.up === false, 15_000);

      await harness.until(() => false, 14_000);
      await harness.settle(harness.mendLink());
      await on.until('the link to be reported as up', () => linkEvents(on).at(-1)?.up === true, 30_000);

      const mine = async (): Promise<number | undefined> => {
        const optOuts = await harness.settle(telephony.optOuts()).catch(() => []);
        return optOuts.find(({ attempt }) => attempt === command.attempt)?.at;
      };
      let at = await mine();
      for (let tries = 0; at === undefined && tries < 20; tries += 1) {
        await harness.until(() => false, 500);
        at = await mine();
      }
      expect(Math.abs((at ?? 0) - harness.now())).toBeLessThan(60_000);
      expect((await snapshotOf(on)).legs.map((candidate) => candidate.leg)).not.toContain(leg);
      await harness.settle(telephony.forgetOptOut(command.attempt));
      expect(await mine()).toBeUndefined();
    }, 90_000);

    test('[O-09] the exchange dies and comes back: reported as restarted, nothing lives', async (context) => {
      const on = line();
      if (!on.harness.restartExchange) {
        context.skip();
        return;
      }
      const leg = await on.answeredCall();

      await on.harness.settle(on.harness.restartExchange());

      await on.until('the link to be reported as up', () => linkEvents(on).at(-1)?.restarted === true, 60_000);
      expect(linkEvents(on).at(-1)?.up).toBe(true);
      expect((await snapshotOf(on)).legs).toEqual([]);
      expect(await on.refusalOf({ type: 'hang-up', leg })).toBe('gone');
    });
  });
}

function linkEvents(on: Line): LinkEvent[] {
  return on.events.filter((event) => event.type === 'link');
}

function snapshotOf(on: Line): Promise<TelephonySnapshot> {
  return on.harness.settle(on.harness.telephony.snapshot());
}
