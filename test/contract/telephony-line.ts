// What a test of the telephony contract holds in its hand: it places calls, operates phones, and waits for events.
// Events that come twice are noted once. After each test it leaves the exchange as it found it.

import { expect } from 'vitest';
import type { TelephonyEvent } from '../../src/engine/ports.ts';
import type { PlayTarget, TelephonyCommand } from '../../src/engine/telephony-commands.ts';
import { TelephonyRefusal } from '../../src/engine/ports.ts';
import type { NumberBehaviour, TelephonyHarness, TestAccount, TestPhone } from './telephony-harness.ts';

/** Longest time for anything that the exchange does at once. */
const SOON_MS = 5000;

type EventType = TelephonyEvent['type'];
type EventOf<T extends EventType> = Extract<TelephonyEvent, { type: T }>;
export type LegEvent = Extract<TelephonyEvent, { leg: string }>;

interface SignedIn {
  readonly leg: string;
  readonly phone: TestPhone;
  readonly account: TestAccount;
}

export class Line {
  readonly harness: TelephonyHarness;
  /** Everything that has been reported, once, in the order of its arrival. */
  readonly events: TelephonyEvent[] = [];
  readonly #seen = new Set<string>();
  readonly #legs = new Set<string>();
  readonly #bridges = new Set<string>();
  readonly #phones: TestPhone[] = [];

  constructor(harness: TelephonyHarness) {
    this.harness = harness;
  }

