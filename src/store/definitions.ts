// Campaigns on their way to a store's thread: each definition is sent once, with the first request that needs it, and by
// a number of its own afterwards. The other side has the same object each time, so what is worked out of it once stays.

import type { Campaign } from '../campaign/definition.ts';

/** Stands for a campaign in a request; with the definition when the other side has not got it. */
interface Reference {
  readonly definitionId: number;
  readonly definition?: Campaign;
}

/** One for each thread, on the side of those who ask. */
export class DefinitionSender {
  /** By the campaign's name: what was sent last. */
  readonly #sent = new Map<string, { readonly campaign: Campaign; readonly id: number }>();
  #nextId = 1;

  /** Arguments as they travel; a campaign is looked for among them and, by the name `campaign`, in them. */
  pack(args: readonly unknown[]): readonly unknown[] {
    return args.map((arg) => {
      if (isCampaign(arg)) return this.#refer(arg);
      if (!isObject(arg) || !('campaign' in arg) || !isCampaign(arg.campaign)) return arg;
      return { ...arg, campaign: this.#refer(arg.campaign) };
    });
  }

  #refer(campaign: Campaign): Reference {
    const sent = this.#sent.get(campaign.name);
    if (sent?.campaign === campaign) return { definitionId: sent.id };
    const id = this.#nextId;
    this.#nextId += 1;
    this.#sent.set(campaign.name, { campaign, id });
    return { definitionId: id, definition: campaign };
  }
}

/** One for each thread, on the thread. Must see every request, in their order. */
export class DefinitionReceiver {
  readonly #byId = new Map<number, Campaign>();
  readonly #idOf = new Map<string, number>();

  /** Arguments as they were given. */
  unpack(args: readonly unknown[]): readonly unknown[] {
    return args.map((arg) => {
      if (isReference(arg)) return this.#resolve(arg);
      if (!isObject(arg) || !('campaign' in arg) || !isReference(arg.campaign)) return arg;
      return { ...arg, campaign: this.#resolve(arg.campaign) };
    });
  }

  #resolve({ definitionId, definition }: Reference): Campaign {
    if (definition) {
      // The definition before it is in no later request.
      this.#byId.delete(this.#idOf.get(definition.name) ?? 0);
      this.#byId.set(definitionId, definition);
      this.#idOf.set(definition.name, definitionId);
    }
    const campaign = this.#byId.get(definitionId);
    if (!campaign) throw new Error('a request names a campaign that was never sent');
    return campaign;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isCampaign(value: unknown): value is Campaign {
  return isObject(value) && 'name' in value && 'callAgain' in value && 'callerIds' in value;
}

function isReference(value: unknown): value is Reference {
  return isObject(value) && 'definitionId' in value;
}
