// One call to the peer, in the hands of a script: ring, answer, refuse, transfer, hold, press keys, hang up, or do what
// no carrier should. What came in and when stands in `seen` and `log`.

import { Dialog, type Wire } from './dialog.ts';
import type { Sound } from './audio.ts';
import { Media, type Heard } from './media.ts';
import { cseqOf, header, type Header, type SipRequest, type SipResponse } from './message.ts';
import { readSdp, writeSdp, type Direction } from './sdp.ts';

/** Ends a script whose call is over; no fault. */
export class CallOver extends Error {}

export interface AnswerOptions {
  /** What the SDP says: usual, none at all, port 0, a codec that is not offered, or an address of 0.0.0.0. */
  readonly sdp?: 'usual' | 'none' | 'port-0' | 'g722' | 'null-address';
  readonly sound?: Sound;
  readonly headers?: readonly Header[];
}

/** What happens on a request that usually is answered at once. */
export interface Manners {
  /** `answer-late`: agreed to, and then picked up after all. `cross`: the pick-up leaves before the agreement. */
  cancel: 'agree' | 'ignore' | { readonly pickUpAfterMs: number };
  bye: 'agree' | 'ignore';
}

/** When what was seen, epoch ms. */
export interface Seen {
  readonly invitedAt: number;
  rangAt?: number;
  answeredAt?: number;
  ackedAt?: number;
  cancelledAt?: number;
  /** The other side's BYE. */
  byeAt?: number;
  /** Our own BYE. */
  hungUpAt?: number;
  endedAt?: number;
}

type Moment = 'ACK' | 'CANCEL' | 'BYE' | 'end';

export class SipCall {
  /** As dialed. */
  readonly number: string;
  readonly manners: Manners = { cancel: 'agree', bye: 'agree' };
  readonly seen: Seen = { invitedAt: Date.now() };
  readonly log: { readonly at: number; readonly what: string }[] = [];
  readonly #dialog: Dialog;
  readonly #host: string;
  readonly #watchers = new Map<Moment, (() => void)[]>();
  readonly #happened = new Set<Moment>();
  #media: Media | undefined;
  #opening: Promise<Media> | undefined;
  #heard: Heard | undefined;
  #stopAnswering: () => void = () => undefined;
  #version = 0;

  constructor(invite: SipRequest, place: { readonly tag: string; readonly host: string; readonly wire: Wire }) {
    this.number = /^sips?:([^@;]*)@/.exec(invite.uri)?.[1] ?? '';
    this.#dialog = new Dialog(invite, place.tag, place.wire);
    this.#host = place.host;
    this.#note('INVITE');
  }

  get isOver(): boolean {
    return this.seen.endedAt !== undefined;
  }

