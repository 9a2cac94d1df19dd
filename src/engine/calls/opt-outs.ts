// Opt-outs that the exchange took down while no daemon was there: put on the do-not-call
// list, and only then forgotten by the exchange.

import { maskNumber } from '../../base/log.ts';
import { GLOBAL_LIST } from '../../records/do-not-call.ts';
import type { AttemptId } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { LiveCall } from '../world.ts';
import type { NotedOptOut } from '../ports.ts';
import { nameOf, PERSON } from '../actor.ts';
import { noteChange, type Change } from '../audit-trail.ts';

const AGAIN_MS = 10_000;
/** No call was dialed longer before the opt-out of its person than this. */
const LONGEST_CALL_MS = 3_600_000;
/** The clocks of two machines may differ by so much. */
const CLOCK_MS = 60_000;

export class OptOuts {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** At start and after every outage of the link. What fails is tried again soon. */
  async collect(): Promise<void> {
    const { telephony, log } = this.#hub.parts;
    try {
      for (const optOut of await telephony.optOuts()) await this.#fulfil(optOut);
    } catch (fault) {
      log.warn({ fault }, 'opt-outs cannot be read from the exchange yet');
      this.#hub.timers.set('opt-outs', this.#hub.now() + AGAIN_MS, () => void this.collect());
    }
  }

  async #fulfil({ attempt, at }: NotedOptOut): Promise<void> {
    const { telephony, store, log } = this.#hub.parts;
    const number = await this.#numberOf(attempt, at);
    if (number === undefined) log.error({ attempt }, 'an opt-out is of no attempt that is known');
    else {
      const reason = 'pressed the key in the message while outdial was away';
      await store.doNotCall.add([number], { list: GLOBAL_LIST, by: nameOf(PERSON), at, reason });
      this.#hub.post({ type: 'numbers-listed', numbers: [number] });
      await noteChange(store, PERSON, changeOf(attempt, at, reason));
      log.info({ attempt, number: maskNumber(number) }, 'asked by key not to be called again, while outdial was away');
    }
    await telephony.forgetOptOut(attempt);
  }

  async #numberOf(attempt: AttemptId, at: number): Promise<string | undefined> {
    const { opened } = this.#hub.world.calls.get(attempt) ?? {};
    if (opened) return opened.record.phones[opened.phoneIndex]?.number;
    const rows = await this.#hub.parts.store.attempts.list({ fromAt: at - LONGEST_CALL_MS, toAt: at + CLOCK_MS });
    return rows.find((row) => row.attempt === attempt)?.number;
  }
}

/** An opt-out by key in a call: the number is blocked from the next choice on. */
export function optOut(hub: Hub, { call: { attempt, campaign }, opened }: LiveCall): void {
  const number = opened.record.phones[opened.phoneIndex]?.number;
  if (number === undefined) return;
  const { log, store } = hub.parts;
  log.info({ attempt, campaign, number: maskNumber(number) }, 'asked by key not to be called again');
  const [at, reason] = [hub.now(), `pressed the key in a call of ${campaign}`];
  hub.writer.write(async () => {
    await store.doNotCall.add([number], { list: GLOBAL_LIST, by: nameOf(PERSON), at, reason });
    hub.post({ type: 'numbers-listed', numbers: [number] });
  });
  hub.note(PERSON, changeOf(attempt, at, reason));
}

/** What the audit log holds of it: which call, and no number. */
function changeOf(attempt: AttemptId, at: number, reason: string): Change & { readonly at: number } {
  return { at, what: 'do-not-call.add', subject: `do-not-call list ${GLOBAL_LIST}`, to: { attempt, reason } };
}
