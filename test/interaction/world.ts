// A small call centre for properties: records, desks, a network that answers as the test says. What is durable survives a
// crash (records, reservations, attempts, desks); what is only on its way (events, effects, timers) does not.

import { defined } from '../../src/base/defined.ts';
import type { Desk, DeskEffect, DeskEvent, Offer } from '../../src/interaction/desk.ts';
import { mayOffer, openDesk, stepDesk } from '../../src/interaction/desk-machine.ts';
import type {
  DialOrder,
  HeldRecord,
  Interaction,
  InteractionEffect,
  InteractionPlan,
} from '../../src/interaction/interaction.ts';
import { MODE_ROWS } from '../../src/interaction/modes.ts';

const CAMPAIGN = 'renewals';

interface Attempt {
  readonly interaction: string;
  readonly record: number;
  readonly order: DialOrder | undefined;
  readonly agent: string;
  state: 'out' | 'talking' | 'over';
  result: 'connected' | 'no-answer' | 'cancelled';
  closed: number;
  passedOn: boolean;
}

interface Waiting {
  readonly agent: string;
  readonly event?: DeskEvent;
  readonly effect?: DeskEffect;
}

export class World {
  readonly desks = new Map<string, Desk>();
  /** Records that may be given out, the top first. */
  records: number[];
  /** By interaction: the record that is kept for it. */
  readonly reserved = new Map<string, { record: number; agent: string; request?: string }>();
  readonly gone = new Map<number, string>();
  readonly attempts = new Map<string, Attempt>();
  readonly begun = new Set<string>();
  readonly finished = new Map<string, Interaction>();
  private waiting: Waiting[] = [];
  now = 1_000_000;
  readonly faults: string[] = [];

  readonly plan: InteractionPlan;

  constructor(plan: InteractionPlan, agents: readonly string[], records: number) {
    this.plan = plan;
    this.records = Array.from({ length: records }, (_, index) => index + 1);
    for (const agent of agents) this.desks.set(agent, openDesk({ agent, session: `s${agent}` }));
  }

  desk(agent: string): Desk {
    const desk = this.desks.get(agent);
    if (desk === undefined) throw new Error(`no desk of ${agent}`);
    return desk;
  }

  /** One event at a desk: the state and what belongs to it are durable together, the rest is on its way. */
  send(agent: string, event: DeskEvent): void {
    const before = this.desk(agent);
    const step = stepDesk(before, event, this.now);
    this.desks.set(agent, step.desk);
    if (step.desk.open) this.begun.add(step.desk.open.interaction);
    for (const effect of step.effects) {
      if (!this.atOnce(effect)) this.waiting.push({ agent, effect });
    }
    this.check();
  }

  private atOnce(effect: DeskEffect): boolean {
    switch (effect.do) {
      case 'finished':
        if (this.finished.has(effect.interaction.interaction)) this.fault('finished twice');
        this.begun.add(effect.interaction.interaction);
        this.finished.set(effect.interaction.interaction, effect.interaction);
        return true;
      case 'return-record':
        this.letGo(effect.interaction, 'top');
        return true;
      case 'interaction':
        return this.durableOf(effect.interaction, effect.effect);
      default:
        return false;
    }
  }

  private durableOf(interaction: string, effect: InteractionEffect): boolean {
    if (effect.do === 'release-record') {
      if (this.reserved.get(interaction)?.record !== effect.record) this.fault('released, but not reserved');
      this.letGo(interaction, effect.to);
      return true;
    }
    if (effect.do === 'pass-on') this.passOn(effect.attempt);
    if (effect.do !== 'close-attempt') return false;
    const attempt = this.attempts.get(effect.attempt);
    if (attempt === undefined) this.fault('closed an attempt that was never made');
    else attempt.closed += 1;
    return true;
  }

  /** A start finds the call without its agent, as the state says; the rest of it is not this interaction's. */
  private passOn(name: string): void {
    const attempt = this.attempts.get(name);
    if (attempt) attempt.passedOn = true;
  }

  private letGo(interaction: string, to: string): void {
    const kept = this.reserved.get(interaction);
    if (kept === undefined) return;
    this.reserved.delete(interaction);
    if (to === 'top') this.records.unshift(kept.record);
    else if (to === 'list' || to === 'by-result') this.records.push(kept.record);
    else this.gone.set(kept.record, to);
  }

  /** The next thing on its way arrives; `twice`: it will again. */
  deliver(pick: number, twice: boolean): boolean {
    const index = this.waiting.length === 0 ? -1 : pick % this.waiting.length;
    const [one] = index < 0 ? [] : this.waiting.splice(index, 1);
    if (one === undefined) return false;
    if (twice) this.waiting.push(one);
    if (one.event) this.send(one.agent, one.event);
    if (one.effect) this.carryOut(one.agent, one.effect);
    return true;
  }

