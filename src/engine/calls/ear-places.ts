// Where the exchange puts a supervisor who listens: an ear hangs on the agent's leg and shares a bridge with the supervisor's,
// who is moved into the agent's to be heard by both. Each step is taken only while it is still wanted, for between two of
// them the supervisor, the agent or the call may be gone.

import type { BridgeId, LegId } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import { listeningBridge } from '../legs.ts';
import type { TelephonyCommand } from '../telephony-commands.ts';
import type { Ear } from './ear.ts';

/** Whether it is still this ear. */
type IsWanted = () => boolean;

export class EarPlaces {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Muted before anything is heard of them. False: it was not wanted any longer; what was made for it is gone again. */
  async hang({ id, leg }: Ear, agentLeg: LegId, isWanted: IsWanted): Promise<boolean> {
    const bridge = listeningBridge(id);
    let isDone = false;
    try {
      isDone = await this.#inOrder(isWanted, [
        { type: 'mute', leg },
        { type: 'create-bridge', bridge },
        { type: 'add-to-bridge', bridge, leg },
        { type: 'listen', leg: agentLeg, ear: id, bridge },
      ]);
    } finally {
      if (!isDone) this.take(id);
    }
    return isDone;
  }

  /** From what the exchange has done last to what is wanted. A supervisor who is not to be heard is muted first. */
  async place({ id, leg, mode, isDialed }: Ear, agents: BridgeId, isWanted: IsWanted): Promise<boolean> {
    const own = listeningBridge(id);
    const isWithBoth = mode === 'barge' || mode === 'take-over';
    this.#hub.world.listening.set(leg, { own, ...(isWithBoth ? { into: agents } : {}) });
    const isDone = await this.#inOrder(isWanted, [
      ...(mode === 'listen' ? [{ type: 'mute', leg } as const] : []),
      { type: 'add-to-bridge', bridge: isWithBoth ? agents : own, leg },
      ...(mode === 'listen' ? [] : [{ type: 'unmute', leg } as const]),
    ]);
    // A leg that lives on is in no one's bridge; where it went meanwhile, this is refused.
    if (!isDone && isWithBoth && isDialed === true) this.#hub.run({ type: 'remove-from-bridge', bridge: agents, leg });
    return isDone;
  }

  async #inOrder(isWanted: IsWanted, commands: readonly TelephonyCommand[]): Promise<boolean> {
    for (const command of commands) {
      await this.#hub.parts.telephony.execute(command);
      if (!isWanted()) return false;
    }
    return true;
  }

  /** Out of the agent's bridge again, and nothing said on it is heard. */
  part(leg: LegId): void {
    const into = this.#hub.world.listening.get(leg)?.into;
    if (into === undefined) return;
    this.#hub.run({ type: 'mute', leg });
    this.#hub.run({ type: 'remove-from-bridge', bridge: into, leg });
  }

  /** Ear and bridge go; whoever sits in the bridge is in none then. */
  take(id: string): void {
    this.#hub.run({ type: 'stop-listening', ear: id });
    this.#hub.run({ type: 'destroy-bridge', bridge: listeningBridge(id) });
  }
}
