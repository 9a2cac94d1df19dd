// A page's microphone and ear for tests: a steady tone is what the agent says, and what the page is given to hear is
// measured. Runs in the page, before anything of the page does.

export const AGENT_HZ = 1000;

/** As text, for the page. */
export const PAGE_SOUND = `
  (() => {
    const audio = new AudioContext();
    const voice = audio.createOscillator();
    voice.frequency.value = ${AGENT_HZ};
    const volume = audio.createGain();
    volume.gain.value = 0.5;
    voice.connect(volume);
    voice.start();
    navigator.mediaDevices.getUserMedia = async () => {
      if (globalThis.microphoneRefused) throw new DOMException('no', 'NotAllowedError');
      const to = audio.createMediaStreamDestination();
      volume.connect(to);
      ears.microphones += 1;
      const [track] = to.stream.getTracks();
      ears.unplug = () => (track.stop(), track.dispatchEvent(new Event('ended')));
      return to.stream;
    };
    const ears = { microphones: 0, loud: 0, frames: 0, sockets: [], firstLoudAt: 0 };
    globalThis.pageSound = ears;
    const Plain = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Plain {
      constructor(...given) {
        super(...given);
        this.addEventListener('track', ({ track }) => {
          const ear = audio.createAnalyser();
          audio.createMediaStreamSource(new MediaStream([track])).connect(ear);
          const samples = new Float32Array(ear.fftSize);
          setInterval(() => {
            ear.getFloatTimeDomainData(samples);
            let sum = 0;
            for (const sample of samples) sum += sample * sample;
            ears.frames += 1;
            if (Math.sqrt(sum / samples.length) < 0.01) return;
            ears.loud += 1;
            ears.firstLoudAt ||= Date.now();
          }, 50);
        });
      }
    };
    const Socket = globalThis.WebSocket;
    globalThis.WebSocket = class extends Socket {
      constructor(...given) {
        super(...given);
        ears.sockets.push(this);
      }
    };
  })();
`;
