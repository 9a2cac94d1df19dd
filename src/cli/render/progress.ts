// A bar that grows on a screen while something long goes on; silent where there is no screen.

import type { Terminal } from '../terminal.ts';

const WIDTH = 30;

/** Shows `share` (0–1) and `text` on one line of stderr, redrawn in place; `end` clears it. */
export function progressBar(terminal: Terminal): { show(share: number, text: string): void; end(): void } {
  if (!terminal.isErrorScreen) return { show: () => undefined, end: () => undefined };
  return {
    show(share, text) {
      const filled = Math.round(Math.min(1, Math.max(0, share)) * WIDTH);
      terminal.err(`\r${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${text}\u001b[K`);
    },
    end: () => terminal.err('\r\u001b[K'),
  };
}
