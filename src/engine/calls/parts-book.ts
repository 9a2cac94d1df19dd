// Writes down who is with whom in a call, from the first control on that is used in it; of other calls nothing.

import type { Call } from '../../call/call.ts';
import { partsOf } from '../../call/parts.ts';
import type { AttemptId } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { CallPart } from '../store/call-parts.ts';
import type { LiveCall } from '../world.ts';

type OpenPart = Omit<CallPart, 'endedAt'>;

export class PartsBook {
  readonly #hub: Hub;
  /** What goes on in the calls in which a control was used. */
  readonly #open = new Map<AttemptId, readonly OpenPart[]>();

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** After recovery: what goes on still does, the rest is over. */
  async start(): Promise<void> {
    const now = this.#hub.now();
    for (const { endedAt: _endedAt, ...part } of await this.#hub.parts.store.callParts.unfinished()) {
      if (this.#hub.world.calls.has(part.attempt)) {
        this.#open.set(part.attempt, [...(this.#open.get(part.attempt) ?? []), part]);
      } else this.#end(part, now);
    }
    for (const live of this.#hub.world.calls.values()) this.stepped(undefined, live);
  }

  /** A call has taken a step. */
  stepped(_before: Call | undefined, live: LiveCall): void {
    const { attempt, talk, state } = live.call;
    const open = this.#open.get(attempt);
    if (open === undefined && talk === undefined) return;
    const present = this.#presentOf(
      live,
      open === undefined ? (live.call.bridgedAt ?? live.steppedAt) : live.steppedAt,
    );
    const isSame = (one: OpenPart, other: OpenPart): boolean => one.part === other.part && one.who === other.who;
    for (const part of open ?? []) if (!present.some((other) => isSame(part, other))) this.#end(part, live.steppedAt);
    const kept = present.map((part) => open?.find((other) => isSame(part, other)) ?? this.#begin(part));
    if (state === 'ended') this.#open.delete(attempt);
    else this.#open.set(attempt, kept);
  }

  /** The first part of a call began when agent and person met, the others with the step. */
  #presentOf({ call, steppedAt }: LiveCall, talkAt: number): readonly OpenPart[] {
    const agent = this.#hub.world.sessions.get(call.session ?? '')?.agent;
    const { attempt, third } = call;
    const brought = third?.who.kind === 'agent' ? third.who.agent : third?.who.name;
    return partsOf(call).flatMap((part) => {
      const who = part === 'consult' || part === 'three-way' || part === 'third-party' ? brought : agent;
      return who === undefined ? [] : [{ attempt, part, who, startedAt: part === 'talk' ? talkAt : steppedAt }];
    });
  }

  #begin(part: OpenPart): OpenPart {
    this.#hub.writer.write(() => this.#hub.parts.store.callParts.begun(part));
    return part;
  }

  #end(part: OpenPart, at: number): void {
    this.#hub.writer.write(() => this.#hub.parts.store.callParts.ended(part, at));
  }
}