  private carryOut(agent: string, effect: DeskEffect): void {
    if (effect.do === 'seek') this.offer(agent);
    if (effect.do === 'reserve-record') this.pull(agent, effect.request);
    if (effect.do === 'interaction') this.onInteraction(agent, effect.interaction, effect.effect);
  }

  private pull(agent: string, request: string): void {
    const known = [...this.reserved].find(([, kept]) => kept.request === request);
    const offer = known ? this.offerOf(known[0], known[1].record) : this.reserve(agent, request);
    this.waiting.push({
      agent,
      event: offer
        ? { type: 'record-reserved', request, ...offer }
        : { type: 'no-record', request, why: 'none', reason: { kind: 'no-record-now' } },
    });
  }

  offer(agent: string): void {
    if (!mayOffer(this.desk(agent), { campaign: CAMPAIGN, kind: this.plan.kind })) return;
    // Nothing is offered where the person is there already.
    if (MODE_ROWS[this.plan.kind].begins === 'talking' && !this.plan.accept && !isEngaged(this.plan)) return;
    const isBlank = this.plan.kind === 'engaged';
    const offer = isBlank ? this.offerOf(this.newId(), undefined) : this.reserve(agent);
    if (offer) this.waiting.push({ agent, event: { type: 'offer', ...offer } });
  }

  private ids = 0;

  private newId(): string {
    this.ids += 1;
    return `i${this.ids}`;
  }

  private reserve(agent: string, request?: string): Offer | undefined {
    const record = this.records.shift();
    if (record === undefined) return undefined;
    const interaction = this.newId();
    this.reserved.set(interaction, { record, agent, ...defined({ request }) });
    return this.offerOf(interaction, record);
  }

  private offerOf(interaction: string, record: number | undefined): Offer {
    const held = record === undefined ? {} : { record: heldRecord(record) };
    return { interaction, campaign: CAMPAIGN, plan: this.plan, ...held };
  }

  private onInteraction(agent: string, interaction: string, effect: InteractionEffect): void {
    if (effect.do === 'dial') this.dial(agent, interaction, effect.order);
    if (effect.do === 'find-call') this.find(agent, interaction, effect.order, effect.attempt);
    if (effect.do === 'cancel-dial') this.end(effect.attempt, 'cancelled');
    if (effect.do === 'hang-up') this.end(effect.attempt, 'connected');
    if (effect.do === 'pass-on') this.end(effect.attempt, 'connected');
  }

  /** Written before it is dialed, once for each click. */
  private dial(agent: string, interaction: string, order: DialOrder): void {
    const kept = this.reserved.get(interaction);
    const name = `at of ${order.id}`;
    if (kept === undefined || kept.agent !== agent || this.attempts.has(name)) return;
    const isOut = [...this.attempts.values()].some((one) => one.record === kept.record && one.state !== 'over');
    if (isOut) this.fault('a record was dialed twice at once');
    if (this.desk(agent).open?.state === 'done') this.fault('dialed when done');
    this.attempts.set(name, { ...newAttempt(interaction, kept.record, agent), order });
    this.report(agent, interaction, { type: 'attempt-placed', order: order.id, attempt: name });
  }

  private find(agent: string, interaction: string, order: DialOrder | undefined, attempt: string | undefined): void {
    const name = attempt ?? `at of ${order?.id ?? 'none'}`;
    const found = this.attempts.get(name);
    if (found === undefined) {
      this.report(agent, interaction, {
        type: 'dial-refused',
        order: order?.id ?? 'none',
        rule: 'interrupted',
        why: 'Interrupted.',
      });
      return;
    }
    if (order) this.report(agent, interaction, { type: 'attempt-placed', order: order.id, attempt: name });
    if (found.state === 'talking') this.report(agent, interaction, { type: 'connected', attempt: name });
    if (found.state === 'over') this.reportOver(name, found);
  }

  /** Something happens to a call that is out: the person picks up, or it is over. */
  network(pick: number, answers: boolean): void {
    const out = [...this.attempts].filter(([, one]) => one.state !== 'over');
    const [name, attempt] = out.length === 0 ? [] : (out[pick % out.length] ?? []);
    if (name === undefined || attempt === undefined) return;
    if (attempt.state === 'out' && answers) {
      attempt.state = 'talking';
      attempt.result = 'connected';
      this.report(attempt.agent, attempt.interaction, { type: 'connected', attempt: name });
    } else this.end(name, attempt.state === 'talking' ? 'connected' : 'no-answer');
  }

