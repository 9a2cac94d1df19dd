// What becomes of a conversation into which the agent brings a third party: consulted while the person is on hold, joined
// with both, or given the person. Part of the call machine. In doubt the person has the agent back, or another one.

import type { Call, CallEffect } from './call.ts';
import { end, release, set, withCauses, withoutAgent, type Handler, type Outcome } from './steps.ts';
import { OPEN_TALK, type Talk, type TalkEvent, type Third } from './talk.ts';

export type Step<T extends TalkEvent['type']> = (
  call: Call,
  talk: Talk,
  event: TalkEvent & { readonly type: T },
  now: number,
) => Outcome | undefined;

/** A third party who is given a person, and does not answer: by then another agent is sought. */
const RING_MS = 30_000;

export const talks = (call: Call, talk: Talk, ...effects: CallEffect[]): Outcome => [set(call, { talk }), ...effects];

function withoutThird(call: Call): Call {
  const { third: _third, ...rest } = call;
  return rest;
}

const isOf = (call: Call, { id }: { readonly id: string }): call is Call & { readonly third: Third } =>
  call.third?.id === id;

/** The person is on hold while the third party is called and heard. */
export const consult: Step<'consult'> = (call, talk, { third }) => {
  if (call.third !== undefined || call.bridge === undefined) return undefined;
  const asked = set(call, { third: { ...third, state: 'calling' } });
  if (talk.line === 'held') return talks(asked, talk, { do: 'call-third', third });
  if (talk.line !== 'open') return undefined;
  const parting = { ...talk, line: 'parting' } as const;
  return talks(asked, parting, { do: 'part', bridge: call.bridge }, { do: 'call-third', third });
};

/** The person is given away as soon as they have left the bridge; the agent is free then. */
export const transfer: Step<'transfer'> = (call, talk, { third }, now) => {
  if (call.third !== undefined || call.bridge === undefined) return undefined;
  const asked = set(call, { third: { ...third, state: 'wanted' } });
  if (talk.line === 'held') return giveAway(asked, now);
  if (talk.line !== 'open') return undefined;
  return talks(asked, { ...talk, line: 'parting', then: 'give-away' }, { do: 'part', bridge: call.bridge });
};

/** Consulted, the third party has the person; an agent gets them as agents do. */
export const complete: Step<'complete'> = (call, talk, _event, now) => {
  const { third, bridge } = call;
  if (third?.state !== 'here' || bridge === undefined || (talk.line !== 'open' && talk.line !== 'held'))
    return undefined;
  if (third.who.kind === 'number') return talks(call, { ...talk, line: 'leaving' }, { do: 'hand-over', third });
  if (talk.line === 'held') return giveAway(call, now);
  return talks(call, { ...talk, line: 'parting', then: 'give-away' }, { do: 'part', bridge });
};

/** The person, in no bridge, is the third party's to answer; the agent is done. */
export function giveAway(call: Call, now: number): Outcome {
  const { third, session } = call;
  const freed: CallEffect[] = session === undefined ? [] : [{ do: 'release-agent', session, why: 'agent-hung-up' }];
  const alone = withoutAgent(call);
  if (third?.who.kind === 'agent') {
    const limitAt = now + call.plan.reconnectMs;
    const home: CallEffect[] = third.state === 'wanted' ? [] : [{ do: 'drop-third', third, isGiven: true }];
    return [
      set(withoutThird(alone), { state: 'waiting', limitAt }),
      { do: 'start-hold-music' },
      ...home,
      ...freed,
      { do: 'set-timer', timer: 'limit', at: limitAt },
      { do: 'give-to-agent', session: third.who.session },
    ];
  }
  if (third === undefined) return [alone, ...freed];
  return [
    set(alone, { state: 'handing-over', third: { ...third, state: 'calling' } }),
    { do: 'start-hold-music' },
    ...freed,
    { do: 'call-third', third },
    { do: 'set-timer', timer: 'limit', at: now + RING_MS },
  ];
}

/** Nothing of the person's line is on its way: a supervisor may have them. */
export const mayBeTakenOver = ({ bridge, talk = OPEN_TALK }: Pick<Call, 'bridge' | 'talk'>): boolean =>
  bridge !== undefined && (talk.line === 'open' || talk.line === 'held');

/** In the agent's bridge already: the person is theirs at once. A third party of the agent's is let go. */
export const takeOver: Step<'take-over'> = (call, talk, { third }) => {
  if (!mayBeTakenOver(call)) return undefined;
  const dropped: CallEffect[] = call.third === undefined ? [] : [{ do: 'drop-third', third: call.third }];
  const taken = set(call, { third: { ...third, state: 'here' } });
  return talks(taken, { ...talk, line: 'leaving' }, ...dropped, { do: 'hand-over', third });
};

export const thirdArrived: Step<'third-arrived'> = (call, _talk, event) => {
  const { bridge } = call;
  if (!isOf(call, event) || call.third.state !== 'calling' || bridge === undefined) return undefined;
  const third = { ...call.third, state: 'joining' } as const;
  return [set(call, { third }), { do: 'seat-third', third, bridge }];
};

export const thirdJoined: Step<'third-joined'> = (call, _talk, event) => {
  if (!isOf(call, event) || call.third.state !== 'joining') return undefined;
  return [set(call, { third: { ...call.third, state: 'here' } }), { do: 'prompt-agent', what: 'third-here' }];
};

