// A picture that is redrawn in place on a screen of its own, without flicker; where there is no screen, one picture
// after the other.

import type { Terminal } from '../terminal.ts';

const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';

/** Begins with the first picture; the last one stays on the ordinary screen after `leave`. */
export class Screen {
  readonly isInPlace: boolean;
  readonly #terminal: Pick<Terminal, 'out' | 'isScreen' | 'height'>;
  #last = '';

  constructor(terminal: Pick<Terminal, 'out' | 'isScreen' | 'height'>) {
    this.#terminal = terminal;
    this.isInPlace = terminal.isScreen;
    if (this.isInPlace) terminal.out(ENTER);
  }

  show(text: string): void {
    if (text === this.#last) return;
    this.#last = text;
    if (!this.isInPlace) this.#terminal.out(`${text}\n\n`);
    else {
      const lines = text.split('\n').slice(0, this.#terminal.height());
      this.#terminal.out(HOME + lines.join(`${CLEAR_LINE}\r\n`) + CLEAR_LINE + CLEAR_BELOW);
    }
  }

  leave(): void {
    if (this.isInPlace) this.#terminal.out(`${LEAVE}${this.#last}\n`);
  }
}
