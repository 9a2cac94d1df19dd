// What may be asked of an engine, and which of it is part of its history: everything that changes it or asks the outside.

import type { Engine } from '../engine.ts';
import type { StretchWriter } from './lines.ts';
import { asError, plain, unplain } from './encoding.ts';
import type { Turns } from './turns.ts';

/** `look`: shows what is there; `ask`: answers by promise; `at-once`: answers before it returns. */
const METHODS: Readonly<Record<keyof Engine, 'look' | 'ask' | 'at-once'>> = {
  start: 'ask',
  stop: 'ask',
  followSchedules: 'at-once',
  dialFor: 'at-once',
  actOnCampaign: 'ask',
  missingSounds: 'ask',
  signOutAgent: 'ask',
  agentsChanged: 'ask',
  liftLockOut: 'at-once',
  listsChanged: 'ask',
  reload: 'ask',
  takeCampaigns: 'ask',
  drain: 'ask',
  turnOutbound: 'ask',
  setCallback: 'ask',
  cancelCallback: 'ask',
  dispose: 'ask',
  controlCall: 'ask',
  callOf: 'look',
  content: 'ask',
  campaigns: 'look',
  campaign: 'look',
  agents: 'look',
  outbound: 'look',
  locks: 'look',
  health: 'look',
  subscribe: 'look',
};

type Method = (...args: unknown[]) => unknown;

/** The engine, with everything that is asked of it written down; what it answers leaves its turns. */
export function askedThrough(engine: Engine, { lines, turns }: { lines: StretchWriter; turns: Turns }): Engine {
  /** What is asked, as the lines have it: both see the same. */
  const noted = (at: number, what: string, args: readonly unknown[]): unknown[] => {
    lines.ask(at, what, args);
    return unplain(plain(args)) as unknown[];
  };
  const ask =
    (what: string, method: Method): Method =>
    (...args) =>
      new Promise((resolve, reject) => {
        turns.take((at) => {
          Promise.resolve(Reflect.apply(method, engine, noted(at, what, args))).then(
            (value) => turns.leave(() => resolve(value)),
            (fault: unknown) => turns.leave(() => reject(asError(fault))),
          );
        });
      });
  const atOnce =
    (what: string, method: Method): Method =>
    (...args) =>
      turns.atOnce((at) => Reflect.apply(method, engine, noted(at, what, args)));
  return new Proxy(engine, {
    get(_target, name): unknown {
      const value: unknown = Reflect.get(engine, name, engine);
      if (typeof name !== 'string' || typeof value !== 'function') return value;
      const method = value as Method;
      const kind = name in METHODS ? METHODS[name as keyof Engine] : 'look';
      if (kind === 'look') return method.bind(engine);
      return kind === 'ask' ? ask(name, method) : atOnce(name, method);
    },
  });
}

/** Asks it again; what it answers is of no interest. */
export function askAgain(engine: Engine, what: string, args: readonly unknown[]): void {
  const method: unknown = Reflect.get(engine, what, engine);
  if (typeof method !== 'function' || METHODS[what as keyof Engine] === 'look') throw new Error(`no ask: ${what}`);
  const answer: unknown = Reflect.apply(method as Method, engine, args);
  if (answer instanceof Promise) answer.catch(() => undefined); // whoever asked was told then
}
