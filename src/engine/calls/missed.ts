// People who were missed, because they called and no agent took the call or because they were called and got no agent: they
// become records of the auto-callback campaigns that look after their campaign. Who asked to be called back is called by
// the same campaign where there is none.

import { defined } from '../../base/defined.ts';
import { maskNumber } from '../../base/log.ts';
import type { Campaign, Missed } from '../../campaign/definition.ts';
import type { AttemptId } from '../../terms.ts';
import type { Campaigns } from '../campaigns/campaigns.ts';
import type { Hub } from '../hub.ts';
import type { EndedCall } from './ended-call.ts';
import { whyNotDialed } from '../dialing/number-gate.ts';
import type { AddedMissed, MissedPerson } from '../store/callbacks.ts';
import { RECORDS } from '../actor.ts';

/** A person whose record is in a call is looked at again after this. */
const AGAIN_MS = 30_000;

/** How far back a start looks for callers who were missed, and for people who were abandoned. */
const INBOUND_BACK_MS = 24 * 3_600_000;
const ABANDONED_BACK_MS = 3_600_000;

const WHY: Readonly<Record<Missed, string>> = {
  inbound: 'Called us and reached no agent.',
  abandoned: 'Was called and got no agent.',
};

interface MissedBefore {
  /** The call that they made; absent: we called them. */
  readonly call?: AttemptId;
  readonly number: string;
  readonly how: Missed;
  /** Absent: no one known. */
  readonly contact?: number;
  readonly endedAt: number;
}

export class MissedPeople {
  readonly #hub: Hub;
  readonly #campaigns: Campaigns;

  constructor(hub: Hub, campaigns: Campaigns) {
    this.#hub = hub;
    this.#campaigns = campaigns;
  }

