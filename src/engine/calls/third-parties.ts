// Third parties on the exchange: called, seated with the agent or the person, let go, and written down. Whether one may be
// brought in is asked here; what becomes of the conversation is the call machine's.

import type { Call, CallEffect } from '../../call/call.ts';
import type { TalkEvent, Third, ThirdParty } from '../../call/talk.ts';
import { NO_TRANSFER } from '../../campaign/transfer.ts';
import type { AgentNumber, AttemptId, LegId, SessionId } from '../../terms.ts';
import type { Agents } from '../agents/agents.ts';
import { mayTake } from '../agents/rights.ts';
import { dialString } from '../dialing/placement.ts';
import type { Trunks } from '../dialing/trunks.ts';
import type { EngineEvent } from '../events.ts';
import type { Hub } from '../hub.ts';
import { handOverBridge, thirdLeg } from '../legs.ts';
import type { TelephonyEvent } from '../ports.ts';
import type { NewThirdCall } from '../store/third-parties.ts';
import type { LiveCall } from '../world.ts';
import type { WantedThird } from './call-orders.ts';
import { ThirdCalls } from './third-calls.ts';
import { lineTo, notAllowed, notReady, numberOf } from './third-choice.ts';

/** The person hears music again after the words. */
const WORDS_MS = 5_000;

type Does = 'call-third' | 'seat-third' | 'drop-third' | 'hand-over' | 'give-to-agent' | 'prompt-person';
type Handlers = { readonly [What in Does]: (live: LiveCall, effect: Extract<CallEffect, { do: What }>) => void };

/** Who takes a person over. */
interface Supervisor {
  readonly id: string;
  readonly leg: LegId;
  readonly phone: AgentNumber;
  readonly agent: AgentNumber;
}

interface ThirdOrder {
  readonly live: LiveCall;
  readonly agent: AgentNumber;
  readonly how: 'consult' | 'transfer';
  readonly to: WantedThird;
}

export class ThirdParties {
  readonly #hub: Hub;
  readonly #agents: Agents;
  readonly #trunks: Trunks;
  readonly #calls: ThirdCalls;

  constructor(hub: Hub, { agents, trunks }: { readonly agents: Agents; readonly trunks: Trunks }) {
    this.#hub = hub;
    this.#agents = agents;
    this.#trunks = trunks;
    this.#calls = new ThirdCalls(hub, trunks);
  }

