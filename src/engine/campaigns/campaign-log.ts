// Edits of campaign files in the audit log: from which value to which, key by key, when the daemon takes them over. What
// the files said before is read from the log itself, so that an edit made while no daemon ran is in it too.

import { defined } from '../../base/defined.ts';
import type { Clock } from '../../base/clock.ts';
import type { CampaignName } from '../../terms.ts';
import type { AuditEntry, AuditLog } from '../store/audit.ts';
import { noteChange } from '../audit-trail.ts';
import type { Actor } from '../actor.ts';

/** The values of a campaign's file by key. */
type Settings = Readonly<Record<string, string>>;

/** A change: keys that are new come from null, keys that are gone go to null; both null: all of them. */
interface Change {
  readonly from: Readonly<Record<string, string | null>> | null;
  readonly to: Readonly<Record<string, string | null>> | null;
}

const WHAT = 'campaign.file';
/** No one signs an edit of a file. */
const FILE: Actor = { kind: 'system', part: 'file' };
const PAGE = 1000;

export interface CampaignLogParts {
  readonly audit: Pick<AuditLog, 'append' | 'list'>;
  readonly clock: Clock;
}

export class CampaignLog {
  readonly #parts: CampaignLogParts;
  #logged: Map<CampaignName, Settings> | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(parts: CampaignLogParts) {
    this.#parts = parts;
  }

  /** Logs how the files differ from what the log says of them; rejects when the store fails, and is whole the next time. */
  note(files: ReadonlyMap<CampaignName, Settings>): Promise<void> {
    const noted = this.#last.catch(() => undefined).then(() => this.#note(files)); // the one before reported to its own caller
    this.#last = noted;
    return noted;
  }

  async #note(files: ReadonlyMap<CampaignName, Settings>): Promise<void> {
    const logged = (this.#logged ??= await readLogged(this.#parts.audit));
    for (const name of new Set([...logged.keys(), ...files.keys()])) {
      const now = files.get(name);
      const change = changeOf(logged.get(name), now);
      if (!change) continue;
      await noteChange(this.#parts, FILE, { at: this.#parts.clock.now(), what: WHAT, subject: name, ...change });
      if (now) logged.set(name, now);
      else logged.delete(name);
    }
  }
}

function changeOf(before: Settings | undefined, now: Settings | undefined): Change | undefined {
  if (!before || !now) return before === now ? undefined : { from: before ?? null, to: now ?? null };
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((key) => before[key] !== now[key]);
  if (keys.length === 0) return undefined;
  const valuesOf = (settings: Settings): Change['from'] =>
    Object.fromEntries(keys.map((key) => [key, settings[key] ?? null]));
  return { from: valuesOf(before), to: valuesOf(now) };
}

/** What the files said last, all entries taken together. */
async function readLogged(audit: Pick<AuditLog, 'list'>): Promise<Map<CampaignName, Settings>> {
  const entries: AuditEntry[] = [];
  for (let before: number | undefined; ;) {
    const page = await audit.list({ what: WHAT, limit: PAGE, ...defined({ before }) });
    entries.push(...page);
    before = page.at(-1)?.entry;
    if (page.length < PAGE) break;
  }
  const logged = new Map<CampaignName, Settings>();
  for (const { subject, to, erasedBy } of entries.reverse()) {
    if (erasedBy !== undefined) continue;
    if (typeof to !== 'object' || to === null) logged.delete(subject);
    else logged.set(subject, changed(logged.get(subject) ?? {}, to));
  }
  return logged;
}

function changed(before: Settings, to: object): Settings {
  const all: readonly (readonly [string, unknown])[] = Object.entries({ ...before, ...to });
  return Object.fromEntries(all.filter((one): one is readonly [string, string] => typeof one[1] === 'string'));
}
