// What becomes of a record once its call is over: by the result alone, or, after a conversation, by result and
// disposition together, in whichever order the two arrive; and what a disposition does besides. Calls that came in are
// handled alike, in a book of their own.

import { defined } from '../../base/defined.ts';
import type { CallOrigin } from '../../call/call.ts';
import { decideNext } from '../../records/call-again.ts';
import { GLOBAL_LIST, listOfCampaign } from '../../records/do-not-call.ts';
import type { CallbackFacts, PersonFacts, RecordNext } from '../../records/record.ts';
import type { AgentNumber, AttemptId, Disposition, Phone } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import { answersGiven } from './script-answers.ts';
import type { CloseAttempt, OpenedAttempt, OpenedCall } from '../store/attempts.ts';
import type { RecordOutcome, GivenDisposition } from '../world.ts';
import { nameOf } from '../actor.ts';

export interface Closing {
  readonly origin: CallOrigin;
  readonly opened: OpenedCall;
  readonly campaign: string;
  /** What is written to the store, without what becomes of the record. */
  readonly attempt: Omit<CloseAttempt, 'next'>;
  /** An agent talked with the person and may still give a disposition. */
  readonly agentToSpeak: boolean;
  /** Who talked with the person last: what they say counts, what another agent has said only when they say nothing. */
  readonly speaker?: AgentNumber;
  /** The network asked not to call the person again before this time has passed. */
  readonly retryAfterMs?: number;
}

export class RecordOutcomes {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** The attempt has its result; `noted` is called once the store has been asked to write it. */
  closed(closing: Closing, noted: () => void = () => undefined): void {
    const { attempt, origin, opened, campaign, retryAfterMs, speaker } = closing;
    const { result, endedAt, counts } = attempt;
    const outcome = { result, endedAt, counts, ...defined({ retryAfterMs }) };
    const known: RecordOutcome = {
      origin,
      opened,
      campaign,
      ...this.#hub.world.recordOutcomes.get(attempt.attempt),
      outcome,
      ...defined({ speaker }),
    };
    const isGiven = known.given !== undefined && (speaker === undefined || known.given.agent === speaker);
    const waits = closing.agentToSpeak && !isGiven;
    const next: RecordNext = waits ? { state: 'dialing' } : this.#decide(known);
    const books = this.#books(origin);
    this.#write(known, () => books.close({ ...attempt, next }));
    noted();
    this.#hub.post({ type: 'call-over', ended: { origin, campaign, opened, result } });
    if (waits) {
      this.#hub.world.recordOutcomes.set(attempt.attempt, known);
      return;
    }
    if (known.given) this.#dispose(known, known.given, next);
    this.#finished(known, next);
  }

  /** The same where a bug keeps us from deciding what becomes of the record: in doubt no one is called again. */
  closedUndecided({ attempt, origin, opened, campaign }: Closing): void {
    const next: RecordNext = { state: 'finished', why: 'a fault in outdial kept it from deciding what comes next' };
    const books = this.#books(origin);
    this.#write({ origin, opened, campaign }, () => books.close({ ...attempt, next }));
    this.#hub.world.recordOutcomes.delete(attempt.attempt);
  }

