// The contract of agents' phones: accounts, signing in by dialing, keys, being rung.

import { describe, expect, test } from 'vitest';
import { testAccount } from './telephony-harness.ts';
import type { Line } from './telephony-line.ts';

export function describeAgentsPhones(line: () => Line): void {
  describe("an agent's phone", () => {
    test('[O-03] account provisioned and phone registered: reported as registered; it leaves: reported as gone', async () => {
      const on = line();
      const { phone, account } = await on.phone();
      const reported = (registered: boolean): boolean =>
        on.events.some(
          (event) => event.type === 'phone' && event.account === account.name && event.registered === registered,
        );
      await on.until('the phone to be reported as registered', () => reported(true));

      await on.harness.settle(phone.leave());

      await on.until('the phone to be reported as gone', () => reported(false));
    });

    test('[O-03] account provisioned again with another password: the phone with it registers', async () => {
      const on = line();
      const account = on.harness.newAccount();
      const renewed = testAccount(account.name, `${account.password}-renewed`, account.label);
      await on.harness.settle(on.harness.telephony.provision(account));
      await on.harness.settle(on.harness.telephony.provision(renewed));

      const phone = await on.harness.settle(on.harness.phone(renewed, { answers: 'never' }));

      await on.harness.settle(phone.leave());
    });

    test('[A-01] dials the sign-in code: arrives with its account, is answered by us, its keys are reported in order', async () => {
      const on = line();
      const { leg, phone, account } = await on.signedIn();
      const arrived = await on.event(leg, 'leg-arrived');
      expect(arrived).toMatchObject({ purpose: 'sign-in', account: account.name });

      await on.harness.settle(phone.press('1071*#'));

      const keys = (): string[] => on.of(leg).flatMap((event) => (event.type === 'key-pressed' ? [event.key] : []));
      await on.until('six keys', () => keys().length === 6, 10_000);
      expect(keys().join('')).toBe('1071*#');
      expect(on.story(leg).slice(0, 2)).toEqual(['leg-arrived', 'leg-answered']);
    });

    test('[A-01] answered and spoken to in one breath: the answer never waits for the end of what is said', async () => {
      const on = line();
      for (let i = 0; i < 8; i += 1) {
        const { leg, phone } = await on.dialsIn();
        const playback = on.harness.newId();
        const sounds = [on.harness.sounds.long];
        const answered = on.execute({ type: 'answer', leg });
        await Promise.all([answered, on.execute({ type: 'play', playback, to: { leg }, sounds })]);
        await on.event(leg, 'leg-answered', 1500);
        expect(on.hasFinished(playback)).toBe(false);
        await on.harness.settle(phone.hangUp());
        await on.event(leg, 'leg-ended');
      }
    });

    test('[D-02] begun and stopped in one breath: neither music nor prompt is left over a conversation', async () => {
      const on = line();
      const { leg } = await on.signedIn();
      const bridge = await on.createBridge();
      await on.addToBridge(bridge, leg);
      for (let i = 0; i < 20; i += 1) {
        const playback = on.harness.newId();
        await Promise.all([
          on.execute({ type: 'start-music', to: { bridge } }),
          on.execute({ type: 'stop-music', to: { bridge } }),
          on.execute({ type: 'play', playback, to: { bridge }, sounds: [on.harness.sounds.long] }),
          on.execute({ type: 'stop-playing', playback }),
        ]);
        await on.until('the playback to finish', () => on.hasFinished(playback), 1500);
      }
      expect(await on.refusalOf({ type: 'stop-music', to: { bridge } })).toBe('gone');
    });

    test('[A-01] hangs up: the leg ends', async () => {
      const on = line();
      const { leg, phone } = await on.signedIn();

      await on.harness.settle(phone.hangUp());

      await on.event(leg, 'leg-ended');
      expect(await on.event(leg, 'leg-hanging-up')).toMatchObject({ cause: 16 });
    });

    test('[O-09] phone dies in a conversation: reported within 5 s as lost and as gone; the person stays; its leg can be ended', async () => {
      const on = line();
      const { leg, phone, account } = await on.signedIn();
      const bridge = await on.createBridge();
      const person = await on.answeredCall();
      await on.addToBridge(bridge, leg);
      await on.addToBridge(bridge, person);
      const diedAt = on.harness.now();

      await on.harness.settle(phone.vanish());

      const lost = await on.event(leg, 'leg-lost', 5000);
      expect(lost.at - diedAt).toBeLessThanOrEqual(5000);
      const isGone = (): boolean =>
        on.events.some((event) => event.type === 'phone' && event.account === account.name && !event.registered);
      await on.until('the phone to be reported as gone', isGone);
      expect(on.bridgeOf(person)).toBe(bridge);
      await on.execute({ type: 'hang-up', leg });
      await on.event(leg, 'leg-ended');
    });

    test('[A-01] keys pressed in a conversation: reported', async () => {
      const on = line();
      const { leg, phone } = await on.signedIn();
      const bridge = await on.createBridge();
      await on.addToBridge(bridge, leg);
      await on.addToBridge(bridge, await on.answeredCall());

      await on.harness.settle(phone.press('**'));

      const keys = (): LegKeys => on.of(leg).filter((event) => event.type === 'key-pressed');
      await on.until('two keys', () => keys().length === 2, 10_000);
      expect(on.bridgeOf(leg)).toBe(bridge);
    });

    test('[D-02] rung, picks up: ringing, answered, arrives as an agent; in a bridge with the person', async () => {
      const on = line();
      const { account } = await on.phone('at-once');
      const person = await on.answeredCall();
      const bridge = await on.createBridge();
      await on.addToBridge(bridge, person);

      const leg = await on.ringAgent(account.name);
      const arrived = await on.event(leg, 'leg-arrived', 10_000);
      await on.addToBridge(bridge, leg);

      expect(arrived.purpose).toBe('agent');
      expect(on.story(leg).slice(0, 3)).toEqual(['leg-ringing', 'leg-answered', 'leg-arrived']);
      expect(on.bridgeOf(person)).toBe(bridge);
    });

    test('[D-02] rung, picks up, hangs up in the conversation: unbridged and ended; the person stays', async () => {
      const on = line();
      const { account, phone } = await on.phone('at-once');
      const person = await on.answeredCall();
      const bridge = await on.createBridge();
      await on.addToBridge(bridge, person);
      const leg = await on.ringAgent(account.name);
      await on.event(leg, 'leg-arrived', 10_000);
      await on.addToBridge(bridge, leg);

      await on.harness.settle(phone.hangUp());

      await on.event(leg, 'leg-ended');
      expect([...new Set(on.story(leg))].slice(-2)).toEqual(['leg-unbridged', 'leg-ended']);
      expect(on.bridgeOf(person)).toBe(bridge);
    });

    test('[D-02] rung, there is no answer: the leg ends at the ring limit', async () => {
      const on = line();
      const { account } = await on.phone('never');

      const leg = await on.ringAgent(account.name, 2000);

      await on.event(leg, 'leg-ended', 10_000);
      expect(on.story(leg)).toContain('leg-ringing');
      expect(on.story(leg)).not.toContain('leg-answered');
    });

    test('[D-02] rung, we give up: the leg ends', async () => {
      const on = line();
      const { account } = await on.phone('never');
      const leg = await on.ringAgent(account.name);
      await on.event(leg, 'leg-ringing');

      await on.execute({ type: 'hang-up', leg });

      await on.event(leg, 'leg-ended');
      expect(on.story(leg)).not.toContain('leg-answered');
    });

    test('[D-02] rung, declines: hanging up with a SIP refusal, ended', async () => {
      const on = line();
      const { account, phone } = await on.phone('never');
      const leg = await on.ringAgent(account.name);
      await on.event(leg, 'leg-ringing');

      await on.harness.settle(phone.hangUp());

      expect((await on.event(leg, 'leg-ended')).sipCode).toBeGreaterThanOrEqual(480);
      expect((await on.event(leg, 'leg-hanging-up')).sipCode).toBeGreaterThanOrEqual(480);
    });

    test('[D-02] account without a registered phone rung: refused as unreachable', async () => {
      const on = line();
      const account = on.harness.newAccount();
      await on.harness.settle(on.harness.telephony.provision(account));
      const leg = on.harness.newId();
      const command = {
        type: 'ring-agent',
        leg,
        account: account.name,
        label: 'Renewals',
        ringTimeoutMs: 5000,
      } as const;

      expect(await on.refusalOf(command)).toBe('unreachable');
    });

    test('[O-03] account removed: its phone can no longer be rung', async () => {
      const on = line();
      const { account } = await on.phone('never');

      await on.harness.settle(on.harness.telephony.removeAccount(account.name));

      const leg = on.harness.newId();
      const command = {
        type: 'ring-agent',
        leg,
        account: account.name,
        label: 'Renewals',
        ringTimeoutMs: 5000,
      } as const;
      expect(await on.refusalOf(command)).toBe('unreachable');
    });
  });
}

type LegKeys = readonly { readonly type: string }[];
