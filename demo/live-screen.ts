// The demo's picture in the terminal: the campaign as `outdial campaign show --watch` shows it.

import type { DaemonClient } from '../src/cli/daemon-client.ts';
import { showInstant } from '../src/cli/render/instants.ts';
import { paintFor, type Paint } from '../src/cli/render/paint.ts';
import { renderCampaign } from '../src/cli/render/campaign.ts';
import { Screen } from '../src/cli/render/screen.ts';
import { processTerminal } from '../src/cli/terminal.ts';
import { callText } from '../src/cli/commands/watch.ts';
import type { Settings } from '../src/config/settings.ts';
import { campaignDetails, liveCall } from '../src/http/wire/wire.ts';
import { CAMPAIGN, pause } from './call-centre.ts';

const REDRAW_MS = 500;
const PLAIN_REDRAW_MS = 10_000;
const REMEMBERED_EVENTS = 8;

export class LiveScreen {
  readonly #client: DaemonClient;
  readonly #settings: Settings;
  readonly #footer: string;
  readonly #terminal = processTerminal();
  readonly #events: string[] = [];

  /** `footer`: a line of its own below the picture. */
  constructor(client: DaemonClient, settings: Settings, footer = '') {
    this.#footer = footer;
    this.#client = client;
    this.#settings = settings;
  }

  /** Redraws until `over`. */
  async show(over: AbortSignal): Promise<void> {
    void this.#follow(over);
    const screen = new Screen(this.#terminal);
    const { isScreen, env } = this.#terminal;
    const paint = paintFor(isScreen, env);
    try {
      while (!over.aborted) {
        screen.show(await this.#picture(paint, this.#terminal.width()));
        await pause(screen.isInPlace ? REDRAW_MS : PLAIN_REDRAW_MS, over);
      }
    } finally {
      screen.leave();
    }
  }

  /** The screen as a terminal with colours shows it. */
  still(columns: number): Promise<string> {
    return this.#picture(paintFor(true, {}), columns);
  }

  async #picture(paint: Paint, columns: number): Promise<string> {
    const view = {
      campaign: await this.#client.get(campaignDetails, `/campaigns/${CAMPAIGN}`),
      events: this.#events,
      clock: showInstant(Date.now()),
      maxEvents: REMEMBERED_EVENTS,
      paint,
    };
    const { host, port } = this.#settings.http;
    const picture = renderCampaign(view, columns);
    return `${picture}\n\nAPI  http://${host}:${port}/api   Ctrl-C ends the demo${this.#footer === '' ? '' : `\n${this.#footer}`}`;
  }

  async #follow(over: AbortSignal): Promise<void> {
    try {
      for await (const { data } of this.#client.live({ campaign: CAMPAIGN }, over)) {
        const call = liveCall.safeParse(data);
        if (!call.success) continue;
        this.#events.push(callText(call.data));
        this.#events.splice(0, this.#events.length - REMEMBERED_EVENTS);
      }
    } catch {
      // the demo is over, or the daemon is away: the picture itself tells
    }
  }
}
