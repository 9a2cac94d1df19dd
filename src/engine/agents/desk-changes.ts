// Records in agents' hands that someone else changes meanwhile: edited, removed, or put on a do-not-call list. They are read
// again, and the desk shows them as they are now.

import { isDeepStrictEqual } from 'node:util';
import { defined } from '../../base/defined.ts';
import type { HeldRecord, Interaction } from '../../interaction/interaction.ts';
import { askedNumbers, blockedNumbers } from '../../records/do-not-call.ts';
import type { RecordFacts } from '../../records/record.ts';
import type { CampaignName } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { ChangedRecords } from './changed-records.ts';
import { heldRecord } from './desk-plan.ts';
import type { Desks } from './desks.ts';

export class DeskChanges {
  readonly #hub: Hub;
  readonly #desks: Pick<Desks, 'all' | 'factsOf' | 'know' | 'post' | 'audience'>;

  constructor(hub: Hub, desks: Pick<Desks, 'all' | 'factsOf' | 'know' | 'post' | 'audience'>) {
    this.#hub = hub;
    this.#desks = desks;
  }

  /** Looks at every record in hand that the change may concern. */
  async look({ listed }: ChangedRecords = {}): Promise<void> {
    const numbers = listed && new Set(listed);
    const concerned = this.#desks.all().flatMap(({ open }) => {
      const isConcerned = numbers === undefined || isAny(open, numbers);
      return open?.record === undefined || !isConcerned ? [] : [open];
    });
    await Promise.all(concerned.map((open) => this.#lookAt(open, listed !== undefined)));
  }

  async #lookAt({ agent, interaction, record }: Interaction, isListed: boolean): Promise<void> {
    if (record?.record === undefined) return;
    try {
      const found = await this.#hub.parts.store.records.facts(record.record);
      const message = found && isListed ? await this.#refusal(found, record) : undefined;
      // The agent may have gone on meanwhile.
      const open = this.#desks.all().find((desk) => desk.agent === agent)?.open;
      if (open?.interaction !== interaction) return;
      if (found === undefined || found.facts.state === 'removed') {
        this.#desks.post(agent, { type: 'interaction', interaction, event: { type: 'record-gone' } });
        return;
      }
      this.#show(open, found.facts, message);
    } catch (fault) {
      this.#hub.parts.log.error({ agent, record: record.record, fault }, 'a changed record could not be read');
    }
  }

  #show(open: Interaction, now: RecordFacts, refusal: Listed | undefined): void {
    const { agent, interaction, record } = open;
    const before = this.#desks.factsOf(interaction);
    const { name, fields, phones } = now;
    const isSame = before !== undefined && isDeepStrictEqual([before.name, before.fields], [name, fields]);
    if (!isSame) this.#desks.know(interaction, { ...(before ?? now), name, fields, phones });
    const isOther = !isDeepStrictEqual(record?.phones, phones);
    if (!isOther && refusal === undefined) {
      if (!isSame) this.#desks.audience.changed(agent);
      return;
    }
    const held = isOther || record === undefined ? heldRecord(now) : record;
    const phoneIndex = refusal?.next ?? held.phoneIndex;
    const event = { type: 'record-changed', record: { ...held, phoneIndex }, ...refusalOf(refusal) } as const;
    this.#desks.know(interaction, { ...(before ?? now), name, fields, phones });
    this.#desks.post(agent, { type: 'interaction', interaction, event });
  }

  /** The phone that comes next is on a list that the campaign honours: which, and what comes in its place. */
  async #refusal(
    { campaign, facts: { phones } }: { readonly campaign: CampaignName; readonly facts: RecordFacts },
    { phoneIndex }: HeldRecord,
  ): Promise<Listed | undefined> {
    const definition = this.#hub.world.campaigns.get(campaign)?.definition;
    if (!definition) return undefined;
    const { doNotCall } = this.#hub.parts.store;
    const entries = await Promise.all(askedNumbers(phones).map((number) => doNotCall.check(number)));
    const blocked = blockedNumbers(definition, entries.flat());
    const isBlocked = phones.map((phone) => askedNumbers([phone]).some((number) => blocked.has(number)));
    const number = phones[phoneIndex]?.number;
    if (number === undefined || isBlocked[phoneIndex] !== true) return undefined;
    const next = isBlocked.indexOf(false);
    return {
      number,
      lists: blocked.get(number) ?? [],
      ...(next === -1 ? {} : { next, instead: phones[next]?.number }),
    };
  }
}

interface Listed {
  readonly number: string;
  readonly lists: readonly string[];
  readonly next?: number;
  readonly instead?: string | undefined;
}

function refusalOf(listed: Listed | undefined) {
  if (listed === undefined) return {};
  const { number, lists, instead } = listed;
  const why = `${number} is on the do-not-call list ${lists.join(', ')}.`;
  return { message: { rule: 'do-not-call', why, never: true as const, ...defined({ instead }) } };
}

const isAny = (open: Interaction | undefined, numbers: ReadonlySet<string>): boolean =>
  open?.record !== undefined && askedNumbers(open.record.phones).some((number) => numbers.has(number));