/** Busy, no answer, gone: the agent hears so and has the person back. */
export const thirdEnded: Step<'third-ended'> = (call, talk, event) =>
  isOf(call, event) ? backToPerson(call, talk, { do: 'prompt-agent', what: 'third-gone' }) : undefined;

export const back: Step<'back'> = (call, talk) =>
  call.third === undefined || talk.line === 'leaving'
    ? undefined
    : backToPerson(call, talk, { do: 'drop-third', third: call.third });

function backToPerson(call: Call, talk: Talk, ...effects: CallEffect[]): Outcome {
  const alone = withoutThird(call);
  switch (talk.line) {
    case 'held':
    case 'leaving':
      return rejoin(alone, talk, ...effects);
    case 'parting':
      return talks(alone, { ...talk, then: 'rejoin' }, ...effects);
    case 'open':
    case 'rejoining':
      return [alone, ...effects];
  }
}

export function rejoin(call: Call, talk: Talk, ...effects: CallEffect[]): Outcome {
  if (call.bridge === undefined) return talks(call, talk, ...effects);
  return talks(call, { ...talk, line: 'rejoining' }, ...effects, { do: 'rejoin', bridge: call.bridge });
}

/** Person and third party talk without the agent. */
export const handed: Step<'handed'> = (call, talk) => {
  if (talk.line !== 'leaving' || call.session === undefined) return undefined;
  const music: CallEffect[] = talk.heldAt === undefined ? [] : [{ do: 'stop-hold-music' }];
  return [
    set(withoutAgent(call), { state: 'handed-over' }),
    ...music,
    { do: 'release-agent', session: call.session, why: 'agent-hung-up' },
    { do: 'note-progress' },
  ];
};

export const handRefused = (call: Call, talk: Talk): Outcome | undefined =>
  talk.line !== 'leaving'
    ? undefined
    : talk.heldAt === undefined
      ? rejoin(call, talk)
      : talks(call, { ...talk, line: 'held' });

// ---- the agent is gone, and the third party is not there yet, or talks with the person

/** While the third party is called for a person who hears music. */
export const whileHandingOver: Handler<'control'> = (call, { control }, now) => {
  switch (control.type) {
    case 'third-arrived': {
      if (!isOf(call, control) || call.third.state !== 'calling') return undefined;
      const third = { ...call.third, state: 'joining' } as const;
      return [set(call, { third }), { do: 'clear-timer', timer: 'limit' }, { do: 'hand-over', third }];
    }
    case 'handed':
      return call.third?.state === 'joining'
        ? [set(call, { state: 'handed-over', third: { ...call.third, state: 'here' } }), { do: 'stop-hold-music' }]
        : undefined;
    case 'third-ended':
      return isOf(call, control) ? seekAgain(call, now) : undefined;
    case 'refused':
      return control.order === 'complete' ? notReached(call, undefined, now) : undefined;
    default:
      return undefined;
  }
};

/** No answer in time. */
export const notReached = (call: Call, _event: unknown, now: number): Outcome => {
  const dropped: CallEffect[] = call.third === undefined ? [] : [{ do: 'drop-third', third: call.third }];
  const [next, ...effects] = seekAgain(call, now);
  return [next, ...dropped, ...effects];
};

/** The person hears that it did not work, and another agent is sought. */
export function seekAgain(call: Call, now: number): Outcome {
  const limitAt = now + call.plan.reconnectMs;
  return [
    set(withoutThird(call), { state: 'waiting', limitAt }),
    { do: 'prompt-person' },
    { do: 'set-timer', timer: 'limit', at: limitAt },
    { do: 'seek-agent' },
  ];
}

/** The third party has hung up: nothing is left to be said. */
export const whileHandedOver: Handler<'control'> = (call, { control }, now) =>
  control.type === 'third-ended' && isOf(call, control)
    ? release(withoutThird(call), { result: 'connected', endedBy: 'agent' }, now)
    : undefined;

/** The person hangs up, or the call breaks off. */
export const endedHandedOver: Handler<'ended'> = (call, event) => {
  const dropped: CallEffect[] = call.third === undefined ? [] : [{ do: 'drop-third', third: call.third }];
  const known = set(withCauses(withoutThird(call), event), { endedBy: call.endedBy ?? 'person' });
  return end(known, 'connected', ...dropped);
};

/** Nothing of controls and third parties stays behind when a conversation is over, or has lost its agent. */
export function leaveTalk(before: Call, [after, ...effects]: Outcome): Outcome {
  const isUsed = before.talk !== undefined || before.third !== undefined;
  if (!isUsed || after.state === 'talking') return [after, ...effects];
  const { talk, third, ...rest } = after;
  const keeps = after.state === 'handing-over' || after.state === 'handed-over';
  const isSilent = talk !== undefined && talk.mute !== 'off' && before.session !== undefined;
  const unmuted: CallEffect[] = isSilent ? [{ do: 'unmute-agent', session: before.session ?? '' }] : [];
  const dropped: CallEffect[] = third === undefined || keeps ? [] : [{ do: 'drop-third', third }];
  return [keeps && third !== undefined ? { ...rest, third } : rest, ...unmuted, ...dropped, ...effects];
}
