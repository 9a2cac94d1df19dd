// What a phone of a box is given to hear, listened to on the Asterisk that outdial drives: begins and ends when a test
// says so, and is there as samples afterwards. Nothing of outdial is asked for it.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Box } from '../../asterisk/box.ts';
import { until } from './until.ts';

export class Ears {
  readonly #box: Box;
  readonly #channel: string;
  readonly #name: string;

  private constructor(box: Box, channel: string, name: string) {
    this.#box = box;
    this.#channel = channel;
    this.#name = name;
  }

  /** Listens at the phone of that account from now on. */
  static async at(box: Box, account: string, name: string): Promise<Ears> {
    const lines = (await box.command('pbx', 'core show channels concise')).split('\n');
    const channel = lines.find((line) => line.startsWith(`PJSIP/${account}-`))?.split('!')[0];
    if (channel === undefined) throw new Error(`no call with ${account}: ${lines.join(' ')}`);
    await box.command(
      'pbx',
      `mixmonitor start ${channel} outdial/ears-${name}-both.wav,t(outdial/ears-${name}.wav)i(EARS)`,
    );
    return new Ears(box, channel, name);
  }

  /** Ends the listening; 8000 samples a second. */
  async end(): Promise<Int16Array> {
    await this.#box.command('pbx', `mixmonitor stop ${this.#channel}`);
    return this.samples();
  }

  /** What was heard, once the call or the listening is over. */
  async samples(): Promise<Int16Array> {
    const file = path.join(this.#box.pbx.recordingsDir, `ears-${this.#name}.wav`);
    let length = -1;
    const wave = await until(
      `what ${this.#name} heard is written`,
      () => {
        const now = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
        const isDone = now.length === length && length > 44;
        length = now.length;
        return Promise.resolve(isDone ? now : undefined);
      },
      5_000,
    );
    const samples = wave.subarray(44);
    return new Int16Array(samples.buffer.slice(samples.byteOffset, samples.byteOffset + (samples.length & ~1)));
  }
}
