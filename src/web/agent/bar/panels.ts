// Which panel under the controls of the call is open: keys open them too, and a transfer that is half typed is open.

import { Value } from '../../live/value.ts';
import type { Desk } from '../desk.ts';

export type Panel = 'keypad' | 'transfer';
export const TRANSFER = 'transfer';

export const callPanel = new Value<Panel | null>(null);

export function closeTransfer(desk: Desk): void {
  callPanel.set(null);
  desk.drafts.drop(inHand(desk), TRANSFER);
}

export function togglePanel(desk: Desk, panel: Panel): void {
  const isHalfTyped = desk.drafts.inputs(inHand(desk), TRANSFER) !== undefined;
  const shown = callPanel.get() ?? (isHalfTyped ? 'transfer' : null);
  if (shown === 'transfer') closeTransfer(desk);
  callPanel.set(shown === panel ? null : panel);
}

const inHand = (desk: Desk): string => desk.live.get().view?.interaction?.id ?? '';
