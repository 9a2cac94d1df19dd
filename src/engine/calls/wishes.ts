// Wishes not to be called again that the exchange took down while no daemon was there: put on the do-not-call list, and
// only then forgotten by the exchange.

import { maskNumber } from '../../base/log.ts';
import { GLOBAL_LIST } from '../../records/do-not-call.ts';
import type { AttemptId } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { NotedWish } from '../ports.ts';

const AGAIN_MS = 10_000;
/** No call was dialed longer before the wish of its person than this. */
const LONGEST_CALL_MS = 3_600_000;
/** The clocks of two machines may differ by so much. */
const CLOCK_MS = 60_000;

export class Wishes {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** At start and after every outage of the link. What fails is tried again soon. */
  async collect(): Promise<void> {
    const { telephony, log } = this.#hub.parts;
    try {
      for (const wish of await telephony.wishes()) await this.#fulfil(wish);
    } catch (fault) {
      log.warn({ fault }, 'wishes not to be called again cannot be read from the exchange yet');
      this.#hub.timers.set('wishes', this.#hub.now() + AGAIN_MS, () => void this.collect());
    }
  }

  async #fulfil({ attempt, at }: NotedWish): Promise<void> {
    const { telephony, store, log } = this.#hub.parts;
    const number = await this.#numberOf(attempt, at);
    if (number === undefined) log.error({ attempt }, 'a wish not to be called again is of no attempt that is known');
    else {
      const reason = 'pressed the key in the message while outdial was away';
      await store.doNotCall.add([number], { list: GLOBAL_LIST, by: 'person', at, reason });
      log.info({ attempt, number: maskNumber(number) }, 'asked by key not to be called again, while outdial was away');
    }
    await telephony.forgetWish(attempt);
  }

  async #numberOf(attempt: AttemptId, at: number): Promise<string | undefined> {
    const { opened } = this.#hub.world.calls.get(attempt) ?? {};
    if (opened) return opened.record.phones[opened.phoneIndex]?.number;
    const rows = await this.#hub.parts.store.attempts.list({ fromAt: at - LONGEST_CALL_MS, toAt: at + CLOCK_MS });
    return rows.find((row) => row.attempt === attempt)?.number;
  }
}
