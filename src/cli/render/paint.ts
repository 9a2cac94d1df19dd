// Colours for the terminal, or none: only on a screen, never when NO_COLOR is set.

import { styleText } from 'node:util';

export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
}

const plain = (text: string): string => text;

/** Leaves text as it is. */
export const noPaint: Paint = { bold: plain, dim: plain, good: plain, bad: plain, warn: plain };

const colours: Paint = {
  bold: (text) => styleText('bold', text, { validateStream: false }),
  dim: (text) => styleText('dim', text, { validateStream: false }),
  good: (text) => styleText('green', text, { validateStream: false }),
  bad: (text) => styleText('red', text, { validateStream: false }),
  warn: (text) => styleText('yellow', text, { validateStream: false }),
};

/** Colours when `isScreen`, unless the environment asks for none (NO_COLOR, TERM=dumb). */
export function paintFor(isScreen: boolean, env: Readonly<Record<string, string | undefined>>): Paint {
  const unwanted = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return isScreen && !unwanted ? colours : noPaint;
}
