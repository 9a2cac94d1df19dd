// What was changed outside the engine: lists, records, campaign files, agents, users. It takes effect now.

import type { Accounts } from './agents/accounts.ts';
import type { ChangedRecords } from './agents/changed-records.ts';
import type { DeskChanges } from './agents/desk-changes.ts';
import type { Rights } from './agents/rights.ts';
import type { DialedListeners } from './calls/dialed-listeners.ts';
import type { Campaigns } from './campaigns/campaigns.ts';
import type { HandedOver } from './control.ts';
import { paceAll } from './dialing/pace-all.ts';
import type { Hub } from './hub.ts';

interface Parts {
  readonly campaigns: Campaigns;
  readonly rights: Rights;
  readonly accounts: Accounts;
  readonly deskChanges: DeskChanges;
  readonly dialedListeners: Pick<DialedListeners, 'review'>;
}

export class Changes {
  readonly #hub: Hub;
  readonly #parts: Parts;

  constructor(hub: Hub, parts: Parts) {
    this.#hub = hub;
    this.#parts = parts;
  }

  agents(): Promise<readonly HandedOver[]> {
    return this.#parts.accounts.changed(async () => {
      const handedOver = await this.#parts.rights.review();
      await this.users();
      return handedOver;
    });
  }

  /** Who listens by a phone that dialed in may still, or is sent away. */
  users(): Promise<void> {
    return this.#parts.dialedListeners.review();
  }

  async lists(): Promise<void> {
    await this.records();
    for (const campaign of this.#hub.world.campaigns.values()) {
      if (campaign.state === 'unapproved' || campaign.state === 'archived') continue;
      await this.#parts.campaigns.syncRecords(campaign);
      this.#hub.post({ type: 'pace', campaign: campaign.definition.name });
    }
  }

  records(change?: ChangedRecords): Promise<void> {
    return this.#parts.deskChanges.look(change);
  }

  /** Reads the campaign files, and goes by those that are right. */
  async reread(): Promise<void> {
    try {
      await this.#hub.parts.rereadCampaigns?.();
    } finally {
      await this.campaignFiles();
    }
  }

  /** The campaign files were read. */
  async campaignFiles(): Promise<void> {
    await this.#parts.campaigns.reload();
    await this.#parts.rights.review();
    this.#hub.post({ type: 'follow-schedules' });
    paceAll(this.#hub);
  }
}
