// People who were missed, because they called and nobody took the call or because they were called and got no agent: they
// become records of the auto-callback campaigns that look after their campaign. Who asked to be called back is called by
// the same campaign where there is none.

import { maskNumber } from '../base/log.ts';
import type { Campaign, Missed } from '../campaign/definition.ts';
import type { Result } from '../terms.ts';
import type { Campaigns } from './campaigns.ts';
import type { Hub } from './hub.ts';
import { isInbound } from './legs.ts';
import type { OpenedAttempt } from './store-attempts.ts';
import type { AddedMissed, MissedPerson } from './store-callbacks.ts';

/** A person whose record is in a call is looked at again after this. */
const AGAIN_MS = 30_000;

interface EndedCall {
  readonly campaign: string;
  readonly opened: OpenedAttempt;
  readonly result: Result;
}

export class MissedPeople {
  readonly #hub: Hub;
  readonly #campaigns: Campaigns;

  constructor(hub: Hub, campaigns: Campaigns) {
    this.#hub = hub;
    this.#campaigns = campaigns;
  }

  /** A call is over; `wished`: its caller asked to be called back. */
  ended({ campaign, opened, result }: EndedCall, wished: boolean): void {
    const how = howMissed(opened, result);
    const number = opened.record.phones[opened.phoneIndex]?.number;
    if (how === undefined || number === undefined) return;
    const looking = [...this.#hub.world.campaigns.values()]
      .map(({ definition }) => definition)
      .filter(({ autoCallback }) => autoCallback?.from.includes(campaign) && autoCallback.missed.includes(how));
    const own = this.#hub.world.campaigns.get(campaign)?.definition;
    const callers = looking.length > 0 || !wished || !own ? looking : [own];
    for (const definition of callers) this.#callBack(definition, { number, how, contact: opened.record.contact });
  }

  #callBack(
    definition: Campaign,
    { number, how, contact }: { readonly number: string; readonly how: Missed; readonly contact: number },
  ): void {
    const at = this.#hub.now();
    const dueAt = at + (definition.autoCallback?.afterMs ?? 0);
    const missed: MissedPerson = {
      ...{ campaign: definition.name, list: definition.lists[0] ?? definition.name, number, at, dueAt },
      why: how === 'inbound' ? 'Called us and reached nobody.' : 'Was called and got no agent.',
      ...(contact === 0 ? {} : { contact }),
    };
    this.#add(missed);
  }

  #add(missed: MissedPerson): void {
    this.#hub.writer.write(async () => {
      const added = await this.#hub.parts.store.callbacks.addMissed(missed);
      this.#hub.post({ type: 'then', what: 'person missed', run: () => this.#added(missed, added) });
    });
  }

  #added(missed: MissedPerson, added: AddedMissed): void {
    const { campaign: name, number, dueAt } = missed;
    this.#hub.parts.log.info({ campaign: name, number: maskNumber(number), added }, 'a person was missed');
    if (added === 'in-call') {
      const again = (): void => this.#add({ ...missed, at: this.#hub.now() });
      return this.#hub.timers.set(`missed ${name} ${number}`, this.#hub.now() + AGAIN_MS, again);
    }
    if (added !== 'added') return;
    const campaign = this.#hub.world.campaigns.get(name);
    if (!campaign) return;
    campaign.exhausted = false;
    if (campaign.nothingBefore !== undefined) campaign.nothingBefore = Math.min(campaign.nothingBefore, dueAt);
    this.#campaigns.step(campaign, 'records-added', 'outdial', 'a person was missed');
    this.#hub.post({ type: 'pace', campaign: name });
  }
}

function howMissed({ attempt }: OpenedAttempt, result: Result): Missed | undefined {
  if (isInbound(attempt)) return result === 'connected' ? undefined : 'inbound';
  return result === 'abandoned' ? 'abandoned' : undefined;
}
