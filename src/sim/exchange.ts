// A telephone exchange with a network and agents' phones on a virtual clock, behind the port that real Asterisk fulfils.
// Carries commands out as Asterisk does and sends the events that Asterisk sends. Decides nothing of dialing.

import type { Clock } from '../base/clock.ts';
import { unreachable } from '../base/errors.ts';
import type { Random } from '../base/random.ts';
import { seededRandom } from '../base/random.ts';
import type {
  NotedWish,
  PlayTarget,
  SipAccount,
  Telephony,
  TelephonyCommand,
  TelephonyEvent,
  TelephonySnapshot,
} from '../engine/ports.ts';
import { TelephonyRefusal } from '../engine/ports.ts';
import type { BridgeId, LegId } from '../terms.ts';
import { SimulatedCallRecords } from './call-records.ts';
import type { CallPlanner } from './call-plan.ts';
import { CalledParty } from './called-party.ts';
import { CallingParty, type CallingPlan } from './calling-party.ts';
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
  /** The called party hung up, or the exchange did (as told, at a limit, or by dying); undefined while it lives. */
  readonly endedBy: 'far-end' | 'exchange' | undefined;
  readonly heard: readonly Heard[];
  /** When it was first in a bridge with somebody else. */
  readonly companyAt: number | undefined;
}

type PlaceCall = Extract<TelephonyCommand, { type: 'place-call' }>;

/** The dialplan hangs up so long after the last message. */
const AFTER_MESSAGE_MS = 1_000;

export class SimulatedExchange implements Telephony {
  readonly callRecords = new SimulatedCallRecords();
  readonly recordings: SimulatedRecordings;
  readonly meddler: Meddler;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #plan: CallPlanner;
  readonly #trunks: ReadonlySet<string>;
  readonly #link: ControlLink;
  readonly #switchboard: Switchboard;
  readonly #playbacks: Playbacks;
  readonly #dialplan: Dialplan;
  readonly #phoneBook: PhoneBook;
  readonly #placed: { readonly leg: Leg; readonly party: CalledParty; readonly command: PlaceCall }[] = [];
  #callsIn = 0;

  constructor(options: ExchangeOptions) {
    const { clock, seed = 1, oneWayMs = 1, trouble = {}, soundMs = soundLengthMs } = options;
    this.#clock = clock;
    this.recordings = new SimulatedRecordings(clock);
    this.#random = seededRandom(seed);
    this.#plan = options.plan ?? numberingPlan();
    this.#trunks = new Set(options.trunks ?? ['main']);
    const link = new ControlLink({ clock, random: seededRandom(seed + 1), oneWayMs, trouble });
    const switchboard = new Switchboard(clock, link, (leg, end) => this.#legEnded(leg, end));
    const signInCode = options.signInCode ?? '*55';
    this.#link = link;
    this.#switchboard = switchboard;
    this.meddler = new Meddler(switchboard);
    this.#playbacks = new Playbacks({ clock, link, switchboard, soundMs });
    this.#dialplan = new Dialplan({ clock, link, switchboard, soundMs });
    this.#phoneBook = new PhoneBook({ clock, link, switchboard, dialplan: this.#dialplan, signInCode });
  }

  // ---- the port

  start(listener: (event: TelephonyEvent) => void): Promise<void> {
    this.#link.listen(listener);
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#link.listen(undefined);
    return Promise.resolve();
  }

  execute(command: TelephonyCommand): Promise<void> {
    return this.#link.command(() => this.#carryOut(command));
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

  provision(account: SipAccount): Promise<void> {
    return this.#link.command(() => this.#phoneBook.provision(account));
  }

  removeAccount(name: string): Promise<void> {
    return this.#link.command(() => this.#phoneBook.remove(name));
  }

  wishes(): Promise<readonly NotedWish[]> {
    return this.#link.command(() => [...this.#dialplan.wishes].map(([attempt, at]) => ({ attempt, at })));
  }

  forgetWish(attempt: string): Promise<void> {
    return this.#link.command(() => void this.#dialplan.wishes.delete(attempt));
  }

  // ---- the world around it

  /** A phone registered with an account; undefined when the account is not provisioned or the password wrong. */
  phone(account: string, options: PhoneOptions = { answers: 'at-once' }): SimulatedPhone | undefined {
    return this.#phoneBook.phone(account, options);
  }

  /** Every call placed so far, in order. */
  get calls(): readonly PlacedCall[] {
    return this.#placed.map(({ leg, party, command }) => ({
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

  /** Somebody calls one of our numbers; nobody there to take the call: the dialplan says so and hangs up. */
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

  setTrouble(trouble: Trouble): void {
    this.#link.setTrouble(trouble);
  }

  /** The control link breaks; calls go on, and the dialplan sees to those who answer meanwhile. */
  dropLink(): void {
    this.#link.cut('the simulated link was dropped');
  }

  restoreLink(): void {
    this.#link.mend(false, 'the simulated link is back');
  }

  /** The exchange dies and comes back after `afterMs`: no leg or bridge is left, accounts are. */
  restart(afterMs = 3000): void {
    this.#link.cut('the simulated exchange died');
    this.#playbacks.forget();
    this.recordings.legEnded();
    this.#switchboard.forget();
    this.#clock.after(afterMs, () => this.#link.mend(true, 'the simulated exchange is back'));
  }

  trunkReachable(trunk: string, isReachable: boolean): void {
    this.#link.send(trunk, { type: 'trunk', at: this.#clock.now(), trunk, reachable: isReachable });
  }

  // ---- commands

  #carryOut(command: TelephonyCommand): void {
    const board = this.#switchboard;
    switch (command.type) {
      case 'place-call':
        this.#placeCall(command);
        break;
      case 'ring-agent':
        this.#phoneBook.ring(command.leg, command.account, command.ringTimeoutMs);
        break;
      case 'answer':
        this.#answer(board.ourLeg(command.leg), command.call);
        break;
      case 'hang-up':
        this.#hangUp(board.leg(command.leg));
        break;
      case 'create-bridge':
        if (!board.bridges.has(command.bridge)) board.bridges.set(command.bridge, new Set());
        break;
      case 'destroy-bridge':
        board.bridge(command.bridge);
        this.#playbacks.dropTarget({ bridge: command.bridge });
        board.removeBridge(command.bridge);
        break;
      case 'add-to-bridge':
        board.bridge(command.bridge);
        board.ourLeg(command.leg).isRelieved = true;
        board.join(board.ourLeg(command.leg), command.bridge);
        break;
      case 'remove-from-bridge':
        this.#removeFromBridge(command.bridge, board.leg(command.leg));
        break;
      case 'take-back':
        board.arrive(board.leg(command.leg), command.as);
        break;
      case 'play':
        this.#mustExist(command.to);
        if ('leg' in command.to && command.relieves === true)
          this.#playLast(command.playback, board.leg(command.to.leg));
        this.#playbacks.play(command.playback, command.to, command.sounds);
        break;
      case 'stop-playing':
        this.#playbacks.stop(command.playback);
        break;
      case 'start-music':
      case 'stop-music':
        this.#mustExist(command.to);
        if ('bridge' in command.to) board.playMusic(command.to.bridge, command.type === 'start-music');
        break;
      case 'detect-before-agent':
      case 'detect-in-parallel':
        this.#detect(command.type, board.ourLeg(command.leg));
        break;
      case 'await-beep':
        this.#awaitBeep(board.ourLeg(command.leg), command.withinMs);
        break;
      case 'record':
      case 'pause-recording':
      case 'resume-recording':
      case 'stop-recording':
        board.leg(command.leg);
        this.recordings.carryOut(command);
        break;
      default:
        unreachable(command);
    }
  }

  #placeCall(command: PlaceCall): void {
    if (!this.#trunks.has(command.trunk)) throw new TelephonyRefusal('unreachable', `no trunk ${command.trunk}`);
    if (!/^\+?\d+$/.test(command.number)) throw new TelephonyRefusal('refused', 'not a number');
    const { leg: id, attempt, number: to, abandonSound, doNotCall, answerLimitMs } = command;
    const party = new CalledParty({
      clock: this.#clock,
      switchboard: this.#switchboard,
      plan: this.#plan(to, this.#random),
      onAnswered: (answered) => this.#dialplan.handOver(answered),
      onKey: (pressing, key) => this.#dialplan.keyPressed(pressing, key),
    });
    const person = { to, attempt, abandonSound, doNotCall, answerLimitMs };
    const leg = this.#switchboard.open({ id, kind: 'customer', ...person, farEnd: party });
    this.#placed.push({ leg, party, command });
    this.#clock.after(command.ringTimeoutMs, () => {
      if (leg.answeredAt === undefined) this.#switchboard.end(leg, { cause: 19, sipCode: 480, byFarEnd: false });
    });
    party.invited(leg);
  }

