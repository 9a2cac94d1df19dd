// The live board for any number of supervisors: one picture first, then what changed, made once for all of them twice a
// second at most. The engine's turn only pays for noting a name, and for nothing while no one looks.

import type { ServerResponse } from 'node:http';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { CampaignView } from '../../engine/control-views.ts';
import type { Control } from '../../engine/control.ts';
import type { LiveEvent } from '../../engine/live-events.ts';
import type { Store } from '../../engine/store/store.ts';
import { DeskStream } from '../desk/stream.ts';
import type { BoardCampaign, BoardChange, BoardView } from '../wire/board.ts';
import { readDays } from './agent-days.ts';
import { BoardPast } from './board-past.ts';

export interface BoardOptions {
  readonly control: Control;
  readonly store: Pick<Store, 'sessions'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly gatherMs?: number;
  readonly beatMs?: number;
  readonly daysMs?: number;
}

const MAX_READERS = 100;
/** Beside campaigns and agents: sent whole when they differ from what readers have, looked at with each beat. */
const WHOLE = ['budgets', 'trunks', 'days', 'listening', 'outbound', 'health'] as const;
const NO_DAYS: BoardView['days'] = { since: 0, at: 0, rows: [] };

export class BoardHub {
  readonly past: BoardPast;
  readonly #options: BoardOptions;
  readonly #zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  readonly #readers = new Set<DeskStream>();
  #campaigns = new Set<string>();
  #agents = new Set<string>();
  #version = 0;
  #days = NO_DAYS;
  /** What readers have, as text: the names of all campaigns and agents, and each whole section. */
  #known: ReadonlyMap<string, string> = new Map();
  #stops: (() => void)[] = [];
  #cancelFlush: (() => void) | undefined;

  constructor(options: BoardOptions) {
    this.#options = options;
    this.past = new BoardPast(options.control, options.clock);
  }

  async view(): Promise<BoardView> {
    if (this.#days === NO_DAYS) await this.#readDays();
    return this.#now();
  }

  async #now(): Promise<BoardView> {
    const { control, clock } = this.#options;
    const agents = await control.agents();
    const campaigns = control.campaigns().map(withoutDecisions);
    return {
      at: clock.now(),
      version: this.#version,
      campaigns,
      agents,
      days: this.#days,
      budgets: control.budgets(),
      trunks: control.trunks(),
      listening: control.listenings(),
      outbound: control.outbound(),
      health: control.health(),
    };
  }

  /** Streams to `response` until the reader goes or falls behind; of too many the oldest gives way. */
  async add(response: ServerResponse): Promise<void> {
    const stream: DeskStream = new DeskStream(response, () => this.#remove(stream));
    if (this.#readers.size >= MAX_READERS) [...this.#readers][0]?.end();
    try {
      // Only then does it get changes: each is of a picture that it has.
      const view = await this.view();
      if (!stream.isOpen) return;
      stream.send('state', view);
      this.#readers.add(stream);
      if (this.#readers.size > 1) return;
      this.#known = known(view);
      this.#watch();
    } catch (error) {
      this.#options.log.warn({ error: String(error) }, 'the board could not be shown');
      stream.end();
    }
  }

  close(): void {
    this.past.stop();
    for (const stream of [...this.#readers]) stream.end();
    this.#rest();
  }

  #watch(): void {
    const { control, beatMs = 2_000, daysMs = 60_000 } = this.#options;
    const unsubscribe = control.subscribe((event) => this.#note(event));
    const stopBeat = this.#repeat(beatMs, () => void this.#flush(true));
    const stopDays = this.#repeat(daysMs, () => void this.#readDays());
    this.#stops = [unsubscribe, stopBeat, stopDays];
  }

  #repeat(everyMs: number, act: () => void): () => void {
    const { clock } = this.#options;
    const turn = (): void => {
      cancel = clock.after(everyMs, turn);
      act();
    };
    let cancel = clock.after(everyMs, turn);
    return () => cancel();
  }

  async #readDays(): Promise<void> {
    const { store, clock, log } = this.#options;
    try {
      this.#days = await readDays(store, clock, this.#zone);
    } catch (error) {
      log.warn({ error: String(error) }, 'the day of the agents could not be read');
    }
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
      const view = await this.#now();
      const change = this.#newsIn(view, names, numbers);
      if (change !== undefined) this.#send(...change);
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
    const now = known(view);
    this.#known = now;
    if (before.get('names') !== now.get('names')) return ['state', { ...view, version: this.#next() }];
    const agents = view.agents.filter(({ number }) => numbers.has(number));
    const touched = new Set([...names, ...agents.flatMap(({ campaign = [] }) => campaign)]);
    const campaigns = view.campaigns.filter(({ name }) => touched.has(name));
    const whole = WHOLE.filter((section) => before.get(section) !== now.get(section));
    if (campaigns.length + agents.length + whole.length === 0) return undefined;
    const parts = Object.fromEntries(whole.map((section) => [section, view[section]])) as Partial<BoardChange>;
    return ['change', { ...parts, at: view.at, version: this.#next(), campaigns, agents }];
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
    this.#days = NO_DAYS;
  }
}

function known(view: BoardView): ReadonlyMap<string, string> {
  const names = [...view.campaigns.map(({ name }) => name), ...view.agents.map(({ number }) => number)].join(' ');
  const whole = WHOLE.map(
    (section) => [section, section === 'days' ? String(view.days.at) : JSON.stringify(view[section])] as const,
  );
  return new Map<string, string>([['names', names], ...whole]);
}

function withoutDecisions({ decisions: _, ...campaign }: CampaignView): BoardCampaign {
  return campaign;
}
