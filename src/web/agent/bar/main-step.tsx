// The main button. What it has asked for and what is not confirmed yet looks so.

import { useEffect, type ReactElement } from 'react';
import { isAsked, type DeskView, type Live } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Ring } from '../../ui/signs.tsx';
import type { Words } from '../../words/en.ts';
import { useWords } from '../../words/words.tsx';
import { say } from '../announcer.tsx';
import { callbackForm } from '../callback/form-state.ts';
import type { Desk } from '../desk.ts';
import { useShownKey } from '../keys/use-shown-key.ts';
import { goTo, PLACES } from '../places.ts';
import { useBefore, useDesk, useLive, useServerNow, useValue } from '../use-desk.tsx';
import { nextStep, type NextStep } from './next-step.ts';
import { crossed, secondsLeft } from './time.ts';

interface StepProps {
  readonly view: DeskView;
  readonly callerId: string | null;
}

/** A button that has just become Hang up takes no press that was meant for the step before. */
const GUARD_MS = 600;
const hangUpSince = new WeakMap<Desk, number>();

function isTooSoon(desk: Desk, deed: NextStep['deed']): boolean {
  if (deed.kind !== 'act' || deed.act.do !== 'hang-up') return false;
  return desk.now() - (hangUpSince.get(desk) ?? -Infinity) < GUARD_MS;
}

/** Does what the main button says; also for its key. `how`: to hang up was asked for by name. */
export function takeStep(desk: Desk, { deed }: NextStep, how: 'by-name' | 'as-next' = 'as-next'): void {
  if (how === 'as-next' && isTooSoon(desk, deed)) return;
  switch (deed.kind) {
    case 'wish':
      return void desk.wish(deed.wish);
    case 'act':
      return void desk.act(deed.act);
    case 'finish':
      return desk.finishing.get() === null ? void desk.finish() : desk.finishing.close();
    case 'go-to':
      return leadTo(desk, deed.place);
    case 'none':
      return;
  }
}

type GoTo = Extract<NextStep['deed'], { readonly kind: 'go-to' }>['place'];

/** An answer of another section, a field behind the history: then the heading that they stand under. */
function leadTo(desk: Desk, place: GoTo): void {
  if (place === 'callback') return callbackForm.set(desk.live.get().view?.interaction?.id ?? null);
  if (goTo(place)) return;
  goTo(place === 'owed-answer' ? 'script' : place === 'owed-field' ? 'contact' : 'outcomes');
}

export function MainStep({ view, callerId }: StepProps): ReactElement | null {
  const words = useWords();
  const shownKey = useShownKey();
  const desk = useDesk();
  const asked = useLive((live) => live.asked);
  const finishing = useValue(desk.finishing);
  const step = nextStep(view, callerId);
  const isHangUp = step?.word === 'hang-up';
  const wasHangUp = useBefore(isHangUp);
  useEffect(() => {
    if (isHangUp && wasHangUp === false) hangUpSince.set(desk, desk.now());
  }, [desk, isHangUp, wasHangUp]);
  if (step === null) return null;
  const isAskedFor = isPending({ asked }, step);
  const isFinishing = finishing !== null && step.deed.kind === 'finish';
  return (
    <div className="main-step">
      <Button
        id={PLACES.main}
        look={step.look}
        className="main-button"
        isDisabled={step.deed.kind === 'none' || isAskedFor}
        onPress={() => takeStep(desk, step)}
        {...(step.deed.kind === 'none' ? {} : { chord: shownKey('main') })}
      >
        {step.deadline && <DeadlineRing deadline={step.deadline} />}
        <span className="main-label">{isFinishing ? words.steps['next-now'] : labelOf(step, words)}</span>
      </Button>
      <StepNote step={step} isAskedFor={isAskedFor} />
    </div>
  );
}

function labelOf({ word, number }: NextStep, words: Words): string {
  return word === 'call' && number !== undefined ? words.steps['call-number'](number) : words.steps[word];
}

function isPending(live: Pick<Live, 'asked'>, { deed }: NextStep): boolean {
  if (deed.kind === 'act') return isAsked(live, deed.act.do);
  if (deed.kind === 'wish') return isAsked(live, deed.wish.do);
  return deed.kind === 'finish' && isAsked(live, 'done');
}

type Deadline = NonNullable<NextStep['deadline']>;

/** How much of the time that was left at first is left now. */
function DeadlineRing({ deadline }: { readonly deadline: Deadline }): ReactElement {
  const desk = useDesk();
  const now = useServerNow(250);
  const { since } = desk.live.get().view?.interaction ?? {};
  const whole = deadline.at - (since ?? deadline.at - 5_000);
  return <Ring share={(deadline.at - now) / Math.max(whole, 1)} />;
}

function StepNote({ step, isAskedFor }: { readonly step: NextStep; readonly isAskedFor: boolean }): ReactElement {
  const words = useWords();
  const now = useServerNow(250);
  const { deadline } = step;
  const left = deadline === undefined ? undefined : secondsLeft(deadline.at, now);
  const before = useBefore(left);
  const label = labelOf(step, words);
  useEffect(() => {
    if (left === undefined || before === undefined) return;
    const threshold = crossed(before, left);
    if (threshold !== undefined) say(words.spoken.seconds(label, threshold), 'assertive');
  }, [left, before, label, words]);
  return (
    <p className="step-note small numbers">
      {isAskedFor
        ? words.asked.any
        : left === undefined || deadline === undefined
          ? ''
          : words.after[deadline.what](left)}
    </p>
  );
}
