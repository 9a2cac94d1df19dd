// What lives in the engine, as a short text that is the same for the same world: where two runs part, it does.

import { createHash } from 'node:crypto';
import type { RunningCampaign, World } from '../world.ts';

/** Twelve characters. `seed`: what else is to be the same. */
export function digestOf(world: World, seed = ''): string {
  const text = JSON.stringify(stateOf(world));
  return shortHash(`${seed}${text}`);
}

export const shortHash = (text: string): string => createHash('sha1').update(text).digest('hex').slice(0, 12);

function stateOf(world: World): object {
  const { calls, sessions, signIns, listenIns, recordOutcomes, campaigns, leaving, registered } = world;
  return {
    calls: [...calls.values()].map((live) => ({ ...live, opened: live.opened.attempt })),
    sessions: [...sessions.values()],
    // The PIN is typed there.
    signIns: [...signIns.values()].map((signIn) => ({ ...signIn, typed: signIn.typed.length })),
    // Absent where no one listens by phone, as in logs of before.
    ...(listenIns.size === 0 ? {} : { listenIns: [...listenIns.values()] }),
    recordOutcomes: [...recordOutcomes].map(([attempt, { opened: _opened, ...outcome }]) => [attempt, outcome]),
    campaigns: [...campaigns.values()].map(campaignOf),
    agents: [...world.agentsByNumber.keys()],
    leaving: [...leaving],
    registered: [...registered],
    switches: [world.linkUp, world.draining, world.outboundOff?.why],
  };
}

function campaignOf(campaign: RunningCampaign): object {
  const { definition, state, changedAt, waiting, callers, opening, dialsLeft, pacing, callerIdTurn, halted } = campaign;
  return {
    name: definition.name,
    state,
    changedAt,
    waiting,
    callers,
    opening,
    dialsLeft,
    pacing,
    callerIdTurn,
    halted,
  };
}
