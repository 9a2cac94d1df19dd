// What the engine's parts share, made of what the engine is built from.

import { noteCommanded } from './calls/seats.ts';
import { Commands } from './commands.ts';
import type { LiveEvent } from './live-events.ts';
import type { EngineEvent } from './events.ts';
import { Faults, type BrokenEnds } from './faults.ts';
import type { EngineParts, Hub } from './hub.ts';
import { Timers } from './timers.ts';
import { World } from './world.ts';
import { Writer } from './writer.ts';
import { noteChange } from './audit-trail.ts';

interface HubPorts {
  readonly post: (event: EngineEvent) => void;
  readonly emit: (event: LiveEvent) => void;
  /** The store has begun or ceased to refuse writes. */
  readonly storeChanged: (failing: boolean) => void;
  readonly ends: BrokenEnds;
}

export function makeHub(parts: EngineParts, { post, emit, storeChanged, ends }: HubPorts): Hub {
  const world = new World();
  const timers = new Timers(parts.clock, (name, fault) => faults.inTimer(name, fault));
  const commands = new Commands({ parts, timers, post });
  const writer = new Writer(parts.clock, parts.log, storeChanged);
  const hub: Omit<Hub, 'faults'> = {
    parts,
    world,
    timers,
    writer,
    now: () => parts.clock.now(),
    post,
    run: (command, refused) => {
      noteCommanded(world, command);
      commands.run(command, refused);
    },
    runThen: (command, then, refused) => {
      noteCommanded(world, command);
      commands.run(command, refused, then);
    },
    emit,
    note: (by, change) =>
      writer.write(async () => {
        await noteChange(parts.store, by, change);
      }),
  };
  const faults = new Faults(hub, ends);
  return { ...hub, faults };
}
