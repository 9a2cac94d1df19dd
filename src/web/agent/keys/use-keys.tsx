// Obeys the table of keys while the workspace is shown.

import { useEffect } from 'react';
import type { CallOrder, CallStanding } from '../../live/call.ts';
import { nextStep } from '../bar/next-step.ts';
import { openMenu } from '../bar/open-menu.ts';
import { togglePanel } from '../bar/panels.ts';
import { switchesOf, THIRD_ORDERS, thirdStanding, type Switch } from '../bar/switches.ts';
import { takeStep } from '../bar/main-step.tsx';
import { toggleCallback } from '../callback/form-state.ts';
import type { Desk } from '../desk.ts';
import { outcomeByDigit, takeOutcome } from '../outcomes/outcomes.tsx';
import { goTo, isTypingIn } from '../places.ts';
import { preferences } from '../preferences.ts';
import { useDesk } from '../use-desk.tsx';
import { keysWith, meantBy, type KeyId } from './keys.ts';

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
      const { singleKeys, keys } = preferences.get();
      const meant = meantBy(pressed, singleKeys, keysWith(keys));
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

/** `orderOf`: undefined where the call is not one that this could be said of. */
function orderCall(desk: Desk, orderOf: (call: CallStanding) => CallOrder | undefined): void {
  const call = desk.live.get().view?.call ?? null;
  const order = call === null || desk.call.get() !== null ? undefined : orderOf(call);
  if (order !== undefined) void desk.call.order(order);
}

function ofSwitch(desk: Desk, id: Switch['id']): void {
  orderCall(desk, (call) => switchesOf(call, null).find((one) => one.id === id && one.doing === null)?.order);
}

function ofThird(desk: Desk, order: 'join' | 'complete' | 'back'): void {
  orderCall(desk, (call) => {
    const stands = thirdStanding(call);
    return stands !== null && THIRD_ORDERS[stands].includes(order) ? order : undefined;
  });
}

function panel(desk: Desk, which: 'keypad' | 'transfer'): void {
  if (desk.live.get().view?.call) togglePanel(desk, which);
}

function deeds(desk: Desk, { callerId, onCampaigns, onKeys }: KeyPlaces): Readonly<Record<KeyId, () => void>> {
  const { view } = desk.live.get();
  const step = view === null ? null : nextStep(view, callerId);
  return {
    main: () => step && takeStep(desk, step),
    hangUp: () => step?.look === 'end' && takeStep(desk, step, 'by-name'),
    mute: () => ofSwitch(desk, 'mute'),
    hold: () => ofSwitch(desk, 'hold'),
    record: () => ofSwitch(desk, 'record'),
    keypad: () => panel(desk, 'keypad'),
    transfer: () => (view?.call?.third === undefined ? panel(desk, 'transfer') : ofThird(desk, 'complete')),
    join: () => ofThird(desk, 'join'),
    back: () => ofThird(desk, 'back'),
    undo: () => desk.finishing.undo(),
    outcome: () => goTo('outcomes'),
    notes: () => goTo('notes'),
    callback: () => {
      const one = view?.interaction;
      if (one?.may.includes('set-callback') === true) toggleCallback(desk, one.id);
    },
    script: () => goTo('script'),
    contact: () => goTo('contact'),
    pause: () => openMenu.set('pause'),
    campaigns: onCampaigns,
    help: onKeys,
  };
}
