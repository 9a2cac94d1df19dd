// What lives on the exchange against what the engine believes of it, for `outdial audit`. Only looks; whatever is on its
// way at that moment is no fault, so what disagrees must do so twice.

import { contentFaults, stillThere, type ContentFault, type KnownContent } from '../../call/content.ts';
import type { CallState } from '../../call/call.ts';
import { isOnLine } from '../../call/talk.ts';
import type { Hub } from '../hub.ts';
import { handOverBridge } from '../legs.ts';
import type { World } from '../world.ts';

/** Joining, leaving and hanging up are over in this time. */
const SETTLE_MS = 1_000;

/** What disagrees and goes on to; rejects when the exchange cannot be asked. */
export async function checkContent(hub: Hub): Promise<readonly ContentFault[]> {
  const first = await look(hub);
  if (first.length === 0) return [];
  await new Promise<void>((resolve) => {
    hub.parts.clock.after(SETTLE_MS, resolve);
  });
  return stillThere(first, await look(hub));
}

/** The world goes on while the exchange is asked: what disagrees must do so with the world before and after. */
async function look({ world, parts }: Hub): Promise<readonly ContentFault[]> {
  const before = knownOf(world);
  const found = await parts.telephony.snapshot();
  return stillThere(contentFaults(before, found), contentFaults(knownOf(world), found));
}

const AWAY: ReadonlySet<CallState> = new Set(['handing-over', 'handed-over']);

function knownOf({
  calls,
  callByLeg,
  sessionByLeg,
  signIns,
  listenIns,
  sessions,
  thirdByLeg,
  listening,
  outsideByLeg,
}: World): KnownContent {
  const live = [...calls.values()].map(({ call }) => call);
  const apart = new Set(live.flatMap(({ attempt, talk }) => (isOnLine(talk) ? [] : [attempt])));
  return {
    legs: new Set([
      ...callByLeg.keys(),
      ...sessionByLeg.keys(),
      ...signIns.keys(),
      ...listenIns.keys(),
      ...thirdByLeg.keys(),
      ...listening.keys(),
      ...outsideByLeg.keys(),
    ]),
    handOvers: [
      ...live.flatMap(({ attempt, state }) => (AWAY.has(state) ? [handOverBridge(attempt)] : [])),
      ...[...listening.values()].map(({ own }) => own),
    ],
    seats: [...sessions.values()].map(({ session, agent, bridge, leg, phone, attempt, state }) => ({
      session,
      agent,
      bridge,
      others: [
        ...live.flatMap((call) => (call.third && call.session === session ? [call.third.leg] : [])),
        ...[...listening].flatMap(([listener, { into }]) => (into === bridge ? [listener] : [])),
      ],
      ...(leg === undefined || phone !== 'up' ? {} : { phone: leg }),
      ...(attempt === undefined || state !== 'talking' || apart.has(attempt) ? {} : { attempt }),
    })),
    people: live
      .filter(({ state, talk }) => state === 'talking' && isOnLine(talk))
      .map(({ attempt, leg }) => ({ attempt, leg })),
  };
}
