// What is heard: one player for the call, on the speaker that was chosen; and the test before the session, which gives the
// agent back what the microphone took.

/** Not every browser can choose the speaker. */
type Player = Omit<HTMLAudioElement, 'setSinkId'> & { setSinkId?: (id: string) => Promise<void> };

export class BrowserSound {
  readonly #player: Player = new Audio();

  /** False: the browser wants a click of the agent first. */
  readonly play = async (stream: MediaStream | undefined): Promise<boolean> => {
    this.#player.srcObject = stream ?? null;
    if (stream === undefined) return true;
    try {
      await this.#player.play();
      return true;
    } catch (error) {
      // Another stream that came meanwhile is no refusal.
      return error instanceof Error && error.name === 'AbortError';
    }
  };

  async speaker(id: string): Promise<void> {
    await this.#player.setSinkId?.(id).catch(() => undefined); // gone since: the machine's own is used
  }

  /** Records for so long, then plays it; resolves when it has been heard. */
  async echo(microphone: MediaStreamTrack, ms: number, onPlay: () => void): Promise<void> {
    const parts: Blob[] = [];
    const recorder = new MediaRecorder(new MediaStream([microphone]));
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const stopped = new Promise<void>((resolve) => (recorder.onstop = () => resolve()));
    recorder.start();
    await new Promise((resolve) => setTimeout(resolve, ms));
    recorder.stop();
    await stopped;
    const url = URL.createObjectURL(new Blob(parts, { type: recorder.mimeType }));
    const ended = new Promise<void>((resolve) => (this.#player.onended = () => resolve()));
    this.#player.srcObject = null;
    this.#player.src = url;
    onPlay();
    await this.#player.play();
    await ended;
    this.#player.removeAttribute('src');
    URL.revokeObjectURL(url);
  }
}
