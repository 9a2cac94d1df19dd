// The one ear of this page, put together with its microphone, its sound and its telephone.

import { BrowserSound } from '../../phone/browser-sound.ts';
import { Microphone } from '../../phone/microphone.ts';
import { send } from '../data.tsx';
import { BrowserEar } from './browser-ear.ts';

const sound = new BrowserSound();
const microphone = new Microphone({
  track: (track) => ownEar.microphoneIs(track),
  trouble: (trouble) => ownEar.microphoneFails(trouble),
});

/** Nothing is heard on it: a browser dials in with a track, and opens no microphone for it. */
function silence(): MediaStreamTrack {
  const audio = new AudioContext();
  const [track] = audio.createMediaStreamDestination().stream.getAudioTracks();
  if (track === undefined) throw new Error('The browser makes no sound.');
  const stop = track.stop.bind(track);
  track.stop = () => {
    stop();
    void audio.close();
  };
  return track;
}

export const ownEar = new BrowserEar({
  send,
  load: async () => (await import('../../phone/jssip-phone.ts')).jsSipPhone,
  microphone,
  silence,
  play: (stream) => sound.play(stream),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});
