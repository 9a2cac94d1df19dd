// The microphone and the speaker: asked for, chosen, listened to, and got again when the device goes or another comes.

import { Value } from '../live/value.ts';
import { loudness } from './hearing.ts';
import { microphoneTrouble, type MicrophoneTrouble } from './trouble.ts';

interface Device {
  readonly id: string;
  readonly label: string;
}

interface Devices {
  readonly microphones: readonly Device[];
  readonly speakers: readonly Device[];
  /** Of the one in use; undefined: the machine's own choice. */
  readonly microphone: string | undefined;
  readonly speaker: string | undefined;
}

interface MicrophoneEvents {
  /** Another track is in use. */
  track(track: MediaStreamTrack): void;
  trouble(trouble: MicrophoneTrouble): void;
}

const PLACE = 'outdial-sound';
const LEVEL_EVERY_MS = 100;

/** Which devices the agent chose, by the browser's own ids, which mean nothing elsewhere. */
function remembered(): { readonly microphone?: string; readonly speaker?: string } {
  try {
    return JSON.parse(localStorage.getItem(PLACE) ?? '{}') as { microphone?: string; speaker?: string };
  } catch {
    // Browsers may forbid it: then the machine chooses.
    return {};
  }
}

export class Microphone {
  readonly devices = new Value<Devices>({
    microphones: [],
    speakers: [],
    microphone: remembered().microphone,
    speaker: remembered().speaker,
  });
  /** Loudness 0–1 now. */
  readonly level = new Value(0);
  readonly #events: MicrophoneEvents;
  #stream: MediaStream | undefined;
  #stopLevel: () => void = () => undefined;
  #isWanted = false;

  constructor(events: MicrophoneEvents) {
    this.#events = events;
    const media = navigator.mediaDevices as MediaDevices | undefined;
    media?.addEventListener('devicechange', () => void this.#devicesChanged());
  }

  get track(): MediaStreamTrack | undefined {
    return this.#stream?.getAudioTracks()[0];
  }

  /** Asks the browser, which asks the agent the first time; undefined: it is shown as trouble. */
  async open(): Promise<MediaStreamTrack | undefined> {
    this.#isWanted = true;
    const track = this.track;
    return track?.readyState === 'live' ? track : this.#get();
  }

  close(): void {
    this.#isWanted = false;
    this.#drop();
  }

  async choose(microphone: string): Promise<void> {
    this.#remember({ microphone });
    if (this.#isWanted) await this.#get();
  }

  chooseSpeaker(speaker: string): void {
    this.#remember({ speaker });
  }

  async #get(): Promise<MediaStreamTrack | undefined> {
    const media = navigator.mediaDevices as MediaDevices | undefined;
    if (media === undefined) {
      this.#events.trouble('insecure');
      return undefined;
    }
    try {
      const stream = await media.getUserMedia({ audio: this.#wish() });
      const [track] = stream.getAudioTracks();
      if (!track) throw new DOMException('no track', 'NotFoundError');
      this.#drop();
      this.#stream = stream;
      track.addEventListener('ended', () => this.#ended(track));
      this.#listen(stream);
      await this.#list();
      this.#events.track(track);
      return track;
    } catch (error) {
      this.#drop();
      this.#events.trouble(microphoneTrouble(error instanceof Error ? error.name : ''));
      return undefined;
    }
  }

  #wish(): MediaTrackConstraints {
    const { microphone } = this.devices.get();
    const plain = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    return microphone === undefined ? plain : { ...plain, deviceId: { ideal: microphone } };
  }

  /** It was pulled out, or taken away: another one is taken, if there is one. */
  #ended(track: MediaStreamTrack): void {
    if (track !== this.track || !this.#isWanted) return;
    this.#drop();
    this.#events.trouble('unplugged');
    void this.#get();
  }

  async #devicesChanged(): Promise<void> {
    await this.#list();
    if (!this.#isWanted) return;
    const { microphone, microphones } = this.devices.get();
    const inUse = this.track?.getSettings().deviceId;
    const isBack = microphone !== undefined && microphone !== inUse && microphones.some(({ id }) => id === microphone);
    if (this.track?.readyState !== 'live' || isBack) await this.#get();
  }

  async #list(): Promise<void> {
    const all = await navigator.mediaDevices.enumerateDevices();
    const of = (kind: MediaDeviceKind): readonly Device[] =>
      all.flatMap((one) => (one.kind === kind && one.deviceId !== '' ? [{ id: one.deviceId, label: one.label }] : []));
    this.devices.set({ ...this.devices.get(), microphones: of('audioinput'), speakers: of('audiooutput') });
  }

  #listen(stream: MediaStream): void {
    const audio = new AudioContext();
    const ear = audio.createAnalyser();
    audio.createMediaStreamSource(stream).connect(ear);
    const samples = new Float32Array(ear.fftSize);
    const timer = setInterval(() => {
      ear.getFloatTimeDomainData(samples);
      this.level.set(audio.state === 'running' ? loudness(samples) : 1);
    }, LEVEL_EVERY_MS);
    this.#stopLevel = () => {
      clearInterval(timer);
      void audio.close();
      this.level.set(0);
    };
  }

  #drop(): void {
    this.#stopLevel();
    this.#stopLevel = () => undefined;
    const stream = this.#stream;
    this.#stream = undefined;
    for (const track of stream?.getTracks() ?? []) track.stop();
  }

  #remember(change: { readonly microphone?: string; readonly speaker?: string }): void {
    this.devices.set({ ...this.devices.get(), ...change });
    const { microphone, speaker } = this.devices.get();
    try {
      localStorage.setItem(PLACE, JSON.stringify({ microphone, speaker }));
    } catch {
      // As above: it holds until the page is closed.
    }
  }
}