  private end(name: string | undefined, result: Attempt['result']): void {
    const attempt = name === undefined ? undefined : this.attempts.get(name);
    if (name === undefined || attempt === undefined || attempt.state === 'over') return;
    attempt.result = attempt.state === 'talking' ? 'connected' : result;
    attempt.state = 'over';
    this.reportOver(name, attempt);
  }

  private reportOver(attempt: string, { agent, interaction, result }: Attempt): void {
    this.report(agent, interaction, { type: 'call-over', attempt, result, talked: result === 'connected' });
  }

  private report(
    agent: string,
    interaction: string,
    event: Extract<DeskEvent, { type: 'interaction' }>['event'],
  ): void {
    this.waiting.push({ agent, event: { type: 'interaction', interaction, event } });
  }

  /** Somebody who picked up for the engaged, or for whoever is free. */
  answerForPool(agent: string): void {
    const desk = this.desk(agent);
    const { open } = desk;
    const waits = open?.state === 'dialing' && isEngaged(this.plan) && open.attempt === undefined;
    const isPaced = MODE_ROWS[this.plan.kind].begins === 'talking' && !isEngaged(this.plan);
    const isWanted = waits || (isPaced && mayOffer(desk, { campaign: CAMPAIGN, kind: this.plan.kind }));
    const record = isWanted ? this.records.shift() : undefined;
    if (record === undefined) return;
    const interaction = open?.interaction ?? this.newId();
    this.reserved.set(interaction, { record, agent });
    const name = `${interaction} pool ${this.attempts.size}`;
    this.attempts.set(name, { ...newAttempt(interaction, record, agent), state: 'talking', result: 'connected' });
    this.send(agent, {
      type: 'call-connected',
      attempt: name,
      interaction,
      campaign: CAMPAIGN,
      plan: this.plan,
      record: heldRecord(record),
    });
  }

  later(ms: number): void {
    this.now += ms;
    for (const [agent, { open, countdown }] of this.desks) {
      if (open?.deadlineAt !== undefined && this.now >= open.deadlineAt) {
        this.send(agent, { type: 'interaction', interaction: open.interaction, event: { type: 'time-over' } });
      }
      if (countdown && this.now >= countdown.until) this.send(agent, { type: 'countdown-over' });
    }
  }

  /** kill -9 and a start: what was on its way is gone, what no one holds goes back. */
  crash(): void {
    this.waiting = [];
    for (const [agent, desk] of this.desks) {
      const read = JSON.parse(JSON.stringify(desk)) as Desk;
      this.desks.set(agent, read);
    }
    for (const [interaction, { agent, request }] of [...this.reserved]) {
      const { open, pull } = this.desk(agent);
      const isHeld = open?.interaction === interaction || (request !== undefined && pull?.request === request);
      if (!isHeld) this.letGo(interaction, 'top');
    }
    for (const agent of this.desks.keys()) this.send(agent, { type: 'restored' });
  }

  /** Every session ends, every call too, until nothing happens any more. */
  closeDown(): void {
    for (const agent of this.desks.keys()) this.send(agent, { type: 'session-lost' });
    for (let round = 0; round < 1_000 && (this.deliver(0, false) || this.isAnythingOut()); round += 1) {
      this.network(0, false);
    }
  }

  private isAnythingOut(): boolean {
    return [...this.attempts.values()].some(({ state }) => state !== 'over');
  }

  private check(): void {
    const held = [...this.desks.values()].flatMap(({ open }) => (open?.record ? [open.record.record] : []));
    if (new Set(held).size !== held.length) this.fault('a record with two agents');
    for (const [agent, { open, pull }] of this.desks) {
      if (open?.state === 'done') this.fault('a finished interaction is still open');
      if (open && pull) this.fault(`${agent} has a record and fetches another`);
      if (open?.record && this.reserved.get(open.interaction)?.record !== open.record.record) {
        this.fault(`${agent} holds a record that is not reserved`);
      }
    }
    const places = [...this.records, ...[...this.reserved.values()].map(({ record }) => record), ...this.gone.keys()];
    if (new Set(places).size !== places.length) this.fault('a record in two places');
  }

  fault(what: string): void {
    this.faults.push(what);
  }
}

const isEngaged = (plan: InteractionPlan): boolean => MODE_ROWS[plan.kind].accept === 'wait';

const heldRecord = (record: number): HeldRecord => ({
  record,
  phones: [
    { number: `+1212555${1000 + record}`, type: 'mobile' },
    { number: `+1305555${1000 + record}`, type: 'home' },
  ],
  phoneIndex: 0,
});

const newAttempt = (interaction: string, record: number, agent: string): Attempt => ({
  interaction,
  record,
  order: undefined,
  agent,
  state: 'out',
  result: 'no-answer',
  closed: 0,
  passedOn: false,
});
