// The browser as the phone by which a supervisor listens. It dials in with silence: the microphone is asked for and open
// only while the supervisor is to be heard. Who hears whom is the server's; this carries sound, whatever view is open.

import type { PhoneLine } from '../../../http/wire/phone.ts';
import { Value } from '../../live/value.ts';
import type { MakeSipPhone, SipEvents, SipPhone } from '../../phone/sip-phone.ts';
import type { MicrophoneTrouble } from '../../phone/trouble.ts';
import type { Refusal, send } from '../data.tsx';

export type ListeningMode = 'listen' | 'whisper' | 'barge' | 'take-over';

interface Heard {
  readonly agent: string;
  readonly name: string;
}

interface EarState {
  /** Whose call is heard, or will be; undefined: no one's. */
  readonly whom: Heard | undefined;
  readonly mode: ListeningMode;
  readonly call: 'none' | 'calling' | 'up';
  readonly isMicrophoneOn: boolean;
  readonly trouble: MicrophoneTrouble | 'blocked' | 'connection-lost' | undefined;
}

interface EarParts {
  readonly send: typeof send;
  /** The library, fetched the first time. */
  readonly load: () => Promise<MakeSipPhone>;
  readonly microphone: { open(): Promise<MediaStreamTrack | undefined>; close(): void };
  readonly silence: () => MediaStreamTrack;
  /** Plays it; false: the browser wants a click first. */
  readonly play: (stream: MediaStream | undefined) => Promise<boolean>;
  readonly wait: (ms: number) => Promise<void>;
}

/** While outdial is away, or the network: for so long a hang-up is asked for again. */
const HANG_UP_TRIES = 150;
const AGAIN_MS = 2_000;

const NONE: EarState = {
  whom: undefined,
  mode: 'listen',
  call: 'none',
  isMicrophoneOn: false,
  trouble: undefined,
};

const BROWSER = 'browser';
const pathOf = (agent: string): string => `/api/agents/${encodeURIComponent(agent)}/listen`;

export class BrowserEar extends Value<EarState> {
  readonly #parts: EarParts;
  #sip: SipPhone | undefined;
  #silence: MediaStreamTrack | undefined;
  #stream: MediaStream | undefined;
  /** What was begun for a call that is over does no more. */
  #turn = 0;

  constructor(parts: EarParts) {
    super(NONE);
    this.#parts = parts;
  }

  /** Begins to listen, or changes how; what was refused. Another agent's call is left first. */
  async ask(whom: Heard, mode: ListeningMode, stays: boolean): Promise<Refusal | undefined> {
    const { whom: before, call } = this.get();
    if (before?.agent === whom.agent && call !== 'none') return this.#become(whom, mode, stays);
    await this.end();
    return this.#begin(whom, stays);
  }

  async #begin(whom: Heard, stays: boolean): Promise<Refusal | undefined> {
    const turn = ++this.#turn;
    const isOver = (): boolean => turn !== this.#turn;
    this.set({ ...NONE, whom, call: 'calling' });
    const { send, load } = this.#parts;
    const begun = await send('POST', pathOf(whom.agent), { mode: 'listen', phone: BROWSER, stays });
    const line = 'refusal' in begun ? begun : await send<PhoneLine>('POST', '/api/listening/phone', {});
    if (isOver()) return undefined;
    if ('refusal' in line) {
      this.#close();
      return line.refusal;
    }
    const make = await load();
    if (isOver()) return undefined;
    this.#silence = this.#parts.silence();
    this.#sip = make(line.body, this.#follow(isOver, this.#silence));
    return undefined;
  }

  #follow(isOver: () => boolean, silence: MediaStreamTrack): SipEvents {
    return {
      connection: (isThere) => {
        if (isOver()) return;
        this.#change({ trouble: isThere ? undefined : 'connection-lost' });
        if (isThere && this.get().call === 'calling') this.#sip?.dial(silence);
      },
      call: (state) => {
        if (isOver()) return;
        if (state === 'ended') this.#close();
        else this.#change({ call: state });
      },
      media: () => undefined,
      heard: (stream) => {
        if (!isOver()) void this.#play(stream);
      },
    };
  }

  /** The microphone is open before the supervisor is to be heard, and closed once no one hears them. */
  async #become(whom: Heard, mode: ListeningMode, stays: boolean): Promise<Refusal | undefined> {
    const turn = this.#turn;
    if (mode !== 'listen' && !(await this.#speak())) return undefined;
    const answer = await this.#parts.send('POST', pathOf(whom.agent), { mode, phone: BROWSER, stays });
    if (turn !== this.#turn) return undefined;
    const isRefused = 'refusal' in answer;
    const now = isRefused ? this.get().mode : mode;
    if (now === 'listen') await this.#beSilent();
    this.#change({ mode: now });
    return isRefused ? answer.refusal : undefined;
  }

  async #speak(): Promise<boolean> {
    const turn = this.#turn;
    const track = await this.#parts.microphone.open();
    if (track === undefined || turn !== this.#turn) return false;
    await this.#sip?.speakWith(track);
    this.#change({ isMicrophoneOn: true, trouble: undefined });
    return true;
  }

  async #beSilent(): Promise<void> {
    if (this.#silence) await this.#sip?.speakWith(this.#silence);
    this.#parts.microphone.close();
    this.#change({ isMicrophoneOn: false });
  }

  microphoneFails(trouble: MicrophoneTrouble): void {
    this.#change({ trouble, isMicrophoneOn: false });
  }

  /** The device was changed while the supervisor speaks. */
  microphoneIs(track: MediaStreamTrack): void {
    if (this.get().isMicrophoneOn) void this.#sip?.speakWith(track);
  }

  /** After a click: what the browser did not play. */
  readonly unblock = (): void => {
    if (this.#stream) void this.#play(this.#stream);
  };

  async #play(stream: MediaStream): Promise<void> {
    this.#stream = stream;
    this.#change({ trouble: (await this.#parts.play(stream)) ? undefined : 'blocked' });
  }

  /** Hangs up; also when the supervisor has taken the person over, who would be left in silence were it not done. */
  readonly end = async (): Promise<void> => {
    const { whom } = this.get();
    if (whom === undefined) return;
    this.#close();
    await this.#hangUp(whom, this.#turn);
  };

  /** Until it is answered, unless the supervisor listens again. */
  async #hangUp({ agent }: Heard, turn: number): Promise<void> {
    const { send, wait } = this.#parts;
    for (let tried = 1; tried <= HANG_UP_TRIES && turn === this.#turn; tried += 1) {
      const answer = await send('DELETE', `${pathOf(agent)}?phone=${BROWSER}`);
      if (!('refusal' in answer) || answer.refusal.code !== 'unanswered') return;
      await wait(AGAIN_MS);
    }
  }

  #close(): void {
    this.#turn += 1;
    this.#sip?.close();
    this.#sip = undefined;
    this.#stream = undefined;
    this.#silence?.stop();
    this.#silence = undefined;
    this.#parts.microphone.close();
    void this.#parts.play(undefined);
    this.set(NONE);
  }

  #change(change: Partial<EarState>): void {
    if (this.get().whom !== undefined) this.set({ ...this.get(), ...change });
  }
}
