// Live events to any number of readers as Server-Sent Events.
// The engine's turn only pays for noting a name: views are asked for and made into text a little later, once for all
// readers, so of several states of one campaign or agent only the newest is sent. A reader that does not keep up is
// dropped.

import type { ServerResponse } from 'node:http';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { AgentView, CampaignView } from '../engine/control-views.ts';
import type { Control } from '../engine/control.ts';
import type { LiveEvent } from '../engine/live-events.ts';

export interface LiveOptions {
  readonly control: Control;
  readonly clock: Clock;
  readonly log: Log;
  /** Events are gathered this long before they are sent. */
  readonly gatherMs?: number;
  readonly heartbeatMs?: number;
  /** A reader with more than this unsent is dropped. */
  readonly maxUnsentBytes?: number;
  readonly maxReaders?: number;
}

interface Reader {
  readonly response: ServerResponse;
  readonly campaign: string | undefined;
  /** Where it reads from. */
  readonly address: string;
}

interface Frame {
  readonly text: string;
  /** Whether a reader of that campaign (undefined: of all) is there. */
  readonly isFor: (campaign: string | undefined) => boolean;
}

/** At most this many call events per gathering; the rest are counted and named in a `skipped` event. */
const MAX_CALL_EVENTS = 500;

function frame(type: string, data: unknown): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

type CallEvent = Extract<LiveEvent, { readonly type: 'call' | 'callback' | 'disposition' }>;

/** Names of what has changed since the last sending, and the calls' steps in order. */
class Gathering {
  campaigns = new Set<string>();
  agents = new Set<string>();
  calls: CallEvent[] = [];
  skipped = 0;

  add(event: LiveEvent): void {
    if (event.type === 'campaign') this.campaigns.add(event.campaign);
    else if (event.type === 'agent') this.agents.add(event.agent);
    else if (this.calls.length < MAX_CALL_EVENTS) this.calls.push(event);
    else this.skipped += 1;
  }

  isFilled(): boolean {
    return this.campaigns.size + this.agents.size + this.calls.length > 0;
  }
}

function isFor(campaign: string | undefined): Frame['isFor'] {
  return (wanted) => wanted === undefined || wanted === campaign;
}

function campaignFrame(campaign: CampaignView, at: number): Frame {
  return { text: frame('campaign', { type: 'campaign', at, campaign }), isFor: isFor(campaign.name) };
}

function agentFrame(agent: AgentView, at: number): Frame {
  return { text: frame('agent', { type: 'agent', at, agent }), isFor: isFor(agent.campaign) };
}

