// What the API stands on: the engine, the store, the campaign files, imports.

import { systemClock } from '../base/clock.ts';
import { defined } from '../base/defined.ts';
import type { Log } from '../base/log.ts';
import type { CampaignReader } from '../config/campaign-reader.ts';
import type { CampaignContext } from '../config/checking.ts';
import { graveFaults, renderFault } from '../config/faults.ts';
import type { Settings } from '../config/settings.ts';
import type { CampaignWatch } from '../config/watch.ts';
import type { Emergencies } from '../engine/campaigns/emergencies.ts';
import type { Engine } from '../engine/engine.ts';
import type { Store } from '../engine/store/store.ts';
import type { CampaignCatalogue } from '../http/campaign-files.ts';
import { warningsOf } from '../http/campaign-warnings.ts';
import { startHttp } from '../http/server.ts';
import type { ListImporter } from '../imports/list-imports.ts';
import { countryOf, readPhone } from '../numbers/phone.ts';
import { runNumberImport } from '../store/import/numbers.ts';
import { planImport, runImport } from '../store/import/run.ts';
import { recordingFolder } from '../store/recording-files.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Programs } from './programs.ts';
import type { Releases } from './releases.ts';

interface Served {
  readonly settings: Settings;
  readonly log: Log;
  readonly store: Store;
  readonly token: string;
  readonly campaigns: CampaignCatalogue;
  readonly emergencies: Emergencies;
  readonly engine: Engine;
  readonly outbox: Outbox;
  readonly programs: Programs;
}

export async function serveHttp(parts: Served, releases: Releases): Promise<void> {
  const { settings, log, store, token, campaigns, emergencies, engine, outbox, programs } = parts;
  const server = await startHttp({
    host: settings.http.host,
    port: settings.http.port,
    token,
    control: engine,
    store,
    campaigns,
    emergencies,
    outbox,
    programs,
    importer: importerInto(store, settings.files.roots),
    numberImporter: (wanted, hooks) =>
      runNumberImport(wanted, store, { clock: systemClock, roots: settings.files.roots, ...hooks }),
    readNumber: (text) => readPhone(text, countryOf(settings.country) ?? 'US'),
    ...(settings.recordings === undefined ? {} : { recordings: recordingFolder(settings.recordings.folder) }),
    settings,
    log,
    clock: systemClock,
  });
  releases.add('http', () => server.close());
  log.info({ url: server.url }, 'API listens');
}

interface CatalogueParts {
  readonly watch: CampaignWatch;
  readonly reader: CampaignReader;
  readonly store: Store;
  readonly context: () => CampaignContext;
  readonly emergencies: Emergencies;
}

export function catalogueOf({ watch, reader, store, context, emergencies }: CatalogueParts): CampaignCatalogue {
  return {
    all: () => {
      const { campaigns, files, ruleLines, faults } = watch.current();
      const grave = graveFaults(faults);
      return emergencies.applyTo(campaigns).map((campaign) => {
        const file = files.get(campaign.name) ?? '';
        const own = grave.filter((fault) => fault.file === file).map(renderFault);
        return { campaign, file, ruleLines: ruleLines.get(campaign.name) ?? [], faults: own };
      });
    },
    check: (text, file, destination) => reader.check(text, file, { ...context(), ...defined({ destination }) }),
    warnings: (name) => warningsOf({ file: watch.current().files.get(name), store, context: context(), reader }),
  };
}

/** Files are read below `roots` alone. */
function importerInto(store: Store, roots: readonly string[]): ListImporter {
  return {
    preview: (file, options) => planImport(file, options, roots),
    run: async (file, options, hooks) => {
      const { resume = 'when-possible' } = options;
      return runImport(await planImport(file, options, roots), store, { ...hooks, resume, roots });
    },
  };
}
