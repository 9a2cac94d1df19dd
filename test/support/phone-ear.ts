// What a phone of a box hears, kept by the phone itself: the sound as it comes out of the network, with whatever the
// exchange has whispered to this phone alone.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Phones } from '../../asterisk/box/phones.ts';

const HEADER_BYTES = 44;

/** The phone's newest call; its process has one account and was started with `record`. */
export class PhoneEar {
  readonly #file: string;

  constructor({ dir }: Pick<Phones, 'dir'>) {
    const calls = readdirSync(dir).filter((name) => name.endsWith('-dec.wav'));
    const newest = calls.toSorted((one, other) => age(dir, other) - age(dir, one))[0];
    if (newest === undefined) throw new Error(`no call was heard in ${dir}`);
    this.#file = path.join(dir, newest);
  }

  /** A place in what is heard: now, in samples. Time in which the network sends nothing does not count. */
  now(): number {
    return Math.floor((statSync(this.#file).size - HEADER_BYTES) / 2);
  }

  /** What was heard from one place to another. */
  between(from: number, to: number): Int16Array {
    const bytes = readFileSync(this.#file).subarray(HEADER_BYTES + from * 2, HEADER_BYTES + to * 2);
    return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~1)));
  }
}

const age = (dir: string, name: string): number => statSync(path.join(dir, name)).mtimeMs;
