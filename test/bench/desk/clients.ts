// The agents' side of the bench `desk`, in a process of its own: so many browsers that sign in, open their sessions, read
// their streams and work each call. Started with an IPC channel; what was heard when is sent back at the end.

import { setTimeout as sleep } from 'node:timers/promises';
import { Browser } from '../../http/browser.ts';
import { readStream, type StreamEvent } from '../../http/event-stream.ts';

export interface ClientsOrder {
  readonly url: string;
  readonly campaign: string;
  readonly users: readonly string[];
  readonly password: string;
  readonly talkMs: number;
}

/** Attempts, each with the moment at which its agent's stream had it as talking; epoch ms of the machine's clock. */
export type Heard = readonly (readonly [attempt: string, at: number])[];

const order = JSON.parse(process.argv[2] ?? '{}') as ClientsOrder;
const heard = new Map<string, number>();
let keys = 0;

const send = (browser: Browser, command: object): Promise<{ code: number }> => {
  keys += 1;
  return browser.ask('POST', '/api/agent/commands', { key: `bench-key-${keys}`, ...command });
};

async function work(browser: Browser, interaction: string, attempt: string): Promise<void> {
  await sleep(order.talkMs);
  await send(browser, { interaction, act: { do: 'hang-up', attempt } });
  await send(browser, { interaction, act: { do: 'dispose', code: 'sale' } });
  for (let tries = 0; tries < 20; tries += 1) {
    if ((await send(browser, { interaction, act: { do: 'done', stop: false } })).code === 200) return;
    await sleep(50);
  }
}

function heardOf(browser: Browser, { data }: StreamEvent): void {
  const interaction = data['interaction'] as
    { id: string; state: string; call?: { attempt?: string } } | null | undefined;
  const attempt = interaction?.call?.attempt;
  if (interaction?.state !== 'talking' || attempt === undefined || heard.has(attempt)) return;
  heard.set(attempt, performance.timeOrigin + performance.now());
  work(browser, interaction.id, attempt).catch(() => undefined); // the bench has ended
}

async function sitDown(name: string): Promise<void> {
  const browser = new Browser(order.url);
  await browser.signIn(name, order.password);
  await send(browser, { wish: { do: 'open-session', campaign: order.campaign, phone: { kind: 'account' } } });
  for (;;) {
    const { body } = await browser.ask('GET', '/api/agent');
    const session = body['session'] as { phone: { state: string } } | null;
    if (session?.phone.state === 'up') break;
    await sleep(200);
  }
  await send(browser, { wish: { do: 'resume' } });
  const stream = await readStream(order.url, browser);
  stream.watch((event) => heardOf(browser, event));
}

process.on('message', () => {
  process.send?.([...heard] satisfies Heard, () => process.exit(0));
});
for (const user of order.users) await sitDown(user);
process.send?.('ready');