  /** A call is over; `asksForCallback`: its caller asked to be called back. */
  ended(ended: EndedCall, asksForCallback: boolean): void {
    const { origin, campaign, opened, result } = ended;
    const how = howMissed(ended);
    const number = opened.record.phones[opened.phoneIndex]?.number;
    if (result === 'connected' && number !== undefined) return this.#reached(campaign, number);
    if (how === undefined || number === undefined) return;
    const call = origin === 'inbound' ? { call: opened.attempt } : {};
    const { contact } = opened.record;
    const person = { ...call, number, how, ...defined({ contact }), endedAt: this.#hub.now() };
    for (const definition of this.#mayCall(this.#callersFor(campaign, how, asksForCallback), person)) {
      this.#callBack(definition, person);
    }
  }

  /** Who talks with an agent before the call back needs none any more. */
  #reached(campaign: string, number: string): void {
    const looking = this.#definitions().filter(({ autoCallback }) => autoCallback?.from.includes(campaign));
    if (looking.length === 0) return;
    const campaigns = looking.map(({ name }) => name);
    const why = 'Was missed, and has talked with an agent since.';
    this.#hub.writer.write(async () => {
      await this.#hub.parts.store.callbacks.dropMissed({ campaigns, number, waitingFor: Object.values(WHY), why });
    });
  }

  /** At start: those who were missed lately and of whom nothing became, because we died meanwhile. */
  async start(): Promise<void> {
    for (const { campaign, asksForCallback, ...person } of await this.#missedLately()) {
      for (const definition of this.#mayCall(this.#callersFor(campaign, person.how, asksForCallback), person)) {
        if (!(await this.#isCaredFor(definition, person))) this.#callBack(definition, person);
      }
    }
  }

  async #missedLately(): Promise<
    readonly (MissedBefore & { readonly campaign: string; readonly asksForCallback: boolean })[]
  > {
    const { store } = this.#hub.parts;
    const now = this.#hub.now();
    const cameIn = await store.inbound.list({ fromAt: now - INBOUND_BACK_MS });
    const talkedAt = (caller: string): number =>
      Math.max(
        ...cameIn.filter((row) => row.caller === caller && row.outcome === 'talked').map((row) => row.arrivedAt),
      );
    const callers = cameIn.flatMap(({ call, campaign, caller: number, endedAt, outcome, notCalledBack, ...row }) => {
      if (number === '' || endedAt === null || outcome === 'talked' || talkedAt(number) > endedAt) return [];
      if (notCalledBack !== null) return [];
      const how = 'inbound' as const;
      const known = defined({ contact: row.contact ?? undefined });
      return [{ call, campaign, asksForCallback: outcome === 'callback-requested', number, how, endedAt, ...known }];
    });
    const looked = new Set(this.#definitions().flatMap(({ autoCallback }) => autoCallback?.from ?? []));
    const placed = await Promise.all(
      [...looked].map((campaign) => store.attempts.list({ campaign, fromAt: now - ABANDONED_BACK_MS })),
    );
    const abandoned = placed.flat().flatMap(({ campaign, number, contact, endedAt, result }) => {
      if (result !== 'abandoned' || endedAt === null) return [];
      return [{ campaign, asksForCallback: false, number, how: 'abandoned' as const, contact, endedAt }];
    });
    return [...callers, ...abandoned];
  }

  /** The person was called since; who only waits is added again, at no later time. */
  async #isCaredFor({ name }: Campaign, { number, endedAt }: MissedBefore): Promise<boolean> {
    const known = await this.#hub.parts.store.inbound.findCaller(number, [name]);
    return known.some(({ lastAttemptAt }) => (lastAttemptAt ?? 0) >= endedAt);
  }

  #definitions(): readonly Campaign[] {
    return [...this.#hub.world.campaigns.values()].map(({ definition }) => definition);
  }

  /** Who calls a person back whom the campaign has missed. */
  #callersFor(campaign: string, how: Missed, asksForCallback: boolean): readonly Campaign[] {
    const looking = this.#definitions().filter(
      ({ autoCallback }) => autoCallback?.from.includes(campaign) && autoCallback.missed.includes(how),
    );
    const own = this.#hub.world.campaigns.get(campaign)?.definition;
    return looking.length > 0 || !asksForCallback || !own ? looking : [own];
  }

  /** Those whose trunks may dial the person. A caller ID may be forged: whoever cannot be dialed is not called back. */
  #mayCall(definitions: readonly Campaign[], { call, number }: MissedBefore): readonly Campaign[] {
    let why: string | undefined;
    const may = definitions.filter((definition) => {
      const reason = whyNotDialed(this.#hub, definition, number);
      why ??= reason;
      return reason === undefined;
    });
    if (why === undefined || may.length > 0) return may;
    const sentence = `The caller's number is ${why}.`;
    this.#hub.parts.log.warn({ call, number: maskNumber(number), why: sentence }, 'a missed person is not called back');
    if (call !== undefined) this.#hub.writer.write(() => this.#hub.parts.store.inbound.notCalledBack(call, sentence));
    return may;
  }

  #callBack(definition: Campaign, { call, number, how, contact, endedAt }: MissedBefore): void {
    const at = this.#hub.now();
    const dueAt = Math.max(at, endedAt + (definition.autoCallback?.afterMs ?? 0));
    const missed: MissedPerson = {
      campaign: definition.name,
      list: definition.lists[0] ?? definition.name,
      number,
      missedAt: endedAt,
      at,
      dueAt,
      why: WHY[how],
      ...defined({ contact }),
      ...(call === undefined ? {} : { called: { call, limits: this.#hub.parts.settings.unknownCallers } }),
    };
    this.#add(missed);
  }

  #add(missed: MissedPerson): void {
    this.#hub.writer.write(async () => {
      const added = await this.#hub.parts.store.callbacks.addMissed(missed);
      this.#hub.post({ type: 'person-missed', campaign: missed.campaign, missed, added });
    });
  }

  /** The call that was under way may have reached the person, and if not, was just now. */
  #again(missed: MissedPerson): void {
    const at = this.#hub.now();
    const afterMs = this.#hub.world.campaigns.get(missed.campaign)?.definition.autoCallback?.afterMs ?? 0;
    this.#add({ ...missed, at, dueAt: Math.max(missed.dueAt, at + afterMs) });
  }

  /** What became of adding a person. */
  added(missed: MissedPerson, added: AddedMissed): void {
    const { campaign: name, number, dueAt } = missed;
    this.#hub.parts.log.info({ campaign: name, number: maskNumber(number), added }, 'a person was missed');
    if (added === 'limit') {
      return this.#hub.parts.log.warn({ campaign: name, call: missed.called?.call }, 'unknown callers: limit reached');
    }
    if (added === 'in-call') {
      return this.#hub.timers.set(`missed ${name} ${number}`, this.#hub.now() + AGAIN_MS, () => this.#again(missed));
    }
    if (added !== 'added') return;
    const campaign = this.#hub.world.campaigns.get(name);
    if (!campaign) return;
    campaign.ahead.added(dueAt);
    this.#campaigns.step(campaign, 'records-added', RECORDS, 'a person was missed');
    this.#hub.post({ type: 'pace', campaign: name });
  }
}

function howMissed({ origin, result }: EndedCall): Missed | undefined {
  if (origin === 'inbound') return result === 'connected' ? undefined : 'inbound';
  return result === 'abandoned' ? 'abandoned' : undefined;
}
