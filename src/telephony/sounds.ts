// Which sound files Asterisk has, over ARI and a connection of its own: nothing of a call waits behind the question.
// Asterisk knows its files as of its start or the last `module reload sounds`.

import type { SoundFiles } from '../engine/ports.ts';
import type { AsteriskSettings } from '../config/settings.ts';
import { isObject } from './ari-events.ts';
import { AriFailure, ariPath, AriRest } from './ari-rest.ts';

const TIMEOUT_MS = 5_000;

export class AsteriskSounds implements SoundFiles {
  readonly #rest: AriRest;

  constructor(ari: AsteriskSettings['ari'], timeoutMs = TIMEOUT_MS) {
    this.#rest = new AriRest({ ...ari, timeoutMs });
  }

  async missing(sounds: readonly string[]): Promise<readonly string[]> {
    const wanted = [...new Set(sounds)];
    const there = await Promise.all(wanted.map((sound) => hasSound(this.#rest, sound)));
    return wanted.filter((_, index) => there[index] !== true);
  }

  close(): void {
    this.#rest.close();
  }
}

/** Whether Asterisk has the sound in any language; it lists a folder beside the languages as if it were a language. */
export async function hasSound(rest: AriRest, sound: string): Promise<boolean> {
  const [, folder, name] = /^([^/]+)\/(.+)$/.exec(sound) ?? [];
  if ((await formatsOf(rest, sound)).length > 0) return true;
  if (folder === undefined || name === undefined) return false;
  return (await formatsOf(rest, name)).some((format) => isObject(format) && format.language === folder);
}

async function formatsOf(rest: AriRest, sound: string): Promise<readonly unknown[]> {
  try {
    const found = await rest.send({ method: 'GET', path: ariPath('sounds', sound) });
    const formats: unknown = isObject(found) ? found.formats : undefined;
    return Array.isArray(formats) ? (formats as readonly unknown[]) : [];
  } catch (error) {
    if (error instanceof AriFailure && error.status === 404) return [];
    throw error;
  }
}
