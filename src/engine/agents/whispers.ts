// The names of people as sounds, for agents who hear them at the connection: made while the number rings, gone with the call.

import type { Call } from '../../call/call.ts';
import type { Hub } from '../hub.ts';
import type { LiveCall } from '../world.ts';

export class Whispers {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** A call has taken a step, the first (`before` undefined) and the last included. */
  stepped(before: Call | undefined, { call, opened }: LiveCall): void {
    const { spokenNames } = this.#hub.parts;
    const { name } = opened.record;
    const wanted = this.#hub.world.campaigns.get(call.campaign)?.definition.agentPhone.whisper === true;
    if (spokenNames === undefined || name === '' || !wanted) return;
    if (before === undefined) spokenNames.lend(name);
    else if (call.state === 'ended' && before.state !== 'ended') spokenNames.giveBack(name);
  }
}
