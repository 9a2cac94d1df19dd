// Carries commands out as Asterisk does, on the simulated exchange. Decides nothing of dialing.

import type { Clock } from '../base/clock.ts';
import { unreachable } from '../base/errors.ts';
import type { Random } from '../base/random.ts';
import type { PlayTarget, TelephonyCommand } from '../engine/ports.ts';
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
    const board = this.#parts.switchboard;
    switch (command.type) {
      case 'place-call':
        this.#placeCall(command);
        break;
      case 'ring-agent':
        this.#parts.phoneBook.ring(command.leg, command.account, command.ringTimeoutMs);
        break;
      case 'call-third':
        this.#callThird(command);
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
        this.#parts.playbacks.dropTarget({ bridge: command.bridge });
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
      case 'mute':
      case 'unmute':
        board.ourLeg(command.leg).isMuted = command.type === 'mute';
        break;
      case 'send-keys':
        board.ourLeg(command.leg).sentKeys += command.keys;
        break;
      case 'listen':
        board.ourLeg(command.leg);
        board.bridge(command.bridge);
        board.ears.set(command.ear, command.leg);
        break;
      case 'stop-listening':
        board.ears.delete(command.ear);
        break;
      case 'take-back':
        board.arrive(board.leg(command.leg), command.as);
        break;
      case 'play':
        this.#mustExist(command.to);
        if ('leg' in command.to && command.relieves === true)
          this.#playLast(command.playback, board.leg(command.to.leg));
        this.#parts.playbacks.play(command.playback, command.to, command.sounds);
        break;
      case 'stop-playing':
        this.#parts.playbacks.stop(command.playback);
        break;
      case 'start-music':
      case 'stop-music':
        this.#mustExist(command.to);
        if ('bridge' in command.to) board.playMusic(command.to.bridge, command.type === 'start-music');
        else board.ourLeg(command.to.leg).hasMusic = command.type === 'start-music';
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
        this.#parts.recordings.carryOut(command);
        break;
      default:
        unreachable(command);
    }
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
  #callThird(command: Extract<TelephonyCommand, { type: 'call-third' }>): void {
    const { leg: id, call: attempt, number: to, trunk, ringTimeoutMs } = command;
    if (!this.#parts.trunks.has(trunk)) throw new TelephonyRefusal('unreachable', `no trunk ${trunk}`);
    const { clock, switchboard, random, plan, dialplan } = this.#parts;
    const party = new CalledParty({
      clock,
      switchboard,
      plan: plan(to, random),
      onAnswered: (leg) => switchboard.arrive(leg),
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
