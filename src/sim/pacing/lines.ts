// What becomes of dials in a simulated shift: set-up, ringing, an answer and its verdict, waiting, an agent or none.
// What agents do with their calls is not its business (crew.ts).

import type { Result } from '../../terms.ts';
import type { CallsToTake, Crew, SimulatedAgent } from './crew.ts';
import { DUE, type Shift } from './shift.ts';
import type { Dial } from './worlds.ts';

interface Call {
  readonly id: string;
  readonly dial: Dial;
  state: 'placed' | 'waiting' | 'over';
}

export class Lines implements CallsToTake {
  readonly #shift: Shift;
  readonly #crew: Crew;
  /** By number of the dial; undefined once nothing can happen to it any more. */
  readonly #calls: (Call | undefined)[] = [];
  readonly #inUse = new Map<string, Call>();
  readonly #waiting: Call[] = [];

  constructor(shift: Shift, crew: Crew) {
    this.#shift = shift;
    this.#crew = crew;
  }

  dial(): void {
    const { world, draws, meter, queue, t, halfS } = this.#shift;
    const dial = world.dial(t, halfS, draws.dial);
    const index = this.#calls.length;
    const call: Call = { id: `call-${index}`, dial, state: 'placed' };
    this.#calls.push(call);
    this.#inUse.set(call.id, call);
    meter.dialed(t, this.#inUse.size);
    this.#shift.emit({ at: this.#shift.ms, type: 'dialed', call: call.id });
    queue.add(t + dial.setUpS, DUE.ring, index);
  }

  cancel(id: string): void {
    const call = this.#inUse.get(id);
    if (call?.state !== 'placed') return;
    this.#shift.meter.cancelled(this.#shift.t);
    this.#end(call, 'cancelled');
  }

  happen(kind: number, index: number): void {
    const call = this.#calls[index];
    if (call === undefined) return;
    if (call.state === 'over') this.#calls[index] = undefined;
    else if (kind === DUE.ring) {
      this.#shift.emit({ at: this.#shift.ms, type: 'ringing', call: call.id });
      this.#shift.queue.add(this.#shift.t + call.dial.ringS, DUE.answerOrEnd, index);
    } else if (kind === DUE.answerOrEnd) this.#answerOrEnd(call, index);
    else if (kind === DUE.verdict) this.#verdict(call, index);
    else if (call.state === 'waiting') this.#abandon(call);
  }

  takeWaiting(agent: SimulatedAgent): boolean {
    const call = this.#waiting.shift();
    if (call === undefined) return false;
    this.#connect(call, agent);
    return true;
  }

  finished(callId: string): void {
    this.#shift.emit({ at: this.#shift.ms, type: 'ended', call: callId, result: 'connected' });
    this.#inUse.delete(callId);
  }

  #answerOrEnd(call: Call, index: number): void {
    const { end, verdictS } = call.dial;
    const { pickUpSeen } = this.#shift.world;
    if (end === 'busy' || end === 'no-answer') this.#end(call, end);
    else if (end === 'person' && !pickUpSeen) this.#verdict(call, index);
    else {
      if (pickUpSeen) this.#shift.emit({ at: this.#shift.ms, type: 'answered', call: call.id });
      this.#shift.queue.add(this.#shift.t + verdictS, DUE.verdict, index);
    }
  }

  #verdict(call: Call, index: number): void {
    const { meter, world, queue, t } = this.#shift;
    const taken = (call.dial.end === 'person') !== call.dial.mistaken;
    if (!taken) {
      this.#shift.emit({ at: this.#shift.ms, type: 'machine', call: call.id });
      this.#end(call, 'machine');
      return;
    }
    meter.live(t);
    this.#shift.emit({ at: this.#shift.ms, type: 'live', call: call.id });
    if (call.dial.hangsUp === true) return this.#end(call, 'rejected');
    call.state = 'waiting';
    const agent = this.#crew.takeReady();
    if (agent !== undefined) this.#connect(call, agent);
    else if (world.patienceS <= 0) this.#abandon(call);
    else {
      this.#waiting.push(call);
      queue.add(t + world.patienceS, DUE.patience, index);
    }
  }

  #connect(call: Call, agent: SimulatedAgent): void {
    call.state = 'over';
    this.#shift.meter.connected(this.#shift.t);
    this.#crew.talk(agent, call.id, call.dial.end === 'machine');
    this.#shift.emit({ at: this.#shift.ms, type: 'connected', call: call.id, agent: agent.id });
  }

  #abandon(call: Call): void {
    const place = this.#waiting.indexOf(call);
    if (place >= 0) this.#waiting.splice(place, 1);
    this.#shift.meter.abandoned(this.#shift.t);
    this.#shift.emit({ at: this.#shift.ms, type: 'abandoned', call: call.id });
    this.#end(call, 'abandoned');
  }

  #end(call: Call, result: Result): void {
    call.state = 'over';
    this.#inUse.delete(call.id);
    this.#shift.emit({ at: this.#shift.ms, type: 'ended', call: call.id, result });
  }
}
