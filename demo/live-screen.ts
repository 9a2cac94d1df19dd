// The demo's picture in the terminal: the campaign as `outdial campaign show --watch` shows it.

import { renderCampaign } from '../src/cli/render-campaign.ts';
import type { DaemonClient } from '../src/cli/daemon-client.ts';
import { paintFor } from '../src/cli/paint.ts';
import type { Settings } from '../src/config/settings.ts';
import { campaignDetails, liveCall } from '../src/http/wire.ts';
import { CAMPAIGN, pause } from './call-centre.ts';

const REDRAW_MS = 500;
const PLAIN_REDRAW_MS = 10_000;
const REMEMBERED_EVENTS = 8;

export class LiveScreen {
  readonly #client: DaemonClient;
  readonly #settings: Settings;
  readonly #events: string[] = [];

  constructor(client: DaemonClient, settings: Settings) {
    this.#client = client;
    this.#settings = settings;
  }

  /** Redraws until `over`. */
  async show(over: AbortSignal): Promise<void> {
    void this.#follow(over);
    const inPlace = process.stdout.isTTY;
    while (!over.aborted) {
      const picture = await this.#picture();
      process.stdout.write(inPlace ? `\u001b[2J\u001b[H${picture}\n` : `${picture}\n\n`);
      await pause(inPlace ? REDRAW_MS : PLAIN_REDRAW_MS);
    }
  }

  async #picture(): Promise<string> {
    const campaign = await this.#client.get(campaignDetails, `/campaigns/${CAMPAIGN}`);
    const clock = new Date().toISOString().slice(11, 19);
    const view = {
      campaign,
      events: this.#events,
      clock,
      maxEvents: REMEMBERED_EVENTS,
      paint: paintFor(process.stdout.isTTY, process.env),
    };
    const { host, port } = this.#settings.http;
    return `${renderCampaign(view, process.stdout.columns || 100)}\n\nAPI  http://${host}:${port}/api   Ctrl-C ends the demo`;
  }

  async #follow(over: AbortSignal): Promise<void> {
    try {
      for await (const { data } of this.#client.live({ campaign: CAMPAIGN }, over)) {
        const call = liveCall.safeParse(data);
        if (!call.success) continue;
        const { at, attempt, from, to, event } = call.data;
        this.#events.push(`${new Date(at).toISOString().slice(11, 19)}  ${attempt}  ${from} → ${to}  ${event}`);
        this.#events.splice(0, this.#events.length - REMEMBERED_EVENTS);
      }
    } catch {
      // the demo is over, or the daemon is away: the picture itself tells
    }
  }
}
