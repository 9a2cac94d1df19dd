// The campaign files as the running daemon uses them: the last good version of each, and the faults of the others.

import type { Campaign } from '../campaign/definition.ts';
import type { CampaignContext } from './campaign-checks.ts';
import type { ConfigFault } from './faults.ts';
import { loadCampaigns, parseCampaign, type LoadedCampaigns } from './load-campaigns.ts';

export class CampaignFiles {
  readonly #folder: string;
  readonly #context: CampaignContext;
  /** By file. */
  readonly #good = new Map<string, Campaign>();
  #faults: readonly ConfigFault[] = [];

  constructor(folder: string, context: CampaignContext) {
    this.#folder = folder;
    this.#context = context;
  }

  /** Reads the folder; a file with a fault keeps its last good version. Throws `campaigns-unreadable`. */
  async load(): Promise<readonly Campaign[]> {
    this.take(await loadCampaigns(this.#folder, this.#context));
    return this.campaigns();
  }

  /** Takes over what somebody else has read. */
  take({ campaigns, files, faults }: LoadedCampaigns): void {
    const faulty = new Set(faults.filter((fault) => fault.severity === 'fault').map((fault) => fault.file));
    const fresh = new Map(campaigns.map((campaign) => [files.get(campaign.name) ?? '', campaign]));
    for (const file of this.#good.keys()) {
      if (!fresh.has(file) && !faulty.has(file)) this.#good.delete(file);
    }
    for (const [file, campaign] of fresh) this.#good.set(file, campaign);
    this.#faults = faults;
  }

  campaigns(): readonly Campaign[] {
    return [...this.#good.values()];
  }

  all(): readonly { readonly campaign: Campaign; readonly file: string }[] {
    return [...this.#good].map(([file, campaign]) => ({ campaign, file }));
  }

  /** Faults and warnings found at the last reading. */
  faults(): readonly ConfigFault[] {
    return this.#faults;
  }

  /** Parses `text` as the content of `file`; throws `campaign-faulty` with every fault. */
  check(text: string, file: string): Campaign {
    return parseCampaign(text, file, this.#context);
  }
}
