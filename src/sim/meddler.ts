// Somebody at the exchange's console: moves legs behind the back of whoever commands the exchange.

import type { BridgeId, LegId } from '../terms.ts';
import type { Switchboard } from './switchboard.ts';

export class Meddler {
  readonly #board: Switchboard;

  constructor(board: Switchboard) {
    this.#board = board;
  }

  /** Out of its bridge; still under control. */
  kick(id: LegId): void {
    this.#board.part(this.#board.leg(id));
  }

  /** Out of its bridge and out of control, to somewhere else in the exchange. */
  redirect(id: LegId): void {
    const leg = this.#board.leg(id);
    this.#board.part(leg);
    leg.isOurs = false;
  }

  /** A leg that is there already goes into a bridge. */
  put(id: LegId, bridge: BridgeId): void {
    this.#board.join(this.#board.leg(id), bridge);
  }

  /** An unknown leg enters a bridge. */
  intrude(id: LegId, bridge: BridgeId): void {
    const leg = this.#board.open({ id, kind: 'inbound', to: '', farEnd: {} });
    leg.state = 'up';
    this.#board.join(leg, bridge);
  }

  destroy(bridge: BridgeId): void {
    this.#board.removeBridge(bridge);
  }
}
