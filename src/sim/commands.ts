// Carries commands out as Asterisk does, on the simulated exchange. Decides nothing of dialing.

import type { Clock } from '../base/clock.ts';
import type { Random } from '../base/random.ts';
import type { PlayTarget, TelephonyCommand } from '../engine/telephony-commands.ts';
import { TelephonyRefusal } from '../engine/ports.ts';
import type { CallPlanner } from './call-plan.ts';
import { CalledParty } from './called-party.ts';
import type { Dialplan } from './dialplan.ts';
import type { PhoneBook } from './phone-book.ts';
import type { Playbacks } from './playbacks.ts';
import type { SimulatedRecordings } from './recordings.ts';
import type { Leg, Switchboard } from './switchboard.ts';

type PlaceCall = Extract<TelephonyCommand, { type: 'place-call' }>;

/** The dialplan hangs up so long after the last message. */
const AFTER_MESSAGE_MS = 1_000;

/** A call into the network. */
interface Placed {
  readonly leg: Leg;
  readonly party: CalledParty;
  readonly command: PlaceCall;
}

interface CommandParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly plan: CallPlanner;
  readonly trunks: ReadonlySet<string>;
  readonly switchboard: Switchboard;
  readonly playbacks: Playbacks;
  readonly dialplan: Dialplan;
  readonly phoneBook: PhoneBook;
  readonly recordings: SimulatedRecordings;
}

export class Commands {
  /** Every call into the network so far, in order. */
  readonly placed: Placed[] = [];
  readonly #parts: CommandParts;

  constructor(parts: CommandParts) {
    this.#parts = parts;
  }

  /** Carries the command out; throws a `TelephonyRefusal`. */
  carryOut(command: TelephonyCommand): void {
    const carryOut = this.#does[command.type] as (command: TelephonyCommand) => void;
    carryOut(command);
  }

  readonly #does: { readonly [T in TelephonyCommand['type']]: (command: TelephonyCommand & { type: T }) => void } = {
    'place-call': (command) => this.#placeCall(command),
    'ring-agent': ({ leg, account, ringTimeoutMs }) => this.#parts.phoneBook.ring(leg, account, ringTimeoutMs),
    'call-third': (command) => this.#callThird(command),
    'call-agent': (command) => this.#callThird({ ...command, type: 'call-third', call: '' }, 'agent'),
    answer: ({ leg, call }) => this.#answer(this.#board.ourLeg(leg), call),
    'hang-up': ({ leg }) => this.#hangUp(this.#board.leg(leg)),
    doubt: () => undefined, // a simulated phone that is gone says so
    'take-back': ({ leg, as }) => this.#board.arrive(this.#board.leg(leg), as),
    'create-bridge': ({ bridge }) => {
      if (!this.#board.bridges.has(bridge)) this.#board.bridges.set(bridge, new Set());
    },
    'destroy-bridge': ({ bridge }) => this.#destroyBridge(bridge),
    'add-to-bridge': ({ bridge, leg }) => this.#addToBridge(bridge, leg),
    'remove-from-bridge': ({ bridge, leg }) => this.#removeFromBridge(bridge, this.#board.leg(leg)),
    mute: ({ leg }) => void (this.#board.ourLeg(leg).isMuted = true),
    unmute: ({ leg }) => void (this.#board.ourLeg(leg).isMuted = false),
    'send-keys': ({ leg, keys }) => void (this.#board.ourLeg(leg).sentKeys += keys),
    listen: ({ leg, bridge, ear }) => {
      this.#board.ourLeg(leg);
      this.#board.bridge(bridge);
      this.#board.ears.set(ear, leg);
    },
    'stop-listening': ({ ear }) => void this.#board.ears.delete(ear),
    play: (command) => this.#play(command),
    'stop-playing': ({ playback }) => this.#parts.playbacks.stop(playback),
    'start-music': ({ to }) => this.#music(to, true),
    'stop-music': ({ to }) => this.#music(to, false),
    'detect-before-agent': ({ leg }) => this.#detect('detect-before-agent', this.#board.ourLeg(leg)),
    'detect-in-parallel': ({ leg }) => this.#detect('detect-in-parallel', this.#board.ourLeg(leg)),
    'await-beep': ({ leg, withinMs }) => this.#awaitBeep(this.#board.ourLeg(leg), withinMs),
    record: (command) => this.#record(command),
    'pause-recording': (command) => this.#record(command),
    'resume-recording': (command) => this.#record(command),
    'stop-recording': (command) => this.#record(command),
  };

  get #board(): Switchboard {
    return this.#parts.switchboard;
  }

  #destroyBridge(bridge: string): void {
    this.#board.bridge(bridge);
    this.#parts.playbacks.dropTarget({ bridge });
    this.#board.removeBridge(bridge);
  }

  #addToBridge(bridge: string, leg: string): void {
    this.#board.bridge(bridge);
    this.#board.ourLeg(leg).isRelieved = true;
    this.#board.join(this.#board.ourLeg(leg), bridge);
  }