/** Streams the engine's events to readers; listens to the engine only while somebody reads. */
export class LiveHub {
  readonly #options: LiveOptions;
  readonly #readers = new Set<Reader>();
  #gathering = new Gathering();
  #flushing = false;
  #unsubscribe: (() => void) | undefined;
  #cancelFlush: (() => void) | undefined;
  #cancelHeartbeat: (() => void) | undefined;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  /**
   * Streams to `response` until the reader goes or falls behind; `campaign` limits it to one campaign's events. When all
   * places are taken, the oldest reader of the address with most of them gives way: one client cannot keep all others out.
   */
  add(
    response: ServerResponse,
    { campaign, address = '' }: { readonly campaign?: string; readonly address?: string } = {},
  ): void {
    const { maxReaders = 100 } = this.#options;
    if (this.#readers.size >= maxReaders) this.#makeRoom();
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
    const reader: Reader = { response, campaign, address };
    response.on('close', () => this.#remove(reader));
    response.on('error', () => this.#remove(reader));
    this.#readers.add(reader);
    if (this.#readers.size === 1) this.#listen();
    void this.#greet(reader);
  }

  #makeRoom(): void {
    const counts = new Map<string, number>();
    for (const { address } of this.#readers) counts.set(address, (counts.get(address) ?? 0) + 1);
    const [most] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
    const oldest = [...this.#readers].find(({ address }) => address === most);
    if (!oldest) return;
    this.#options.log.warn(
      { from: most, readers: counts.get(most ?? '') },
      'too many live readers: the oldest gives way',
    );
    oldest.response.end();
    this.#remove(oldest);
  }

  /** How many read now. */
  readers(): number {
    return this.#readers.size;
  }

  /** Ends every stream. */
  close(): void {
    for (const reader of [...this.#readers]) {
      reader.response.end();
      this.#remove(reader);
    }
  }

  #listen(): void {
    const { control, clock, heartbeatMs = 15_000 } = this.#options;
    const beat = (): void => {
      for (const reader of [...this.#readers]) this.#send(reader, ': still here\n\n');
      this.#cancelHeartbeat = clock.after(heartbeatMs, beat);
    };
    this.#cancelHeartbeat = clock.after(heartbeatMs, beat);
    this.#unsubscribe = control.subscribe((event) => {
      this.#gathering.add(event);
      this.#flushSoon();
    });
  }

  #flushSoon(): void {
    const { clock, gatherMs = 250 } = this.#options;
    if (this.#flushing) return;
    this.#cancelFlush ??= clock.after(gatherMs, () => void this.#flush());
  }

  async #flush(): Promise<void> {
    const gathered = this.#gathering;
    this.#gathering = new Gathering();
    this.#cancelFlush = undefined;
    this.#flushing = true;
    try {
      this.#sendFrames(await this.#framesOf(gathered));
    } catch (error) {
      this.#options.log.warn({ error: String(error) }, 'live events could not be sent');
    }
    this.#flushing = false;
    if (this.#readers.size > 0 && this.#gathering.isFilled()) this.#flushSoon();
  }

  async #framesOf({ calls, agents, campaigns, skipped }: Gathering): Promise<Frame[]> {
    const { control, clock } = this.#options;
    const at = clock.now();
    const changed = agents.size === 0 ? [] : (await control.agents()).filter(({ number }) => agents.has(number));
    const views = control.campaigns().filter(({ name }) => campaigns.has(name));
    return [
      ...calls.map((event) => ({ text: frame(event.type, event), isFor: isFor(event.campaign) })),
      ...(skipped === 0 ? [] : [{ text: frame('skipped', { type: 'skipped', calls: skipped }), isFor: () => true }]),
      ...changed.map((agent) => agentFrame(agent, at)),
      ...views.map((view) => campaignFrame(view, at)),
    ];
  }

  #sendFrames(frames: readonly Frame[]): void {
    for (const reader of [...this.#readers]) {
      const mine = frames.filter((one) => one.isFor(reader.campaign)).map((one) => one.text);
      this.#send(reader, mine.join(''));
    }
  }

  #send(reader: Reader, text: string): void {
    const { log, maxUnsentBytes = 1_048_576 } = this.#options;
    const unsentBytes = reader.response.writableLength;
    if (unsentBytes > maxUnsentBytes) {
      log.warn({ unsentBytes }, 'live reader does not keep up: dropped');
      reader.response.destroy();
      this.#remove(reader);
    } else if (text !== '') reader.response.write(text);
  }

  #remove(reader: Reader): void {
    if (!this.#readers.delete(reader) || this.#readers.size > 0) return;
    this.#unsubscribe?.();
    this.#cancelFlush?.();
    this.#cancelHeartbeat?.();
    this.#unsubscribe = this.#cancelFlush = this.#cancelHeartbeat = undefined;
    this.#gathering = new Gathering();
  }

  /** What a new reader gets first: how everything stands now. */
  async #greet(reader: Reader): Promise<void> {
    const { control, clock, log } = this.#options;
    try {
      const at = clock.now();
      const agents = await control.agents();
      const frames = [
        ...agents.map((agent) => agentFrame(agent, at)),
        ...control.campaigns().map((view) => campaignFrame(view, at)),
      ].filter((one) => one.isFor(reader.campaign));
      if (this.#readers.has(reader))
        this.#send(reader, ['retry: 2000\n\n', ...frames.map(({ text }) => text)].join(''));
    } catch (error) {
      log.warn({ error: String(error) }, 'live reader could not be sent how things stand');
      reader.response.destroy();
    }
  }
}
