// What may be asked of an engine, and which of it is part of its history: everything that changes it or asks the outside.

import type { Engine } from '../engine.ts';
import { asError, plain, unplain } from './encoding.ts';
import type { StretchWriter } from './lines.ts';
import type { Turns } from './turns.ts';

/** `look`: shows what is there; `ask`: answers by promise; `at-once`: answers before it returns. */
type Kind = 'look' | 'ask' | 'at-once';

type Method = (...args: unknown[]) => unknown;

/** Of every method, those of what hangs below it too. */
type Kinds<T> = {
  readonly [K in keyof T]: T[K] extends (...args: never[]) => unknown ? Kind : Kinds<T[K]>;
};

const METHODS: Kinds<Engine> = {
  start: 'ask',
  stop: 'ask',
  followSchedules: 'at-once',
  dialFor: 'at-once',
  actOnCampaign: 'ask',
  missingSounds: 'ask',
  signOutAgent: 'ask',
  moveAgent: 'ask',
  endSession: 'ask',
  agentsChanged: 'ask',
  liftLockOut: 'at-once',
  listsChanged: 'ask',
  recordsChanged: 'ask',
  reload: 'ask',
  takeCampaigns: 'ask',
  drain: 'ask',
  turnOutbound: 'ask',
  setCallback: 'ask',
  callbackTimes: 'ask',
  cancelCallback: 'ask',
  dispose: 'ask',
  controlCall: 'ask',
  listen: 'ask',
  admitListener: 'ask',
  endListening: 'ask',
  usersChanged: 'ask',
  listenings: 'look',
  script: 'at-once',
  actOnScript: 'ask',
  content: 'ask',
  campaigns: 'look',
  campaign: 'look',
  agents: 'look',
  outbound: 'look',
  locks: 'look',
  health: 'look',
  trunks: 'look',
  budgets: 'look',
  subscribe: 'look',
  callOf: 'look',
  desks: {
    begun: 'look',
    open: 'ask',
    command: 'ask',
    admitBrowser: 'ask',
    browserConnection: 'at-once',
    screen: 'at-once',
    campaigns: 'look',
    mayEnter: 'look',
    view: 'look',
    subscribe: 'look',
  },
};

interface Asking {
  readonly lines: StretchWriter;
  readonly turns: Turns;
}

/** The engine, with everything that is asked of it written down; what it answers leaves its turns. */
export function askedThrough(engine: Engine, asking: Asking): Engine {
  return askedOf(engine, METHODS, '', asking);
}

function askedOf<T extends object>(target: T, kinds: Kinds<T>, path: string, asking: Asking): T {
  return new Proxy(target, {
    get(_target, name): unknown {
      const value: unknown = Reflect.get(target, name, target);
      const kind = kindOf(kinds, String(name));
      if (typeof kind === 'object') return askedOf(value as object, kind, `${path}${String(name)}.`, asking);
      if (typeof value !== 'function') return value;
      const method = (value as Method).bind(target);
      return kind === undefined || kind === 'look'
        ? method
        : noted(method, `${path}${String(name)}`, { kind, ...asking });
    },
  });
}

const kindOf = (kinds: object, name: string): Kind | object | undefined =>
  Object.hasOwn(kinds, name) ? (Reflect.get(kinds, name) as Kind | object) : undefined;

function noted(method: Method, what: string, { kind, lines, turns }: Asking & { readonly kind: Kind }): Method {
  /** With the arguments as the lines have them: both see the same. */
  const call = (at: number, args: readonly unknown[]): unknown => {
    lines.ask(at, what, args);
    return method(...(unplain(plain(args)) as unknown[]));
  };
  if (kind === 'at-once') return (...args) => turns.atOnce((at) => call(at, args));
  return (...args) =>
    new Promise((resolve, reject) => {
      turns.take((at) => {
        Promise.resolve(call(at, args)).then(
          (value) => turns.leave(() => resolve(value)),
          (fault: unknown) => turns.leave(() => reject(asError(fault))),
        );
      });
    });
}

/** Asks it again; what it answers is of no interest. */
export function askAgain(engine: Engine, what: string, args: readonly unknown[]): void {
  let [owner, one, kind]: [object, unknown, unknown] = [engine, engine, METHODS];
  for (const name of what.split('.')) {
    owner = one as object;
    one = Reflect.get(owner, name) as unknown;
    kind = typeof kind === 'object' && kind !== null ? kindOf(kind, name) : undefined;
  }
  if (typeof one !== 'function' || (kind !== 'ask' && kind !== 'at-once')) throw new Error(`no ask: ${what}`);
  const answer: unknown = Reflect.apply(one as Method, owner, args);
  if (answer instanceof Promise) answer.catch(() => undefined); // whoever asked had the answer then
}
