// The phone of this page put together: microphone, sound and the telephone itself, following the server's picture.

import { ask } from '../../live/ask.ts';
import type { LiveStore } from '../../live/store.ts';
import { BrowserSound } from '../../phone/browser-sound.ts';
import { Microphone } from '../../phone/microphone.ts';
import { PhoneDesk } from '../../phone/phone-desk.ts';

export class BrowserPhone {
  readonly sound = new BrowserSound();
  readonly microphone: Microphone;
  readonly desk: PhoneDesk;

  constructor(live: LiveStore) {
    this.microphone = new Microphone({
      track: (track) => this.desk.microphoneIs(track),
      trouble: (trouble) => this.desk.microphoneFails(trouble),
    });
    this.desk = new PhoneDesk({
      ask,
      now: () => performance.now(),
      load: async () => (await import('../../phone/jssip-phone.ts')).jsSipPhone,
      microphone: this.microphone,
      play: async (stream) => {
        const { speaker } = this.microphone.devices.get();
        if (stream !== undefined && speaker !== undefined) await this.sound.speaker(speaker);
        return this.sound.play(stream);
      },
      after: (ms, act) => void setTimeout(act, ms),
    });
    live.subscribe(() => this.desk.see(live.get().view));
    this.microphone.level.subscribe(() => this.desk.heardMyself(this.microphone.level.get()));
    globalThis.addEventListener('online', this.desk.check);
    for (const act of ['pointerup', 'keydown']) globalThis.addEventListener(act, this.desk.acted, { capture: true });
  }

  chooseSpeaker(id: string): void {
    this.microphone.chooseSpeaker(id);
    void this.sound.speaker(id);
  }
}
