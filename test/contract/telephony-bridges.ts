// The contract of bridges and sounds: who is connected to whom, and what they are given to hear.

import { describe, expect, test } from 'vitest';
import type { Line } from './telephony-line.ts';

export function describeBridges(line: () => Line): void {
  describe('a bridge', () => {
    test('[D-02] two answered calls added: both are ordered to be in it', async () => {
      const on = line();
      const [one, other] = [await on.answeredCall(), await on.answeredCall()];
      const bridge = await on.createBridge();

      await on.execute({ type: 'add-to-bridge', bridge, leg: one });
      await on.execute({ type: 'add-to-bridge', bridge, leg: other });

      expect((await on.event(one, 'leg-bridged')).bridge).toBe(bridge);
      expect((await on.event(other, 'leg-bridged')).bridge).toBe(bridge);
    });

    test('[D-02] person in a bridge hangs up: hanging up, unbridged, ended; the other one stays', async () => {
      const on = line();
      const stayer = await on.answeredCall();
      const bridge = await on.createBridge();
      await on.addToBridge(bridge, stayer);
      const goer = await on.answeredCall({ does: 'person', afterS: 0, talksS: 2 });
      await on.addToBridge(bridge, goer);

      await on.event(goer, 'leg-ended', 15_000);

      expect([...new Set(on.story(goer))].slice(-3)).toEqual(['leg-hanging-up', 'leg-unbridged', 'leg-ended']);
      expect(on.bridgeOf(stayer)).toBe(bridge);
      expect(on.has(stayer, 'leg-ended')).toBe(false);
    });

    test('[D-02] we hang up a leg in a bridge: unbridged, then ended; the other one stays', async () => {
      const on = line();
      const [stayer, goer] = [await on.answeredCall(), await on.answeredCall()];
      const bridge = await on.createBridge();
      await on.addToBridge(bridge, stayer);
      await on.addToBridge(bridge, goer);

      await on.execute({ type: 'hang-up', leg: goer });

      await on.event(goer, 'leg-ended');
      expect([...new Set(on.story(goer))].slice(-2)).toEqual(['leg-unbridged', 'leg-ended']);
      expect(on.bridgeOf(stayer)).toBe(bridge);
    });

    test('[D-02] leg in one bridge added to another: leaves the first, enters the second', async () => {
      const on = line();
      const leg = await on.answeredCall();
      const [from, to] = [await on.createBridge(), await on.createBridge()];
      await on.addToBridge(from, leg);

      await on.addToBridge(to, leg);

      const moves = on.of(leg).filter((event) => event.type === 'leg-bridged' || event.type === 'leg-unbridged');
      expect(moves.map((event) => [event.type, event.bridge])).toEqual([
        ['leg-bridged', from],
        ['leg-unbridged', from],
        ['leg-bridged', to],
      ]);
    });

    test('[D-02] leg removed from a bridge: unbridged, lives on and can be added again', async () => {
      const on = line();
      const leg = await on.answeredCall();
      const bridge = await on.createBridge();
      await on.addToBridge(bridge, leg);

      await on.execute({ type: 'remove-from-bridge', bridge, leg });
      await on.event(leg, 'leg-unbridged');

      await on.addToBridge(bridge, leg);
      expect(on.has(leg, 'leg-ended')).toBe(false);
    });

    test('[D-02] bridge destroyed with a leg in it: unbridged, the leg lives on', async () => {
      const on = line();
      const leg = await on.answeredCall();
      const [bridge, next] = [await on.createBridge(), await on.createBridge()];
      await on.addToBridge(bridge, leg);

      await on.execute({ type: 'destroy-bridge', bridge });
      await on.event(leg, 'leg-unbridged');

      await on.addToBridge(next, leg);
      expect(on.has(leg, 'leg-ended')).toBe(false);
    });

    test('[O-09] bridge that exists is created again, as after a restart: its leg stays in it, music in it can be stopped', async () => {
      const on = line();
      const leg = await on.answeredCall();
      const bridge = await on.createBridge();
      await on.addToBridge(bridge, leg);
      await on.execute({ type: 'start-music', to: { bridge } });

      await on.execute({ type: 'create-bridge', bridge });

      await on.execute({ type: 'start-music', to: { bridge } });
      await on.execute({ type: 'stop-music', to: { bridge } });
      expect(await on.refusalOf({ type: 'stop-music', to: { bridge } })).toBe('gone');
      expect(on.bridgeOf(leg)).toBe(bridge);
    });

    test('[D-02] ringing call added to a bridge: refused, goes on ringing', async () => {
      const on = line();
      const bridge = await on.createBridge();
      const leg = await on.call({ does: 'ring-for-ever' });
      await on.event(leg, 'leg-ringing', 15_000);

      expect(await on.attempt({ type: 'add-to-bridge', bridge, leg })).toBe(false);

      expect(on.has(leg, 'leg-ended')).toBe(false);
    });
  });

  describe('a sound', () => {
    test('[D-05] played to a leg: finished after its time, the leg stays', async () => {
      const on = line();
      const leg = await on.answeredCall();

      const playback = await on.play({ leg }, [on.harness.sounds.short, on.harness.sounds.short]);
      expect(on.hasFinished(playback)).toBe(false);

      await on.until('the playback to finish', () => on.hasFinished(playback), 15_000);
      expect(on.has(leg, 'leg-ended')).toBe(false);
    });

    test('[D-05] played to a bridge: finished', async () => {
      const on = line();
      const leg = await on.answeredCall();
      const bridge = await on.createBridge();
      await on.addToBridge(bridge, leg);

      const playback = await on.play({ bridge }, [on.harness.sounds.short]);

      await on.until('the playback to finish', () => on.hasFinished(playback), 15_000);
      expect(on.bridgeOf(leg)).toBe(bridge);
    });

    test('[A-01] played to a leg in a bridge: finished, the leg stays in the bridge', async () => {
      const on = line();
      const leg = await on.answeredCall();
      const bridge = await on.createBridge();
      await on.addToBridge(bridge, leg);

      const playback = await on.play({ leg }, [on.harness.sounds.short]);

      await on.until('the playback to finish', () => on.hasFinished(playback), 15_000);
      expect(on.bridgeOf(leg)).toBe(bridge);
    });

    test('[A-01] two played to one leg: the second begins when the first has finished', async () => {
      const on = line();
      const leg = await on.answeredCall();

      const first = await on.play({ leg }, [on.harness.sounds.short]);
      const second = await on.play({ leg }, [on.harness.sounds.short]);

      await on.until('the second to finish', () => on.hasFinished(second), 15_000);
      const finished = on.events.filter((event) => event.type === 'playback-finished');
      expect(finished.slice(-2).map((event) => event.playback)).toEqual([first, second]);
    });

    test('[A-01] stopped: finished at once', async () => {
      const on = line();
      const leg = await on.answeredCall();
      const sounds = Array.from({ length: 10 }, () => on.harness.sounds.long);
      const playback = await on.play({ leg }, sounds);

      await on.execute({ type: 'stop-playing', playback });

      await on.until('the playback to finish', () => on.hasFinished(playback), 2000);
    });

    test('[D-05] music for a leg and for a bridge: starts and stops', async () => {
      const on = line();
      const leg = await on.answeredCall();
      const bridge = await on.createBridge();

      await on.execute({ type: 'start-music', to: { leg } });
      await on.execute({ type: 'stop-music', to: { leg } });
      await on.addToBridge(bridge, leg);
      await on.execute({ type: 'start-music', to: { bridge } });
      await on.execute({ type: 'stop-music', to: { bridge } });

      expect(on.bridgeOf(leg)).toBe(bridge);
      expect(on.has(leg, 'leg-ended')).toBe(false);
    });
  });

  describe('something that is gone', () => {
    test('[O-09] every command on a leg that has ended: refused as gone', async () => {
      const on = line();
      const bridge = await on.createBridge();
      const leg = await on.answeredCall();
      await on.execute({ type: 'hang-up', leg });
      await on.event(leg, 'leg-ended');

      expect(await on.refusalOf({ type: 'hang-up', leg })).toBe('gone');
      expect(await on.refusalOf({ type: 'answer', leg })).toBe('gone');
      expect(await on.refusalOf({ type: 'add-to-bridge', bridge, leg })).toBe('gone');
      expect(await on.refusalOf({ type: 'remove-from-bridge', bridge, leg })).toBe('gone');
      const { short } = on.harness.sounds;
      const playback = on.harness.newId();
      expect(await on.refusalOf({ type: 'play', playback, to: { leg }, sounds: [short] })).toBe('gone');
      expect(await on.refusalOf({ type: 'start-music', to: { leg } })).toBe('gone');
      expect(await on.refusalOf({ type: 'detect-before-agent', leg })).toBe('gone');
      expect(await on.refusalOf({ type: 'detect-in-parallel', leg })).toBe('gone');
    });

    test('[O-09] bridge or playback that does not exist: refused as gone', async () => {
      const on = line();
      const leg = await on.answeredCall();
      const bridge = await on.createBridge();
      await on.execute({ type: 'destroy-bridge', bridge });

      expect(await on.refusalOf({ type: 'add-to-bridge', bridge, leg })).toBe('gone');
      expect(await on.refusalOf({ type: 'destroy-bridge', bridge })).toBe('gone');
      expect(await on.refusalOf({ type: 'start-music', to: { bridge } })).toBe('gone');
      expect(await on.refusalOf({ type: 'stop-playing', playback: on.harness.newId() })).toBe('gone');
    });
  });
}
