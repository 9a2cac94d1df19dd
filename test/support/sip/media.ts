// The audio of one call of the peer: sends packets, counts what comes back, and measures how long it heard nothing.

import { createSocket, type Socket } from 'node:dgram';
import { isAudible, packetOf, type Sound } from './audio.ts';
import { KEYS, ULAW, type RemoteAudio } from './sdp.ts';

const PACKET_MS = 20;
const SAMPLES = 160;
const HEADER_BYTES = 12;
/** RFC 4733: an event packet every 20 ms, the last one three times. */
const EVENT_PACKETS = 8;
const KEY_CODES = '0123456789*#';

export interface Heard {
  readonly packets: number;
  /** Epoch ms; undefined: never. */
  readonly firstPacketAt?: number;
  readonly firstSoundAt?: number;
  /** The longest stretch without any sound from the answer on, ms. */
  readonly longestSilenceMs: number;
  /** Keys that came as telephone events. */
  readonly keys: string;
}

export class Media {
  readonly #socket: Socket;
  readonly port: number;
  #remote: RemoteAudio | undefined;
  #sound: Sound = 'nothing';
  #timer: NodeJS.Timeout | undefined;
  #beganAt = 0;
  #sent = 0;
  #sequence = 1;
  #keys: number[] = [];
  #packets = 0;
  #firstPacketAt: number | undefined;
  #firstSoundAt: number | undefined;
  #quietSince: number | undefined;
  #longestSilenceMs = 0;
  #keysHeard = '';
  #lastEvent = -1;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.port = socket.address().port;
    socket.on('message', (packet) => this.#hear(packet));
    socket.on('error', () => undefined); // no one listens at the other end
  }

  static open(host: string): Promise<Media> {
    const socket = createSocket('udp4');
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, host, () => resolve(new Media(socket)));
    });
  }

  /** Where to send to. */
  set remote(remote: RemoteAudio | undefined) {
    this.#remote = remote;
  }

  /** Silence is measured from now on: the call has been picked up. */
  listen(): void {
    this.#quietSince ??= Date.now();
  }

  /** Sends that sound from its beginning, in place of what was sent. */
  send(sound: Sound): void {
    this.#sound = sound;
    this.#beganAt = performance.now();
    this.#sent = 0;
    this.#timer ??= setInterval(() => this.#catchUp(), PACKET_MS);
  }

  /** Presses keys as telephone events, in the middle of whatever is sent. */
  press(keys: string): void {
    this.#keys.push(...Array.from(keys, (key) => KEY_CODES.indexOf(key)).filter((code) => code >= 0));
    this.#timer ??= setInterval(() => this.#catchUp(), PACKET_MS);
  }

  /** What was heard so far. */
  heard(): Heard {
    const quietMs = this.#quietSince === undefined ? 0 : Date.now() - this.#quietSince;
    return {
      packets: this.#packets,
      ...(this.#firstPacketAt === undefined ? {} : { firstPacketAt: this.#firstPacketAt }),
      ...(this.#firstSoundAt === undefined ? {} : { firstSoundAt: this.#firstSoundAt }),
      longestSilenceMs: Math.max(this.#longestSilenceMs, quietMs),
      keys: this.#keysHeard,
    };
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  /** A busy machine wakes late: packets that should have left meanwhile leave now, but never more than half a second. */
  #catchUp(): void {
    this.#pressNext();
    const due = Math.floor((performance.now() - this.#beganAt) / PACKET_MS);
    this.#sent = Math.max(this.#sent, due - 25);
    for (; this.#sent < due; this.#sent += 1) {
      const payload = packetOf(this.#sound, this.#sent);
      if (payload) this.#packet(ULAW, this.#sent * SAMPLES, payload);
    }
  }

  #pressNext(): void {
    const code = this.#keys.shift();
    if (code === undefined) return;
    const stamp = Math.floor(performance.now() * 8) >>> 0;
    for (let step = 1; step <= EVENT_PACKETS + 3; step += 1) {
      const isEnd = step > EVENT_PACKETS;
      const payload = Buffer.from([code, isEnd ? 0x8a : 0x0a, 0, 0]);
      payload.writeUInt16BE(Math.min(step, EVENT_PACKETS) * SAMPLES, 2);
      this.#packet(KEYS, stamp, payload, step === 1);
    }
  }

  #packet(type: number, stamp: number, payload: Buffer, isMarked = false): void {
    const remote = this.#remote;
    if (!remote || remote.port === 0 || remote.host === '0.0.0.0') return;
    const head = Buffer.alloc(HEADER_BYTES);
    head.writeUInt8(0x80, 0);
    head.writeUInt8((isMarked ? 0x80 : 0) | type, 1);
    head.writeUInt16BE(this.#sequence++ & 0xffff, 2);
    head.writeUInt32BE(stamp >>> 0, 4);
    head.writeUInt32BE(0x0d1a1e5, 8);
    this.#socket.send(Buffer.concat([head, payload]), remote.port, remote.host, () => undefined);
  }

  #hear(packet: Buffer): void {
    if (packet.length <= HEADER_BYTES || (packet[0] ?? 0) >> 6 !== 2) return;
    const now = Date.now();
    this.#packets += 1;
    this.#firstPacketAt ??= now;
    const type = (packet[1] ?? 0) & 0x7f;
    if (type === KEYS) this.#hearKey(packet);
    if (type !== ULAW || !isAudible(packet.subarray(HEADER_BYTES))) return;
    this.#firstSoundAt ??= now;
    if (this.#quietSince === undefined) return;
    this.#longestSilenceMs = Math.max(this.#longestSilenceMs, now - this.#quietSince);
    this.#quietSince = now;
  }

  #hearKey(packet: Buffer): void {
    const stamp = packet.readUInt32BE(4);
    if (stamp === this.#lastEvent) return;
    this.#lastEvent = stamp;
    this.#keysHeard += KEY_CODES[packet[HEADER_BYTES] ?? -1] ?? '';
  }
}