  async start(): Promise<void> {
    const listener = (event: TelephonyEvent): void => {
      const text = JSON.stringify(event);
      if (this.#seen.has(text)) return;
      this.#seen.add(text);
      this.events.push(event);
    };
    await this.harness.settle(this.harness.telephony.start(listener));
  }

  /** Ends every leg, bridge and phone of the test. */
  async tidyUp(): Promise<void> {
    for (const leg of this.#legs) await this.attempt({ type: 'hang-up', leg });
    for (const bridge of this.#bridges) await this.attempt({ type: 'destroy-bridge', bridge });
    for (const phone of this.#phones) await this.harness.settle(phone.leave());
    this.#legs.clear();
    this.#bridges.clear();
    this.#phones.length = 0;
  }

  execute(command: TelephonyCommand): Promise<void> {
    return this.harness.settle(this.harness.telephony.execute(command));
  }

  /** Why the exchange refused the command; fails when it did not, or threw anything else. */
  async refusalOf(command: TelephonyCommand): Promise<TelephonyRefusal['reason']> {
    try {
      await this.execute(command);
    } catch (error) {
      if (error instanceof TelephonyRefusal) return error.reason;
      throw error;
    }
    throw new Error(`${command.type} was accepted`);
  }

  /** Executes; says whether it was accepted. */
  async attempt(command: TelephonyCommand): Promise<boolean> {
    try {
      await this.execute(command);
      return true;
    } catch (error) {
      if (error instanceof TelephonyRefusal) return false;
      throw error;
    }
  }

  /** Places a call; resolves when the exchange has accepted it. */
  async call(behaviour: NumberBehaviour, options: { readonly ringTimeoutMs?: number } = {}): Promise<string> {
    const leg = this.harness.newId();
    await this.execute({ ...this.placeCall(leg, this.harness.number(behaviour)), ...options });
    return leg;
  }

  placeCall(leg: string, number: string): Extract<TelephonyCommand, { type: 'place-call' }> {
    this.#legs.add(leg);
    const { trunk, callerId, sounds } = this.harness;
    const attempt = this.harness.newId();
    const abandonSound = sounds.short;
    const limits = { ringTimeoutMs: 60_000, answerLimitMs: 60_000 };
    return { type: 'place-call', leg, attempt, number, trunk, callerId, abandonSound, ...limits };
  }

  /** A call that has been answered and is under control. */
  async answeredCall(behaviour: NumberBehaviour = { does: 'person', afterS: 0 }): Promise<string> {
    const leg = await this.call(behaviour);
    await this.event(leg, 'leg-arrived', 15_000);
    return leg;
  }

  async createBridge(): Promise<string> {
    const bridge = this.harness.newId();
    this.#bridges.add(bridge);
    await this.execute({ type: 'create-bridge', bridge });
    return bridge;
  }

  /** Adds a leg and waits until it is in. */
  async addToBridge(bridge: string, leg: string): Promise<void> {
    await this.execute({ type: 'add-to-bridge', bridge, leg });
    await this.until(`${leg} in ${bridge}`, () => this.bridgeOf(leg) === bridge);
  }

  /** The bridge that a leg is in, by its last event. */
  bridgeOf(leg: string): string | undefined {
    const last = this.of(leg).findLast((event) => event.type === 'leg-bridged' || event.type === 'leg-unbridged');
    return last?.type === 'leg-bridged' ? last.bridge : undefined;
  }

  /** An account that is provisioned, with a phone registered. */
  async phone(answers: 'at-once' | 'never' = 'at-once'): Promise<{ phone: TestPhone; account: TestAccount }> {
    const account = this.harness.newAccount();
    await this.harness.settle(this.harness.telephony.provision(account));
    const phone = await this.harness.settle(this.harness.phone(account, { answers }));
    this.#phones.push(phone);
    return { phone, account };
  }

  /** An agent's phone that has dialed the sign-in code and been answered. */
  async signedIn(): Promise<SignedIn> {
    const dialed = await this.dialsIn();
    await this.execute({ type: 'answer', leg: dialed.leg });
    await this.event(dialed.leg, 'leg-answered');
    return dialed;
  }

  /** An agent's phone that has dialed the sign-in code and has not been answered yet. */
  async dialsIn(): Promise<SignedIn> {
    const { phone, account } = await this.phone();
    await this.harness.settle(phone.dial(this.harness.signInCode));
    const arrived = await this.find(`the phone of ${account.name} to arrive`, () =>
      this.events.find((event) => event.type === 'leg-arrived' && event.account === account.name),
    );
    if (arrived.type !== 'leg-arrived') throw new Error('unreachable');
    this.#legs.add(arrived.leg);
    return { leg: arrived.leg, phone, account };
  }

  /** Rings an account; resolves when the exchange has accepted. */
  async ringAgent(account: string, ringTimeoutMs = 20_000): Promise<string> {
    const leg = this.harness.newId();
    this.#legs.add(leg);
    await this.execute({ type: 'ring-agent', leg, account, label: 'Renewals', ringTimeoutMs });
    return leg;
  }

  /** Plays sounds; returns the playback's name. */
  async play(to: PlayTarget, sounds: readonly string[]): Promise<string> {
    const playback = this.harness.newId();
    await this.execute({ type: 'play', playback, to, sounds });
    return playback;
  }

  /** The last that the leg hears. */
  async playLast(leg: string, sounds: readonly string[]): Promise<string> {
    const playback = this.harness.newId();
    await this.execute({ type: 'play', playback, to: { leg }, sounds, relieves: true });
    return playback;
  }

  hasFinished(playback: string): boolean {
    return this.events.some((event) => event.type === 'playback-finished' && event.playback === playback);
  }

  /** Events of one leg, in order. */
  of(leg: string): LegEvent[] {
    return this.events.filter((event): event is LegEvent => 'leg' in event && event.leg === leg);
  }

  /** The story of one leg in words. */
  story(leg: string): EventType[] {
    return this.of(leg).map((event) => event.type);
  }

  has(leg: string, type: EventType): boolean {
    return this.story(leg).includes(type);
  }

  /** The leg's first event of a type, as soon as it is there. */
  event<T extends LegEvent['type']>(leg: string, type: T, withinMs = SOON_MS): Promise<EventOf<T>> {
    const isIt = (event: TelephonyEvent): event is EventOf<T> => event.type === type;
    return this.find(`${type} of ${leg}`, () => this.of(leg).find(isIt), withinMs);
  }

  async until(what: string, condition: () => boolean, withinMs = SOON_MS): Promise<void> {
    if (await this.harness.until(condition, withinMs)) return;
    const lately = this.events.slice(-20).map((event) => JSON.stringify(event));
    expect.fail(`waited ${withinMs} ms in vain for ${what}; the last events:\n${lately.join('\n')}`);
  }

  /** What `look` finds, as soon as it does. */
  async find<T>(what: string, look: () => T | undefined, withinMs = SOON_MS): Promise<T> {
    await this.until(what, () => look() !== undefined, withinMs);
    const found = look();
    if (found === undefined) throw new Error(`${what} is gone again`);
    return found;
  }
}
