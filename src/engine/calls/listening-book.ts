// Who heard whom, how and when, in the books of the call: a stretch for each mode.

import type { AttemptId } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { Ear } from './ear.ts';

export class ListeningBook {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** A stretch of that call begins, and the one before it ends; undefined: there is no call. */
  begun(ear: Ear, attempt: AttemptId | undefined): Ear {
    const ended = this.ended(ear);
    if (attempt === undefined) return ended;
    const who = `${ear.phone} ${ear.done}`;
    const part = { attempt, part: 'listen', who, startedAt: this.#hub.now() } as const;
    this.#hub.writer.write(() => this.#hub.parts.store.callParts.begun(part));
    return { ...ended, part };
  }

  ended(ear: Ear): Ear {
    const { part, ...rest } = ear;
    const now = this.#hub.now();
    if (part) this.#hub.writer.write(() => this.#hub.parts.store.callParts.ended(part, now));
    return rest;
  }
}
