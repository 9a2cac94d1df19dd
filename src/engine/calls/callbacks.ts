// Callbacks as people and agents set, move and take them back, also while the call is still under way. Whether a time
// stands is eligibility/callbacks.ts; when a personal one is dialed is personal-calls.ts.

import { defined } from '../../base/defined.ts';
import { campaignNotLoaded } from '../../campaign/refusals.ts';
import { agentUnknown, numberInvalid, recordUnknown } from '../store/refusals.ts';
import type { AgentSession, AskedByKeys, SessionEvent } from '../../agent/session.ts';
import { OperationalError } from '../../base/errors.ts';
import { firstInstantAt, localTime } from '../../base/local-time.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { worksIn } from '../../campaign/membership.ts';
import { zoneOfPerson } from '../../eligibility/callback-zone.ts';
import { callbackTimes, type CallbackTimes } from '../../eligibility/callback-times.ts';
import { judgeCallback, timeFromKeys } from '../../eligibility/callbacks.ts';
import type { CallbackDecision } from '../../eligibility/callbacks.ts';
import { blockedNumbers } from '../../records/do-not-call.ts';
import type { CallbackFacts, RecordFacts } from '../../records/record.ts';
import type { AgentNumber, Phone, SessionId } from '../../terms.ts';
import type { RecordOutcomes } from './record-outcomes.ts';
import type { CallbackRequest, CallbackTimesRequest, ZoneTime } from './callback-request.ts';
import type { Campaigns } from '../campaigns/campaigns.ts';
import type { Hub } from '../hub.ts';
import { mayWork } from '../agents/rights.ts';
import type { CallbackRow } from '../store/callbacks.ts';
import { nameOf, RECORDS, type Actor } from '../actor.ts';
import { callbackOver, callbackUnknown } from './callback-refusals.ts';

export class Callbacks {
  readonly #hub: Hub;
  readonly #recordOutcomes: RecordOutcomes;
  readonly #campaigns: Campaigns;

  constructor(hub: Hub, parts: { recordOutcomes: RecordOutcomes; campaigns: Campaigns }) {
    this.#hub = hub;
    this.#recordOutcomes = parts.recordOutcomes;
    this.#campaigns = parts.campaigns;
  }

