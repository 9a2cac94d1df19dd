// A telephone exchange with a network and agents' phones on a virtual clock, behind the port that real Asterisk fulfils.
// Sends the events that Asterisk sends. Decides nothing of dialing.

import type { Clock } from '../base/clock.ts';
import { seededRandom } from '../base/random.ts';
import type { NotedOptOut, SipAccount, Telephony, TelephonyEvent, TelephonySnapshot } from '../engine/ports.ts';
import type { TelephonyCommand } from '../engine/telephony-commands.ts';
import type { BridgeId, LegId } from '../terms.ts';
import { SimulatedCallRecords } from './call-records.ts';
import type { CallPlanner } from './call-plan.ts';
import { CallingParty, type CallingPlan } from './calling-party.ts';
import { Commands } from './commands.ts';
import { Meddler } from './meddler.ts';
import { numberingPlan } from './numbering-plan.ts';
import { Dialplan } from './dialplan.ts';
import type { PhoneOptions, SimulatedPhone } from './phone.ts';
import { PhoneBook } from './phone-book.ts';
import { Playbacks } from './playbacks.ts';
import { SimulatedRecordings } from './recordings.ts';
import type { Heard, Leg, LegEnd } from './switchboard.ts';
import { Switchboard } from './switchboard.ts';
import type { Trouble } from './wire.ts';
import { ControlLink } from './wire.ts';

export interface ExchangeOptions {
  readonly clock: Clock;
  readonly seed?: number;
  /** What numbers do; default: the carrier's numbering plan. */
  readonly plan?: CallPlanner;
  /** Names of the trunks; default one, `main`. */
  readonly trunks?: readonly string[];
  readonly signInCode?: string;
  readonly listenCode?: string;
  /** Between us and the exchange, each way; a command takes twice as long. */
  readonly oneWayMs?: number;
  readonly soundMs?: (sound: string) => number;
  readonly trouble?: Trouble;
}

/** A call to the network as the exchange has seen it. */
export interface PlacedCall {
  readonly leg: string;
  readonly attempt: string;
  readonly number: string;
  readonly trunk: string;
  readonly callerId: string;
  readonly placedAt: number;
  readonly answeredAt: number | undefined;
  readonly endedAt: number | undefined;
  /** The called party hung up, or the exchange did (as commanded, at a limit, or by dying); undefined while it lives. */
  readonly endedBy: 'far-end' | 'exchange' | undefined;
  readonly heard: readonly Heard[];
  /** When it was first in a bridge with somebody else. */
  readonly companyAt: number | undefined;
}

export class SimulatedExchange implements Telephony {
  readonly callRecords = new SimulatedCallRecords();
  readonly recordings: SimulatedRecordings;
  readonly meddler: Meddler;
  readonly #clock: Clock;
  readonly #link: ControlLink;
  readonly #switchboard: Switchboard;
  readonly #playbacks: Playbacks;
  readonly #dialplan: Dialplan;
  readonly #phoneBook: PhoneBook;
  readonly #commands: Commands;
  #callsIn = 0;

