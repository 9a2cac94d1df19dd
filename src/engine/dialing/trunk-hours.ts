// The calls that each trunk has placed within the hour, in all and to each country abroad. Counted as INVITEs leave, and
// read again from the attempts at a start: a restart resets nothing. The limits are trunks/hourly.ts.

import type { Campaign } from '../../campaign/definition.ts';
import { HourOfCalls, hourRefusal, type AbroadQuota, type HourUse } from '../../trunks/hourly.ts';
import type { OfferedTrunk } from '../../trunks/limits.ts';
import { saidOfTrunk } from '../../trunks/reasons.ts';
import type { Hub, TrunkSettings } from '../hub.ts';

const HOUR_MS = 3_600_000;
const SLICE_MS = 5 * 60_000;

interface Books {
  readonly all: HourOfCalls;
  readonly abroad: Map<string, HourOfCalls>;
  /** Lines for which records are being chosen: each may become a call to anywhere. */
  opening: number;
}

export class TrunkHours {
  readonly #hub: Hub;
  readonly #books = new Map<string, Books>();

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** At start, before anything is dialed: what has been placed in the past hour. */
  async start(): Promise<void> {
    const limited = this.#hub.parts.settings.trunks.filter(isLimited);
    if (limited.length === 0) return;
    const now = this.#hub.now();
    // In slices: an hour of a busy trunk is hundreds of thousands of rows.
    for (let fromAt = now - HOUR_MS; fromAt <= now; fromAt += SLICE_MS) {
      const rows = await this.#hub.parts.store.attempts.list({ fromAt, toAt: fromAt + SLICE_MS });
      for (const { trunk, number, dialedAt } of rows) {
        const settings = limited.find(({ name }) => name === trunk);
        if (settings) this.#note(settings, number, dialedAt);
      }
    }
  }

  /** Lines of the trunk were taken: their calls are counted before they are placed. */
  opening(trunk: string, lines: number): void {
    this.#of(trunk).opening += lines;
  }

  /** What the line was taken for is known: `placed` follows, or nothing. */
  opened(trunk: string): void {
    const books = this.#of(trunk);
    books.opening = Math.max(0, books.opening - 1);
  }

  /** The INVITE leaves. */
  placed(trunk: TrunkSettings, number: string): void {
    if (isLimited(trunk)) this.#note(trunk, number, this.#hub.now());
  }

  /** What the trunk's limit in all leaves for now; undefined: it has none. */
  left({ name, hourly }: TrunkSettings): OfferedTrunk['hour'] {
    if (hourly.perHour === undefined) return undefined;
    const { calls, freeAt } = this.#use(name);
    const most = hourly.perHour;
    const said = saidOfTrunk({ kind: 'hour-used', trunk: name, calls: Math.max(calls, most) });
    return { left: Math.max(0, most - calls - this.#of(name).opening), ...said, untilAt: freeAt };
  }

  /** Why the trunk places no more calls in this hour; undefined: it does. */
  refusal({ name, hourly }: TrunkSettings): ReturnType<typeof hourRefusal> {
    return hourRefusal(name, hourly, this.#use(name));
  }

  /** What is left of calls abroad on the campaign's trunks; `own` of the lines being opened are the asker's. */
  quotas({ trunks }: Campaign, own: readonly string[]): readonly AbroadQuota[] {
    const settings = this.#hub.parts.settings.trunks.filter((trunk) => trunks.includes(trunk.name));
    return settings.filter(goesAbroad).map(({ name, hourly: { home, perHourAbroad } }) => {
      const { abroad, opening } = this.#of(name);
      const others = opening - own.filter((trunk) => trunk === name).length;
      const used = Object.fromEntries([...abroad].map(([country, hour]) => [country, hour.use(this.#hub.now())]));
      return { trunk: name, home, most: perHourAbroad - Math.max(0, others), used };
    });
  }

  #note({ name, hourly }: TrunkSettings, number: string, at: number): void {
    const { all, abroad } = this.#of(name);
    all.note(at);
    const { country } = this.#hub.parts.kindOf(number);
    if (country === hourly.home) return;
    const hour = abroad.get(country) ?? new HourOfCalls();
    abroad.set(country, hour);
    hour.note(at);
  }

  #use(trunk: string): HourUse {
    return this.#of(trunk).all.use(this.#hub.now());
  }

  #of(trunk: string): Books {
    const known = this.#books.get(trunk);
    if (known) return known;
    const books: Books = { all: new HourOfCalls(), abroad: new Map(), opening: 0 };
    this.#books.set(trunk, books);
    return books;
  }
}

function isLimited(trunk: TrunkSettings): boolean {
  return trunk.hourly.perHour !== undefined || goesAbroad(trunk);
}

function goesAbroad({ reach, hourly }: TrunkSettings): boolean {
  return reach.countries.some((country) => country !== hourly.home);
}
