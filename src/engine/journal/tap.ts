// Who sees every event of the engine's mailbox, when it has been handled.

import type { EngineEvent } from '../events.ts';
import type { World } from '../world.ts';

export interface EventTap {
  readonly handled: (event: EngineEvent, world: World) => void;
}
