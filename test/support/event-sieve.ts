// A cable to Asterisk's web server that loses events: what comes on a WebSocket is read, and messages that a test names
// are dropped. Requests and their answers pass.

import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

const TEXT_FRAME = 1;
const END_OF_HEAD = '\r\n\r\n';

/** One message of ARI, as far as a sieve looks at it. */
export interface SievedEvent {
  readonly type: string;
  readonly channel?: { readonly id: string; readonly state: string };
}

export class EventSieve {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #drops: (event: SievedEvent) => boolean = () => false;
  dropped = 0;

  private constructor(target: { readonly host: string; readonly port: number }) {
    this.#server = createServer((near) => {
      const far = connect(target);
      this.#sockets.add(near);
      let sieve: ((data: Buffer) => Buffer) | undefined;
      near.on('data', (data) => {
        if (/upgrade: websocket/i.test(data.toString('latin1'))) sieve = this.#sieve();
        far.write(data);
      });
      far.on('data', (data) => near.write(sieve ? sieve(data) : data));
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        from.setNoDelay(true);
        from.on('error', () => undefined);
        from.on('close', () => to.destroy());
      }
    });
  }

  static async open(host: string, port: number): Promise<EventSieve> {
    const sieve = new EventSieve({ host, port });
    await new Promise<void>((resolve) => {
      sieve.#server.listen(0, '127.0.0.1', resolve);
    });
    return sieve;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Events of people's legs that fit are lost from now on. */
  drop(fits: (event: SievedEvent) => boolean): void {
    this.#drops = fits;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What passes of a stream of frames, after the head of the answer. */
  #sieve(): (data: Buffer) => Buffer {
    let rest: Buffer = Buffer.alloc(0);
    let isOpen = false;
    return (data) => {
      rest = Buffer.concat([rest, data]);
      const passed: Buffer[] = [];
      if (!isOpen) {
        const end = rest.indexOf(END_OF_HEAD);
        if (end < 0) return Buffer.alloc(0);
        isOpen = true;
        passed.push(rest.subarray(0, end + END_OF_HEAD.length));
        rest = rest.subarray(end + END_OF_HEAD.length);
      }
      for (;;) {
        const size = frameSize(rest);
        if (size === undefined || rest.length < size.head + size.body) break;
        const frame = rest.subarray(0, size.head + size.body);
        rest = rest.subarray(frame.length);
        if (this.#isDropped(frame, size.head)) this.dropped += 1;
        else passed.push(frame);
      }
      return Buffer.concat(passed);
    };
  }

  #isDropped(frame: Buffer, head: number): boolean {
    if ((frame.readUInt8(0) & 15) !== TEXT_FRAME) return false;
    return this.#drops(JSON.parse(frame.subarray(head).toString()) as SievedEvent);
  }
}

function frameSize(data: Buffer): { readonly head: number; readonly body: number } | undefined {
  if (data.length < 2) return undefined;
  const short = data.readUInt8(1) & 127;
  const head = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (data.length < head) return undefined;
  const body = short === 127 ? Number(data.readBigUInt64BE(2)) : short === 126 ? data.readUInt16BE(2) : short;
  return { head, body };
}