  #play({ playback, to, sounds, relieves }: Extract<TelephonyCommand, { type: 'play' }>): void {
    this.#mustExist(to);
    if ('leg' in to && relieves === true) this.#playLast(playback, this.#board.leg(to.leg));
    this.#parts.playbacks.play(playback, to, sounds);
  }

  #music(to: PlayTarget, isOn: boolean): void {
    this.#mustExist(to);
    if ('bridge' in to) this.#board.playMusic(to.bridge, isOn);
    else this.#board.ourLeg(to.leg).hasMusic = isOn;
  }

  #record(command: Parameters<SimulatedRecordings['carryOut']>[0]): void {
    this.#board.leg(command.leg);
    this.#parts.recordings.carryOut(command);
  }

  #placeCall(command: PlaceCall): void {
    if (!this.#parts.trunks.has(command.trunk)) throw new TelephonyRefusal('unreachable', `no trunk ${command.trunk}`);
    if (!/^\+?\d+$/.test(command.number)) throw new TelephonyRefusal('refused', 'not a number');
    const { leg: id, attempt, number: to, abandonSound, doNotCall, answerLimitMs } = command;
    const party = new CalledParty({
      clock: this.#parts.clock,
      switchboard: this.#parts.switchboard,
      plan: this.#parts.plan(to, this.#parts.random),
      onAnswered: (answered) => this.#parts.dialplan.handOver(answered),
      onKey: (pressing, key) => this.#parts.dialplan.keyPressed(pressing, key),
    });
    const person = { to, attempt, abandonSound, doNotCall, answerLimitMs };
    const leg = this.#parts.switchboard.open({ id, kind: 'customer', ...person, farEnd: party });
    this.placed.push({ leg, party, command });
    this.#parts.clock.after(command.ringTimeoutMs, () => {
      if (leg.answeredAt === undefined) this.#parts.switchboard.end(leg, { cause: 19, sipCode: 480, byFarEnd: false });
    });
    party.invited(leg);
  }

  /** Nothing is said to a third party when no one commands the exchange: the call ends. */
  #callThird(command: Extract<TelephonyCommand, { type: 'call-third' }>, as?: 'agent'): void {
    const { leg: id, call: attempt, number: to, trunk, ringTimeoutMs } = command;
    if (!this.#parts.trunks.has(trunk)) throw new TelephonyRefusal('unreachable', `no trunk ${trunk}`);
    const { clock, switchboard, random, plan, dialplan } = this.#parts;
    const party = new CalledParty({
      clock,
      switchboard,
      plan: plan(to, random),
      onAnswered: (leg) => switchboard.arrive(leg, as),
      onKey: (pressing, key) => dialplan.keyPressed(pressing, key),
    });
    const leg = switchboard.open({ id, kind: 'third', to, attempt, farEnd: party });
    clock.after(ringTimeoutMs, () => {
      if (leg.answeredAt === undefined) switchboard.end(leg, { cause: 19, sipCode: 480, byFarEnd: false });
    });
    party.invited(leg);
  }

  /** A call that came in has the id it was taken under in its call record. */
  #answer(leg: Leg, call: string | undefined): void {
    if (call !== undefined) leg.attempt = call;
    this.#parts.switchboard.answer(leg);
  }

  #hangUp(leg: Leg): void {
    if (leg.farEnd instanceof CalledParty && leg.farEnd.givenUp(leg)) return;
    this.#parts.switchboard.end(leg, { cause: 16, byFarEnd: false });
  }

  /** The last that the leg hears: it takes the place of what plays, and the call ends after it. */
  #playLast(playback: string, leg: Leg): void {
    leg.isRelieved = true;
    if (leg.lastMessage !== undefined) this.#parts.playbacks.drop(leg.lastMessage);
    leg.lastMessage = playback;
    this.#parts.playbacks.onceOver(playback, () =>
      this.#parts.clock.after(AFTER_MESSAGE_MS, () => {
        if (leg.state === 'up' && leg.lastMessage === playback)
          this.#parts.switchboard.end(leg, { cause: 31, byFarEnd: false });
      }),
    );
  }

  #removeFromBridge(bridge: string, leg: Leg): void {
    this.#parts.switchboard.bridge(bridge);
    if (leg.bridge !== bridge) throw new TelephonyRefusal('refused', `leg ${leg.id} is not in bridge ${bridge}`);
    this.#parts.switchboard.part(leg);
  }

  #detect(how: 'detect-before-agent' | 'detect-in-parallel', leg: Leg): void {
    const hearing = leg.farEnd instanceof CalledParty ? leg.farEnd.hearing() : undefined;
    if (!hearing) throw new TelephonyRefusal('refused', `leg ${leg.id} is not an answered call`);
    if (how === 'detect-before-agent') this.#parts.dialplan.detectBeforeAgent(leg, hearing);
    else this.#parts.dialplan.detectInParallel(leg, hearing);
  }

  #awaitBeep(leg: Leg, withinMs: number): void {
    if (!(leg.farEnd instanceof CalledParty)) throw new TelephonyRefusal('refused', `leg ${leg.id} is not a call`);
    this.#parts.dialplan.awaitBeep(leg, leg.farEnd.silentAfterMs(), withinMs);
  }

  #mustExist(target: PlayTarget): void {
    if ('bridge' in target) this.#parts.switchboard.bridge(target.bridge);
    else this.#parts.switchboard.ourLeg(target.leg);
  }
}
