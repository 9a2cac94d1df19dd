// When a campaign whose records agents fetch, or are offered, has none left: no pacer asks for them, so each record that is
// done with is a reason to count.

import { RECORDS } from '../actor.ts';
import { isPaced } from '../agents/desk-plan.ts';
import type { Hub } from '../hub.ts';
import type { CampaignName } from '../../terms.ts';
import type { RunningCampaign } from '../world.ts';
import type { Campaigns } from './campaigns.ts';

/** What was decided of the record is in the store by then, and several are counted once. */
const COUNT_AFTER_MS = 1_000;

export class LastRecords {
  readonly #hub: Hub;
  readonly #campaigns: Pick<Campaigns, 'step'>;

  constructor(hub: Hub, campaigns: Pick<Campaigns, 'step'>) {
    this.#hub = hub;
    this.#campaigns = campaigns;
  }

  /** A record of the campaign is done with, or there was none. */
  look(name: CampaignName): void {
    if (this.#asked(name) === undefined) return;
    this.#hub.timers.set(`last records ${name}`, this.#hub.now() + COUNT_AFTER_MS, () => this.#count(name));
  }

  #count(name: CampaignName): void {
    if (this.#asked(name) === undefined) return;
    this.#hub.parts.store.records.counts(name).then(
      ({ byState: { fresh, waiting, dialing } }) =>
        this.#hub.post({ type: 'records-counted', campaign: name, left: fresh + waiting + dialing }),
      (fault: unknown) => this.#hub.parts.log.warn({ campaign: name, fault }, 'records could not be counted'),
    );
  }

  counted(name: CampaignName, left: number): void {
    const campaign = this.#asked(name);
    if (campaign === undefined || left > 0 || this.#hub.world.callsOf(name).length > 0) return;
    this.#campaigns.step(campaign, 'records-exhausted', RECORDS, 'no record can ever be dialed again');
  }

  /** Undefined where a pacer asks, or nothing is to be decided. */
  #asked(name: CampaignName): RunningCampaign | undefined {
    const campaign = this.#hub.world.campaigns.get(name);
    return campaign?.state === 'running' && !isPaced(campaign.definition) ? campaign : undefined;
  }
}