  constructor(options: ExchangeOptions) {
    const { clock, seed = 1, oneWayMs = 1, trouble = {}, soundMs = soundLengthMs } = options;
    this.#clock = clock;
    this.recordings = new SimulatedRecordings(clock);
    const link = new ControlLink({ clock, random: seededRandom(seed + 1), oneWayMs, trouble });
    const switchboard = new Switchboard(clock, link, (leg, end) => this.#legEnded(leg, end));
    const { signInCode = '*55', listenCode = '*56' } = options;
    const codes = { signInCode, listenCode };
    this.#link = link;
    this.#switchboard = switchboard;
    this.meddler = new Meddler(switchboard);
    this.#playbacks = new Playbacks({ clock, link, switchboard, soundMs });
    this.#dialplan = new Dialplan({ clock, link, switchboard, soundMs });
    this.#phoneBook = new PhoneBook({ clock, link, switchboard, dialplan: this.#dialplan, ...codes });
    this.#commands = new Commands({
      clock,
      random: seededRandom(seed),
      plan: options.plan ?? numberingPlan(),
      trunks: new Set(options.trunks ?? ['main']),
      switchboard,
      playbacks: this.#playbacks,
      dialplan: this.#dialplan,
      phoneBook: this.#phoneBook,
      recordings: this.recordings,
    });
  }

  // ---- the port

  /** Ears of an engine before are taken away: whoever listened by them is let go. */
  start(listener: (event: TelephonyEvent) => void): Promise<void> {
    this.#switchboard.ears.clear();
    this.#link.listen(listener);
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#link.listen(undefined);
    return Promise.resolve();
  }

  execute(command: TelephonyCommand): Promise<void> {
    return this.#link.command(() => this.#commands.carryOut(command));
  }

  snapshot(): Promise<TelephonySnapshot> {
    return this.#link.command(() => this.#switchboard.snapshot());
  }

  lookUp(leg: LegId, bridge?: BridgeId): Promise<TelephonySnapshot> {
    return this.#link.command(() => {
      const { at, legs, bridges } = this.#switchboard.snapshot();
      const ofBridge = bridges.filter((candidate) => candidate.bridge === bridge);
      return { at, legs: legs.filter((candidate) => candidate.leg === leg), bridges: ofBridge };
    });
  }

  /** Nothing is lost on a simulated line, and nothing counted. */
  line(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  provision(account: SipAccount): Promise<void> {
    return this.#link.command(() => this.#phoneBook.provision(account));
  }

  removeAccount(name: string): Promise<void> {
    return this.#link.command(() => this.#phoneBook.remove(name));
  }

  optOuts(): Promise<readonly NotedOptOut[]> {
    return this.#link.command(() => [...this.#dialplan.optOuts].map(([attempt, at]) => ({ attempt, at })));
  }

  forgetOptOut(attempt: string): Promise<void> {
    return this.#link.command(() => void this.#dialplan.optOuts.delete(attempt));
  }

  // ---- the world around it

  /** A phone registered with an account; undefined when the account is not provisioned or the password wrong. */
  phone(account: string, options: PhoneOptions = { answers: 'at-once' }): SimulatedPhone | undefined {
    return this.#phoneBook.phone(account, options);
  }

  /** Every call placed so far, in order. */
  get calls(): readonly PlacedCall[] {
    return this.#commands.placed.map(({ leg, party, command }) => ({
      leg: leg.id,
      attempt: leg.attempt,
      number: leg.to,
      trunk: command.trunk,
      callerId: command.callerId,
      placedAt: leg.createdAt,
      answeredAt: leg.answeredAt,
      companyAt: party.companyAt,
      endedAt: leg.endedAt,
      endedBy: leg.endedAt === undefined ? undefined : party.hungUp ? 'far-end' : 'exchange',
      heard: leg.heard,
    }));
  }

  /** Somebody calls one of our numbers; no agent there to take the call: the dialplan says so and hangs up. */
  callIn(plan: CallingPlan): CallingParty {
    this.#callsIn += 1;
    const id = `in-${this.#clock.now()}.${this.#callsIn}`;
    const party = new CallingParty({ clock: this.#clock, switchboard: this.#switchboard, plan, id });
    this.#clock.after(1, () => {
      if (party.leg.state === 'ended') return;
      if (this.#link.isCommanded) this.#switchboard.arrive(party.leg);
      else this.#switchboard.end(party.leg, { cause: 21, byFarEnd: false });
    });
    return party;
  }

  /** Legs that live now, of every kind. */
  get liveLegs(): number {
    return this.#switchboard.legs.size;
  }

  /** The snapshot as an onlooker has it, link or no link. */
  look(): TelephonySnapshot {
    return this.#switchboard.snapshot();
  }

  /** True while music plays in the bridge. */
  hasMusic(bridge: string): boolean {
    return this.#switchboard.music.has(bridge);
  }

  /** Legs that are listened to. */
  get ears(): readonly LegId[] {
    return [...this.#switchboard.ears.values()];
  }

  /** True while music plays to the leg itself. */
  isHeld(leg: LegId): boolean {
    return this.#switchboard.legs.get(leg)?.hasMusic === true;
  }

  isMuted(leg: LegId): boolean {
    return this.#switchboard.legs.get(leg)?.isMuted === true;
  }

  /** Keypad tones that were sent towards the far ends of legs that live. */
  get keysSent(): string {
    return [...this.#switchboard.legs.values()].map(({ sentKeys }) => sentKeys).join('');
  }

  setTrouble(trouble: Trouble): void {
    this.#link.setTrouble(trouble);
  }

  /** The control link breaks; calls go on, and the dialplan sees to those who answer meanwhile. */
  dropLink(): void {
    this.#link.cut('the simulated link was dropped');
  }

  restoreLink(): void {
    this.#link.restore(false, 'the simulated link is back');
  }

  /** The exchange dies and comes back after `afterMs`: no leg or bridge is left, accounts are. */
  restart(afterMs = 3000): void {
    this.#link.cut('the simulated exchange died');
    this.#playbacks.forget();
    this.recordings.legEnded();
    this.#switchboard.forget();
    this.#clock.after(afterMs, () => this.#link.restore(true, 'the simulated exchange is back'));
  }

  trunkReachable(trunk: string, isReachable: boolean): void {
    this.#link.send(trunk, { type: 'trunk', at: this.#clock.now(), trunk, reachable: isReachable });
  }

  #legEnded(leg: Leg, end: LegEnd): void {
    this.#playbacks.dropTarget({ leg: leg.id });
    this.recordings.legEnded(leg.id);
    if (leg.kind === 'customer' || leg.attempt !== '') this.callRecords.write(leg, end);
  }
}

function soundLengthMs(sound: string): number {
  return sound.startsWith('digits/') ? 600 : 2000;
}
