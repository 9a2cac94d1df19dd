// What a conversation was, said by a program instead of the keys of a phone: checked against what the disposition asks
// for, then given to the agent's session, or, once the wrap-up is over, to the books: what was left out is added, what was
// said wrong is corrected. What becomes of the record is record-outcomes.ts.

import { defined } from '../../base/defined.ts';
import { campaignNotLoaded } from '../../campaign/refusals.ts';
import type { Remarks } from '../../agent/session.ts';
import { OperationalError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Campaign } from '../../campaign/definition.ts';
import type { AttemptId, CampaignName, Disposition } from '../../terms.ts';
import type { RecordOutcomes } from './record-outcomes.ts';
import type { Agents } from '../agents/agents.ts';
import type { Hub } from '../hub.ts';
import { numberNotDialed, whyNotDialed } from '../dialing/number-gate.ts';
import { asJustEnded, pastCall, type PastCall } from './past-calls.ts';
import type { GivenDisposition } from '../world.ts';
import type { DispositionGiven, DispositionRequest } from './disposition-request.ts';
import type { DispositionInSession, DispositionTurn } from './disposition-turn.ts';
import { numberInvalid } from '../store/refusals.ts';

/** The record stays as it was decided. */
const AS_IT_IS = { state: 'dialing' } as const;

export class Dispositions {
  readonly #hub: Hub;
  readonly #agents: Agents;
  readonly #recordOutcomes: RecordOutcomes;
  /** Who waits for a correction to be decided. */
  readonly #waiting = new Map<number, Asked>();
  #requests = 0;

  constructor(
    hub: Hub,
    { agents, recordOutcomes }: { readonly agents: Agents; readonly recordOutcomes: RecordOutcomes },
  ) {
    this.#hub = hub;
    this.#agents = agents;
    this.#recordOutcomes = recordOutcomes;
  }

  /**
   * Refused with `attempt-unknown`, `campaign-unknown`, `disposition-unknown`, `disposition-incomplete`,
   * `number-invalid`, `number-not-dialed`, `disposition-too-early` (no one talks yet) and `disposition-over` (no one has talked).
   */
  async give(request: DispositionRequest): Promise<DispositionGiven> {
    const call = await this.#callOf(request.attempt);
    const remarks = remarksOf(request);
    this.#mustBeDialable(call.campaign, remarks.phone);
    await this.#mustBeComplete(call, request.disposition, remarks);
    const { attempt, disposition } = request;
    const given = { what: 'give', attempt, disposition, record: call.record, remarks } as const;
    const inSession = await this.#inTurn(call.campaign, given);
    return inSession ?? this.#afterwards(request, remarks);
  }

  async #callOf(attempt: AttemptId): Promise<Pick<PastCall, 'campaign' | 'record'>> {
    const live = this.#hub.world.calls.get(attempt);
    if (live) return { campaign: live.call.campaign, record: live.opened.record.record ?? null };
    const known = this.#hub.world.recordOutcomes.get(attempt);
    return known
      ? { campaign: known.campaign, record: known.opened.record.record ?? null }
      : pastCall(this.#hub.parts.store, attempt);
  }

