// A cable between the daemon and Asterisk that a test can cut, freeze, make long and join again.

import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export class LinkProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cut = false;
  #frozen = false;
  #delayMs = 0;

  private constructor(target: { readonly host: string; readonly port: number }) {
    this.#server = createServer((near) => {
      if (this.#cut) {
        near.destroy();
        return;
      }
      const far = connect(target);
      this.#join(near, far);
      this.#join(far, near);
    });
  }

  static async open(host: string, port: number): Promise<LinkProxy> {
    const proxy = new LinkProxy({ host, port });
    await new Promise<void>((resolve) => {
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Breaks every connection; new ones are broken at once. */
  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Nothing passes any more, and no event says so. */
  freeze(): void {
    this.#frozen = true;
    for (const socket of this.#sockets) socket.pause();
  }

  /** Everything takes so much longer from one end to the other, in the order in which it was sent. */
  delay(ms: number): void {
    this.#delayMs = ms;
  }

  restore(): void {
    this.#delayMs = 0;
    this.#cut = false;
    this.#frozen = false;
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.setNoDelay(true);
    const underWay: Buffer[] = [];
    from.on('data', (data: Buffer) => {
      underWay.push(data);
      const arrive = (): unknown => to.write(underWay.shift() ?? '');
      if (this.#delayMs > 0 || underWay.length > 1) setTimeout(arrive, this.#delayMs);
      else arrive();
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
    if (this.#frozen) from.pause();
  }
}
