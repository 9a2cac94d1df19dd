// Obeys the table of keys while the workspace is shown.

import { useEffect } from 'react';
import type { CallOrder, CallStanding } from '../../live/call.ts';
import { nextStep } from '../bar/next-step.ts';
import { pauseMenu } from '../bar/pause-menu.ts';
import { takeStep } from '../bar/main-step.tsx';
import { callbackForm } from '../callback/form-state.ts';
import type { Desk } from '../desk.ts';
import { outcomeByDigit, takeOutcome } from '../outcomes/outcomes.tsx';
import { goTo, isTypingIn } from '../places.ts';
import { preferences } from '../preferences.ts';
import { useDesk } from '../use-desk.tsx';
import { meantBy, type KeyId } from './keys.ts';

export interface KeyPlaces {
  readonly callerId: string | null;
  readonly onCampaigns: () => void;
  readonly onKeys: () => void;
}

export function useKeys({ callerId, onCampaigns, onKeys }: KeyPlaces): void {
  const desk = useDesk();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.repeat || document.querySelector('.overlay') !== null) return;
      const { key, code, altKey, ctrlKey, metaKey, target } = event;
      const pressed = { key, code, altKey, ctrlKey, metaKey, isTyping: isTypingIn(target) };
      const meant = meantBy(pressed, preferences.get().singleKeys);
      if (meant === undefined) return;
      event.preventDefault();
      if ('digit' in meant) return byDigit(desk, meant.digit);
      deeds(desk, { callerId, onCampaigns, onKeys })[meant.key]();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [desk, callerId, onCampaigns, onKeys]);
}

function byDigit(desk: Desk, digit: string): void {
  const { view } = desk.live.get();
  const outcome = view === null ? undefined : outcomeByDigit(view, digit);
  if (outcome) takeOutcome(desk, outcome);
}

function orderCall(desk: Desk, orderOf: (call: CallStanding) => CallOrder): void {
  const { call } = desk.call.get();
  if (call !== null && !call.pending) void desk.call.order(orderOf(call));
}

function deeds(desk: Desk, { callerId, onCampaigns, onKeys }: KeyPlaces): Readonly<Record<KeyId, () => void>> {
  const { view } = desk.live.get();
  const step = view === null ? null : nextStep(view, callerId);
  return {
    main: () => step && takeStep(desk, step),
    hangUp: () => step?.look === 'end' && takeStep(desk, step),
    mute: () => orderCall(desk, ({ muted }) => (muted ? 'unmute' : 'mute')),
    hold: () => orderCall(desk, ({ heldSince }) => (heldSince === undefined ? 'hold' : 'resume')),
    undo: () => desk.finishing.undo(),
    outcome: () => goTo('outcomes'),
    notes: () => goTo('notes'),
    callback: () => {
      if (view?.interaction?.may.includes('set-callback') === true) callbackForm.set(!callbackForm.get());
    },
    script: () => goTo('script'),
    contact: () => goTo('contact'),
    pause: () => pauseMenu.set(true),
    campaigns: onCampaigns,
    help: onKeys,
  };
}
