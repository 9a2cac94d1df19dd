// A SIP peer of our own in the carrier's place, over UDP on 127.0.0.1: what becomes of a call is a script, chosen by
// the number dialed. It keeps what it saw of each call with times, and what the person on it heard.
//
//   const peer = await SipPeer.open();
//   const number = peer.number(async (call) => {
//     call.ring();
//     await call.pause(500);
//     await call.answer();
//     await call.pause(3000);
//     await call.hangUp();
//   });
//   const box = await startBox({ trunks: [peer.trunk('peer')] });

import { createSocket, type Socket } from 'node:dgram';
import type { PeerTrunk } from '../../asterisk/box/trunks.ts';
import { CallOver, SipCall } from './sip/call.ts';
import { header, parseMessage, tagOf, writeResponse, type SipMessage, type SipRequest } from './sip/message.ts';

export type Script = (call: SipCall) => Promise<void> | void;

const HOST = '127.0.0.1';

export class SipPeer {
  readonly port: number;
  /** Every call that came, oldest first. */
  readonly calls: SipCall[] = [];
  /** What scripts threw, and what could not be read: empty when all went as it was meant. */
  readonly faults: string[] = [];
  readonly #scripts = new Map<string, Script>();
  readonly #live = new Map<string, SipCall>();
  #socket: Socket | undefined;
  /** Where the other side sends from; answers go there. */
  #other: { readonly host: string; readonly port: number } | undefined;
  #isDeaf = false;
  #made = 0;

  private constructor(port: number, socket: Socket) {
    this.port = port;
    this.#listen(socket);
  }

  /** Opens the peer at a port of its own, or a given one. */
  static async open(port = 0): Promise<SipPeer> {
    const socket = await bind(port);
    return new SipPeer(socket.address().port, socket);
  }

  trunk(name: string): PeerTrunk {
    return { name, host: HOST, port: this.port };
  }

  /** A number that no one else has; calls to it follow the script. */
  number(script: Script): string {
    this.#made += 1;
    const number = `+1512${2_000_000 + this.#made}`;
    this.#scripts.set(number.slice(1), script);
    return number;
  }

  numbers(count: number, script: Script): string[] {
    return Array.from({ length: count }, () => this.number(script));
  }

  /** A request of its own making; what is answered to it is not looked at. */
  send(lines: readonly string[]): void {
    this.#send(Buffer.from(lines.join('\r\n')));
  }

  /** Every call to the number, oldest first. */
  callsTo(number: string): SipCall[] {
    return this.calls.filter((call) => digits(call.number) === digits(number));
  }

  /** Hears nothing and says nothing any more, as behind a cable that is cut; calls go on with their audio. */
  goDeaf(): void {
    this.#isDeaf = true;
  }

  hearAgain(): void {
    this.#isDeaf = false;
  }

  /** The peer's process dies: every call is forgotten without a word. */
  async die(): Promise<void> {
    for (const call of this.#live.values()) call.close();
    this.#live.clear();
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) await new Promise<void>((resolve) => socket.close(() => resolve()));
  }

  /** Starts again at the same port, without any memory. */
  async restart(): Promise<void> {
    this.#listen(await bind(this.port));
  }

  close(): Promise<void> {
    return this.die();
  }

  #listen(socket: Socket): void {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('message', (datagram, { address, port }) => {
      if (this.#isDeaf || isSound(datagram)) return;
      const message = parseMessage(datagram);
      if (!message) {
        // an empty line keeps a way through a router open (RFC 5626, 3.5.1)
        if (datagram.toString().trim() !== '') this.faults.push(`unreadable: ${datagram.toString().slice(0, 200)}`);
        return;
      }
      this.#other = { host: address, port };
      this.#take(message);
    });
  }

  #send(datagram: Buffer): void {
    if (this.#isDeaf || !this.#other) return;
    this.#socket?.send(datagram, this.#other.port, this.#other.host, () => undefined);
  }

  #take(message: SipMessage): void {
    const call = this.#live.get(header(message, 'call-id'));
    if (message.kind === 'response') {
      call?.takeResponse(message);
      return;
    }
    const isNew = message.method === 'INVITE' && tagOf(header(message, 'to')) === undefined;
    if (isNew && !call?.isBegunBy(message)) this.#begin(message);
    else if (call) call.take(message);
    else if (message.method !== 'ACK') this.#unknownRequest(message);
  }

  #unknownRequest(request: SipRequest): void {
    this.#send(writeResponse(request, request.method === 'OPTIONS' ? 200 : 481, { toTag: 'none' }));
  }

  #begin(invite: SipRequest): void {
    const wire = { address: `${HOST}:${this.port}`, send: (datagram: Buffer) => this.#send(datagram) };
    const call = new SipCall(invite, { tag: `call-${this.calls.length + 1}`, host: HOST, wire });
    this.calls.push(call);
    this.#live.get(header(invite, 'call-id'))?.close();
    this.#live.set(header(invite, 'call-id'), call);
    const script = this.#scripts.get(digits(call.number)) ?? ((unknown: SipCall) => unknown.refuse(404));
    void this.#run(call, script);
  }

  async #run(call: SipCall, script: Script): Promise<void> {
    try {
      await script(call);
    } catch (error) {
      if (!(error instanceof CallOver)) this.faults.push(error instanceof Error ? error.message : String(error));
    }
  }
}

const digits = (number: string): string => number.replace(/\D/g, '');

function bind(port: number): Promise<Socket> {
  const socket = createSocket('udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, HOST, () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

/** RTP or RTCP (version 2 in its first bits), by an exchange whose last call had this port. */
const isSound = (datagram: Buffer): boolean => ((datagram[0] ?? 0) & 0xc0) === 0x80;
