// May this phone try a PIN now? A try counts before it is checked, so that many at once are no way around the limit.
// A lock slows the phone that typed wrong PINs and nothing else: an agent signs in from the own phone whatever others
// type in that agent's name. Numbers of agents who do not exist count as all others do. Pure.

import type { AgentNumber } from '../terms.ts';

export interface LockOutLimits {
  /** Wrong PINs from one phone before it is locked. */
  readonly maxWrongPins: number;
  /** The first lock; each further one within a day is twice as long. */
  readonly lockOutMs: number;
  /** Of one phone so many count against a number, so that one alone never locks it; absent: all. */
  readonly mostOfOne?: number;
}

export interface PinTry {
  /** SIP account of the phone. */
  readonly phone: string;
  /** As typed. */
  readonly agent: AgentNumber;
  /** Whether it is the agent's own phone. */
  readonly isOwnPhone: boolean;
}

interface Wrong {
  /** Wrong PINs and those being checked, by the agent they were typed for (of a phone) or by phone (of an agent). */
  readonly counts: ReadonlyMap<string, number>;
  readonly lockedUntil: number;
  /** Locks so far. */
  readonly locks: number;
  readonly lastAt: number;
}

export interface LockOuts {
  readonly phones: ReadonlyMap<string, Wrong>;
  /** Tries from phones that are not the agent's own. */
  readonly agents: ReadonlyMap<AgentNumber, Wrong>;
}

export const noLockOuts: LockOuts = { phones: new Map(), agents: new Map() };

/** What is allowed, and whether the try began a lock if it turns out wrong. */
export interface TryAnswer {
  readonly state: LockOuts;
  readonly allowed: boolean;
  /** Of a refusal: until when. */
  readonly lockedUntil?: number;
}

/** An agent's number may be tried from phones of others this many times as often as from one phone. */
const FOREIGN_TRIES = 4;
const FORGET_MS = 24 * 3_600_000;
const MAX_LOCK_MS = 24 * 3_600_000;
/** Phones and numbers remembered; the oldest go first. */
const MAX_KNOWN = 1_000;

/** Asks for a try at `now`; one that is allowed counts as wrong until `rightPin` says that it was right. */
export function beginTry(state: LockOuts, tried: PinTry, limits: LockOutLimits, now: number): TryAnswer {
  const phone = fresh(state.phones.get(tried.phone), now);
  const agent = fresh(state.agents.get(tried.agent), now);
  const lockedUntil = Math.max(phone.lockedUntil, tried.isOwnPhone ? 0 : agent.lockedUntil);
  if (lockedUntil > now) return { state, allowed: false, lockedUntil };
  const { maxWrongPins } = limits;
  const ofPhone = { maxWrongPins, lockOutMs: limits.lockOutMs, now, most: maxWrongPins };
  const phones = remember(state.phones, tried.phone, count(phone, tried.agent, ofPhone));
  if (tried.isOwnPhone) return { state: { ...state, phones }, allowed: true };
  const most = maxWrongPins * FOREIGN_TRIES;
  const agents = remember(state.agents, tried.agent, count(agent, tried.phone, { ...limits, now, most }));
  return { state: { phones, agents }, allowed: true };
}

/** The PIN was right: the tries of this phone for this agent no longer count, others do. */
export function rightPin(state: LockOuts, tried: PinTry, { maxWrongPins, mostOfOne }: LockOutLimits): LockOuts {
  const ofAgent = { most: maxWrongPins * FOREIGN_TRIES, mostOfOne };
  return {
    phones: forgive(state.phones, [tried.phone, tried.agent], { most: maxWrongPins }),
    agents: forgive(state.agents, [tried.agent, tried.phone], ofAgent),
  };
}

/** Until when the phone is locked; 0 when it is not. */
export function lockedUntil(state: LockOuts, { phone, agent, isOwnPhone }: PinTry): number {
  return Math.max(
    state.phones.get(phone)?.lockedUntil ?? 0,
    isOwnPhone ? 0 : (state.agents.get(agent)?.lockedUntil ?? 0),
  );
}

/** An admin has set a new PIN: what was typed for the agent, and on the agent's own phone, is forgotten. */
export function lift(state: LockOuts, agent: AgentNumber, ownPhone: string | undefined): LockOuts {
  const agents = new Map(state.agents);
  agents.delete(agent);
  const phones = new Map(state.phones);
  if (ownPhone !== undefined) phones.delete(ownPhone);
  return { phones, agents };
}

export interface Lock {
  readonly what: 'phone' | 'agent';
  /** SIP account of the phone, or the number that was typed. */
  readonly name: string;
  readonly until: number;
}

/** Everything that is locked at `now`, what is longest first. */
export function locksAt({ phones, agents }: LockOuts, now: number): readonly Lock[] {
  const of = (what: Lock['what'], all: ReadonlyMap<string, Wrong>): Lock[] =>
    [...all].flatMap(([name, { lockedUntil: until }]) => (until > now ? [{ what, name, until }] : []));
  return [...of('phone', phones), ...of('agent', agents)].sort((a, b) => b.until - a.until);
}

const none: Wrong = { counts: new Map(), lockedUntil: 0, locks: 0, lastAt: 0 };

/** A lock that is over leaves its count of locks, so that the next one is longer; after a day all is forgotten. */
function fresh(known: Wrong | undefined, now: number): Wrong {
  if (!known || now - Math.max(known.lastAt, known.lockedUntil) > FORGET_MS) return none;
  if (known.lockedUntil === 0 || known.lockedUntil > now) return known;
  return { ...known, counts: new Map(), lockedUntil: 0 };
}

function count(
  before: Wrong,
  key: string,
  { lockOutMs, now, most, mostOfOne }: LockOutLimits & { readonly now: number; readonly most: number },
): Wrong {
  const counts = new Map(before.counts).set(key, (before.counts.get(key) ?? 0) + 1);
  const wrong = { ...before, counts, lastAt: now };
  if (total(counts, mostOfOne) < most) return wrong;
  return { ...wrong, lockedUntil: now + Math.min(MAX_LOCK_MS, lockOutMs * 2 ** before.locks), locks: before.locks + 1 };
}

/** A lock that began with the try that turns out right is taken back with it. */
function forgive(
  all: ReadonlyMap<string, Wrong>,
  [of, key]: readonly [string, string],
  { most, mostOfOne }: { readonly most: number; readonly mostOfOne?: number | undefined },
): ReadonlyMap<string, Wrong> {
  const known = all.get(of);
  if (!known?.counts.has(key)) return all;
  const counts = new Map(known.counts);
  counts.delete(key);
  const isFree = known.lockedUntil > 0 && total(counts, mostOfOne) < most;
  const forgiven = isFree ? { ...known, counts, lockedUntil: 0, locks: known.locks - 1 } : { ...known, counts };
  return new Map(all).set(of, forgiven);
}

function remember(all: ReadonlyMap<string, Wrong>, key: string, wrong: Wrong): ReadonlyMap<string, Wrong> {
  const next = new Map(all);
  next.delete(key);
  next.set(key, wrong);
  const [oldest] = next.keys();
  if (next.size > MAX_KNOWN && oldest !== undefined) next.delete(oldest);
  return next;
}

function total(counts: ReadonlyMap<string, number>, mostOfOne = Infinity): number {
  return [...counts.values()].reduce((sum, one) => sum + Math.min(one, mostOfOne), 0);
}
