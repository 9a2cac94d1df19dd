// Live events to any number of readers as Server-Sent Events.
// The engine's turn only pays for putting an event into an array: text is made later, once for all readers, and of
// several states of one campaign or agent only the newest is sent. A reader that does not keep up is dropped.

import type { ServerResponse } from 'node:http';
import type { Clock } from '../base/clock.ts';
import { OperationalError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { AgentView, CampaignView, Control, LiveEvent } from '../engine/control.ts';

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
}

interface Frame {
  readonly text: string;
  /** Whether a reader of that campaign (undefined: of all) is told. */
  readonly isFor: (campaign: string | undefined) => boolean;
}

/** At most this many call events per gathering; the rest are counted and named in a `skipped` event. */
const MAX_CALL_EVENTS = 500;

function frame(type: string, data: unknown): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

function campaignOf(event: LiveEvent): string | undefined {
  if (event.type === 'campaign') return event.campaign.name;
  return event.type === 'call' ? event.campaign : event.agent.campaign;
}

/** Events of one gathering: the newest state of each campaign and agent, and the calls' steps in order. */
class Gathering {
  readonly #campaigns = new Map<string, LiveEvent>();
  readonly #agents = new Map<string, LiveEvent>();
  #calls: LiveEvent[] = [];
  #skipped = 0;

  add(event: LiveEvent): void {
    if (event.type === 'campaign') this.#campaigns.set(event.campaign.name, event);
    else if (event.type === 'agent') this.#agents.set(event.agent.number, event);
    else if (this.#calls.length < MAX_CALL_EVENTS) this.#calls.push(event);
    else this.#skipped += 1;
  }

  /** The frames to send, each with the campaign it belongs to; empties the gathering. */
  take(): Frame[] {
    const events = [...this.#calls, ...this.#agents.values(), ...this.#campaigns.values()];
    const frames: Frame[] = events.map((event) => ({
      text: frame(event.type, event),
      isFor: (campaign) => campaign === undefined || campaign === campaignOf(event),
    }));
    if (this.#skipped > 0)
      frames.push({ text: frame('skipped', { type: 'skipped', calls: this.#skipped }), isFor: () => true });
    this.#campaigns.clear();
    this.#agents.clear();
    this.#calls = [];
    this.#skipped = 0;
    return frames;
  }
}

/** Streams the engine's events to readers; listens to the engine only while somebody reads. */
export class LiveHub {
  readonly #options: LiveOptions;
  readonly #readers = new Set<Reader>();
  readonly #gathering = new Gathering();
  #unsubscribe: (() => void) | undefined;
  #cancelFlush: (() => void) | undefined;
  #cancelHeartbeat: (() => void) | undefined;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  /**
   * Streams to `response` until the reader goes or falls behind; `campaign` limits it to one campaign's events.
   * Refused with `too-many-readers`.
   */
  add(response: ServerResponse, campaign?: string): void {
    const { maxReaders = 100 } = this.#options;
    if (this.#readers.size >= maxReaders)
      throw new OperationalError('too-many-readers', 'Too many live readers are connected.', {
        hint: `At most ${maxReaders}; close some views.`,
        httpCode: 503,
      });
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
    const reader: Reader = { response, campaign };
    response.on('close', () => this.#remove(reader));
    response.on('error', () => this.#remove(reader));
    this.#readers.add(reader);
    if (this.#readers.size === 1) this.#listen();
    void this.#greet(reader);
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
    const { control, clock, gatherMs = 100, heartbeatMs = 15_000 } = this.#options;
    const beat = (): void => {
      for (const reader of [...this.#readers]) this.#send(reader, ': still here\n\n');
      this.#cancelHeartbeat = clock.after(heartbeatMs, beat);
    };
    this.#cancelHeartbeat = clock.after(heartbeatMs, beat);
    this.#unsubscribe = control.subscribe((event) => {
      this.#gathering.add(event);
      this.#cancelFlush ??= clock.after(gatherMs, () => this.#flush());
    });
  }

  #flush(): void {
    this.#cancelFlush = undefined;
    const frames = this.#gathering.take();
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
    this.#gathering.take();
  }

  async #greet(reader: Reader): Promise<void> {
    const { control, clock, log } = this.#options;
    try {
      const text = await stateOfThings(control, reader, clock.now());
      if (this.#readers.has(reader)) this.#send(reader, text);
    } catch (error) {
      log.warn({ error: String(error) }, 'live reader could not be told how things stand');
      reader.response.destroy();
    }
  }
}

/** What a new reader is told first: how everything stands now. */
async function stateOfThings(control: Control, reader: Reader, at: number): Promise<string> {
  const mine = (campaign: string | undefined): boolean => reader.campaign === undefined || campaign === reader.campaign;
  const campaigns: readonly CampaignView[] = control.campaigns().filter((view) => mine(view.name));
  const agents: readonly AgentView[] = (await control.agents()).filter((view) => mine(view.campaign));
  return [
    'retry: 2000\n\n',
    ...agents.map((agent) => frame('agent', { type: 'agent', at, agent })),
    ...campaigns.map((campaign) => frame('campaign', { type: 'campaign', at, campaign })),
  ].join('');
}
