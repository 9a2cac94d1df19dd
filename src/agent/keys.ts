// What the keys of an agent's phone mean in each state. Part of the agent machine.

import {
  become,
  endSession,
  isWrappedUpAtDesk,
  letGo,
  pauseFor,
  set,
  withoutStar,
  withoutStop,
  wrapUpDone,
  type Handler,
  type Outcome,
} from './steps.ts';
import { askDisposition, askedKey, askMore } from './asked-keys.ts';
import type { AgentSession, Prompt, SessionEffect } from './session.ts';

/** A command is a star and a key soon after it, ms: one pressed by accident does not wait for the next. */
const STAR_MS = 3000;
/** Keys kept between `**` and the end of the call. */
const MOST_AHEAD = 32;

const isCommand = ({ starAt }: AgentSession, now: number): boolean => starAt !== undefined && now - starAt < STAR_MS;

/** One key pressed on the agent's phone; late ones of a phone that is gone mean nothing. */
export const keyPressed: Handler<'key'> = (session, event, now) => {
  if (session.phone !== 'up') return undefined;
  switch (session.state) {
    case 'ready':
    case 'paused':
      return session.menu === 'pause-reason' ? reasonKey(session, event.key, now) : idleKey(session, event.key, now);
    case 'engaged':
      return session.byKeys === true ? recordKey(session, event.key, now) : callKey(session, event.key, now);
    case 'reserved':
    case 'talking':
      return callKey(session, event.key, now);
    case 'wrap-up':
      return letGo(session) || isEndedElsewhere(session) ? undefined : wrapUpKey(session, event.key, now);
    case 'offline':
      return undefined;
  }
};

/** At a workspace. */
const isEndedElsewhere = (session: AgentSession): boolean => isWrappedUpAtDesk(session) && session.byKeys !== true;

function idleKey(session: AgentSession, key: string, now: number): Outcome | undefined {
  switch (key) {
    case '1': {
      if (session.state === 'ready') return [session, { do: 'say', prompts: ['you-are-ready'] }];
      const [ready, ...effects] = become(session, 'ready', now);
      return [ready, { do: 'stop-saying' }, { do: 'say', prompts: ['you-are-ready'] }, ...withoutStop(effects)];
    }
    case '0':
      if (session.plan.pauseReasons.length === 0) return pauseFor(session, 'pause', now, { do: 'stop-saying' });
      return choosePauseReason(session, now);
    case '9':
      return endSession(session, 'signed-out', now);
    case '*':
      return [session, { do: 'stop-saying' }, { do: 'say', prompts: idleKeys(session) }];
    case '2':
      return session.byKeys === true ? fetchRecord(session, now) : wrongKey(session);
    default:
      return wrongKey(session);
  }
}

/** Who asks for a record is not paused any more. */
function fetchRecord(session: AgentSession, now: number): Outcome {
  const asked: SessionEffect = { do: 'desk-key', key: '2' };
  if (session.state === 'ready') return [session, { do: 'stop-saying' }, asked];
  const [ready, ...effects] = become(session, 'ready', now);
  return [ready, ...effects, asked];
}

const wrongKey = (session: AgentSession): Outcome => [
  session,
  { do: 'stop-saying' },
  { do: 'say', prompts: ['not-a-choice', ...idleKeys(session)] },
];

const idleKeys = ({ byKeys }: AgentSession): readonly Prompt[] =>
  byKeys === true ? ['keys-ready', 'keys-get-record'] : ['keys-ready'];

/** A record is in hand, or dialed: a star alone has it read out again, two take the dialing back. */
function recordKey(session: AgentSession, key: string, now: number): Outcome {
  const plain = withoutStar(session);
  if (!isCommand(session, now)) {
    const pressed = key === '*' ? set(plain, { starAt: now }) : plain;
    return [pressed, { do: 'stop-saying' }, { do: 'desk-key', key }];
  }
  if (key === '*') return [plain, { do: 'stop-saying' }, { do: 'desk-key', key: '**' }];
  if (key === '0') return [set(plain, { pauseAfter: 'pause' }), { do: 'stop-saying' }];
  if (key === '9') return [set(plain, { signOutAfter: true }), { do: 'stop-saying' }];
  // Read out again: the key that follows is for the record.
  return [plain, { do: 'stop-saying' }, { do: 'desk-key', key }];
}

/** Paused at once, so that no call comes while choosing; the reason follows by key. */
function choosePauseReason(session: AgentSession, now: number): Outcome {
  return [
    set(session, { state: 'paused', since: now, reason: 'pause', menu: 'pause-reason' }),
    { do: 'stop-saying' },
    sayReasons('choose-pause-reason'),
  ];
}

