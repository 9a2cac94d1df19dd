// Deletes recordings whose time is over, soon after, and writes that down; not before the law's time is over as well. One
// that cannot be deleted is tried again.

import { keptByLaw } from '../../campaign/retention.ts';
import type { Hub } from '../hub.ts';
import type { RecordingRow } from '../store/recordings.ts';
import { noteChange } from '../audit-trail.ts';
import { nameOf, type Actor } from '../actor.ts';

const LOOK_EVERY_MS = 15 * 60_000;
const AT_ONCE = 100;
const RETENTION: Actor = { kind: 'system', part: 'retention' };

export class Retention {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Looks now and from time to time. */
  start(): void {
    if (this.#hub.parts.recordings === undefined) return;
    this.#look().then(
      (isMore) => this.#again(isMore ? 0 : LOOK_EVERY_MS),
      (fault: unknown) => {
        this.#hub.parts.log.error({ fault }, 'recordings whose time is over could not be deleted');
        this.#again(LOOK_EVERY_MS);
      },
    );
  }

  #again(afterMs: number): void {
    this.#hub.timers.set('retention', this.#hub.now() + afterMs, () => this.start());
  }

  /** True when there may be more. */
  async #look(): Promise<boolean> {
    const rows = await this.#hub.parts.store.recordings.expired(this.#hub.now(), AT_ONCE);
    for (const row of rows) await this.#delete(row);
    return rows.length === AT_ONCE;
  }

  async #delete({ name, attempt, campaign, startedAt, keptUntil }: RecordingRow): Promise<void> {
    const { recordings, store, log } = this.#hub.parts;
    const at = this.#hub.now();
    const rules = this.#hub.world.campaigns.get(campaign)?.definition.rules ?? [];
    const keeping = keptByLaw(rules, 'recordings', startedAt);
    if (keeping !== undefined && keeping.until > at) {
      log.info({ attempt, recording: name, clause: keeping.clause }, 'recording kept: the law wants it longer');
      return store.recordings.keep(name, keeping.until);
    }
    await recordings?.remove(name);
    await store.recordings.deleted(name, { at, by: nameOf(RETENTION) });
    const change = { what: 'recording.delete', subject: `attempt ${attempt}`, from: { name, keptUntil } };
    await noteChange(store, RETENTION, { at, ...change });
    log.info({ attempt, recording: name }, 'recording deleted: its time was over');
  }
}
