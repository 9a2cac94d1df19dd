// The browser's telephone as the rest of the page knows it: a few verbs, and its events. Behind it stands a SIP
// library that is loaded when it is wanted. Every control of a call is the server's: this only carries sound.

import type { PhoneLine } from '../../http/wire/phone.ts';

export interface SipPhone {
  /** Dials in with this microphone; an older call is let go of once the new one stands. */
  dial(microphone: MediaStreamTrack): void;
  /** The call that stands goes on with another microphone. */
  speakWith(microphone: MediaStreamTrack): Promise<void>;
  /** The call that stands is made known again to the far end, whose way to here was another one. */
  renew(): void;
  /** The network may be another: what does not answer is connected again at once. */
  check(): void;
  /** How the sound of the call that stands arrives; undefined: there is none. */
  sound(): Promise<SoundReport | undefined>;
  /** No more of it: the server ends the call. */
  close(): void;
}

/** Counted since the call stands. */
export interface SoundReport {
  readonly packets: number;
  readonly lost: number;
  readonly jitterMs: number;
  readonly roundTripMs: number;
}

export interface SipEvents {
  connection(isThere: boolean): void;
  /** `ended`: the only call there was; it was not asked for from here. */
  call(state: 'calling' | 'up' | 'ended'): void;
  /** The way of the sound is broken, or good again. */
  media(isGood: boolean): void;
  /** What is to be heard. */
  heard(stream: MediaStream): void;
}

export type MakeSipPhone = (line: PhoneLine, events: SipEvents) => SipPhone;
