// Places of the workspace that keys and buttons lead to, by the ids that the views give them; of what is owed there may be
// several, and their class leads to the first.

export const PLACES = {
  main: 'main-step',
  contact: 'contact-name',
  numbers: 'numbers',
  script: 'script-title',
  notes: 'notes',
  outcomes: 'outcome-search',
  missing: 'missing',
  'owed-answer': 'owed-answer',
  'owed-field': 'owed-field',
  callback: 'callback-open',
  transfer: 'transfer-open',
  pause: 'pause',
} as const;

export type Place = keyof typeof PLACES;

/** Puts the focus there; false: the place is not on the page now. */
export function goTo(place: Place): boolean {
  const found = document.getElementById(PLACES[place]) ?? document.querySelector<HTMLElement>(`.${PLACES[place]}`);
  const target =
    found?.matches('button, input, textarea, [tabindex]') === true
      ? found
      : found?.querySelector<HTMLElement>('button:not([disabled]), input');
  target?.focus();
  target?.scrollIntoView({ block: 'nearest' });
  return target !== null && target !== undefined;
}

/** Whether somebody types at present. */
export function isTypingIn(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
}
