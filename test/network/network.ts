// A running box with an ARI application of its own on it, for tests: places calls as the daemon does, and
// waits for what both Asterisks say and write down about them.

import { expect } from 'vitest';
import { startBox, type Box } from '../../asterisk/box.ts';
import type { CallRecord } from '../../asterisk/box/call-records.ts';
import { ari, StasisListener, type AriEvent } from './plain-ari.ts';

interface Placing {
  readonly context?: string;
  readonly timeoutS?: number;
  readonly variables?: Readonly<Record<string, string>>;
}

/** What `look` finds, asked every 50 ms; refuses after `limitMs`, three times the usual on a quiet machine. */
export async function until<T>(what: string, look: () => Promise<T | undefined>, limitMs = 30_000): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Picks a channel's events of one type. */
export function ofChannel(type: string, id: string) {
  return (event: AriEvent): boolean => event.type === type && event.channel?.id === id;
}

/** The box under test and what its ARI application hears. */
export class Network {
  readonly box: Box;
  readonly app: StasisListener;
  #calls = 0;

  constructor(box: Box, app: StasisListener) {
    this.box = box;
    this.app = app;
  }

  static async start(): Promise<Network> {
    const box = await startBox({ record: true });
    return new Network(box, await StasisListener.open(box.pbx));
  }

  /** Calls a number as the daemon does; gives the channel's id, which is also the attempt's. */
  async place(number: string, placing: Placing = {}): Promise<string> {
    this.#calls += 1;
    const id = `attempt-${this.#calls}`;
    const query = new URLSearchParams({
      endpoint: `PJSIP/${number}@${this.box.pbx.trunk}`,
      context: placing.context ?? 'outdial-out',
      extension: 's',
      priority: '1',
      channelId: id,
      callerId: '+12125550100',
      timeout: String(placing.timeoutS ?? 20),
    });
    const variables = {
      'CDR(userfield)': id,
      'PJSIP_HEADER(add,X-Outdial-Attempt)': id,
      OUTDIAL_ATTEMPT: id,
      ...placing.variables,
    };
    await ari(this.box.pbx, 'POST', `/channels?${query.toString()}`, { variables });
    return id;
  }

  /** The one record that each side has of a call, once both are written. */
  async records(id: string, limitMs = 10_000): Promise<{ pbx: CallRecord; carrier: CallRecord }> {
    return until(
      `call records of ${id}`,
      async () => {
        const pbx = (await this.box.readCdr('pbx')).filter((record) => record.uniqueId === id);
        const carrier = (await this.box.readCdr('carrier')).filter((record) => record.userField === id);
        expect(pbx.length).toBeLessThan(2);
        expect(carrier.length).toBeLessThan(2);
        return pbx[0] && carrier[0] ? { pbx: pbx[0], carrier: carrier[0] } : undefined;
      },
      limitMs,
    );
  }

  async verdict(id: string): Promise<readonly string[]> {
    const event = await this.app.first(`verdict on ${id}`, ofChannel('StasisStart', id));
    return event.args ?? [];
  }

  hangUp(id: string): Promise<unknown> {
    return ari(this.box.pbx, 'DELETE', `/channels/${id}`);
  }

  async channelCount(): Promise<number> {
    return ((await ari(this.box.pbx, 'GET', '/channels')) as unknown[]).length;
  }
}
