// The browser as the phone of the agent's session: it is one as long as the server says so, and dials in whenever it has no
// call. Microphone, connection and call come and go each by itself; what is wrong is one word at a time (trouble.ts).

import type { PhoneLine } from '../../http/wire/phone.ts';
import { isError, type Ask } from '../live/ask.ts';
import type { DeskView } from '../live/live.ts';
import { Value } from '../live/value.ts';
import { hear, HEARD, isUnheard, type Hearing } from './hearing.ts';
import { isPoor, lookAt, UNKNOWN_QUALITY, type Quality } from './quality.ts';
import type { MakeSipPhone, SipEvents, SipPhone } from './sip-phone.ts';
import { NO_PHONE, type MicrophoneTrouble, type NoLine, type PhoneState } from './trouble.ts';

const UNANSWERED: NoLine = { code: 'unanswered', message: '', hint: '' };

/** The microphone as it is used here. */
interface Speaking {
  readonly track: MediaStreamTrack | undefined;
  open(): Promise<MediaStreamTrack | undefined>;
  close(): void;
}

interface PhoneDeskParts {
  readonly ask: Ask;
  readonly now: () => number;
  /** The library, fetched the first time. */
  readonly load: () => Promise<MakeSipPhone>;
  readonly microphone: Speaking;
  /** Plays it; false: the browser wants a click first. */
  readonly play: (stream: MediaStream | undefined) => Promise<boolean>;
  readonly after: (ms: number, act: () => void) => void;
}

const AGAIN_MS = 1_000;
const LINE_AGAIN_MS = 3_000;
const LOOK_EVERY_MS = 5_000;

export class PhoneDesk extends Value<PhoneState> {
  readonly #parts: PhoneDeskParts;
  #session: string | undefined;
  #isTalking = false;
  #isLeaving = false;
  #sip: SipPhone | undefined;
  #stream: MediaStream | undefined;
  #hearing: Hearing = HEARD;
  #quality: Quality = UNKNOWN_QUALITY;
  /** What was begun for a session that is over does no more. */
  #turn = 0;

  constructor(parts: PhoneDeskParts) {
    super(NO_PHONE);
    this.#parts = parts;
  }

