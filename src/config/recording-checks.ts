// Whether what a campaign wants recorded can be recorded, and whether there is anything to check by it.

import { parseShare } from '../base/durations.ts';
import type { Checking } from './checking.ts';

export function checkRecording({ at, tell, context }: Checking): void {
  const when = at(['recording', 'when']) ?? 'off';
  const machines = at(['recording', 'machines']);
  const share = typeof machines === 'string' ? (parseShare(machines) ?? 0) : 0;
  if (when === 'off' && share === 0) return;
  const path = ['recording', when === 'off' ? 'machines' : 'when'];
  if (context.canRecord === false) {
    const hint = 'Name the folder that Asterisk writes into: recordings: {folder: …} in outdial.yaml.';
    tell(path, 'Nothing can be recorded: outdial.yaml names no folder for recordings.', hint);
  }
  if (share === 0 || (at(['answer', 'detection']) ?? 'off') !== 'off') return;
  const hint = 'Write detection: before-agent or parallel, or take machines out.';
  tell(['recording', 'machines'], 'Without detection no machine is known, and none is kept.', hint, 'warning');
}
