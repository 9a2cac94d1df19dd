// WAV files as Asterisk plays them on telephones: 8 kHz, 16 bit, mono. Pure.

const RATE = 8000;
const BYTES_PER_SAMPLE = 2;
const HEADER = 44;
const PCM = 1;

/**
 * The sound with a header that is right: programs that write to a pipe do not know the length beforehand and write a
 * wrong one. Throws when it is no such sound, or an empty one.
 */
export function telephoneSound(wav: Buffer): Buffer {
  if (wav.toString('latin1', 0, 4) !== 'RIFF' || wav.toString('latin1', 8, 12) !== 'WAVE') {
    throw new Error('The speech command wrote no WAV.');
  }
  let samples: Buffer | undefined;
  let at = 12;
  while (at + 8 <= wav.length && samples === undefined) {
    const kind = wav.toString('latin1', at, at + 4);
    const length = wav.readUInt32LE(at + 4);
    if (kind === 'fmt ') requireFormat(wav.subarray(at + 8));
    if (kind === 'data') samples = length === 0 ? wav.subarray(at + 8) : wav.subarray(at + 8, at + 8 + length);
    at += 8 + length + (length % 2);
  }
  if (!samples || samples.length < BYTES_PER_SAMPLE) throw new Error('The speech command wrote a WAV without sound.');
  return Buffer.concat([header(samples.length), samples]);
}

function requireFormat(format: Buffer): void {
  if (format.length < 16) throw new Error('The speech command wrote a WAV that is cut off.');
  const [kind, channels] = [format.readUInt16LE(0), format.readUInt16LE(2)];
  const [rate, bits] = [format.readUInt32LE(4), format.readUInt16LE(14)];
  if (kind === PCM && channels === 1 && rate === RATE && bits === 8 * BYTES_PER_SAMPLE) return;
  throw new Error(
    `The speech command must write 8000 Hz, 16 bit, one channel; it wrote ${rate} Hz, ${bits} bit, ${channels} channels.`,
  );
}

function header(length: number): Buffer {
  const head = Buffer.alloc(HEADER);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(HEADER - 8 + length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(PCM, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * BYTES_PER_SAMPLE, 28);
  head.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  head.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(length, 40);
  return head;
}
