// Which panel under the controls of the call is open: keys open them too.

import { Value } from '../../live/value.ts';

export const callPanel = new Value<'keypad' | 'transfer' | null>(null);

export function togglePanel(panel: 'keypad' | 'transfer'): void {
  callPanel.set(callPanel.get() === panel ? null : panel);
}
