// The live board for any number of supervisors: one picture first, then what changed, made once for all of them twice a
// second at most. The engine's turn only pays for noting a name, and for nothing while no one looks.

import type { ServerResponse } from 'node:http';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { CampaignView, Control, LiveEvent } from '../../engine/control.ts';
import { DeskStream } from '../desk/stream.ts';
import type { BoardCampaign, BoardChange, BoardView } from '../wire/board.ts';

export interface BoardOptions {
  readonly control: Control;
  readonly clock: Clock;
  readonly log: Log;
  readonly gatherMs?: number;
  readonly beatMs?: number;
}

const MAX_READERS = 100;

export class BoardHub {
  readonly #options: BoardOptions;
  readonly #readers = new Set<DeskStream>();
  #campaigns = new Set<string>();
  #agents = new Set<string>();
  #version = 0;
  /** What readers have, to see whether it changed: names of all campaigns and agents, the switch, the health. */
  #known = { names: '', outbound: '', health: '' };
  #stops: (() => void)[] = [];
  #cancelFlush: (() => void) | undefined;

  constructor(options: BoardOptions) {
    this.#options = options;
  }

  async view(): Promise<BoardView> {
    const { control, clock } = this.#options;
    const agents = await control.agents();
    const campaigns = control.campaigns().map(withoutDecisions);
    return {
      ...{ at: clock.now(), version: this.#version, campaigns, agents },
      ...{ outbound: control.outbound(), health: control.health() },
    };
  }

  /** Streams to `response` until the reader goes or falls behind; of too many the oldest gives way. */
  async add(response: ServerResponse): Promise<void> {
    const stream: DeskStream = new DeskStream(response, () => this.#remove(stream));
    if (this.#readers.size >= MAX_READERS) [...this.#readers][0]?.end();
    this.#readers.add(stream);
    if (this.#readers.size === 1) this.#watch();
    try {
      const view = await this.view();
      this.#know(view);
      stream.send('state', view);
    } catch (error) {
      this.#options.log.warn({ error: String(error) }, 'the board could not be shown');
      stream.end();
    }
  }

  close(): void {
    for (const stream of [...this.#readers]) stream.end();
    this.#rest();
  }

  #watch(): void {
    const { control, clock, beatMs = 2_000 } = this.#options;
    let cancel: () => void;
    const beat = (): void => {
      void this.#flush(true);
      cancel = clock.after(beatMs, beat);
    };
    cancel = clock.after(beatMs, beat);
    this.#stops = [control.subscribe((event) => this.#note(event)), () => cancel()];
  }

  #note(event: LiveEvent): void {
    if (event.type === 'agent') this.#agents.add(event.agent);
    else this.#campaigns.add(event.campaign);
    const { clock, gatherMs = 500 } = this.#options;
    this.#cancelFlush ??= clock.after(gatherMs, () => void this.#flush(false));
  }

  async #flush(isBeat: boolean): Promise<void> {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    const [names, numbers] = [this.#campaigns, this.#agents];
    [this.#campaigns, this.#agents] = [new Set(), new Set()];
    try {
      const view = await this.view();
      const news = this.#newsIn(view, names, numbers);
      if (news !== undefined) this.#send(...news);
      else if (isBeat) this.#send('beat', { at: view.at, version: view.version });
    } catch (error) {
      this.#options.log.warn({ error: String(error) }, 'the board could not be shown');
    }
  }

  #newsIn(
    view: BoardView,
    names: ReadonlySet<string>,
    numbers: ReadonlySet<string>,
  ): readonly ['state' | 'change', BoardView | BoardChange] | undefined {
    const before = this.#known;
    const now = this.#know(view);
    if (before.names !== now.names) return ['state', { ...view, version: this.#next() }];
    const agents = view.agents.filter(({ number }) => numbers.has(number));
    const touched = new Set([...names, ...agents.flatMap(({ campaign = [] }) => campaign)]);
    const campaigns = view.campaigns.filter(({ name }) => touched.has(name));
    const parts = {
      ...(campaigns.length === 0 ? {} : { campaigns }),
      ...(agents.length === 0 ? {} : { agents }),
      ...(before.outbound === now.outbound ? {} : { outbound: view.outbound }),
      ...(before.health === now.health ? {} : { health: view.health }),
    };
    if (Object.keys(parts).length === 0) return undefined;
    return ['change', { at: view.at, version: this.#next(), ...parts }];
  }

  #know(view: BoardView): { names: string; outbound: string; health: string } {
    const names = [...view.campaigns.map(({ name }) => name), ...view.agents.map(({ number }) => number)].join(' ');
    this.#known = { names, outbound: JSON.stringify(view.outbound), health: JSON.stringify(view.health) };
    return this.#known;
  }

  #next(): number {
    this.#version += 1;
    return this.#version;
  }

  #send(event: string, data: unknown): void {
    const text = JSON.stringify(data);
    for (const stream of [...this.#readers]) stream.sendText(event, text);
  }

  #remove(stream: DeskStream): void {
    this.#readers.delete(stream);
    if (this.#readers.size === 0) this.#rest();
  }

  #rest(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
  }
}

function withoutDecisions({ decisions: _, ...campaign }: CampaignView): BoardCampaign {
  return campaign;
}
