// Whether the form for a callback is open: a key and an outcome open it too, and one that is half typed is open.

import { Value } from '../../live/value.ts';
import type { Desk } from '../desk.ts';

export const CALLBACK = 'callback';

/** The interaction for which it was opened. */
export const callbackForm = new Value<string | null>(null);

export function closeCallback(desk: Desk, interaction: string): void {
  callbackForm.set(null);
  desk.drafts.drop(interaction, CALLBACK);
}

export function toggleCallback(desk: Desk, interaction: string): void {
  const isOpen = callbackForm.get() === interaction || desk.drafts.inputs(interaction, CALLBACK) !== undefined;
  if (isOpen) closeCallback(desk, interaction);
  else callbackForm.set(interaction);
}
