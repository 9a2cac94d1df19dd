// The live view of one campaign in the terminal: redrawn in place from the daemon's live events, at most 4 times a
// second, until Ctrl-C. Without a screen it prints a picture every few seconds.

import { OperationalError } from '../../base/errors.ts';
import type { CampaignView } from '../../engine/control-views.ts';
import { campaignDetails, liveCall, liveCampaign, liveDisposition } from '../../http/wire/wire.ts';
import type { CommandContext } from '../context.ts';
import type { DaemonClient } from '../daemon-client.ts';
import { showInstant } from '../render/instants.ts';
import { renderCampaign } from '../render/campaign.ts';
import { fileNotes } from '../render/campaign-progress.ts';
import { Screen } from '../render/screen.ts';
import { harmless } from '../render/table.ts';
import type { ServerSentEvent } from '../server-sent-events.ts';

const REDRAW_MS = 250;
const PLAIN_REDRAW_MS = 5000;
const RECONNECT_MS = 2000;
const REMEMBERED_EVENTS = 40;
/** Lines of the picture above the events. */
const OTHER_LINES = 24;

interface Watched {
  campaign: CampaignView;
  readonly events: string[];
}

/** Shows the campaign until Ctrl-C; refused like `campaign show`. A daemon that restarts is waited for. */
export async function watch(context: CommandContext, name: string): Promise<void> {
  const daemon = await context.daemon();
  const first = await daemon.get(campaignDetails, `/campaigns/${encodeURIComponent(name)}`);
  const watched: Watched = { campaign: first, events: [] };
  const stop = new AbortController();
  const forget = context.terminal.onInterrupt(() => stop.abort());
  const screen = new Screen(context.terminal);
  const draw = (): void =>
    screen.show(
      renderCampaign(
        {
          ...watched,
          clock: showInstant(context.clock.now()),
          maxEvents: Math.max(4, context.terminal.height() - OTHER_LINES),
          paint: context.paint,
          notes: fileNotes(first),
        },
        context.terminal.width(),
      ),
    );
  draw();
  const cancel = repeat(context, screen.isInPlace ? REDRAW_MS : PLAIN_REDRAW_MS, draw);
  try {
    await follow(context, daemon, watched, stop.signal);
  } finally {
    cancel();
    forget();
    screen.leave();
  }
}

/** Runs `work` every `everyMs` until the returned function is called. */
function repeat({ clock }: CommandContext, everyMs: number, work: () => void): () => void {
  const turn = (): void => {
    work();
    cancel = clock.after(everyMs, turn);
  };
  let cancel = clock.after(everyMs, turn);
  return () => cancel();
}

async function follow(context: CommandContext, daemon: DaemonClient, watched: Watched, signal: AbortSignal) {
  while (!signal.aborted) {
    try {
      for await (const event of daemon.live({ campaign: watched.campaign.name }, signal)) take(watched, event);
    } catch (error) {
      if (error instanceof OperationalError && error.code !== 'daemon-not-running') throw error;
    }
    note(watched, 'the daemon is away; waiting for it');
    await pauseUnlessAborted(context, signal);
  }
}

function pauseUnlessAborted({ clock }: CommandContext, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = clock.after(RECONNECT_MS, resolve);
    const stop = (): void => {
      cancel();
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}

function take(watched: Watched, event: ServerSentEvent): void {
  const campaign = liveCampaign.safeParse(event.data);
  if (campaign.success) {
    watched.campaign = campaign.data.campaign;
    return;
  }
  const call = liveCall.safeParse(event.data);
  if (call.success) return note(watched, callText(call.data));
  const said = liveDisposition.safeParse(event.data);
  if (said.success) note(watched, dispositionText(said.data));
}

/** One step of a call on one line. */
export function callText({ at, attempt, from, to, event, result }: ReturnType<typeof liveCall.parse>): string {
  const cause = event === to ? '' : `  (${event})`;
  return `${showInstant(at).slice(11)}  ${attempt}  ${from} → ${to}${result === undefined ? cause : `  ${result}`}`;
}

function dispositionText({ at, attempt, agent, disposition }: ReturnType<typeof liveDisposition.parse>): string {
  return `${showInstant(at).slice(11)}  ${attempt}  agent ${agent}: ${harmless(disposition)}`;
}

function note(watched: Watched, text: string): void {
  if (watched.events.at(-1) !== text) watched.events.push(text);
  watched.events.splice(0, watched.events.length - REMEMBERED_EVENTS);
}
