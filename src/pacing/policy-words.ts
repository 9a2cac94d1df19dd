// Pacing policies as people write them: `progressive`, `ratio:2`, `predictive:target=2%,lines=30`. What is left out is as
// the campaign has it. Pure.

import { parseShare } from '../base/durations.ts';
import { PACED_MODES } from '../terms.ts';
import type { PacerOptions } from './pacer.ts';

/** A policy by its words, with what it changes in a campaign's own options. */
export interface WrittenPolicy {
  readonly name: string;
  readonly options: Partial<PacerOptions>;
}

export type ReadPolicy = { readonly policy: WrittenPolicy } | { readonly message: string; readonly hint: string };

interface Setting {
  readonly read: (text: string) => number | undefined;
  readonly as: (value: number) => Partial<PacerOptions>;
  readonly possible: string;
}

const within = (value: number | undefined, min: number, max: number): number | undefined =>
  value !== undefined && value >= min && value <= max ? value : undefined;

const SETTINGS: Readonly<Record<string, Setting>> = {
  target: {
    read: (text) => within(parseShare(text), 0, 0.1),
    as: (abandonTarget) => ({ abandonTarget }),
    possible: '0% to 10%',
  },
  ratio: {
    read: (text) => within(/^\d{1,9}(\.\d+)?$/.test(text) ? Number(text) : undefined, 1, 10),
    as: (ratio) => ({ ratio }),
    possible: '1 to 10',
  },
  lines: {
    read: (text) => within(/^\d{1,9}$/.test(text) ? Number(text) : undefined, 1, 100_000),
    as: (maxLines) => ({ maxLines }),
    possible: '1 to 100000',
  },
};

/** The policy, or what is wrong with its words. */
export function readPolicy(text: string): ReadPolicy {
  const [word = '', settings = ''] = text.split(/:(.*)/s);
  const mode = PACED_MODES.find((one) => one === word);
  if (mode === undefined)
    return {
      message: `"${word}" is no policy.`,
      hint: 'Possible: progressive, ratio:2, predictive, predictive:target=2%,lines=30.',
    };
  let options: Partial<PacerOptions> = { mode };
  for (const setting of settings === '' ? [] : settings.split(',')) {
    const [key = '', value] = setting.split('=');
    const [name, figure] = value === undefined ? [mode === 'ratio' ? 'ratio' : 'target', key] : [key, value];
    const known = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
    if (!known)
      return {
        message: `"${name}" is nothing that a policy can be given.`,
        hint: `Possible: ${Object.keys(SETTINGS).join(', ')}.`,
      };
    const read = known.read(figure.trim());
    if (read === undefined)
      return { message: `The ${name} of a policy cannot be "${figure}".`, hint: `Possible: ${known.possible}.` };
    options = { ...options, ...known.as(read) };
  }
  return { policy: { name: text, options } };
}
