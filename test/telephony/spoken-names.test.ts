// Names as sounds: what a speech command writes becomes a file that Asterisk plays, once.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog, type Log } from '../../src/base/log.ts';
import { SpokenNameFiles } from '../../src/telephony/spoken-names.ts';
import { telephoneSound } from '../../src/telephony/telephone-sound.ts';

/** Writes a WAV of as many samples as the text has letters, with the length that a pipe gets: a wrong one. */
const speaker = (more = '', rate = 8000): readonly string[] => [
  process.execPath,
  '-e',
  `const text = require('node:fs').readFileSync(0, 'utf8'); ${more}
   const head = Buffer.alloc(44); head.write('RIFF'); head.write('WAVEfmt ', 8); head.writeUInt32LE(16, 16);
   head.writeUInt16LE(1, 20); head.writeUInt16LE(1, 22); head.writeUInt32LE(${rate}, 24); head.writeUInt32LE(${2 * rate}, 28);
   head.writeUInt16LE(2, 32); head.writeUInt16LE(16, 34); head.write('data', 36); head.writeUInt32LE(0x7ffff000, 40);
   process.stdout.write(Buffer.concat([head, Buffer.alloc(2 * text.length, 7)]));`,
];

let dir: string;
let warnings: object[];
let log: Log;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'outdial-names-'));
  warnings = [];
  log = { ...silentLog, warn: (fields, message) => warnings.push({ ...fields, message }) };
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const namesWith = (command: readonly string[], sounds = 'names') =>
  new SpokenNameFiles({ folder: path.join(dir, 'names'), sounds, command }, log);

describe('[A-01] names spoken to agents', () => {
  test('a name has a sound once it is made, with a right length, readable for Asterisk', async () => {
    const names = namesWith(speaker());
    expect(names.soundOf('Not interested')).toBeUndefined();

    const before = process.umask(0o077); // as the daemon has it
    names.prepare(['Not interested']);
    await names.settled();
    process.umask(before);

    const sound = names.soundOf('Not interested') ?? '';
    expect(sound).toMatch(/^names\/[0-9a-f]{24}$/);
    const file = path.join(dir, `${sound}.wav`);
    const wav = readFileSync(file);
    expect(wav.readUInt32LE(40)).toBe(2 * 'Not interested'.length);
    expect(wav.length).toBe(44 + 2 * 'Not interested'.length);
    expect(statSync(file).mode & 0o777).toBe(0o644);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o755);
  });

  test('what is made is not made again, not after a restart either; another voice is', async () => {
    const first = namesWith(speaker());
    first.prepare(['Sold', 'Sold', 'Break']);
    first.prepare(['Sold']);
    await first.settled();
    const files = readdirSync(path.join(dir, 'names'));
    expect(files).toHaveLength(2);
    const before = statSync(path.join(dir, 'names', files[0] ?? '')).mtimeMs;

    const restarted = namesWith(speaker());
    restarted.prepare(['Sold', 'Break']);
    await restarted.settled();
    expect(restarted.soundOf('Sold')).toBe(first.soundOf('Sold'));
    expect(statSync(path.join(dir, 'names', files[0] ?? '')).mtimeMs).toBe(before);

    const other = namesWith(speaker('/* another voice */'));
    other.prepare(['Sold']);
    await other.settled();
    expect(other.soundOf('Sold')).not.toBe(first.soundOf('Sold'));
  });

  test('a person’s name is kept for as long as it is needed, and is gone after a stop or a crash', async () => {
    const names = namesWith(speaker());
    const files = (): string[] => readdirSync(path.join(dir, 'names'));
    names.lend('Ada Lovelace');
    names.lend('Ada Lovelace');
    await names.settled();
    expect(names.soundOf('Ada Lovelace')).toMatch(/^names\/person-[0-9a-f]{24}$/);
    expect(files()).toHaveLength(1);

    names.giveBack('Ada Lovelace');
    await names.settled();
    expect(names.soundOf('Ada Lovelace')).toBeDefined();
    names.giveBack('Ada Lovelace');
    await names.settled();
    expect(names.soundOf('Ada Lovelace')).toBeUndefined();
    expect(files()).toEqual([]);

    names.prepare(['Sold']);
    names.lend('Ben');
    await names.settled();
    await namesWith(speaker()).clear(); // the next daemon after a crash
    expect(files()).toHaveLength(1);
    names.lend('Cyd');
    await names.stop();
    expect(files()).toHaveLength(1);
  });

  test('the text is no part of a command: quotes, dollars and dashes are spoken', async () => {
    const names = namesWith(['sh', '-c', speakerInShell()]);
    names.prepare([`--help $(touch ${dir}/broken-in) "; exit 3`]);
    await names.settled();
    expect(readdirSync(dir)).toEqual(['names']);
    expect(warnings).toEqual([]);
  });

  test.each([
    ['is not there', ['/no/such/program'], /ENOENT/],
    ['fails', ['sh', '-c', 'echo no voice >&2; exit 4'], /ended with 4: no voice/],
    ['writes no WAV', ['sh', '-c', 'cat'], /no WAV/],
    ['writes another rate', speaker('', 22_050), /8000 Hz.*wrote 22050 Hz/],
    ['never stops', ['sh', '-c', 'exec cat /dev/zero'], /more than a minute/],
  ])('a command that %s: no sound, a warning, and the next name is made all the same', async (_what, command, says) => {
    const names = namesWith(command);
    names.prepare(['Sold']);
    await names.settled();
    expect(names.soundOf('Sold')).toBeUndefined();
    expect(warnings).toEqual([
      {
        text: 'Sold',
        message: expect.any(String) as string,
        fault: expect.objectContaining({ message: expect.stringMatching(says) as string }) as object,
      },
    ]);

    names.prepare(['Sold']); // asked for again: tried again
    await names.settled();
    expect(warnings).toHaveLength(2);
  });

  test('stopped: what is under way is ended, nothing more is made', async () => {
    const names = namesWith(['sh', '-c', 'exec sleep 60']);
    names.prepare(['Sold', 'Break']);
    await names.stop();
    expect(names.soundOf('Sold')).toBeUndefined();
    expect(warnings).toEqual([]);
  });
});

test('[A-01] a WAV without sound, or cut off, is refused', () => {
  expect(() => telephoneSound(Buffer.from('RIFF    WAVE'))).toThrow(/without sound/);
  expect(() => telephoneSound(Buffer.from('RIFF    WAVEfmt \u0010\0\0\0\u0001\0'))).toThrow(/cut off/);
});

const speakerInShell = (): string =>
  speaker()
    .map((word) => `'${word.replaceAll("'", `'\\''`)}'`)
    .join(' ');