  /** A header of the INVITE, such as x-outdial-attempt. */
  header(name: string): string {
    return header(this.#dialog.invite, name.toLowerCase());
  }

  /** Whether this is the INVITE that began the call. */
  isBegunBy(invite: SipRequest): boolean {
    return cseqOf(invite).number === cseqOf(this.#dialog.invite).number;
  }

  /** What the person has heard so far; of a call that is over, until its end. */
  heard(): Heard {
    return this.#heard ?? this.#media?.heard() ?? { packets: 0, longestSilenceMs: this.#unheardMs(), keys: '' };
  }

  // ---- what a script does

  trying(): void {
    this.#dialog.respond(this.#dialog.invite, 100);
  }

  /** 180, or another answer that says that it goes on. */
  ring(code = 180): void {
    this.#check();
    this.seen.rangAt ??= Date.now();
    this.#note(`> ${code}`);
    this.#dialog.respond(this.#dialog.invite, code);
  }

  /** 183 with a session: the caller hears `sound` before anybody picks up. */
  async progress(sound: Sound = 'tone'): Promise<void> {
    const body = await this.#session({ sdp: 'usual', sound });
    this.#note('> 183');
    this.#dialog.respond(this.#dialog.invite, 183, body);
  }

  /** Picks up; resolves with the ACK, which may never come. */
  async answer(options: AnswerOptions = {}): Promise<void> {
    this.#check();
    const session = await this.#session(options);
    const headers = [...session.headers, ...(options.headers ?? [])];
    this.#pickUp({ ...session, headers });
    await this.until('ACK');
  }

  /** A second answer to the same INVITE from another phone (RFC 3261, 13.2.2.4), a moment after the first. */
  async fork(): Promise<void> {
    const session = await this.#session({});
    this.#note('> 200 fork');
    this.#dialog.respond(this.#dialog.invite, 200, { ...session, toTag: `${this.#dialog.tag}-fork` });
  }

  /** A final answer that is no pick-up: 486, 503 with Retry-After, 302 with a Contact … */
  refuse(code: number, headers: readonly Header[] = []): void {
    this.#check();
    this.#note(`> ${code}`);
    this.#stopAnswering = this.#dialog.respondAgain(this.#dialog.invite, code, { headers });
    this.#end();
  }

  /** Asks our Asterisk to dial `target` in this call's place. */
  refer(target: string): Promise<SipResponse | undefined> {
    return this.#ask('REFER', { headers: [['refer-to', `<${target}>`]] });
  }

  /** A new session in mid-call: hold is `sendonly`, or the old way, `host: '0.0.0.0'`. */
  reinvite(change: { readonly direction?: Direction; readonly host?: string } = {}): Promise<SipResponse | undefined> {
    return this.#ask('INVITE', this.#describe(change));
  }

  update(change?: { readonly direction?: Direction }): Promise<SipResponse | undefined> {
    return this.#ask('UPDATE', change === undefined ? {} : this.#describe(change));
  }

  /** A key as SIP INFO. */
  info(key: string): Promise<SipResponse | undefined> {
    return this.#ask('INFO', {
      headers: [['content-type', 'application/dtmf-relay']],
      body: `Signal=${key}\r\nDuration=160\r\n`,
    });
  }

  /** Keys as telephone events in the audio. */
  press(keys: string): void {
    this.#media?.press(keys);
  }

  /** Says something else from now on. */
  say(sound: Sound): void {
    this.#media?.send(sound);
  }

  /** Hangs up; the call is over whatever comes of it. */
  async hangUp(): Promise<void> {
    this.#check();
    this.seen.hungUpAt = Date.now();
    const asked = this.#ask('BYE');
    this.#end();
    await asked;
  }

  /** Waits; a call that ends meanwhile ends the script. */
  pause(ms: number): Promise<void> {
    this.#check();
    return new Promise((resolve, reject) => {
      this.#dialog.timers.after(ms, resolve);
      this.#watch('end', () => reject(new CallOver()));
    });
  }

