// The telephone on JsSIP: it dials into the agent's session and holds that one call. No registration, no session timers;
// nothing is sent over SIP while the connection is away, since JsSIP would end the call for it.

import { UA } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { PhoneLine } from '../../http/wire/phone.ts';
import type { MakeSipPhone, SipEvents, SipPhone, SoundReport } from './sip-phone.ts';
import { SipSocket, type PlainSocket } from './sip-socket.ts';

/** A break of the sound that heals by itself within this time is none. */
const BREAK_MS = 3_000;
/** The old call is let go of when the new one has been heard. */
const RECOVERY = { connection_recovery_min_interval: 1, connection_recovery_max_interval: 5 };

export const jsSipPhone: MakeSipPhone = (line, events) => new JsSipPhone(line, events);

class JsSipPhone implements SipPhone {
  readonly #line: PhoneLine;
  readonly #events: SipEvents;
  readonly #socket: SipSocket;
  readonly #ua: UA;
  /** The call that stands, and one that is on its way to take its place. */
  #call: RTCSession | undefined;
  #coming: RTCSession | undefined;
  #breaks: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(line: PhoneLine, events: SipEvents) {
    this.#line = line;
    this.#events = events;
    const url = new URL(line.socket, globalThis.location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#socket = new SipSocket({
      url: url.href,
      now: () => performance.now(),
      // The browser's has the same shape, with events that say more.
      make: (address) => new WebSocket(address, 'sip') as unknown as PlainSocket,
    });
    this.#ua = new UA({
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- its shape is all that is asked for
      sockets: this.#socket,
      uri: `sip:${line.user}@outdial`,
      password: line.password,
      register: false,
      session_timers: false,
      user_agent: 'outdial',
      ...RECOVERY,
    });
    this.#ua.on('connected', () => this.#isClosed || events.connection(true));
    this.#ua.on('disconnected', () => this.#isClosed || events.connection(false));
    this.#ua.start();
  }

  dial(microphone: MediaStreamTrack): void {
    if (this.#isClosed || this.#coming !== undefined || !this.#ua.isConnected()) return;
    this.#events.call('calling');
    const call = this.#ua.call(`sip:${this.#line.number}@outdial`, {
      mediaStream: new MediaStream([microphone]),
      mediaConstraints: { audio: true, video: false },
      pcConfig: { iceServers: [], bundlePolicy: 'max-bundle' },
      rtcOfferConstraints: { offerToReceiveAudio: true, offerToReceiveVideo: false },
    });
    this.#coming = call;
    this.#follow(call);
    if (call.connection as unknown) this.#listen(call, call.connection);
    call.on('peerconnection', ({ peerconnection }) => this.#listen(call, peerconnection));
    // Every way is near or known: what comes after the first is not waited for long.
    let waits: ReturnType<typeof setTimeout> | undefined;
    call.on('icecandidate', ({ ready }) => (waits ??= setTimeout(ready, 300)));
  }

  #follow(call: RTCSession): void {
    call.on('accepted', () => {
      const before = this.#call;
      this.#call = call;
      this.#coming = undefined;
      if (before !== undefined && before !== call) leave(before);
      this.#events.call('up');
    });
    const over = (): void => {
      if (this.#coming === call) this.#coming = undefined;
      else if (this.#call === call) this.#call = undefined;
      else return;
      if (!this.#isClosed && this.#call === undefined && this.#coming === undefined) this.#events.call('ended');
    };
    call.on('ended', over);
    call.on('failed', over);
  }

  #listen(call: RTCSession, connection: RTCPeerConnection): void {
    connection.ontrack = ({ track, streams }) => {
      if (call === this.#call || call === this.#coming) this.#events.heard(streams[0] ?? new MediaStream([track]));
    };
    connection.oniceconnectionstatechange = () => {
      const state = connection.iceConnectionState;
      if (call !== this.#call) return;
      clearTimeout(this.#breaks);
      if (state === 'connected' || state === 'completed') this.#events.media(true);
      if (state === 'failed') this.#events.media(false);
      if (state === 'disconnected') this.#breaks = setTimeout(() => this.#events.media(false), BREAK_MS);
    };
  }

  async speakWith(microphone: MediaStreamTrack): Promise<void> {
    for (const call of [this.#call, this.#coming]) {
      const connection = call?.connection as RTCPeerConnection | undefined;
      await connection?.getSenders()[0]?.replaceTrack(microphone);
    }
  }

  renew(): void {
    const call = this.#call;
    if (!call || !this.#ua.isConnected() || !call.isReadyToReOffer()) return;
    call.renegotiate({ rtcOfferConstraints: { offerToReceiveAudio: true } });
  }

  check(): void {
    this.#socket.reset();
  }

  async sound(): Promise<SoundReport | undefined> {
    const connection = this.#call?.connection as RTCPeerConnection | undefined;
    if (!connection) return undefined;
    const report = { packets: 0, lost: 0, jitterMs: 0, roundTripMs: 0 };
    const stats = await connection.getStats();
    stats.forEach((one: Readonly<Record<string, unknown>>) => {
      const figure = (name: string): number => (typeof one[name] === 'number' ? one[name] : 0);
      if (one['type'] === 'inbound-rtp') {
        report.packets = figure('packetsReceived');
        report.lost = figure('packetsLost');
        report.jitterMs = figure('jitter') * 1000;
      }
      if (one['type'] === 'remote-inbound-rtp') report.roundTripMs = figure('roundTripTime') * 1000;
    });
    return report;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#breaks);
    for (const call of [this.#call, this.#coming]) if (call) leave(call);
    this.#call = undefined;
    this.#coming = undefined;
    this.#ua.stop();
  }
}

/** The server ends the call; here its ways are closed, whatever becomes of the word of it. */
function leave(call: RTCSession): void {
  (call.connection as RTCPeerConnection | undefined)?.close();
}
