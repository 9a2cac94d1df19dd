// The board in the terminal, redrawn in place until Ctrl-C: campaigns with the records left and the trunks, or agents.

import type { z } from 'zod';
import { boardView, type BoardView } from '../../http/wire/board.ts';
import { campaignProgress } from '../../http/wire/progress.ts';
import { OperationalError } from '../../base/errors.ts';
import type { CommandContext } from '../context.ts';
import type { DaemonClient } from '../daemon-client.ts';
import type { Outcome } from '../outcome.ts';
import { renderAgents, renderCampaigns } from '../render/board.ts';
import { Screen } from '../render/screen.ts';

const REDRAW_MS = 1_000;
const PLAIN_REDRAW_MS = 5_000;
/** Records are counted so often, of so many running campaigns. */
const COUNT_EVERY = 15;
const MOST_COUNTED = 20;

type Left = ReadonlyMap<string, z.output<typeof campaignProgress>>;

export async function watchBoard(context: CommandContext, what: 'agents' | 'campaigns'): Promise<Outcome> {
  const daemon = await context.daemon();
  const stop = new AbortController();
  const forget = context.terminal.onInterrupt(() => stop.abort());
  const screen = new Screen(context.terminal);
  let left: Left = new Map();
  try {
    for (let round = 0; !stop.signal.aborted; round += 1) {
      const view = await seen(daemon);
      if (view !== undefined && what === 'campaigns' && round % COUNT_EVERY === 0) left = await counted(daemon, view);
      const now = context.clock.now();
      const text = view && (what === 'agents' ? renderAgents(view, now) : renderCampaigns(view, left, now));
      screen.show(text ?? 'The daemon is away; waiting for it.');
      await pause(context, screen.isInPlace ? REDRAW_MS : PLAIN_REDRAW_MS, stop.signal);
    }
  } finally {
    forget();
    screen.leave();
  }
  return { data: null, text: '' };
}

/** Undefined: the daemon is away. */
async function seen(daemon: DaemonClient): Promise<BoardView | undefined> {
  try {
    return await daemon.get(boardView, '/board');
  } catch (error) {
    if (error instanceof OperationalError && error.code === 'daemon-not-running') return undefined;
    throw error;
  }
}

async function counted(daemon: DaemonClient, { campaigns }: BoardView): Promise<Left> {
  const running = campaigns.filter(({ state }) => state === 'running' || state === 'paused').slice(0, MOST_COUNTED);
  const all = new Map<string, z.output<typeof campaignProgress>>();
  for (const { name } of running)
    all.set(name, await daemon.get(campaignProgress, `/campaigns/${encodeURIComponent(name)}/statistics`));
  return all;
}

function pause({ clock }: CommandContext, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    const over = (): void => {
      cancel();
      resolve();
    };
    signal.addEventListener('abort', over, { once: true });
  });
}