  /**
   * Whom it is about, with the call in the books where a number is called; refused with `transfer-unknown`,
   * `transfer-not-allowed`, `transfer-agent-not-ready`, `number-invalid`, `number-not-dialed` and `no-line`.
   */
  async prepare(order: ThirdOrder): Promise<Third> {
    const { live, to } = order;
    const id = this.#hub.parts.newId();
    if ('agent' in to) return this.#ofAgent(id, order, to.agent);
    const { name, number } = numberOf(this.#hub, live.call.campaign, to);
    const trunk = lineTo(this.#hub, this.#trunks, { live, number });
    const row: NewThirdCall = {
      id,
      kind: 'number',
      who: name,
      number,
      trunk: trunk.name,
      callerId: live.opened.callerId,
      ...this.#rowOf(order),
    };
    try {
      await this.#hub.parts.store.thirdParties.opened(row);
    } catch (fault) {
      this.#trunks.hours.opened(trunk.name);
      this.#trunks.giveBack(trunk.name, row.campaign, row.askedAt);
      throw fault;
    }
    this.#trunks.hours.opened(trunk.name);
    const leg = thirdLeg(id);
    this.#calls.begun(id, { row, leg });
    return { id, leg, who: { kind: 'number', name }, state: 'wanted' };
  }

  /** What was prepared is not wanted any more: the call has ended, or the machine did not take it. */
  discard({ id }: Third): void {
    this.#calls.over(id, { cause: 0 });
  }

  readonly restore: ThirdCalls['restore'] = (rows, snapshot) => this.#calls.restore(rows, snapshot);

  #rowOf({ live, agent, how }: ThirdOrder) {
    const { attempt, campaign } = live.call;
    return { attempt, campaign, byAgent: agent, how, askedAt: this.#hub.now() };
  }

  async #ofAgent(id: string, order: ThirdOrder, wanted: AgentNumber): Promise<Third> {
    const { world } = this.#hub;
    const { campaign } = order.live.call;
    const plan = world.campaigns.get(campaign)?.definition.transfer ?? NO_TRANSFER;
    if (!plan.agents) throw notAllowed('another agent', campaign);
    const session = world.sessions.get(world.sessionByAgent.get(wanted) ?? '');
    const isReady = session?.campaign === campaign && mayTake(world, session);
    const leg = session?.leg;
    if (!isReady || (order.how === 'consult' && leg === undefined)) throw notReady(wanted);
    const row = { ...this.#rowOf(order), number: null, trunk: null, callerId: null };
    await this.#hub.parts.store.thirdParties.opened({ id, kind: 'agent', who: wanted, ...row });
    const who: ThirdParty = { kind: 'agent', agent: wanted, session: session.session };
    return { id, leg: leg ?? thirdLeg(id), who, state: 'wanted' };
  }

  // ---- what the call machine asks for

  readonly handlers: Handlers = {
    'call-third': (live, { third }) => this.#call(live, third),
    'seat-third': ({ call: { attempt } }, { third, bridge }) =>
      this.#hub.runThen(
        { type: 'add-to-bridge', bridge, leg: third.leg },
        control(attempt, { type: 'third-joined', id: third.id }),
        () => this.#lost(attempt, third),
      ),
    'drop-third': (live, { third, isGiven }) => this.#drop(live, third, isGiven === true),
    'hand-over': ({ call }, { third }) => void this.#handOver(call.attempt, call.leg, third),
    'give-to-agent': ({ call: { attempt } }, { session }) => {
      if (!this.#agents.reserveThis(session, attempt)) {
        this.#hub.post({ type: 'call', attempt, event: { type: 'agent-lost' } });
      }
    },
    'prompt-person': ({ call: { attempt, leg } }) => this.#promptPerson(attempt, leg),
  };

  #call({ call }: LiveCall, third: Third): void {
    const { attempt } = call;
    this.#hub.world.thirdByLeg.set(third.leg, attempt);
    if (third.who.kind === 'agent') {
      this.#agents.handle(third.who.session, { type: 'engage', attempt });
      return this.#hub.post(control(attempt, { type: 'third-arrived', id: third.id }));
    }
    const known = this.#calls.of(third.id);
    const trunk = this.#trunks.find(known?.row.trunk ?? '');
    const number = known?.row.number;
    if (!known || !trunk || !number) return this.#hub.post(this.#lost(attempt, third));
    this.#trunks.hours.placed(trunk, number);
    const plan = this.#hub.world.campaigns.get(call.campaign)?.definition.transfer ?? NO_TRANSFER;
    this.#hub.run(
      {
        type: 'call-third',
        leg: third.leg,
        call: third.id,
        trunk: trunk.name,
        number: dialString(number, trunk),
        callerId: known.row.callerId ?? '',
        ringTimeoutMs: plan.ringMs,
      },
      (_reason, _linkDown, noAnswer) => (noAnswer ? undefined : this.#lost(attempt, third)),
    );
    const session = this.#hub.world.sessions.get(call.session ?? '');
    if (session) this.#agents.prompts.say(session, ['ringing']);
  }

