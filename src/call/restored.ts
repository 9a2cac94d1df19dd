// Calls that do not begin with an INVITE of ours: taken up after a restart as the exchange shows them, or made to us. Part
// of the call machine: from here on they go the way of all calls.

import { defined } from '../base/defined.ts';
import { giveUp } from './abandonment.ts';
import type { Call, CallEvent } from './call.ts';
import { seekAgain } from './third-party.ts';
import { takenUp } from './controls.ts';
import { arrived, arrivedUnheard } from './connecting.ts';
import { release, releaseAgent, set, withoutAgent, type Handler, type Outcome } from './steps.ts';

/** A person has called us, and the leg is answered. Outside the campaign's hours no agent is sought: the message plays. */
export const cameIn: Handler<'came-in'> = (call, event, now) =>
  event.isClosed
    ? giveUp(set(call, { arrived: true, answeredAt: now, liveAt: now }), now)
    : arrivedUnheard(call, { type: 'arrived' }, now);

/** The same, and the exchange has reported the answer already: an agent may be on the way. */
export const cameInAnswered: Handler<'came-in'> = (call, event, now) => {
  if (!event.isClosed) return arrived(call, { type: 'arrived' }, now);
  const [closed, ...effects] = giveUp(set(withoutAgent(call), { arrived: true, liveAt: call.liveAt ?? now }), now);
  return [closed, ...releaseAgent(call, 'not-connected'), ...effects];
};

/** What the exchange shows counts for more than what was written down; a conversation goes on untouched. */
export const restored: Handler<'restored'> = (call, { as }, now) => {
  switch (as.is) {
    case 'gone':
      return [gone(call, as)];
    case 'given-up':
      return givenUp(call, now);
    case 'talking':
      return talking(call, as, now);
    case 'handed-over':
      return [set(call, { state: 'handed-over', ...answeredBefore(call, now), third: as.third })];
    case 'given-away':
      return seekAgain(set(call, answeredBefore(call, now)), now);
    case 'with-a-machine':
      return withMachine(call, as.ours, now);
    case 'answered':
      return answered(call, as.ours, now);
  }
};

type As<Is extends string> = Extract<Extract<CallEvent, { type: 'restored' }>['as'], { is: Is }>;

/** How it ended is heard next; the agent who talked with the person may have to say what it was. */
function gone(call: Call, { toSpeak }: As<'gone'>): Call {
  const state = call.answeredAt === undefined ? 'ringing' : 'releasing';
  if (call.bridgedAt === undefined) return set(call, { state });
  return set(call, { state, result: 'connected', ...defined({ session: toSpeak }) });
}

/** We had given it up while it rang, and the network has not agreed to that yet. */
function givenUp(call: Call, now: number): Outcome {
  const [releasing, ...effects] = release(call, { result: 'no-answer', endedBy: 'dialer', mayHaveRung: true }, now);
  return [releasing, ...effects.filter((effect) => effect.do !== 'hang-up')];
}

const answeredBefore = (call: Call, now: number) => {
  const answeredAt = call.answeredAt ?? now;
  return { arrived: true, answeredAt, liveAt: answeredAt, bridgedAt: call.bridgedAt ?? now };
};

function talking(call: Call, { session, bridge, ...controls }: As<'talking'>, now: number): Outcome {
  const answeredAt = call.answeredAt ?? now;
  const bridgedAt = call.bridgedAt ?? now;
  const together = { arrived: true, session, bridge, bridgedAt, answeredAt, liveAt: answeredAt };
  const [next, ...effects] = takenUp(set(call, { state: 'talking', ...together }), controls);
  return [next, { do: 'note-progress' }, ...effects];
}

/** It was to be left a message: the beep may still come, else the call is over. */
function withMachine(call: Call, ours: boolean, now: number): Outcome {
  const known = set(call, { arrived: true, result: 'machine', endedBy: 'dialer', answeredAt: call.answeredAt ?? now });
  if (ours) return release(known, {}, now);
  return [
    set(known, { state: 'awaiting-beep' }),
    { do: 'set-timer', timer: 'limit', at: now + call.plan.beepWithinMs },
  ];
}

/** Waiting for us the person hears the message; else the dialplan plays it. */
function answered(call: Call, ours: boolean, now: number): Outcome {
  const answeredAt = call.answeredAt ?? now;
  const alone = set(call, { arrived: ours, answeredAt, liveAt: answeredAt });
  if (ours) return giveUp(alone, now);
  return [set(alone, { state: 'abandon-message', result: 'abandoned', endedBy: 'dialer' })];
}
