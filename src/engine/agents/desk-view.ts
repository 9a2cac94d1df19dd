// What an agent's desk shows: session, desk and call put together into one picture. Read only.

import type { AgentSession } from '../../agent/session.ts';
import { defined } from '../../base/defined.ts';
import type { CallState } from '../../call/call.ts';
import type { Desk } from '../../interaction/desk.ts';
import type { Interaction } from '../../interaction/interaction.ts';
import { actsOf } from '../../interaction/machine.ts';
import { MODE_ROWS } from '../../interaction/modes.ts';
import type { PersonFacts } from '../../records/record.ts';
import { startScript } from '../../script/machine.ts';
import { viewOf } from '../../script/view.ts';
import type { LiveCall, World } from '../world.ts';
import { kindOf } from './desk-plan.ts';
import { phoneKindOf } from './new-session.ts';
import type { DeskSession, OpenCall, OpenInteraction } from './desk-port.ts';

/** The session's part; `desk` absent: it was opened by phone and has none. */
export function sessionView(world: World, session: AgentSession, desk: Desk | undefined): DeskSession {
  const { campaign, plan, phone, pauseAfter, state } = session;
  const definition = world.campaigns.get(campaign)?.definition;
  const kind = definition === undefined ? 'predictive' : kindOf(definition);
  const voice = state === 'paused' || pauseAfter !== undefined ? 'not-ready' : 'ready';
  return {
    session: session.session,
    campaign,
    kind,
    phoneMode: plan.phoneMode,
    phone,
    phoneKind: phoneKindOf(session),
    hasDesk: desk !== undefined && desk.byKeys !== true,
    pauseReasons: plan.pauseReasons,
    endsAfter: session.signOutAfter || session.isDismissed === true || desk?.leaving === true,
    channels: desk?.channels ?? { voice, preview: 'not-ready' },
    takes: desk?.takes[campaign] ?? MODE_ROWS[kind].isOnAtFirst,
    isFetching: desk?.pull !== undefined,
    ...defined({
      keptUntil: session.phone === 'up' ? undefined : session.keptUntil,
      phoneNumber: session.outside,
      pauseAfter,
      nothing: desk?.nothing,
      nothingReason: desk?.nothingReason,
      countdownUntil: desk?.countdown?.until,
    }),
  };
}

/** The interaction in hand; `facts` of its record as they are known. */
export function interactionView(
  world: World,
  { open }: Desk,
  facts: PersonFacts | undefined,
): OpenInteraction | undefined {
  if (open === undefined) return undefined;
  const live = world.calls.get(open.attempt ?? '');
  const unanswered = owedAnswers(world, open, facts);
  return { ...open, may: actsOf(open), ...defined({ facts, call: live && callView(live), unanswered }) };
}

/** As the agent reads them out; of a conversation whose script was never opened, what its beginning asks. */
function owedAnswers(
  { scripts, campaigns }: World,
  { attempt, tried, talked, state, campaign }: Interaction,
  facts: PersonFacts | undefined,
): readonly string[] | undefined {
  const opened = scripts.get(attempt ?? tried.at(-1)?.attempt ?? '');
  const script = opened?.script ?? campaigns.get(campaign)?.definition.script;
  const hasTalked = talked === true || state === 'talking';
  if (script === undefined || (opened === undefined && !hasTalked)) return undefined;
  const { name = '', fields = {} } = opened?.record ?? facts ?? {};
  const owed = viewOf(script, opened?.run ?? startScript(script), { name, ...fields }).owed.map(({ text }) => text);
  return owed.length === 0 ? undefined : owed;
}

const STATES: Readonly<Record<CallState, OpenCall['state']>> = {
  placing: 'placing',
  ringing: 'ringing',
  answered: 'answered',
  detecting: 'answered',
  waiting: 'answered',
  connecting: 'answered',
  talking: 'talking',
  'handing-over': 'over',
  'handed-over': 'over',
  'abandon-message': 'over',
  confirming: 'over',
  'awaiting-beep': 'over',
  'leaving-message': 'over',
  releasing: 'over',
  ended: 'over',
};

function callView({ call, opened }: LiveCall): OpenCall {
  return {
    attempt: call.attempt,
    number: opened.record.phones[opened.phoneIndex]?.number ?? '',
    state: STATES[call.state],
    isInbound: call.origin === 'inbound',
    callerId: opened.callerId,
    ...defined({ validation: opened.validation }),
  };
}
