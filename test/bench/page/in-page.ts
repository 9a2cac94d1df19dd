// What runs in each agent's page: when a record has come to the screen, when a sound has come to the ear, what kept the
// page from answering. All instants are epoch ms, of the one clock of this machine.

export interface PageNotes {
  /** When the number of a person in conversation was painted. */
  readonly shown: readonly { readonly number: string; readonly at: number }[];
  /** The first message that has the conversation: when the server sent it, and when the page had it. */
  readonly came: readonly { readonly number: string; readonly sentAt: number; readonly at: number }[];
  /** When each message of the server came. */
  readonly messagesAt: readonly number[];
  /** What kept the page from answering for longer than 50 ms. */
  readonly longTasks: readonly { readonly at: number; readonly ms: number }[];
  /** When something was heard after silence; empty without a phone in the browser. */
  readonly heardAt: readonly number[];
  readonly firstPaintMs: number;
}

/** Begins before anything of the page; `pageNotes` is what it found. A tone stands for the agent's voice. */
export const IN_PAGE = `
  (() => {
    const wall = () => performance.timeOrigin + performance.now();
    const notes = { shown: [], came: [], messagesAt: [], heardAt: [], longTasks: [], firstPaintMs: 0 };
    globalThis.pageNotes = notes;
    let last = '';
    const look = () => {
      const isTalking = document.querySelector('.bar [data-standing="talking"]') !== null;
      const number = isTalking ? (document.querySelector('.contact')?.textContent.match(/[+]\\d{11}/)?.[0] ?? '') : '';
      if (number === last) return;
      last = number;
      // The frame that shows it is painted before the next task.
      if (number !== '') requestAnimationFrame(() => setTimeout(() => notes.shown.push({ number, at: wall() }), 0));
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        notes.longTasks.push({ at: performance.timeOrigin + startTime, ms: duration });
    }).observe({ type: 'longtask', buffered: true });
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries())
        if (name === 'first-contentful-paint') notes.firstPaintMs = startTime;
    }).observe({ type: 'paint', buffered: true });

    const known = new Set();
    const note = ({ data }) => {
      notes.messagesAt.push(wall());
      if (!data.includes('"state":"talking"')) return;
      const { at, interaction } = JSON.parse(data);
      if (interaction?.state !== 'talking' || known.has(interaction.id)) return;
      known.add(interaction.id);
      notes.came.push({ number: interaction.call?.number ?? '', sentAt: at, at: wall() });
    };
    const PlainSource = globalThis.EventSource;
    globalThis.EventSource = class extends PlainSource {
      constructor(...given) {
        super(...given);
        for (const name of ['state', 'change']) this.addEventListener(name, note);
      }
    };

    const audio = new AudioContext();
    navigator.mediaDevices.getUserMedia = async () => {
      const voice = audio.createOscillator();
      const volume = audio.createGain();
      const to = audio.createMediaStreamDestination();
      voice.frequency.value = 1000;
      volume.gain.value = 0.5;
      voice.connect(volume).connect(to);
      voice.start();
      return to.stream;
    };
    const Plain = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Plain {
      constructor(...given) {
        super(...given);
        this.addEventListener('track', ({ track }) => {
          const ear = audio.createAnalyser();
          ear.fftSize = 512;
          audio.createMediaStreamSource(new MediaStream([track])).connect(ear);
          const samples = new Float32Array(ear.fftSize);
          let quietSince = 0;
          setInterval(() => {
            ear.getFloatTimeDomainData(samples);
            let sum = 0;
            for (const sample of samples) sum += sample * sample;
            const now = wall();
            if (Math.sqrt(sum / samples.length) < 0.01) return void (quietSince ||= now);
            if (quietSince !== 0 && now - quietSince > 400) notes.heardAt.push(now);
            quietSince = 0;
          }, 10);
        });
      }
    };
  })();
`;
