// A real server on a free port with a real SQLite store, for tests of the API.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, type Clock } from '../../src/base/clock.ts';
import { defined } from '../../src/base/defined.ts';
import { OperationalError } from '../../src/base/errors.ts';
import { silentLog, type Log } from '../../src/base/log.ts';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { ConfigFault } from '../../src/config/faults.ts';
import type { Settings } from '../../src/config/settings.ts';
import { Emergencies } from '../../src/engine/campaigns/emergencies.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { ensureToken } from '../../src/secrets/token-file.ts';
import type { CampaignCatalogue } from '../../src/http/campaign-files.ts';
import type { OutboxPort } from '../../src/http/outbox-port.ts';
import type { ProgramsPort } from '../../src/http/programs-port.ts';
import { startHttp } from '../../src/http/server.ts';
import { runNumberImport } from '../../src/store/import/numbers.ts';
import { readPhone } from '../../src/numbers/phone.ts';
import { planImport, runImport } from '../../src/store/import/run.ts';
import { recordingFolder } from '../../src/store/recording-files.ts';
import { openStore } from '../../src/store/open.ts';
import { aCampaign } from '../records/builders.ts';
import { FakeControl } from './fake-control.ts';

export interface TestApi {
  readonly url: string;
  readonly token: string;
  readonly folder: string;
  readonly store: Store;
  readonly control: FakeControl;
  /** Lines of the log, as text. */
  readonly logged: string[];
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  close(): Promise<void>;
}

interface Answer {
  readonly code: number;
  // The shape is what the tests are about.
  readonly body: Record<string, unknown> & { readonly error?: { code: string; message: string; hint: string } };
}

/** Settings of a daemon that keeps everything in `folder`. */
export function settingsIn(folder: string, port: number): Settings {
  return {
    file: join(folder, 'outdial.yaml'),
    store: { kind: 'sqlite', file: join(folder, 'outdial.db') },
    asterisk: {
      app: 'outdial',
      ari: { url: 'http://127.0.0.1:1', user: 'outdial', password: 'x' },
      ami: { host: '127.0.0.1', port: 1, user: 'outdial', secret: 'x' },
    },
    trunks: [],
    http: {
      host: '127.0.0.1',
      port,
      tokenFile: join(folder, 'token'),
      proxies: ['127.0.0.1', '::1'],
      signIn: { idleMs: 3_600_000, atMostMs: 8 * 3_600_000 },
    },
    folders: { campaigns: join(folder, 'campaigns') },
    files: { incoming: join(folder, 'incoming'), roots: [join(folder, 'incoming'), folder], maxBytes: 4e9 },
    agents: {
      signInCode: '*11',
      listenCode: '*12',
      maxWrongPins: 3,
      lockOutMs: 60_000,
      phones: { checkEveryMs: 2_000, soundLostAfterMs: 15_000, encrypted: false },
      sip: { realm: 'our-realm', server: 'pbx.example' },
    },
    validation: { networks: [] },
    pacingLog: { folder: '/tmp/none', keepMs: 0, maxBytes: 0 },
    engineLog: { isWritten: false, folder: '/tmp/none', keepMs: 0, maxBytes: 0 },
    unknownCallers: { perNumberPerDay: 2, perHour: 60 },
    metrics: { access: 'token', agents: false },
    webhooks: { timeoutMs: 1000, giveUpAfterMs: 86_400_000, networks: ['127.0.0.1'], receivers: [] },
    reports: [],
    log: { level: 'info', maskNumbers: true },
    drainMs: 1000,
    country: 'US',
  };
}

/** What the catalogue says of a campaign whose name begins with `doubtful`. */
const DOUBT: ConfigFault = {
  file: 'doubtful.yaml',
  line: 3,
  column: 9,
  key: 'lists[0]',
  severity: 'warning',
  message: 'There is no list poeple yet.',
  hint: 'Import it: outdial list import. Did you mean "people"?',
};

/** A catalogue over `campaigns`; checks only that text names a campaign, as `campaign: NAME`. */
export function catalogueOf(campaigns: readonly Campaign[], folder: string): CampaignCatalogue {
  return {
    all: () =>
      campaigns.map((campaign) => ({
        campaign,
        file: join(folder, 'campaigns', `${campaign.name}.yaml`),
        faults: [],
        ruleLines: campaign.callAgain.map((_, place) => 21 + place),
      })),
    warnings: (name) => Promise.resolve(name.startsWith('doubtful') ? [DOUBT] : []),
    check(text, file) {
      const name = /^campaign: "?([^\n"]+)"?$/m.exec(text)?.[1];
      if (name !== undefined) return aCampaign({ name });
      throw new OperationalError('campaign-faulty', `${file}:1:1: The key campaign is missing.`, {
        hint: 'Correct it.',
        places: [{ file, line: 1, column: 1, key: 'campaign' }],
      });
    },
  };
}

function writingLog(logged: string[]): Log {
  const write = (fields: object, message: string): number => logged.push(`${JSON.stringify(fields)} ${message}`);
  return { ...silentLog, debug: write, info: write, warn: write, error: write, child: () => writingLog(logged) };
}

interface TestApiOptions {
  readonly clock?: Clock;
  readonly http?: Partial<Settings['http']>;
  readonly metrics?: Partial<Settings['metrics']>;
  /** The folder of the built pages. */
  readonly pages?: string;
  readonly programs?: ProgramsPort;
  readonly outbox?: OutboxPort;
}

/** Starts everything in a folder of its own. */
export async function startTestApi(
  campaigns: readonly Campaign[] = [aCampaign()],
  { clock = systemClock, http = {}, metrics = {}, pages, programs, outbox }: TestApiOptions = {},
): Promise<TestApi> {
  const folder = await mkdtemp(join(tmpdir(), 'outdial-http-'));
  await mkdir(join(folder, 'campaigns'));
  for (const { name } of campaigns)
    await writeFile(
      join(folder, 'campaigns', `${name}.yaml`),
      `# about ${name}\ncampaign: ${name}\nmode: predictive\n`,
    );
  const plain = settingsIn(folder, 0);
  const settings = { ...plain, http: { ...plain.http, ...http }, metrics: { ...plain.metrics, ...metrics } };
  const { roots } = settings.files;
  const store = await openStore(settings.store);
  const control = new FakeControl(store);
  const token = await ensureToken(settings.http.tokenFile);
  const logged: string[] = [];
  const server = await startHttp({
    host: '127.0.0.1',
    port: 0,
    token,
    control,
    store,
    settings,
    clock,
    ...defined({ pages, programs, outbox }),
    campaigns: catalogueOf(campaigns, folder),
    emergencies: new Emergencies(store.emergencies, { clock: systemClock, onChange: () => control.reload() }),
    recordings: recordingFolder(join(folder, 'recordings')),
    importer: {
      preview: (file, options) => planImport(file, options, roots),
      run: async (file, options, hooks) =>
        runImport(await planImport(file, options, roots), store, { ...hooks, roots }),
    },
    numberImporter: (wanted, hooks) => runNumberImport(wanted, store, { clock: systemClock, roots, ...hooks }),
    readNumber: (text) => readPhone(text, 'US'),
    log: writingLog(logged),
  });
  return {
    url: server.url,
    token,
    folder,
    store,
    control,
    logged,
    async ask(method, path, body) {
      const response = await fetch(`${server.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'x-outdial-by': 'ann',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { code: response.status, body: (await response.json()) as Answer['body'] };
    },
    async close() {
      await server.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
