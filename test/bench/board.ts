// What the live board costs the daemon with 300 agents in 100 campaigns, and how soon its first view stands in a browser.
// The engine, its store and the hub are the real ones, the telephones are simulated. Of each picture the whole is made and
// written, which is more than the changes that readers get; two a second are the most that there are.

import { performance } from 'node:perf_hooks';
import { silentLog } from '../../src/base/log.ts';
import { BoardHub } from '../../src/http/board/board-hub.ts';
import { Rig } from '../support/rig.ts';
import { aHugeCentre } from '../web/centres.ts';
import { startChromium } from '../web/chromium.ts';
import { ScriptedConsole } from '../web/scripted-console.ts';
import type { BenchArgs } from './bench-args.ts';

const PICTURES_A_SECOND = 2;
const SCREENFUL = 15;

/** From the address to a screen full of rows, median of five loads; `pageMs`: processor time of the page's own thread. */
interface FirstView {
  readonly wallMs: number;
  readonly pageMs: number;
}

interface Figures {
  readonly agents: number;
  readonly campaigns: number;
  /** One whole picture, in ms of processor and in bytes. */
  readonly pictureMs: number;
  readonly pictureBytes: number;
  /** Of one core, at two pictures a second. */
  readonly shareOfCore: number;
  readonly board: FirstView;
  readonly allAgents: FirstView;
}

export async function run({ json, short }: BenchArgs): Promise<Figures> {
  const [agents, campaigns] = short ? [40, 20] : [300, 100];
  const cost = await costOf(agents, campaigns);
  const views = await firstViews(agents, campaigns, short);
  const figures = { agents, campaigns, ...cost, ...views };
  if (!json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  return figures;
}

async function costOf(agents: number, campaigns: number) {
  const others = Array.from({ length: campaigns - 1 }, (_, place) => ({
    name: `other-${place}`,
    lists: [`none-${place}`],
  }));
  const rig = await Rig.start({ agents, records: 3_000, others, campaign: { mode: 'progressive' } });
  try {
    rig.startRobots();
    await rig.clock.runFor(agents * 200 + 20_000);
    await rig.startCampaign();
    await rig.clock.runFor(60_000);
    const hub = new BoardHub({ control: rig.engine, store: rig.store, clock: rig.clock, log: silentLog });
    await rig.clock.settle(hub.view());
    const rounds = 200;
    let pictureBytes = 0;
    const before = process.cpuUsage();
    for (let round = 0; round < rounds; round += 1) pictureBytes = JSON.stringify(await hub.view()).length;
    const { user, system } = process.cpuUsage(before);
    const pictureMs = (user + system) / 1_000 / rounds;
    return { pictureMs, pictureBytes, shareOfCore: (pictureMs * PICTURES_A_SECOND) / 1_000 };
  } finally {
    await rig.close();
  }
}

async function firstViews(agents: number, campaigns: number, short: boolean) {
  const daemon = await ScriptedConsole.start();
  const chromium = await startChromium();
  daemon.view = aHugeCentre(campaigns, agents);
  const load = async (hash: string): Promise<FirstView> => {
    const taken: FirstView[] = [];
    for (let round = 0; round < (short ? 1 : 5); round += 1) {
      const page = await chromium.context.newPage();
      const tools = await chromium.context.newCDPSession(page);
      await tools.send('Performance.enable', { timeDomain: 'threadTicks' });
      const from = performance.now();
      await page.goto(`${daemon.url}/console#/${hash}`);
      await page.locator('.table-row').nth(SCREENFUL).waitFor({ timeout: 60_000 });
      const wallMs = Math.round(performance.now() - from);
      const { metrics } = await tools.send('Performance.getMetrics');
      const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
      taken.push({ wallMs, pageMs: Math.round(seconds * 1_000) });
      await page.close();
    }
    const sorted = taken.toSorted((one, other) => one.pageMs - other.pageMs);
    return sorted[Math.floor(sorted.length / 2)] ?? { wallMs: 0, pageMs: 0 };
  };
  try {
    return { board: await load('board'), allAgents: await load('agents') };
  } finally {
    await chromium.close();
    await daemon.close();
  }
}
