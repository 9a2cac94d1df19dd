// What the agent's controls do to a conversation: hold and resume, mute and unmute. Part of the call machine. To ask for
// what is so already changes nothing.

import type { Call, CallEffect } from './call.ts';
import { set, type Handler, type Outcome } from './steps.ts';
import { OPEN_TALK, withoutHold, type Talk, type TalkEvent } from './talk.ts';

type Step<T extends TalkEvent['type']> = (
  call: Call,
  talk: Talk,
  event: Extract<TalkEvent, { type: T }>,
  now: number,
) => Outcome | undefined;

const talks = (call: Call, talk: Talk, ...effects: CallEffect[]): Outcome => [set(call, { talk }), ...effects];

/** The person leaves the bridge; music follows once they have. */
const hold: Step<'hold'> = (call, talk) =>
  talk.line === 'open' && call.bridge !== undefined
    ? talks(call, { ...talk, line: 'parting' }, { do: 'part', bridge: call.bridge })
    : undefined;

const parted: Step<'parted'> = (call, talk, _event, now) =>
  talk.line === 'parting'
    ? talks(
        call,
        { ...talk, line: 'held', heldAt: now },
        { do: 'start-hold-music' },
        { do: 'tell-agent', what: 'held' },
      )
    : undefined;

const resume: Step<'resume'> = (call, talk) =>
  talk.line === 'held' && call.bridge !== undefined
    ? talks(call, { ...talk, line: 'rejoining' }, { do: 'rejoin', bridge: call.bridge })
    : undefined;

const rejoined: Step<'rejoined'> = (call, talk) =>
  talk.line === 'rejoining'
    ? talks(call, withoutHold({ ...talk, line: 'open' }), { do: 'stop-hold-music' }, { do: 'tell-agent', what: 'open' })
    : undefined;

const mute: Step<'mute'> = (call, talk) =>
  talk.mute === 'off' && call.session !== undefined
    ? talks(call, { ...talk, mute: 'muting' }, { do: 'mute-agent', session: call.session })
    : undefined;

const muted: Step<'muted'> = (call, talk) =>
  talk.mute === 'muting' ? talks(call, { ...talk, mute: 'on' }) : undefined;

const unmute: Step<'unmute'> = (call, talk) =>
  talk.mute === 'on' && call.session !== undefined
    ? talks(call, { ...talk, mute: 'unmuting' }, { do: 'unmute-agent', session: call.session })
    : undefined;

const unmuted: Step<'unmuted'> = (call, talk) =>
  talk.mute === 'unmuting' ? talks(call, { ...talk, mute: 'off' }) : undefined;

/** As before; where the exchange did not say, the agent is asked again and the bridges are looked at. */
const refused: Step<'refused'> = (call, talk, { order }) => {
  switch (order) {
    case 'hold':
      return talk.line === 'parting' ? talks(call, { ...talk, line: 'open' }) : undefined;
    case 'resume':
      return talk.line === 'rejoining' ? talks(call, { ...talk, line: 'held' }) : undefined;
    case 'mute':
      return talk.mute === 'muting' ? talks(call, { ...talk, mute: 'off' }) : undefined;
    case 'unmute':
      return talk.mute === 'unmuting' ? talks(call, { ...talk, mute: 'on' }) : undefined;
  }
};

const TABLE: { readonly [T in TalkEvent['type']]: Step<T> } = {
  ...{ hold, parted, resume, rejoined },
  ...{ mute, muted, unmute, unmuted },
  refused,
};

/** A control is asked for, or has been carried out. */
export const controlled: Handler<'control'> = (call, { control }, now) => {
  const step = TABLE[control.type] as Step<TalkEvent['type']>;
  return step(call, call.talk ?? OPEN_TALK, control, now);
};

/** The conversation is over, or has lost its agent: nothing of its controls stays behind. */
export function leaveTalk(before: Call, [after, ...effects]: Outcome): Outcome {
  if (before.talk === undefined || after.state === 'talking') return [after, ...effects];
  const { talk, ...rest } = after;
  const isSilent = talk !== undefined && talk.mute !== 'off' && before.session !== undefined;
  return [rest, ...(isSilent ? [{ do: 'unmute-agent', session: before.session } as const] : []), ...effects];
}

/** A conversation found after a restart goes on as it was: a person on hold has music, a muted agent is not heard. */
export function takenUp(
  call: Call,
  { heldAt, isMuted }: { readonly heldAt?: number; readonly isMuted?: true },
): Outcome {
  const { session } = call;
  if (session === undefined || (heldAt === undefined && isMuted === undefined)) return [call];
  const line = heldAt === undefined ? {} : ({ line: 'held', heldAt } as const);
  const talk: Talk = { ...OPEN_TALK, ...line, ...(isMuted ? { mute: 'muting' as const } : {}) };
  const held: CallEffect[] =
    heldAt === undefined ? [] : [{ do: 'start-hold-music' }, { do: 'tell-agent', what: 'held' }];
  return talks(call, talk, ...held, ...(isMuted ? [{ do: 'mute-agent', session } as const] : []));
}