  /**
   * Sets or moves the record's callback; durable when it resolves. Refused with `record-unknown`, `campaign-unknown`,
   * `agent-unknown`, `number-invalid`, or the reason why that time may not be agreed on (`callback-past` …).
   */
  async set(request: CallbackRequest): Promise<CallbackRow> {
    const { facts, campaign } = await this.#about(request.record);
    this.#mustWorkHere(request.agent, campaign);
    const call = this.#recordOutcomes.callOf(request.record);
    const phone = this.#phone(request, facts);
    const zone = request.zone ?? zoneOfPerson(phone.number, facts, campaign);
    const at = typeof request.at === 'number' ? request.at : instantOf(request.at, zone);
    if (!Number.isFinite(at)) throw timeInvalid();
    const now = this.#hub.now();
    const wanted = { at, zone, phone, agent: request.agent };
    const blocked = await this.#blocked(facts, campaign, phone);
    const { kindOf } = this.#hub.parts;
    const decision = judgeCallback({ facts, campaign, blocked, kindOf, now, wanted });
    if (!decision.ok) throw refusalOf(decision, zone);
    const row = await this.#hub.parts.store.callbacks.set({
      record: request.record,
      at,
      zone,
      phone,
      agent: request.agent,
      by: nameOf(request.by),
      now,
      dueAt: decision.dueAt,
      why: decision.why,
      ...defined({ call, note: request.note }),
    });
    this.#hub.post({ type: 'callback-changed', campaign: campaign.name, row, dueAt: decision.dueAt });
    return row;
  }

  /** When it might be agreed on, and what forbids the rest; refused like `set`, but for what depends on a time. */
  async times(request: CallbackTimesRequest): Promise<CallbackTimes> {
    const { facts, campaign } = await this.#about(request.record);
    this.#mustWorkHere(request.agent, campaign);
    const phone = this.#phone(request, facts);
    const wanted = { zone: request.zone ?? zoneOfPerson(phone.number, facts, campaign), phone, agent: request.agent };
    const blocked = await this.#blocked(facts, campaign, phone);
    const { kindOf } = this.#hub.parts;
    const { date } = request;
    return callbackTimes({ facts, campaign, blocked, kindOf, now: this.#hub.now(), wanted, ...defined({ date }) });
  }

  /** Takes a callback back; refused with `callback-unknown`, `callback-over`. */
  async cancel(id: number, { by, again }: { readonly by: Actor; readonly again: boolean }): Promise<CallbackRow> {
    const now = this.#hub.now();
    const before = await this.#hub.parts.store.callbacks.show(id, now);
    if (!before) throw callbackUnknown(id);
    if (before.state !== 'pending' && before.state !== 'due') throw callbackOver(before);
    const row = (await this.#hub.parts.store.callbacks.cancel({ id, by: nameOf(by), now, again })) ?? before;
    this.#hub.post({ type: 'callback-changed', campaign: row.campaign, row, dueAt: again ? now : undefined });
    return row;
  }

  /** Takes back what is agreed for a record that an agent has in hand; the record stays with the agent. */
  async takeBack(record: number, by: Actor): Promise<void> {
    const query = { record, now: this.#hub.now(), limit: 1 };
    const [open] = await this.#hub.parts.store.callbacks.list(query);
    if (open) await this.cancel(open.id, { by, again: true });
  }

  /** The agent has typed when to call again, or takes the callback back; the session hears whether that stands. */
  byKeys(id: SessionId, asked: AskedByKeys): void {
    const { calls, recordOutcomes, sessions } = this.#hub.world;
    const session = sessions.get(id);
    if (!session) return;
    const record = (calls.get(asked.attempt) ?? recordOutcomes.get(asked.attempt))?.opened.record.record;
    const answer = (event: SessionEvent): void => this.#hub.post({ type: 'session', session: id, event });
    if (record === undefined) return answer({ type: 'callback-refused', why: 'callback-forbidden' });
    const answered =
      asked.do === 'agree-callback' ? this.#agree(session, record, asked) : this.#takeBackByKeys(session, record);
    answered.then(answer, (fault: unknown) => answer({ type: 'callback-refused', why: this.#spokenRefusal(fault) }));
  }

  async #agree(
    { agent, campaign }: AgentSession,
    record: number,
    { typed, forAny, number }: Extract<AskedByKeys, { readonly do: 'agree-callback' }>,
  ): Promise<SessionEvent> {
    const now = this.#hub.now();
    const by = { kind: 'agent', agent } as const;
    // Who may not work here any more cannot keep it: the person is called all the same.
    const whose = forAny !== true && mayWork(this.#hub.world, agent, campaign) ? agent : null;
    const row = await this.set({ record, at: { typed, now }, agent: whose, by, ...defined({ number }) });
    this.#hub.note(by, { at: now, what: 'callback.set', subject: `callback ${row.id}`, to: shownOf(row) });
    const forWhom = forAny === true ? ['outdial/callback-for-any'] : [];
    const { at, zone, agent: keeps } = row;
    const phone = { number: row.number, type: row.phoneType };
    return {
      type: 'callback-agreed',
      callback: { at, zone, phone, agent: keeps },
      spoken: [...spokenTime(row.zone, row.at, now), 'outdial/their-time', ...forWhom],
    };
  }

  async #takeBackByKeys({ agent }: AgentSession, record: number): Promise<SessionEvent> {
    const now = this.#hub.now();
    const [row] = await this.#hub.parts.store.callbacks.list({ record, limit: 1, now });
    if (row === undefined) return { type: 'callback-refused', why: 'callback-none' };
    const by = { kind: 'agent', agent } as const;
    // What becomes of the record is said by the disposition.
    await this.cancel(row.id, { by, again: true });
    this.#hub.note(by, { at: now, what: 'callback.cancel', subject: `callback ${row.id}`, from: shownOf(row) });
    return { type: 'callback-cancelled' };
  }

  #spokenRefusal(fault: unknown): 'callback-past' | 'callback-forbidden' | 'not-a-choice' {
    if (!(fault instanceof OperationalError)) {
      this.#hub.parts.log.error({ fault }, 'a callback could not be set');
      return 'callback-forbidden';
    }
    if (fault.code === 'callback-time-invalid' || fault.code === 'number-invalid') return 'not-a-choice';
    return fault.code === 'callback-past' ? 'callback-past' : 'callback-forbidden';
  }

  async #about(record: number): Promise<{ readonly facts: RecordFacts; readonly campaign: Campaign }> {
    const found = await this.#hub.parts.store.records.facts(record);
    if (!found) throw recordUnknown(record);
    const campaign = this.#hub.world.campaigns.get(found.campaign)?.definition;
    if (campaign) return { facts: found.facts, campaign };
    throw campaignNotLoaded(found.campaign);
  }

  #mustWorkHere(agent: AgentNumber | null, campaign: Campaign): void {
    if (agent === null) return;
    const known = this.#hub.world.agentsByNumber.get(agent);
    if (known && worksIn(campaign, known.groups)) return;
    if (!known) throw agentUnknown(agent, this.#hub.world.agentsByNumber.keys());
    const hint = 'outdial agent list shows who is in which group.';
    throw new OperationalError('agent-unknown', `Agent ${agent} does not work in ${campaign.name}.`, {
      hint,
      httpCode: 404,
    });
  }

  #phone({ number, type, record }: Pick<CallbackRequest, 'number' | 'type' | 'record'>, facts: RecordFacts): Phone {
    if (number === undefined) {
      const call = this.#recordOutcomes.callOf(record);
      const { calls, recordOutcomes } = this.#hub.world;
      const dialed = call === undefined ? undefined : (calls.get(call) ?? recordOutcomes.get(call))?.opened;
      const phone = facts.phones[dialed?.phoneIndex ?? facts.phoneIndex] ?? facts.phones[0];
      if (phone) return phone;
    }
    const read = this.#hub.parts.readNumber ?? plainNumber;
    const known = number === undefined ? undefined : read(number);
    if (known !== undefined) {
      return facts.phones.find((phone) => phone.number === known) ?? { number: known, type: type ?? 'other' };
    }
    throw numberInvalid(number ?? 'Nothing');
  }

  async #blocked(facts: RecordFacts, campaign: Campaign, phone: Phone) {
    const numbers = [...new Set([...facts.phones, phone].flatMap(({ number, was }) => [number, was ?? number]))];
    const entries = await Promise.all(numbers.map((number) => this.#hub.parts.store.doNotCall.check(number)));
    return blockedNumbers(campaign, entries.flat());
  }

  /** Whoever waits for the record, or watches, hears of it. */
  changed(row: CallbackRow, dueAt: number | undefined): void {
    const { campaign: name, record, agent } = row;
    const isOpen = row.state === 'pending' || row.state === 'due';
    const call = this.#recordOutcomes.callOf(record);
    if (call !== undefined) this.#recordOutcomes.agreed(call, isOpen ? factsOf(row) : undefined);
    this.#hub.emit({ type: 'callback', at: this.#hub.now(), campaign: name, callback: row.id, state: row.state });
    this.#hub.parts.log.info(
      { campaign: name, record, callback: row.id, at: row.at, agent, state: row.state },
      'callback',
    );
    if (agent !== null) this.#hub.post({ type: 'personal', campaign: name, agent });
    const campaign = this.#hub.world.campaigns.get(name);
    if (!campaign || dueAt === undefined || call !== undefined) return;
    campaign.ahead.added(dueAt);
    this.#campaigns.step(campaign, 'records-added', RECORDS, 'a callback was set');
    this.#hub.post({ type: 'pace', campaign: name });
  }
}

/** What the audit log holds of it: no name, no number. */
export const shownOf = ({ record, at, zone, agent, state }: CallbackRow) => ({ record, at, zone, agent, state });

const factsOf = ({ id, at, agent, zone, number, setBy, setAt }: CallbackRow): CallbackFacts => ({
  callback: id,
  at,
  agent,
  zone,
  number,
  by: setBy,
  setAt,
});

const plainNumber = (text: string): string | undefined => (/^\+[1-9]\d{6,14}$/.test(text) ? text : undefined);

/** `NaN`: no time. */
function instantOf(time: ZoneTime, zone: string): number {
  if ('shownAt' in time) return firstInstantAt(zone, time.shownAt);
  return timeFromKeys(time.typed, time.now, zone) ?? Number.NaN;
}

function refusalOf(decision: Extract<CallbackDecision, { ok: false }>, zone: string): OperationalError {
  const { code, why, notBeforeAt } = decision;
  const free = notBeforeAt === undefined ? '' : ` Allowed from ${new Date(notBeforeAt).toISOString()} on.`;
  return new OperationalError(code, why, {
    hint: `Choose another time (${zone}), or no callback.${free}`,
    httpCode: 409,
  });
}

function timeInvalid(): OperationalError {
  const hint = 'Give a time such as 2026-12-01T10:30.';
  return new OperationalError('callback-time-invalid', 'That is no time for a callback.', { hint });
}

/** How a moment is read out: today or tomorrow, and the time of day. */
function spokenTime(zone: string, at: number, now: number): readonly string[] {
  const then = localTime(zone, at);
  const isOn = (moment: number): boolean => {
    const { year, month, day } = localTime(zone, moment);
    return year === then.year && month === then.month && day === then.day;
  };
  const day = isOn(now) ? ['digits/today'] : isOn(now + 86_400_000) ? ['digits/tomorrow'] : [];
  const minutes = then.minute === 0 ? ['digits/oclock'] : spokenNumber(then.minute);
  return [...day, ...spokenNumber(then.hour), ...minutes];
}

/** A number below 100 in Asterisk's own sounds. */
function spokenNumber(value: number): readonly string[] {
  if (value <= 20) return [`digits/${value}`];
  const unit = value % 10;
  return unit === 0 ? [`digits/${value}`] : [`digits/${value - unit}`, `digits/${unit}`];
}
