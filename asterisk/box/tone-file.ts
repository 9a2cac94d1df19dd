// A WAV file with one steady tone, as a phone's microphone: its pitch shows who is heard.

import { writeFile } from 'node:fs/promises';

const RATE = 8000;
const HEADER_BYTES = 44;

function header(dataBytes: number): Buffer {
  const head = Buffer.alloc(HEADER_BYTES);
  head.write('RIFF', 0);
  head.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(dataBytes, 40);
  return head;
}

/** Writes `seconds` of a tone of `hz` (0: silence) as 8 kHz, 16 bit, mono. */
export async function writeTone(file: string, hz: number, seconds: number): Promise<void> {
  const second = Buffer.alloc(RATE * 2);
  for (let i = 0; i < RATE; i += 1) {
    second.writeInt16LE(Math.round(6000 * Math.sin((2 * Math.PI * hz * i) / RATE)), i * 2);
  }
  const whole = Math.ceil(seconds);
  await writeFile(file, Buffer.concat([header(second.length * whole), ...Array.from({ length: whole }, () => second)]));
}
