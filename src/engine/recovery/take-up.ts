// The start of the engine, in its order: what is set up is read, the exchange is heard, what lives there and in the store is
// taken up. What is heard before that is done comes after it.

import type { EngineRooms } from '../assembly.ts';
import type { EngineEvent } from '../events.ts';
import type { Hub } from '../hub.ts';
import type { TelephonyEvent } from '../ports.ts';

/** Nothing is dialed before it resolves; what was found, for the log. */
export async function takeUp(
  hub: Hub,
  rooms: EngineRooms,
  post: (event: EngineEvent) => void,
): ReturnType<EngineRooms['recovery']['start']> {
  await rooms.outbound.start();
  await rooms.campaigns.start();
  await rooms.trunks.hours.start();
  await rooms.accounts.read();
  await rooms.signIns.tries.start();
  let early: TelephonyEvent[] | undefined = [];
  await hub.parts.telephony.start((event) => {
    if (early) early.push(event);
    else post({ type: 'telephony', event });
  });
  await rooms.accounts.provision();
  await rooms.deskRecovery.read();
  const recovered = await rooms.recovery.start();
  await rooms.recordings.start();
  await rooms.partsBook.start();
  await rooms.optOuts.collect();
  await rooms.rights.review();
  await rooms.personal.start();
  await rooms.deskRecovery.keep();
  rooms.reservations.start();
  await rooms.missed.start();
  hub.world.linkUp = true;
  rooms.deskRecovery.resume();
  const missed = early;
  early = undefined;
  for (const event of missed) post({ type: 'telephony', event });
  for (const live of hub.world.calls.values()) rooms.trunks.occupy(live.opened.trunk, live.call.campaign);
  for (const campaign of hub.world.campaigns.values()) rooms.campaigns.renewPacer(campaign);
  for (const campaign of hub.world.campaigns.values()) await rooms.campaigns.days.renew(campaign);
  return recovered;
}