  /** Resolves when that came in; a call that ends before ends the script. */
  until(moment: Moment): Promise<void> {
    if (this.#happened.has(moment)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#watch(moment, resolve);
      if (moment !== 'end') this.#watch('end', () => reject(new CallOver()));
    });
  }

  // ---- what comes in

  /** A request of this call. */
  take(request: SipRequest): void {
    if (request.method === 'INVITE' && this.isBegunBy(request)) {
      this.#dialog.isRepeated(request);
      return;
    }
    const isOfFork = header(request, 'to').includes(`${this.#dialog.tag}-fork`);
    this.#note(isOfFork ? `${request.method} fork` : request.method);
    if (isOfFork && request.method === 'BYE') this.#dialog.respond(request, 200);
    else if (isOfFork) return;
    else if (!this.#dialog.isRepeated(request)) this.#react(request);
  }

  takeResponse(response: SipResponse): void {
    this.#note(`${response.code} ${cseqOf(response).method}`);
    this.#dialog.answered(response);
  }

  /** Lets go of everything, at once. */
  close(): void {
    this.#end();
    this.#dialog.close();
  }

  #react(request: SipRequest): void {
    switch (request.method) {
      case 'ACK':
        this.seen.ackedAt ??= Date.now();
        this.#stopAnswering();
        this.#report('ACK');
        break;
      case 'CANCEL':
        this.seen.cancelledAt ??= Date.now();
        this.#report('CANCEL');
        this.#cancelled(request);
        break;
      case 'BYE':
        this.seen.byeAt ??= Date.now();
        if (this.manners.bye === 'agree') this.#dialog.respond(request, 200);
        this.#report('BYE');
        this.#end();
        break;
      case 'INVITE':
        this.#renewed(request);
        break;
      case 'UPDATE':
        this.#dialog.respond(request, 200, request.body === '' ? {} : this.#describe({}));
        break;
      default:
        this.#dialog.respond(request, 200);
    }
  }

  /** The other side's re-INVITE: a hold, or a session timer's refresh. */
  #renewed(request: SipRequest): void {
    if (this.#media) this.#media.remote = readSdp(request.body);
    const timer = header(request, 'session-expires');
    const answer = this.#describe({});
    const headers: Header[] = timer === '' ? answer.headers : [...answer.headers, ['session-expires', timer]];
    this.#dialog.respond(request, 200, { ...answer, headers });
  }

  #cancelled(request: SipRequest): void {
    const { cancel } = this.manners;
    if (cancel === 'ignore') return;
    if (cancel === 'agree') {
      this.#dialog.respond(request, 200);
      if (this.isOver || this.seen.answeredAt !== undefined) return;
      this.#stopAnswering = this.#dialog.respondAgain(this.#dialog.invite, 487);
      this.#end();
      return;
    }
    if (cancel.pickUpAfterMs > 0) this.#dialog.respond(request, 200);
    this.#dialog.timers.after(cancel.pickUpAfterMs, () => {
      this.#session({}).then(
        (session) => {
          this.#pickUp(session);
          if (cancel.pickUpAfterMs === 0) this.#dialog.respond(request, 200);
        },
        () => undefined, // over before it could be picked up
      );
    });
  }

  // ---- parts

  #pickUp(session: { readonly headers?: readonly Header[]; readonly body?: string }): void {
    this.seen.answeredAt ??= Date.now();
    this.#media?.listen();
    this.#note('> 200');
    this.#stopAnswering = this.#dialog.respondAgain(this.#dialog.invite, 200, session);
  }

  async #session({ sdp = 'usual', sound = 'speech' }: AnswerOptions) {
    const media = await this.#audio();
    if (sdp === 'none') return { headers: [] };
    media.remote = readSdp(this.#dialog.invite.body);
    media.send(sdp === 'port-0' ? 'nothing' : sound);
    return this.#describe({
      ...(sdp === 'null-address' ? { host: '0.0.0.0' } : {}),
      ...(sdp === 'port-0' ? { port: 0 } : {}),
      ...(sdp === 'g722' ? { codec: 'g722' as const } : {}),
    });
  }

  /** One socket for the call, whoever asks first; it goes with the call, also when it comes too late. */
  async #audio(): Promise<Media> {
    this.#opening ??= Media.open(this.#host);
    const media = await this.#opening;
    if (this.isOver) {
      if (this.#media === undefined) media.close();
      throw new CallOver();
    }
    this.#media = media;
    return media;
  }

  #describe(change: { host?: string; port?: number; codec?: 'g722'; direction?: Direction }) {
    this.#version += 1;
    const audio = { host: this.#host, port: this.#media?.port ?? 0, version: this.#version, ...change };
    return { headers: [['content-type', 'application/sdp']] as Header[], body: writeSdp(audio) };
  }

  async #ask(method: string, parts: { headers?: readonly Header[]; body?: string } = {}) {
    this.#check();
    this.#note(`> ${method}`);
    return this.#dialog.request(method, parts);
  }

  #check(): void {
    if (this.isOver) throw new CallOver();
  }

  #note(what: string): void {
    this.log.push({ at: Date.now(), what });
  }

  #watch(moment: Moment, report: () => void): void {
    this.#watchers.set(moment, [...(this.#watchers.get(moment) ?? []), report]);
  }

  #report(moment: Moment): void {
    this.#happened.add(moment);
    for (const report of this.#watchers.get(moment) ?? []) report();
    this.#watchers.delete(moment);
  }

  #unheardMs(): number {
    const { answeredAt, endedAt } = this.seen;
    return answeredAt === undefined ? 0 : (endedAt ?? Date.now()) - answeredAt;
  }

  #end(): void {
    if (this.isOver) return;
    this.seen.endedAt = Date.now();
    this.#heard = this.heard();
    this.#media?.close();
    this.#report('end');
  }
}