  /** A call that came in has the id it was taken under in its call record. */
  #answer(leg: Leg, call: string | undefined): void {
    if (call !== undefined) leg.attempt = call;
    this.#switchboard.answer(leg);
  }

  #hangUp(leg: Leg): void {
    if (leg.farEnd instanceof CalledParty && leg.farEnd.givenUp(leg)) return;
    this.#switchboard.end(leg, { cause: 16, byFarEnd: false });
  }

  /** The last that the leg hears: it takes the place of what plays, and the call ends after it. */
  #playLast(playback: string, leg: Leg): void {
    leg.isRelieved = true;
    if (leg.lastMessage !== undefined) this.#playbacks.drop(leg.lastMessage);
    leg.lastMessage = playback;
    this.#playbacks.onceOver(playback, () =>
      this.#clock.after(AFTER_MESSAGE_MS, () => {
        if (leg.state === 'up' && leg.lastMessage === playback)
          this.#switchboard.end(leg, { cause: 31, byFarEnd: false });
      }),
    );
  }

  #removeFromBridge(bridge: string, leg: Leg): void {
    this.#switchboard.bridge(bridge);
    if (leg.bridge !== bridge) throw new TelephonyRefusal('refused', `leg ${leg.id} is not in bridge ${bridge}`);
    this.#switchboard.part(leg);
  }

  #detect(how: 'detect-before-agent' | 'detect-in-parallel', leg: Leg): void {
    const hearing = leg.farEnd instanceof CalledParty ? leg.farEnd.hearing() : undefined;
    if (!hearing) throw new TelephonyRefusal('refused', `leg ${leg.id} is not an answered call`);
    if (how === 'detect-before-agent') this.#dialplan.detectBeforeAgent(leg, hearing);
    else this.#dialplan.detectInParallel(leg, hearing);
  }

  #awaitBeep(leg: Leg, withinMs: number): void {
    if (!(leg.farEnd instanceof CalledParty)) throw new TelephonyRefusal('refused', `leg ${leg.id} is not a call`);
    this.#dialplan.awaitBeep(leg, leg.farEnd.silentAfterMs(), withinMs);
  }

  #mustExist(target: PlayTarget): void {
    if ('bridge' in target) this.#switchboard.bridge(target.bridge);
    else this.#switchboard.ourLeg(target.leg);
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
