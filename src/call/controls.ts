// What the agent's controls do to a conversation: hold and resume, mute and unmute; third parties are third-party.ts. Part
// of the call machine. To ask for what is so already changes nothing.

import type { Call, CallEffect } from './call.ts';
import type { Handler, Outcome } from './steps.ts';
import { OPEN_TALK, withoutHold, type Talk, type TalkEvent, type Third } from './talk.ts';
import {
  back,
  complete,
  consult,
  giveAway,
  handed,
  handRefused,
  rejoin,
  takeOver,
  talks,
  thirdArrived,
  thirdEnded,
  thirdJoined,
  transfer,
  type Step,
} from './third-party.ts';

/** The person leaves the bridge; music follows once they have. */
const hold: Step<'hold'> = (call, talk) =>
  talk.line === 'open' && call.bridge !== undefined
    ? talks(call, { ...talk, line: 'parting' }, { do: 'part', bridge: call.bridge })
    : undefined;

const parted: Step<'parted'> = (call, talk, _event, now) => {
  if (talk.line !== 'parting') return undefined;
  const { then, ...rest } = talk;
  const held: Talk = { ...rest, line: 'held', heldAt: now };
  if (then === 'give-away') return giveAway({ ...call, talk: held }, now);
  if (then === 'rejoin') return rejoin(call, held);
  return talks(call, held, { do: 'start-hold-music' }, ...(call.third === undefined ? [PROMPT_HELD] : []));
};

/** Not said while a third party is being called: that is heard then. */
const PROMPT_HELD = { do: 'prompt-agent', what: 'held' } as const;

/** With a third party there it is a conversation of three. */
const resume: Step<'resume'> = (call, talk) => (talk.line === 'held' ? rejoin(call, talk) : undefined);

const rejoined: Step<'rejoined'> = (call, talk) =>
  talk.line === 'rejoining'
    ? talks(
        call,
        withoutHold({ ...talk, line: 'open' }),
        { do: 'stop-hold-music' },
        { do: 'prompt-agent', what: 'open' },
      )
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
      return talk.line === 'parting' ? talks(...stayed(call, talk)) : undefined;
    case 'resume':
      return talk.line === 'rejoining' ? talks(call, { ...talk, line: 'held' }) : undefined;
    case 'mute':
      return talk.mute === 'muting' ? talks(call, { ...talk, mute: 'off' }) : undefined;
    case 'unmute':
      return talk.mute === 'unmuting' ? talks(call, { ...talk, mute: 'on' }) : undefined;
    case 'complete':
      return handRefused(call, talk);
  }
};

/** The person did not leave the bridge: whom they were to be given to is not called. */
function stayed(call: Call, { then: _then, ...talk }: Talk): [Call, Talk] {
  const { third, ...rest } = call;
  return [third?.state === 'wanted' ? rest : call, { ...talk, line: 'open' }];
}

const TABLE: { readonly [T in TalkEvent['type']]: Step<T> } = {
  hold,
  parted,
  resume,
  rejoined,
  mute,
  muted,
  unmute,
  unmuted,
  consult,
  transfer,
  back,
  complete,
  'take-over': takeOver,
  'third-arrived': thirdArrived,
  'third-joined': thirdJoined,
  'third-ended': thirdEnded,
  handed,
  refused,
};

/** A control is asked for, or has been carried out. */
export const controlled: Handler<'control'> = (call, { control }, now) => {
  const step = TABLE[control.type] as Step<TalkEvent['type']>;
  return step(call, call.talk ?? OPEN_TALK, control, now);
};

interface Found {
  readonly heldAt?: number;
  readonly isMuted?: true;
  readonly third?: Third;
}

/** A conversation found after a restart goes on as it was: a person on hold has music, a muted agent is not heard. */
export function takenUp(call: Call, { heldAt, isMuted, third }: Found): Outcome {
  const { session } = call;
  if (session === undefined || (heldAt === undefined && isMuted === undefined && third === undefined)) return [call];
  const line = heldAt === undefined ? {} : ({ line: 'held', heldAt } as const);
  const talk: Talk = { ...OPEN_TALK, ...line, ...(isMuted ? { mute: 'muting' as const } : {}) };
  const held: CallEffect[] =
    heldAt === undefined ? [] : [{ do: 'start-hold-music' }, { do: 'prompt-agent', what: 'held' }];
  return talks(
    third === undefined ? call : { ...call, third },
    talk,
    ...held,
    ...(isMuted ? [{ do: 'mute-agent', session } as const] : []),
  );
}
