// What agents ask of their own call by a program: hold, mute, keys, recording, hang-up. Each order is answered when the
// exchange has done it; to ask for what is so already is answered at once. Decides nothing of the call itself.

import { OperationalError } from '../../base/errors.ts';
import type { Call, CallEvent } from '../../call/call.ts';
import { isOnLine, isSettled, OPEN_TALK, wayTo, type TalkOrder, type Third } from '../../call/talk.ts';
import type { AgentNumber, AttemptId, SessionId } from '../../terms.ts';
import type { Prompts } from '../agents/prompts.ts';
import type { Hub } from '../hub.ts';
import type { LiveCall } from '../world.ts';
import type { CallOrder, CallStanding } from './call-orders.ts';
import { standingOf } from './call-standing.ts';
import {
  callMissing,
  changing,
  exchangeRefused,
  keysInvalid,
  notAllowed,
  noThird,
  onHold,
  thirdThere,
} from './control-refusals.ts';
import type { Recordings } from './recordings.ts';
import type { ThirdParties } from './third-parties.ts';

/** Longer than the exchange may take to answer. */
const ANSWER_MS = 12_000;
const KEYS = /^[0-9*#]{1,64}$/;

interface Waiting {
  readonly attempt: AttemptId;
  /** Undefined: not known yet. */
  readonly outcome: () => 'done' | 'failed' | undefined;
  readonly resolve: () => void;
  readonly reject: (refusal: Error) => void;
}

interface OwnCall {
  readonly agent: AgentNumber;
  readonly session: string;
  readonly live: LiveCall;
}

interface ControlsParts {
  readonly thirds: Pick<ThirdParties, 'prepare' | 'discard'>;
  readonly say: Prompts['say'];
  /** True when the event meant something to the call. */
  readonly handle: (attempt: AttemptId, event: CallEvent) => boolean;
}

export class CallControls {
  readonly #hub: Hub;
  readonly #recordings: Recordings;
  readonly #parts: ControlsParts;
  readonly #waiting = new Map<number, Waiting>();
  readonly #orders = new Map<number, { readonly agent: AgentNumber; readonly order: CallOrder }>();
  readonly #prepared = new Map<number, { readonly attempt: AttemptId; readonly how: 'consult' | 'transfer' }>();
  #count = 0;

  constructor(hub: Hub, { recordings, ...parts }: ControlsParts & { readonly recordings: Recordings }) {
    this.#hub = hub;
    this.#recordings = recordings;
    this.#parts = parts;
  }

  /** How the agent's call stands; undefined when there is none. */
  standing(agent: AgentNumber): CallStanding | undefined {
    const own = this.#ownCall(agent);
    if (!own) return undefined;
    const { attempt } = own.live.call;
    return standingOf(own.live.call, {
      agent,
      recording: this.#recordings.stateOf(attempt),
      mayRecord: this.#recordings.mayRecord(attempt),
    });
  }

  /**
   * Refused with `call-missing`, `call-on-hold`, `keys-invalid`, `recording-not-allowed`, `call-changing`, and with
   * `exchange-refused` when the exchange does not do it.
   */
  async act(agent: AgentNumber, order: CallOrder): Promise<CallStanding | undefined> {
    this.#count += 1;
    const id = this.#count;
    this.#orders.set(id, { agent, order });
    await new Promise<void>((resolve, reject) => {
      this.#waiting.set(id, { attempt: '', outcome: () => undefined, resolve, reject });
      this.#hub.post({ type: 'call-order', id });
    });
    return this.standing(agent);
  }

  /** The same by the keys of the phone; what is refused is heard to be no choice. */
  async byKey(
    id: SessionId,
    how: 'transfer' | 'consult' | 'join' | 'complete' | 'back',
    key: string | undefined,
  ): Promise<void> {
    const session = this.#hub.world.sessions.get(id);
    if (!session) return;
    const plan = this.#hub.world.campaigns.get(session.campaign)?.definition.transfer;
    const destination = plan?.destinations.find((one) => one.key === key)?.name ?? '';
    const order: CallOrder = how === 'transfer' || how === 'consult' ? { do: how, to: { destination } } : { do: how };
    await this.act(session.agent, order).catch(() => this.#parts.say(session, ['not-a-choice']));
  }

  /** Between two events: it is the order's turn. */
  takeTurn(id: number): void {
    const asked = this.#orders.get(id);
    const waiting = this.#waiting.get(id);
    this.#orders.delete(id);
    if (!asked || !waiting) return;
    try {
      this.#carryOut(id, this.#mustTalk(asked.agent), asked.order, waiting);
    } catch (refusal) {
      this.#fail(id, refusal instanceof Error ? refusal : new Error(String(refusal)));
      if (!(refusal instanceof OperationalError)) throw refusal;
    }
  }

  #carryOut(id: number, { live, session, agent }: OwnCall, order: CallOrder, waiting: Waiting): void {
    const { attempt } = live.call;
    switch (order.do) {
      case 'hang-up':
        this.#hub.post({ type: 'session', session, event: { type: 'ask-hang-up' } });
        return this.#await(id, { ...waiting, attempt, outcome: () => (this.#isTalking(attempt) ? undefined : 'done') });
      case 'keys':
        return this.#press(id, live.call, order.keys);
      case 'record':
      case 'pause-recording': {
        const wanted = order.do === 'record' ? 'on' : 'paused';
        if (!this.#recordings.ask(attempt, wanted)) throw notAllowed();
        const outcome = (): 'done' | undefined => (this.#recordings.stateOf(attempt) === wanted ? 'done' : undefined);
        return this.#await(id, { ...waiting, attempt, outcome });
      }
      case 'consult':
      case 'transfer':
        return this.#prepare(id, { live, agent, how: order.do, to: order.to });
      case 'complete':
      case 'back':
        return this.#ofThird(id, live.call, order.do, waiting);
      case 'join':
        if (live.call.third?.state !== 'here') throw noThird();
        return this.#turnTalk(id, live.call, 'resume', waiting);
      default:
        return this.#turnTalk(id, live.call, order.do, waiting);
    }
  }

  /** Its call is in the books before anything is done about it. */
  #prepare(id: number, wanted: Parameters<ThirdParties['prepare']>[0]): void {
    if (wanted.live.call.third !== undefined) throw thirdThere();
    const { attempt } = wanted.live.call;
    this.#prepared.set(id, { attempt, how: wanted.how });
    this.#parts.thirds.prepare(wanted).then(
      (third) => this.#hub.post({ type: 'third-prepared', order: id, third }),
      (fault: unknown) => this.#fail(id, fault instanceof Error ? fault : new Error(String(fault))),
    );
  }

  /** The third party may be brought in. */
  prepared(id: number, third: Third): void {
    const asked = this.#prepared.get(id);
    const waiting = this.#waiting.get(id);
    this.#prepared.delete(id);
    if (!asked || !waiting) return this.#parts.thirds.discard(third);
    const { attempt, how } = asked;
    if (!this.#parts.handle(attempt, { type: 'control', control: { type: how, third } })) {
      this.#parts.thirds.discard(third);
      return this.#fail(id, changing());
    }
    const outcome = (): 'done' | undefined => {
      const call = this.#hub.world.calls.get(attempt)?.call;
      if (call?.state !== 'talking') return 'done';
      return how === 'consult' && isSettled(call.talk ?? OPEN_TALK) ? 'done' : undefined;
    };
    this.#await(id, { ...waiting, attempt, outcome });
  }

  #ofThird(id: number, { attempt, third, talk = OPEN_TALK }: Call, order: 'complete' | 'back', waiting: Waiting): void {
    if (third === undefined || (order === 'complete' && third.state !== 'here')) throw noThird();
    if (talk.line === 'leaving' || talk.line === 'parting') throw changing();
    this.#hub.post({ type: 'call', attempt, event: { type: 'control', control: { type: order } } });
    const outcome = (): 'done' | undefined => {
      const now = this.#hub.world.calls.get(attempt)?.call;
      if (now?.state !== 'talking' || now.session === undefined) return 'done';
      return order === 'back' && now.third === undefined && isSettled(now.talk ?? OPEN_TALK) ? 'done' : undefined;
    };
    this.#waiting.set(id, { ...waiting, attempt, outcome });
    this.#limit(id);
  }

  #turnTalk(id: number, { attempt, talk = OPEN_TALK }: Call, order: TalkOrder, waiting: Waiting): void {
    const way = wayTo(talk, order);
    if (way === 'other-way') throw changing();
    const outcome = (): 'done' | 'failed' | undefined => {
      const now = this.#hub.world.calls.get(attempt)?.call;
      if (now?.state !== 'talking') return 'failed';
      const wayNow = wayTo(now.talk ?? OPEN_TALK, order);
      if (wayNow === 'there') return 'done';
      return wayNow === 'under-way' ? undefined : 'failed';
    };
    if (way === 'away') {
      this.#hub.post({ type: 'call', attempt, event: { type: 'control', control: { type: order } } });
      // Judged from the next step on.
      this.#waiting.set(id, { ...waiting, attempt, outcome });
      return this.#limit(id);
    }
    this.#await(id, { ...waiting, attempt, outcome });
  }

  #press(id: number, call: Call, keys: string): void {
    if (!KEYS.test(keys)) throw keysInvalid(keys);
    if (!isOnLine(call.talk) && call.third?.state !== 'here') throw onHold();
    const leg = isOnLine(call.talk) ? call.leg : (call.third?.leg ?? call.leg);
    this.#hub.runThen({ type: 'send-keys', leg, keys }, { type: 'call-ordered', id }, (reason) => ({
      type: 'call-ordered',
      id,
      refused: reason,
    }));
  }

  /** The exchange has done what needs no more than that, or has not. */
  ordered(id: number, reason: string | undefined): void {
    if (reason !== undefined) return this.#fail(id, exchangeRefused(reason));
    this.#waiting.get(id)?.resolve();
    this.#waiting.delete(id);
  }

  /** A call has taken a step. */
  stepped(_before: Call | undefined, { call }: LiveCall): void {
    this.look(call.attempt);
  }

  /** Something about the call may be as it was asked for now. */
  look(attempt: AttemptId): void {
    for (const [id, waiting] of this.#waiting) if (waiting.attempt === attempt) this.#judge(id, waiting);
  }

  #await(id: number, waiting: Waiting): void {
    this.#waiting.set(id, waiting);
    this.#judge(id, waiting);
    if (this.#waiting.has(id)) this.#limit(id);
  }

  #limit(id: number): void {
    this.#hub.timers.set(`call order ${id}`, this.#hub.now() + ANSWER_MS, () =>
      this.#fail(id, exchangeRefused('no answer in time')),
    );
  }

  #judge(id: number, { outcome, resolve }: Waiting): void {
    const judged = outcome();
    if (judged === undefined) return;
    this.#hub.timers.clear(`call order ${id}`);
    if (judged === 'failed') return this.#fail(id, exchangeRefused('it is as it was'));
    this.#waiting.delete(id);
    resolve();
  }

  #fail(id: number, refusal: Error): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    this.#hub.timers.clear(`call order ${id}`);
    waiting?.reject(refusal);
  }

  #isTalking = (attempt: AttemptId): boolean => this.#hub.world.calls.get(attempt)?.call.state === 'talking';

  #ownCall(agent: AgentNumber): OwnCall | undefined {
    const { sessions, sessionByAgent, calls } = this.#hub.world;
    const session = sessions.get(sessionByAgent.get(agent) ?? '');
    const live = calls.get(session?.attempt ?? '');
    if (!session || live?.call.state !== 'talking' || live.call.session !== session.session) return undefined;
    return { agent, session: session.session, live };
  }

  #mustTalk(agent: AgentNumber): OwnCall {
    const own = this.#ownCall(agent);
    if (own) return own;
    throw callMissing(agent);
  }
}
