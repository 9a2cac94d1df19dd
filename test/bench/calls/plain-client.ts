// The do-nothing ARI client that outdial is held against, a process of its own: agents' phones in a bridge each; then,
// at a steady rate, originate a call, put it into the next free agent's bridge at its answer, wait for its end. No rules,
// no records, no store. Prints one JSON line when its time is over.

import { connect, type Channel, type Client } from 'ari-client';

export interface PlainOrder {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly trunk: string;
  readonly accounts: readonly string[];
  readonly numbers: readonly string[];
  readonly perSecond: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

export interface PlainFigures {
  readonly calls: number;
  readonly failed: number;
  readonly cpuMs: number;
  readonly delaysMs: readonly number[];
}

const APP = 'plain';
const TICK_MS = 10;

interface Seat {
  readonly bridge: string;
}

class PlainClient {
  readonly #order: PlainOrder;
  readonly #client: Client;
  readonly #free: Seat[] = [];
  readonly #seatOf = new Map<string, Seat>();
  readonly #answeredAt = new Map<string, number>();
  #next = 0;
  #failed = 0;
  #connected = 0;
  #delaysMs: number[] = [];

  constructor(order: PlainOrder, client: Client) {
    this.#order = order;
    this.#client = client;
  }

  /** Rings every agent's phone into a bridge of its own. */
  async seat(): Promise<void> {
    const { accounts } = this.#order;
    for (const account of accounts) await this.#client.bridges.create({ type: 'mixing', bridgeId: `plain-${account}` });
    const seated = new Promise<void>((resolve) => {
      this.#client.on('StasisStart', (event, channel) => {
        const [purpose, account] = event.args;
        if (purpose !== 'agent' || account === undefined) return;
        void this.#join(`plain-${account}`, channel.id).then(() => {
          this.#free.push({ bridge: `plain-${account}` });
          if (this.#free.length === accounts.length) resolve();
        });
      });
    });
    for (const account of accounts) {
      const app = { app: APP, appArgs: `agent,${account}` };
      await this.#client.channels.originate({ endpoint: `PJSIP/${account}`, ...app, timeout: 20 });
    }
    await seated;
  }

  async run(): Promise<PlainFigures> {
    const { perSecond, warmUpMs, measureMs } = this.#order;
    this.#client.on('ChannelStateChange', (event, channel) => {
      if (channel.state === 'Up') this.#answeredAt.set(channel.id, Date.parse(event.timestamp));
    });
    this.#client.on('StasisStart', (event, channel) => this.#arrived(event, channel));
    this.#client.on('ChannelEnteredBridge', (event) => this.#bridged(event.channel.id, event.timestamp));
    this.#client.on('ChannelDestroyed', (_event, channel) => this.#ended(channel.id));
    const begunAt = performance.now();
    let placed = 0;
    const timer = setInterval(() => {
      const due = Math.floor(((performance.now() - begunAt) / 1000) * perSecond);
      for (; placed < due; placed += 1) this.#place();
    }, TICK_MS);
    await pause(warmUpMs);
    const cpuBefore = process.cpuUsage();
    const before = { connected: this.#connected, failed: this.#failed };
    this.#delaysMs = [];
    await pause(measureMs);
    const cpu = process.cpuUsage(cpuBefore);
    clearInterval(timer);
    return {
      calls: this.#connected - before.connected,
      failed: this.#failed - before.failed,
      cpuMs: (cpu.user + cpu.system) / 1000,
      delaysMs: this.#delaysMs,
    };
  }

  #place(): void {
    const { numbers, trunk } = this.#order;
    const seat = this.#free.shift();
    if (!seat) {
      this.#failed += 1;
      return;
    }
    const number = numbers[this.#next % numbers.length] ?? '';
    this.#next += 1;
    const channelId = `plain-call-${this.#next}`;
    this.#seatOf.set(channelId, seat);
    this.#client.channels
      .originate({ endpoint: `PJSIP/${number}@${trunk}`, app: APP, appArgs: 'person', channelId, timeout: 20 })
      .catch(() => {
        this.#failed += 1;
        this.#ended(channelId);
      });
  }

  #arrived(event: { readonly args: string | string[] }, channel: Channel): void {
    const seat = this.#seatOf.get(channel.id);
    if (event.args[0] !== 'person' || !seat) return;
    void this.#join(seat.bridge, channel.id);
  }

  #bridged(channel: string, timestamp: unknown): void {
    const answeredAt = this.#answeredAt.get(channel);
    if (answeredAt === undefined) return;
    this.#delaysMs.push(Date.parse(String(timestamp)) - answeredAt);
    this.#connected += 1;
  }

  #ended(channel: string): void {
    const seat = this.#seatOf.get(channel);
    this.#seatOf.delete(channel);
    this.#answeredAt.delete(channel);
    if (seat) this.#free.push(seat);
  }

  async #join(bridgeId: string, channel: string): Promise<void> {
    await this.#client.bridges.addChannel({ bridgeId, channel }).catch(() => {
      this.#failed += 1; // it hung up in between
    });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

const order = JSON.parse(process.argv[2] ?? '{}') as PlainOrder;
const client = await connect(order.url, order.user, order.password);
await client.start(APP);
const plain = new PlainClient(order, client);
await plain.seat();
process.stdout.write(`${JSON.stringify(await plain.run())}\n`);
process.exit(0);
