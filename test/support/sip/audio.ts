// What the peer says, as packets of 20 ms in G.711 µ-law, and whether what it is sent can be heard.

const SAMPLES = 160;
const PACKET_MS = 20;
/** Pitch of the peer's voice, Hz: none of those of the agents' phones. */
const PEER_HZ = 1500;

/** `speech`: hello, then a sentence every few seconds; `greeting`: words without end, then a beep and silence. */
export type Sound = 'speech' | 'tone' | 'silence' | 'greeting' | 'nothing';

/** Stretches of voice in `speech`, from the answer on: [begin, end) in ms. After that one in each `SENTENCE_EVERY_MS`. */
const HELLO: readonly [number, number] = [200, 650];
const SENTENCE_EVERY_MS = 3000;
const SENTENCE_MS = 900;
const GREETING_MS = 6000;
const WORD_MS = 450;
const WORD_GAP_MS = 120;
const BEEP_MS = 500;

function ulawOf(sample: number): number {
  const bias = 0x84;
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32_635) + bias;
  const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7);
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

function linearOf(ulaw: number): number {
  const bits = ~ulaw & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 0x07);
  return (bits & 0x80 ? -1 : 1) * (magnitude - 0x84);
}

const LINEAR = Int16Array.from({ length: 256 }, (_, ulaw) => linearOf(ulaw));
const SILENCE = Buffer.alloc(SAMPLES, ulawOf(0));
// 160 samples hold a whole number of periods: the same packet again and again is one steady tone
const VOICE = Buffer.from(
  Array.from({ length: SAMPLES }, (_, i) => ulawOf(Math.round(6000 * Math.sin((2 * Math.PI * PEER_HZ * i) / 8000)))),
);

function isVoiced(sound: Sound, atMs: number): boolean {
  switch (sound) {
    case 'tone':
      return true;
    case 'speech': {
      if (atMs < SENTENCE_EVERY_MS) return atMs >= HELLO[0] && atMs < HELLO[1];
      return atMs % SENTENCE_EVERY_MS < SENTENCE_MS;
    }
    case 'greeting':
      if (atMs < GREETING_MS) return atMs % (WORD_MS + WORD_GAP_MS) < WORD_MS;
      return atMs < GREETING_MS + BEEP_MS;
    default:
      return false;
  }
}

/** The payload of the `index`th packet since the answer; undefined when none is sent. */
export function packetOf(sound: Sound, index: number): Buffer | undefined {
  if (sound === 'nothing') return undefined;
  return isVoiced(sound, index * PACKET_MS) ? VOICE : SILENCE;
}

/** Whether a payload of µ-law is anything but silence. */
export function isAudible(payload: Buffer): boolean {
  let sum = 0;
  for (const byte of payload) sum += Math.abs(LINEAR[byte] ?? 0);
  return payload.length > 0 && sum / payload.length > 60;
}