  /** What its end means to the call; its own row is closed. */
  #lost(attempt: AttemptId, { id }: Third): EngineEvent {
    this.#calls.over(id, { cause: 0 });
    return control(attempt, { type: 'third-ended', id });
  }

  #drop({ call }: LiveCall, { id, leg, who }: Third, isGiven: boolean): void {
    this.#hub.world.thirdByLeg.delete(leg);
    if (who.kind === 'number') return this.#hub.run({ type: 'hang-up', leg });
    this.#calls.over(id, { cause: 16 });
    this.#sendHome(call.attempt, who.session, isGiven);
  }

  /** An agent's phone goes back into its own bridge; not given the person, they are free again. */
  #sendHome(attempt: AttemptId, id: SessionId, isGiven: boolean): void {
    const session = this.#hub.world.sessions.get(id);
    if (session?.leg !== undefined) {
      this.#hub.run({ type: 'add-to-bridge', bridge: session.bridge, leg: session.leg });
    }
    if (isGiven) return;
    this.#hub.post({ type: 'session', session: id, event: { type: 'released', attempt, why: 'not-connected' } });
  }

  async #handOver(attempt: AttemptId, person: LegId, third: Third): Promise<void> {
    const { telephony } = this.#hub.parts;
    const bridge = handOverBridge(attempt);
    try {
      await telephony.execute({ type: 'create-bridge', bridge });
      await telephony.execute({ type: 'add-to-bridge', bridge, leg: third.leg });
      await telephony.execute({ type: 'add-to-bridge', bridge, leg: person });
      this.#hub.post(control(attempt, { type: 'handed' }));
    } catch (fault) {
      // Over meanwhile: those it was for have gone.
      if (this.#hub.world.calls.get(attempt)?.call.third?.id === third.id)
        this.#hub.parts.log.warn({ attempt, fault }, 'person and third party could not be put together');
      this.#hub.post(control(attempt, { type: 'refused', order: 'complete' }));
    }
    if (this.#hub.world.calls.get(attempt)?.call.state !== 'handed-over')
      this.#hub.run({ type: 'destroy-bridge', bridge });
  }

  #promptPerson(attempt: AttemptId, leg: LegId): void {
    this.#hub.run({ type: 'stop-music', to: { leg } });
    this.#hub.run({ type: 'play', playback: `transfer-${attempt}`, to: { leg }, sounds: ['outdial/transfer-failed'] });
    this.#hub.timers.set(`music ${attempt}`, this.#hub.now() + WORDS_MS, () => {
      const call = this.#hub.world.calls.get(attempt)?.call;
      if (call?.state === 'waiting') this.#hub.run({ type: 'start-music', to: { leg } });
    });
  }

  // ---- what the exchange reports

  /** The third party has answered, and the leg is under our control. */
  arrived(leg: LegId): void {
    const attempt = this.#hub.world.thirdByLeg.get(leg);
    const id = attempt === undefined ? undefined : this.#calls.answered(leg);
    if (attempt === undefined || id === undefined) return this.#hub.run({ type: 'hang-up', leg });
    this.#hub.post(control(attempt, { type: 'third-arrived', id }));
  }

  readonly hangingUp: ThirdCalls['hangingUp'] = (event) => this.#calls.hangingUp(event);

  ended({ leg, ...causes }: Pick<Extract<TelephonyEvent, { type: 'leg-ended' }>, 'leg' | 'cause' | 'sipCode'>): void {
    const attempt = this.#hub.world.thirdByLeg.get(leg);
    const [id] = this.#calls.byLeg(leg);
    this.#hub.world.thirdByLeg.delete(leg);
    if (id === undefined) return;
    this.#calls.over(id, causes);
    if (attempt !== undefined) this.#hub.post(control(attempt, { type: 'third-ended', id }));
  }

  /** The phone of an agent who was consulted is gone. */
  agentLost(attempt: AttemptId, session: SessionId): void {
    const third = this.#hub.world.calls.get(attempt)?.call.third;
    if (third?.who.kind !== 'agent' || third.who.session !== session) return;
    this.#hub.world.thirdByLeg.delete(third.leg);
    this.#calls.over(third.id, { cause: 0 });
    this.#hub.post(control(attempt, { type: 'third-ended', id: third.id }));
  }

  /** A call has taken a step: with the agent who gives it away, and out of the bridge of its own. */
  stepped(before: Call | undefined, live: LiveCall): void {
    const { call } = live;
    if (before?.third === undefined) return;
    const isAway = (state: Call['state']): boolean => state === 'handing-over' || state === 'handed-over';
    if (before.session !== undefined && call.session === undefined && call.state !== 'ended') live.isGiven = true;
    if (isAway(before.state) && !isAway(call.state)) {
      this.#hub.run({ type: 'destroy-bridge', bridge: handOverBridge(call.attempt) });
    }
  }

  /** A supervisor in the agent's bridge has the person from here on. */
  takeOver({ attempt, campaign }: Call, supervisor: Supervisor): void {
    const { id, leg, phone, agent } = supervisor;
    const now = this.#hub.now();
    const row: NewThirdCall = {
      id,
      attempt,
      campaign,
      byAgent: agent,
      how: 'take-over',
      kind: 'agent',
      who: phone,
      number: null,
      trunk: null,
      callerId: null,
      askedAt: now,
    };
    this.#calls.begun(id, { row, leg, answeredAt: now });
    this.#hub.world.thirdByLeg.set(leg, attempt);
    this.#hub.writer.write(() => this.#hub.parts.store.thirdParties.opened(row));
    const third: Third = { id, leg, who: { kind: 'number', name: phone }, state: 'here' };
    this.#hub.post(control(attempt, { type: 'take-over', third }));
  }

  /** The supervisor's browser hangs up on the person whom it took over from that agent, in whichever run of ours. */
  hangUpTaken(agent: AgentNumber, phone: string): void {
    for (const leg of this.#calls.takenBy(agent, phone)) this.#hub.run({ type: 'hang-up', leg });
  }
}

function control(attempt: AttemptId, event: TalkEvent): EngineEvent {
  return { type: 'call', attempt, event: { type: 'control', control: event } };
}
