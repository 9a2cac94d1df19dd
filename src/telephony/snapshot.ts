// What lives on Asterisk now: legs and bridges, for the engine to hold against what it knows.

import { defined } from '../base/defined.ts';
import type { SnapshotLeg, TelephonySnapshot } from '../engine/ports.ts';
import { accountOf, ariTime, isObject, isSnoop } from './ari-events.ts';
import type { BridgeId, LegId } from '../terms.ts';
import { AriFailure, ariPath, type AriRest } from './ari-rest.ts';

/** The dialplan's context in which the message plays. */
const SAFE_HARBOUR = 'outdial-safe-harbour';
const STATUS_NOT_FOUND = 404;

/** Legs and bridges as Asterisk lists them; a leg is ours while the application `app` has it. */
export async function readSnapshot(rest: AriRest, app: string): Promise<TelephonySnapshot> {
  const [ping, channels, bridges] = await Promise.all([
    rest.send({ method: 'GET', path: '/asterisk/ping' }),
    rest.send({ method: 'GET', path: '/channels' }),
    rest.send({ method: 'GET', path: '/bridges' }),
  ]);
  const legs = list(channels).flatMap((channel) => legOf(channel, app) ?? []);
  const found = list(bridges).flatMap(bridgeOf);
  const inBridges = new Set(found.flatMap((bridge) => bridge.legs));
  return {
    at: (isObject(ping) ? ariTime(ping.timestamp) : undefined) ?? Date.now(),
    legs: await Promise.all(
      legs.map(async (leg) => (leg.state === 'up' && !inBridges.has(leg.leg) ? await withAnswer(rest, leg) : leg)),
    ),
    bridges: found,
  };
}

/** With the time of its answer, by its call record so far: channels themselves do not say it. */
async function withAnswer(rest: AriRest, leg: SnapshotLeg): Promise<SnapshotLeg> {
  const path = ariPath('channels', leg.leg, 'variable');
  // Gone meanwhile, or without a call record: the leg stands as it was seen.
  const said = await rest.send({ method: 'GET', path, query: { variable: 'CDR(answer,u)' } }).catch(() => undefined);
  const seconds = isObject(said) && typeof said.value === 'string' ? Number(said.value) : 0;
  return seconds > 0 ? { ...leg, answeredAt: Math.round(seconds * 1000) } : leg;
}

/** One leg and, if named, one bridge; what Asterisk does not have is missing. */
export async function readLeg(
  rest: AriRest,
  { app, leg, bridge }: { readonly app: string; readonly leg: LegId; readonly bridge: BridgeId | undefined },
): Promise<TelephonySnapshot> {
  const ask = (...path: string[]): Promise<unknown> =>
    rest.send({ method: 'GET', path: ariPath(...path) }).catch((error: unknown) => {
      if (error instanceof AriFailure && error.status === STATUS_NOT_FOUND) return undefined;
      throw error;
    });
  const channel = await ask('channels', leg);
  const ping = channel === undefined ? await ask('asterisk', 'ping') : undefined;
  const found = bridge === undefined ? undefined : await ask('bridges', bridge);
  const known = legOf(channel, app);
  const at = (isObject(ping) ? ariTime(ping.timestamp) : undefined) ?? Date.now();
  return { at, legs: known ? [known] : [], bridges: bridgeOf(found) };
}

function bridgeOf(bridge: unknown): { bridge: BridgeId; legs: LegId[] }[] {
  if (!isObject(bridge) || typeof bridge.id !== 'string') return [];
  const legs = list(bridge.channels).filter((leg): leg is string => typeof leg === 'string' && !isSnoop(leg));
  return [{ bridge: bridge.id, legs }];
}

/** One channel of ARI's list as a leg; undefined for what is no leg (snoop channels, or no channel at all). */
export function legOf(channel: unknown, app: string): SnapshotLeg | undefined {
  if (!isObject(channel) || typeof channel.id !== 'string' || isSnoop(channel.id)) return undefined;
  const plan = isObject(channel.dialplan) ? channel.dialplan : {};
  const data = typeof plan.app_data === 'string' ? plan.app_data : '';
  const account = typeof channel.name === 'string' ? accountOf(channel.name) : undefined;
  return {
    leg: channel.id,
    state: stateOf(channel.state),
    createdAt: ariTime(channel.creationtime) ?? 0,
    ours: plan.app_name === 'Stasis' && (data === app || data.startsWith(`${app},`)),
    ...(plan.context === SAFE_HARBOUR ? { inAbandonMessage: true as const } : {}),
    ...defined({ account }),
  };
}

function stateOf(state: unknown): SnapshotLeg['state'] {
  if (state === 'Up') return 'up';
  return state === 'Ringing' || state === 'Ring' ? 'ringing' : 'down';
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