  /** The newest picture of the server. */
  see(view: DeskView | null): void {
    const session = view?.session ?? undefined;
    this.#isTalking = view?.interaction?.state === 'talking';
    const wanted = session?.phone.kind === 'browser' ? session.id : undefined;
    if (view === null) return;
    // The other phone rings: until it is picked up the agent speaks here.
    this.#isLeaving = wanted === undefined && session?.id === this.#session && this.get().call === 'up';
    if (wanted === this.#session || this.#isLeaving) return;
    this.#session = wanted;
    this.#end();
    if (wanted !== undefined) void this.#begin();
  }

  /** Asks for the microphone before there is a session, and shows how loud it is. */
  async tryMicrophone(): Promise<boolean> {
    this.#change({ microphone: 'asking' });
    return (await this.#parts.microphone.open()) !== undefined;
  }

  /** The agent has done something about the trouble. */
  readonly retry = (): void => {
    if (this.#session === undefined) return void this.tryMicrophone();
    if (this.#stream) void this.#play(this.#stream);
    const { refusal: _refusal, ...rest } = this.get();
    this.set(rest);
    if (this.#sip === undefined || this.#parts.microphone.track === undefined) void this.#begin();
    else this.#dial();
  };

  /** The agent has clicked or typed anywhere: what the browser kept silent before may be heard now. */
  readonly acted = (): void => {
    if (this.get().isBlocked && this.#stream) void this.#play(this.#stream);
  };

  /** The network may be another one. */
  readonly check = (): void => this.#sip?.check();

  // ---- what the microphone reports

  microphoneIs(track: MediaStreamTrack): void {
    this.#change({ microphone: 'on', isUnheard: false });
    this.#hearing = HEARD;
    if (this.get().call === 'none') this.#dial();
    else void this.#sip?.speakWith(track);
  }

  microphoneFails(trouble: MicrophoneTrouble): void {
    this.#change({ microphone: trouble });
  }

  /** Loudness of the microphone, several times a second. */
  heardMyself(level: number): void {
    const { call, microphone } = this.get();
    const isOn = this.#isTalking && call === 'up' && microphone === 'on';
    this.#hearing = isOn ? hear(this.#hearing, level, this.#parts.now()) : HEARD;
    this.#change({ isUnheard: isUnheard(this.#hearing, this.#parts.now()) });
  }

  // ---- the life of a phone

  async #begin(): Promise<void> {
    const turn = ++this.#turn;
    const isOver = (): boolean => turn !== this.#turn;
    this.#change({ isWanted: true, microphone: this.#parts.microphone.track ? 'on' : 'asking' });
    const track = await this.#parts.microphone.open();
    if (track === undefined || isOver() || this.#hasSip()) return;
    this.#change({ microphone: 'on', connection: 'opening' });
    const line = await this.#line();
    if (isOver()) return;
    if ('code' in line) {
      this.#change({ refusal: line, connection: 'off' });
      this.#parts.after(LINE_AGAIN_MS, () => !isOver() && void this.#begin());
      return;
    }
    const make = await this.#parts.load();
    if (isOver() || this.#hasSip()) return;
    const { refusal: _refusal, ...rest } = this.get();
    this.set(rest);
    this.#sip = make(line, this.#follow(isOver));
    this.#lookSoon(isOver);
  }

  #hasSip(): boolean {
    return this.#sip !== undefined;
  }

  /** The line of the session, or why there is none. */
  async #line(): Promise<PhoneLine | NoLine> {
    try {
      const { status, body } = await this.#parts.ask<PhoneLine>('POST', '/api/agent/phone', {});
      if (status === 200) return body;
      return isError(body) ? body.error : UNANSWERED;
    } catch {
      return UNANSWERED;
    }
  }

  #follow(isOver: () => boolean): SipEvents {
    const only =
      <A extends readonly unknown[]>(act: (...args: A) => void) =>
      (...args: A): void => {
        if (!isOver()) act(...args);
      };
    return {
      connection: only((isThere) => this.#connected(isThere)),
      call: only((state) => this.#called(state, isOver)),
      media: only((isGood) => {
        this.#change({ isMediaGood: isGood });
        if (!isGood) this.#dial();
      }),
      heard: only((stream) => void this.#play(stream)),
    };
  }

  #connected(isThere: boolean): void {
    this.#change({ connection: isThere ? 'open' : 'lost' });
    if (!isThere) return;
    const { call, isMediaGood } = this.get();
    if (call === 'up' && isMediaGood) this.#sip?.renew();
    else this.#dial();
  }

  #called(state: 'calling' | 'up' | 'ended', isOver: () => boolean): void {
    if (state === 'calling' && this.get().call === 'up') return;
    if (state === 'ended' && this.#isLeaving) {
      this.#session = undefined;
      return this.#end();
    }
    this.#change({ call: state === 'ended' ? 'none' : state, ...(state === 'up' ? { isMediaGood: true } : {}) });
    if (state === 'up') this.#quality = UNKNOWN_QUALITY;
    if (state === 'ended') this.#parts.after(AGAIN_MS, () => !isOver() && this.#dial());
  }

  #dial(): void {
    const { track } = this.#parts.microphone;
    if (track !== undefined && this.get().connection === 'open') this.#sip?.dial(track);
  }

  async #play(stream: MediaStream): Promise<void> {
    this.#stream = stream;
    this.#change({ isBlocked: !(await this.#parts.play(stream)) });
  }

  #lookSoon(isOver: () => boolean): void {
    this.#parts.after(LOOK_EVERY_MS, () => {
      if (isOver()) return;
      void this.#sip?.sound().then((report) => {
        if (report === undefined || isOver()) return;
        this.#quality = lookAt(this.#quality, report);
        this.#change({ isPoor: isPoor(this.#quality) });
      });
      this.#lookSoon(isOver);
    });
  }

  #end(): void {
    this.#turn += 1;
    this.#sip?.close();
    this.#sip = undefined;
    this.#stream = undefined;
    void this.#parts.play(undefined);
    this.#parts.microphone.close();
    this.#hearing = HEARD;
    this.set(NO_PHONE);
  }

  #change(change: Partial<PhoneState>): void {
    const before = this.get();
    const isSame = Object.entries(change).every(([name, value]) => before[name as keyof PhoneState] === value);
    if (!isSame) this.set({ ...before, ...change });
  }
}