  /** The agent has said what it was, or let the wrap-up pass without a word. */
  give(attempt: AttemptId, given: GivenDisposition): void {
    const known = this.#hub.world.recordOutcomes.get(attempt);
    const live = this.#hub.world.calls.get(attempt);
    if (known?.outcome === undefined) {
      if (live) {
        this.#hub.world.recordOutcomes.set(attempt, {
          ...known,
          origin: live.call.origin,
          opened: live.opened,
          campaign: live.call.campaign,
          given,
        });
      }
      return;
    }
    if (known.speaker !== undefined && known.speaker !== given.agent) {
      // An agent before them: it counts when whoever talked last says nothing.
      if (given.disposition !== undefined) this.#hub.world.recordOutcomes.set(attempt, { ...known, given });
      return;
    }
    const isSilent = given.disposition === undefined && known.given?.disposition !== undefined;
    this.conclude(known, isSilent && known.given ? known.given : given);
  }

  /** What was said of a call that is over decides, also again: its record is left alone once it has been dialed since. */
  conclude(ended: RecordOutcome, given: GivenDisposition): void {
    const complete: RecordOutcome = { ...ended, given };
    const next = this.#decide(complete);
    this.#dispose(complete, given, next);
    this.#finished(complete, next);
  }

  /** The agent's session has let go of the attempt without a word: an ended conversation waits no longer. */
  giveNone(attempt: AttemptId, agent: AgentNumber): void {
    if (this.#hub.world.recordOutcomes.get(attempt)?.outcome) this.give(attempt, { agent, at: this.#hub.now() });
  }

  /** What the call was, said by an agent who goes on with the record: it is in the books, and decides nothing yet. */
  noted(attempt: AttemptId, given: GivenDisposition): void {
    const known = this.#hub.world.recordOutcomes.get(attempt);
    if (!known) return;
    this.#hub.world.recordOutcomes.set(attempt, { ...known, noted: given });
    if (given.disposition !== undefined) this.#dispose(known, given, { state: 'dialing' });
  }

  /** The agent has let go of the record, and its last call, said of before or not, decides. */
  letGo(attempt: AttemptId, agent: AgentNumber): void {
    const known = this.#hub.world.recordOutcomes.get(attempt);
    if (known?.outcome) this.conclude(known, known.noted ?? { agent, at: this.#hub.now() });
  }

  /** The record has been dialed again before anything was decided for it: the call before decides nothing any more. */
  redialed({ attempt, record: { record } }: OpenedAttempt): void {
    const { recordOutcomes } = this.#hub.world;
    for (const [before, { opened }] of recordOutcomes) {
      if (opened.record.record === record && before !== attempt) recordOutcomes.delete(before);
    }
  }

  /** The call that is under way for a record, or over and not yet decided; undefined: the record may be decided on. */
  callOf(record: number): AttemptId | undefined {
    const { calls, recordOutcomes } = this.#hub.world;
    for (const [attempt, { opened }] of calls) if (opened.record.record === record) return attempt;
    for (const [attempt, { opened }] of recordOutcomes) if (opened.record.record === record) return attempt;
    return undefined;
  }

  /** A callback was agreed in the call, or with `undefined` taken back: it decides when the call is done with. */
  agreed(attempt: AttemptId, agreed: CallbackFacts | undefined): void {
    const live = this.#hub.world.calls.get(attempt);
    const known = this.#hub.world.recordOutcomes.get(attempt);
    const base: RecordOutcome | undefined =
      known ?? (live && { origin: live.call.origin, opened: live.opened, campaign: live.call.campaign });
    if (!base) return;
    const { agreed: _agreed, ...rest } = base;
    this.#hub.world.recordOutcomes.set(attempt, agreed === undefined ? rest : { ...rest, agreed });
  }

  /** Where the call is written down. */
  #books(origin: CallOrigin) {
    return origin === 'inbound' ? this.#hub.parts.store.inbound : this.#hub.parts.store.attempts;
  }

  #dispose(known: RecordOutcome, given: GivenDisposition, next: RecordNext): void {
    const { origin, opened, campaign } = known;
    const { attempt } = opened;
    const { disposition, phone, ...who } = given;
    const books = this.#books(origin);
    if (disposition === undefined) {
      this.#write(known, () => books.settle(attempt, next));
      return;
    }
    const number = phone === undefined ? undefined : this.#hub.parts.readNumber?.(phone);
    const more: { phone?: Phone } = number === undefined ? {} : { phone: { number, type: 'other' } };
    this.#write(known, () => books.dispose({ attempt, disposition, ...who, ...more, next }));
    const { agent, at } = given;
    this.#hub.emit({ type: 'disposition', at, attempt, campaign, agent, disposition });
    const meant = this.#definition(campaign)?.dispositions.find(({ code }) => code === disposition);
    if (meant?.then?.do === 'do-not-call') this.#putOnList(opened, campaign, { meant, given });
  }

  /** From the next choice on these numbers are not called. */
  #putOnList(
    { record, phoneIndex }: OpenedCall,
    campaign: string,
    { meant, given }: { readonly meant: Disposition; readonly given: GivenDisposition },
  ): void {
    if (meant.then?.do !== 'do-not-call') return;
    const { list, numbers } = meant.then;
    const phones = numbers === 'all' ? record.phones : record.phones.slice(phoneIndex, phoneIndex + 1);
    const all = [...new Set(phones.flatMap(({ number, was }) => (was === undefined ? [number] : [number, was])))];
    if (all.length === 0) return;
    const entry = {
      list: list === 'global' ? GLOBAL_LIST : listOfCampaign(campaign),
      by: nameOf({ kind: 'agent', agent: given.agent }),
      at: given.at,
      reason: given.reason ?? meant.label,
    };
    this.#hub.writer.write(async () => {
      await this.#hub.parts.store.doNotCall.add(all, entry);
      this.#hub.post({ type: 'numbers-listed', numbers: all });
    });
  }

  #finished(known: RecordOutcome, next: RecordNext): void {
    this.#hub.world.recordOutcomes.delete(known.opened.attempt);
    const campaign = this.#hub.world.campaigns.get(known.campaign);
    if (next.state === 'waiting') campaign?.ahead.waits(next.dueAt);
    if (next.state === 'finished') campaign?.ahead.unknown();
  }

  /** What is written may change when a personal callback is due: looked at again once it is durable. */
  #write({ campaign, opened, agreed }: RecordOutcome, write: () => Promise<void>): void {
    const agent = (agreed ?? opened.record.callback)?.agent ?? undefined;
    this.#hub.writer.write(async () => {
      await write();
      if (agent !== undefined) this.#hub.post({ type: 'personal', campaign, agent });
    });
  }

  #definition(campaign: string) {
    return this.#hub.world.campaigns.get(campaign)?.definition;
  }

  #decide(known: RecordOutcome): RecordNext {
    const campaign = this.#definition(known.campaign);
    if (!campaign || !known.outcome) return { state: 'finished', why: 'its campaign is gone' };
    const { opened, agreed, outcome } = known;
    const disposition = known.given?.disposition;
    const answers = known.answers ?? answersGiven(this.#hub.world.scripts.get(opened.attempt));
    const next = decideNext({
      facts: withPhone(opened.record, agreed),
      campaign,
      outcome: {
        ...outcome,
        connected: outcome.result === 'connected',
        phoneIndex: opened.phoneIndex,
        ...(known.origin === 'inbound' ? { inbound: true } : {}),
        ...defined({ disposition, answers }),
      },
      ...defined({ agreed }),
    });
    return { ...known.undoes, ...next };
  }
}

/** A number that was agreed on and is new has become the contact's last phone. */
function withPhone(facts: PersonFacts, agreed: CallbackFacts | undefined): PersonFacts {
  if (agreed === undefined || facts.phones.some(({ number }) => number === agreed.number)) return facts;
  return { ...facts, phones: [...facts.phones, { number: agreed.number, type: 'other' }] };
}
