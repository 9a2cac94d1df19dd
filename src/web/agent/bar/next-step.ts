// The one main button: its label is the next step that is allowed, and it does that and nothing else. Where a person must
// act elsewhere (click a number, choose an outcome) it says so and leads there.

import type { DeskAct, DeskView, DeskWish } from '../../live/live.ts';
import type { Words } from '../../words/en.ts';
import { isPulling } from './standing.ts';

type StepWord = Exclude<keyof Words['steps'], 'call-number'>;

/** Where something stands that Done still misses. */
type Owed = 'missing' | 'owed-answer' | 'owed-field' | 'callback';

/** What happens when the button is pressed. */
type Deed =
  | { readonly kind: 'wish'; readonly wish: DeskWish }
  | { readonly kind: 'act'; readonly act: DeskAct }
  /** Done, which can be undone for a few seconds. */
  | { readonly kind: 'finish' }
  /** Another place of the page has what is to be done. */
  | { readonly kind: 'go-to'; readonly place: 'outcomes' | 'numbers' | Owed }
  | { readonly kind: 'none' };

export interface NextStep {
  readonly word: StepWord;
  /** The number that is called. */
  readonly number?: string;
  readonly deed: Deed;
  readonly look: 'main' | 'end';
  /** What happens by itself, and when. */
  readonly deadline?: { readonly at: number; readonly what: keyof Words['after'] };
}

type Interaction = NonNullable<DeskView['interaction']>;

const go = (word: StepWord, wish: DeskWish): NextStep => ({ word, deed: { kind: 'wish', wish }, look: 'main' });
const act = (word: StepWord, one: DeskAct, look: NextStep['look'] = 'main'): NextStep => ({
  word,
  look,
  deed: { kind: 'act', act: one },
});
const wait = (word: StepWord): NextStep => ({ word, deed: { kind: 'none' }, look: 'main' });

/** `callerId`: the one that the agent has chosen, where there is a choice. */
export function nextStep(view: DeskView, callerId: string | null = null): NextStep | null {
  const { session, interaction } = view;
  if (session === null) return null;
  const { state, kind } = session.phone;
  if (state === 'ringing' && kind === 'account') return wait('pick-up');
  if (interaction !== null && interaction.state !== 'done') return ofInteraction(interaction, callerId);
  if (state === 'ringing') return wait('wait');
  return betweenRecords(view, session);
}

function ofInteraction(one: Interaction, callerId: string | null): NextStep {
  const step = stepOf(one, callerId);
  return one.deadlineAt === null || one.atDeadline === null
    ? step
    : { ...step, deadline: { at: one.deadlineAt, what: one.atDeadline } };
}

function stepOf(one: Interaction, callerId: string | null): NextStep {
  const may = new Set(one.may);
  if (may.has('accept')) return act('accept', { do: 'accept' });
  switch (one.state) {
    case 'before-call':
    case 'preview':
      return may.has('call') ? calling(one, callerId) : may.has('done') ? finishing(one) : wait('wait');
    case 'dialing':
      if (may.has('cancel-dial')) return act('cancel-dial', { do: 'cancel-dial' }, 'end');
      return wait(one.kind === 'engaged' ? 'wait-answer' : 'wait');
    case 'talking':
      return hangingUp(one);
    case 'wrap-up':
      return finishing(one);
    case 'offered':
    case 'done':
      return wait('wait');
  }
}

function calling(one: Interaction, callerId: string | null): NextStep {
  // Before it is chosen no number can be clicked.
  if (one.callerIds.length > 1 && callerId === null) {
    return { word: 'choose-caller-id', deed: { kind: 'go-to', place: 'numbers' }, look: 'main' };
  }
  if (one.state === 'preview' && one.mustClickNumber) {
    return { word: 'click-number', deed: { kind: 'go-to', place: 'numbers' }, look: 'main' };
  }
  const next = one.record?.phones[one.record.next];
  const call: DeskAct = { do: 'call', ...(callerId === null ? {} : { callerId }) };
  if (one.state === 'before-call') return act('call-now', call);
  return { ...act('call', call), ...(next ? { number: next.number } : {}) };
}

function hangingUp(one: Interaction): NextStep {
  const attempt = one.call?.attempt ?? null;
  if (attempt === null || !one.may.includes('hang-up')) return wait('wait');
  return act('hang-up', { do: 'hang-up', attempt }, 'end');
}

/** By the code of what is missing. */
const OWED: Readonly<Record<string, readonly [StepWord, Owed]>> = {
  script: ['answer-script', 'owed-answer'],
  field: ['fill-in', 'owed-field'],
  callback: ['set-callback', 'callback'],
  'callback-past': ['set-callback', 'callback'],
};

function finishing(one: Interaction): NextStep {
  const [first] = one.missing;
  if (first === undefined) return { word: 'done', deed: { kind: 'finish' }, look: 'main' };
  const isUndecided = one.dispositionRequired && one.disposition === null;
  const [word, place] = isUndecided ? (['complete', 'outcomes'] as const) : (OWED[first.code] ?? ['done', 'missing']);
  return { word, deed: { kind: 'go-to', place }, look: 'main' };
}

function betweenRecords(view: DeskView, session: NonNullable<DeskView['session']>): NextStep {
  const { campaign } = session;
  if (view.countdown !== null) {
    const deadline = { at: view.countdown.until, what: 'session' } as const;
    return { ...go('go-on', { do: 'go-on' }), deadline };
  }
  if (session.state === 'paused') return go('resume', { do: 'resume' });
  if (view.fetching !== null) return wait('fetching');
  const own = view.campaigns.find(({ name }) => name === campaign);
  if (isPulling(view)) {
    return go(own?.kind === 'manual' ? 'get-customer' : 'get-record', { do: 'get-record', campaign });
  }
  if (own?.channel === 'preview' && view.channels.preview === 'not-ready') {
    return go('set-ready', { do: 'set-ready', channel: 'preview' });
  }
  if (own?.channel === 'voice' && view.channels.voice === 'not-ready') return go('resume', { do: 'resume' });
  return wait(session.state === 'engaged' ? 'wait-answer' : 'wait');
}