  async #mustBeComplete(
    { campaign, record }: Pick<PastCall, 'campaign' | 'record'>,
    code: string,
    remarks: Remarks,
  ): Promise<void> {
    const { meant } = this.#meaning(campaign, code);
    if (meant.ask === 'reason' && remarks.reason === undefined) throw incomplete(meant, 'a reason', 'Give reason.');
    if (meant.ask === 'phone' && remarks.phone === undefined) {
      throw incomplete(meant, 'another number', 'Give phone: the number.');
    }
    if (meant.ask !== 'callback' || (record !== null && (await this.#hasCallback(record)))) return;
    throw incomplete(meant, 'a callback', `Agree on one first: POST /api/callbacks for record ${record ?? 0}.`);
  }

  #mustBeDialable(campaign: CampaignName, phone: string | undefined): void {
    if (phone === undefined) return;
    const number = this.#hub.parts.readNumber?.(phone);
    if (number === undefined) throw numberInvalid(phone);
    const definition = this.#hub.world.campaigns.get(campaign)?.definition;
    const why = definition && whyNotDialed(this.#hub, definition, number);
    if (why === undefined) return;
    throw numberNotDialed(number, why);
  }

  #meaning(campaign: CampaignName, code: string): { readonly definition: Campaign; readonly meant: Disposition } {
    const definition = this.#hub.world.campaigns.get(campaign)?.definition;
    if (!definition) throw campaignNotLoaded(campaign);
    const codes = definition.dispositions.map((one) => one.code);
    const meant = definition.dispositions.find((one) => one.code === code);
    if (meant) return { definition, meant };
    throw new OperationalError('disposition-unknown', `The campaign ${campaign} has no disposition ${code}.`, {
      hint: `It has ${codes.length === 0 ? 'none' : codes.join(', ')}.${didYouMean(code, codes)}`,
    });
  }

  async #hasCallback(record: number): Promise<boolean> {
    const open = await this.#hub.parts.store.callbacks.list({ record, limit: 1, now: this.#hub.now() });
    return open.length > 0;
  }

  /** The agent who talks, or has just talked, has the disposition from here; undefined when no session has the call. */
  #giveInSession({ attempt, disposition, record, remarks }: DispositionInSession): DispositionGiven | undefined {
    const session = [...this.#hub.world.sessions.values()].find((one) => one.attempt === attempt);
    if (!session) {
      if (this.#hub.world.calls.has(attempt)) throw tooEarly(attempt);
      return undefined;
    }
    if (session.state !== 'talking' && session.state !== 'wrap-up') throw tooEarly(attempt);
    const { campaign, agent } = session;
    const said = session.disposition;
    const before = said === undefined ? null : { disposition: said, reason: session.remarks?.reason ?? null };
    this.#agents.handle(session.session, { type: 'dispose', code: disposition, ...remarks });
    return { attempt, campaign, record, agent, disposition, reason: remarks.reason ?? null, before };
  }

  /** The conversation is behind its agent: what was left out is added, what was said wrong or not at all is corrected. */
  async #afterwards({ attempt, disposition }: DispositionRequest, remarks: Remarks): Promise<DispositionGiven> {
    await this.#dispositionsAreWritten();
    const call = await pastCall(this.#hub.parts.store, attempt);
    const { campaign, record, agent, hasTalked } = call;
    if (!hasTalked || agent === null) throw noOneTalked(attempt);
    const before = call.disposition === null ? null : { disposition: call.disposition, reason: call.reason };
    if (before?.disposition !== disposition) {
      await this.#correct(call, { disposition, agent, at: this.#hub.now(), ...remarks });
      return { attempt, campaign, record, agent, disposition, reason: remarks.reason ?? null, before };
    }
    const reason = remarks.reason ?? before.reason;
    const { phone } = remarks;
    const added = { ...(reason === null ? {} : { reason }), ...defined({ phone }) };
    await this.#add(call, { disposition, agent, at: this.#hub.now(), ...added });
    return { attempt, campaign, record, agent, disposition, reason, before };
  }

  /** Decides again. Numbers that the disposition before has put on a do-not-call list stay there: in doubt no one is called. */
  async #correct(call: PastCall, given: GivenDisposition & { readonly disposition: string }): Promise<void> {
    const { definition: campaign, meant: instead } = this.#meaning(call.campaign, given.disposition);
    const ended = await asJustEnded(this.#hub.parts.store, { call, instead, campaign });
    await this.#inTurn(ended.campaign, { what: 'correct', ended, given });
    await this.#dispositionsAreWritten();
  }

  async #add(
    { attempt, origin }: PastCall,
    { phone, ...given }: GivenDisposition & { readonly disposition: string },
  ): Promise<void> {
    const { store, readNumber } = this.#hub.parts;
    const number = phone === undefined ? undefined : readNumber?.(phone);
    const more = number === undefined ? {} : { phone: { number, type: 'other' as const } };
    const books = origin === 'inbound' ? store.inbound : store.attempts;
    await books.dispose({ attempt, ...given, ...more, next: AS_IT_IS });
  }

  #dispositionsAreWritten(): Promise<void> {
    return new Promise((resolve) => {
      this.#hub.writer.write(() => {
        resolve();
        return Promise.resolve();
      });
    });
  }

  /** Between two events, and never during one. */
  #inTurn(campaign: CampaignName, turn: DispositionTurn): Promise<DispositionGiven | undefined> {
    this.#requests += 1;
    const request = this.#requests;
    return new Promise((resolve, reject) => {
      this.#waiting.set(request, { resolve, reject });
      this.#hub.post({ type: 'disposition-turn', campaign, request, turn });
    });
  }

  /** It is the turn of what was asked for. */
  takeTurn(request: number, turn: DispositionTurn): void {
    const asked = this.#waiting.get(request);
    this.#waiting.delete(request);
    try {
      asked?.resolve(this.#carryOut(turn));
    } catch (refusal) {
      asked?.reject(refusal instanceof Error ? refusal : new Error(String(refusal)));
      if (!(refusal instanceof OperationalError)) throw refusal;
    }
  }

  /** What was given to a session; undefined when none has the call, or when it was a correction. */
  #carryOut(turn: DispositionTurn): DispositionGiven | undefined {
    if (turn.what === 'give') return this.#giveInSession(turn);
    this.#recordOutcomes.conclude(turn.ended, turn.given);
    return undefined;
  }
}

interface Asked {
  readonly resolve: (given: DispositionGiven | undefined) => void;
  readonly reject: (refusal: Error) => void;
}

/** What is empty was not said. */
function remarksOf({ reason = '', phone = '' }: Remarks): Remarks {
  return {
    ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
  };
}

function incomplete({ code }: Disposition, what: string, hint: string): OperationalError {
  return new OperationalError('disposition-incomplete', `The disposition ${code} asks for ${what}.`, {
    hint,
    httpCode: 409,
  });
}

function tooEarly(attempt: AttemptId): OperationalError {
  return new OperationalError('disposition-too-early', `No one talks in ${attempt} yet.`, {
    hint: 'A disposition is given from the conversation on.',
    httpCode: 409,
  });
}

function noOneTalked(attempt: AttemptId): OperationalError {
  return new OperationalError('disposition-over', `No agent has talked in ${attempt}.`, {
    hint: 'Only conversations have dispositions.',
    httpCode: 409,
  });
}