const sayReasons = (...prompts: Prompt[]): SessionEffect => ({ do: 'say', prompts, choices: 'pause-reasons' });

function reasonKey(session: AgentSession, key: string, now: number): Outcome {
  if (key === '*') return [session, { do: 'stop-saying' }, sayReasons('choose-pause-reason')];
  const reason = session.plan.pauseReasons.find((candidate) => candidate.key === key);
  if (!reason) return [session, { do: 'stop-saying' }, sayReasons('not-a-choice', 'choose-pause-reason')];
  return pauseFor(session, reason.code, now, { do: 'stop-saying' });
}

function callKey(session: AgentSession, key: string, now: number): Outcome | undefined {
  if (!isCommand(session, now)) {
    if (key === '*') return [set(withoutStar(session), { starAt: now })];
    return session.ahead === undefined
      ? undefined
      : [set(session, { ahead: (session.ahead + key).slice(0, MOST_AHEAD) })];
  }
  const plain = withoutStar(session);
  const brings = bringInKey(session, plain, key, now);
  if (brings) return brings;
  switch (key) {
    case '*':
      return session.state === 'talking' && session.attempt !== undefined
        ? [set(plain, { ahead: '' }), { do: 'hang-up-person', attempt: session.attempt }]
        : [plain];
    case '1':
      return session.state === 'talking' && session.attempt !== undefined
        ? [plain, { do: 'toggle-recording', attempt: session.attempt }]
        : [plain];
    case '2':
      return session.state === 'talking' && session.attempt !== undefined
        ? [plain, { do: 'toggle-hold', attempt: session.attempt }]
        : [plain];
    case '0':
      return [set(plain, { pauseAfter: 'pause' })];
    case '9':
      return [set(plain, { signOutAfter: true })];
    default:
      return [plain];
  }
}

/** Third parties: `*3` or `*4` and the digit of a destination; `*5`, `*6` and `*7` once one was called. */
function bringInKey(session: AgentSession, plain: AgentSession, key: string, now: number): Outcome | undefined {
  const { attempt, bringing } = session;
  if (session.state !== 'talking' || attempt === undefined) return undefined;
  if (bringing !== undefined) {
    return /^\d$/.test(key) ? [plain, { do: 'bring-in', attempt, how: bringing, key }] : [plain];
  }
  const asks = BRINGING[key];
  if (asks !== undefined) return [set(session, { starAt: now, bringing: asks })];
  const how = BROUGHT[key];
  return how === undefined ? undefined : [plain, { do: 'bring-in', attempt, how }];
}

const BRINGING: Readonly<Record<string, 'transfer' | 'consult'>> = { 3: 'transfer', 4: 'consult' };
const BROUGHT: Readonly<Record<string, 'join' | 'complete' | 'back'>> = { 5: 'join', 6: 'complete', 7: 'back' };

function wrapUpKey(session: AgentSession, key: string, now: number): Outcome | undefined {
  if (session.menu !== undefined) return askedKey(session, key, now);
  if (isCommand(session, now)) return starInWrapUp(session, key, now);
  // A star alone asks what there is to choose; a command's second key cuts that short.
  if (key === '*') return [set(session, { starAt: now }), ...askDisposition('choose-disposition')];
  if (key === '#') {
    return session.plan.dispositionRequired && session.plan.dispositions.length > 0
      ? [session, ...askDisposition('disposition-needed')]
      : wrapUpDone(session, undefined, now);
  }
  const disposition = session.plan.dispositions.find((candidate) => candidate.key === key);
  if (!disposition) return [session, ...askDisposition('not-a-choice', 'choose-disposition')];
  if (disposition.ask === 'callback' || disposition.ask === 'phone') return askMore(session, disposition, now);
  const [next, ...effects] = wrapUpDone(session, disposition.code, now);
  return [next, { do: 'stop-saying' }, { do: 'say', prompts: ['disposition-saved'] }, ...withoutStop(effects)];
}

function starInWrapUp(session: AgentSession, key: string, now: number): Outcome {
  const plain = withoutStar(session);
  if (key === '0') return [set(plain, { pauseAfter: 'pause' }), { do: 'stop-saying' }];
  if (key === '9')
    return session.plan.dispositionRequired || session.byKeys === true
      ? [set(plain, { signOutAfter: true }), { do: 'stop-saying' }]
      : endSession(plain, 'signed-out', now);
  return [plain, { do: 'stop-saying' }];
}
