// What must hold after every day in the rig, whatever went wrong in it. Each breach is one sentence.

import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import type { PlacedCall } from '../../src/sim/exchange.ts';
import type { Rig } from './rig.ts';

export interface Expectations {
  /** Longest time that a person who picked up may hear nothing at all. */
  readonly silenceMs: number;
  /** No one but the person may end a conversation: no agent hangs up, no machine is let go of, the exchange lives. */
  readonly personsHangUp?: boolean;
}

/** Everything that is wrong with the day that has just ended; empty when all is well. */
export async function breaches(rig: Rig, expected: Expectations): Promise<string[]> {
  const rows = await rig.store.attempts.list({});
  const { calls } = rig.exchange;
  return [
    ...attemptBreaches(rows),
    ...twinBreaches(rows, calls),
    ...resultBreaches(rows, calls),
    ...calls.flatMap((call) => silenceBreach(call, expected.silenceMs)),
    ...(expected.personsHangUp ? calls.flatMap(cutOffBreach) : []),
    ...countBreaches(rows, rig.campaign.attempts.max),
    ...legBreaches(rig),
    ...(await agentBreaches(rig)),
    ...(await recordBreaches(rig)),
  ];
}

/** Looks at the exchange twice a second, for what must hold at every moment; the breaches are in the returned list. */
export function watch(rig: Rig, limits: { readonly lines: number }): string[] {
  const found: string[] = [];
  const look = (): void => {
    const { legs, bridges, at } = rig.exchange.look();
    const lines = legs.filter(({ leg }) => leg.startsWith('c-')).length;
    if (lines > limits.lines) found.push(`${lines} lines in use at ${at}, ${limits.lines} allowed`);
    for (const { bridge, legs: members } of bridges) {
      const people = members.filter((leg) => leg.startsWith('c-')).length;
      if (people > 1) found.push(`${people} people in bridge ${bridge} at ${at}`);
      if (members.length - people > 1) found.push(`${members.length - people} phones in bridge ${bridge} at ${at}`);
    }
    rig.clock.after(500, look);
  };
  look();
  return found;
}

/** Every attempt has one result and an end. */
function attemptBreaches(rows: readonly AttemptRow[]): string[] {
  const open = rows.filter((row) => row.result === null || row.endedAt === null);
  const doubled = rows.length - new Set(rows.map((row) => row.attempt)).size;
  return [
    ...open.map((row) => `attempt ${row.attempt} has no result`),
    ...(doubled > 0 ? [`${doubled} attempts are stored twice`] : []),
  ];
}

/** Every call that left is one attempt, and every attempt that can have left is one call. */
function twinBreaches(rows: readonly AttemptRow[], calls: readonly PlacedCall[]): string[] {
  const stored = new Set(rows.map((row) => row.attempt));
  const placed = new Map<string, number>();
  for (const { attempt } of calls) placed.set(attempt, (placed.get(attempt) ?? 0) + 1);
  const neverLeft = rows.filter((row) => !placed.has(row.attempt) && row.result !== 'failed');
  return [
    ...calls.filter((call) => !stored.has(call.attempt)).map((call) => `call ${call.leg} has no attempt`),
    ...[...placed].filter(([, times]) => times > 1).map(([attempt, times]) => `attempt ${attempt} left ${times} times`),
    ...neverLeft.map((row) => `attempt ${row.attempt} is ${row.result ?? 'open'}, its call never left`),
  ];
}

const ANSWERED_RESULTS: ReadonlySet<string> = new Set(['connected', 'abandoned', 'machine', 'fax']);

/** Results agree with what the network saw. */
function resultBreaches(rows: readonly AttemptRow[], calls: readonly PlacedCall[]): string[] {
  const byAttempt = new Map(calls.map((call) => [call.attempt, call]));
  return rows.flatMap((row) => {
    const call = byAttempt.get(row.attempt);
    const result = row.result ?? '';
    if (!call) return [];
    if (ANSWERED_RESULTS.has(result) && call.answeredAt === undefined) {
      return [`attempt ${row.attempt} is ${result}, nobody answered`];
    }
    if (result === 'connected' && call.companyAt === undefined) {
      return [`attempt ${row.attempt} is connected, the person had no agent`];
    }
    if (result === 'abandoned' && call.companyAt !== undefined) {
      return [`attempt ${row.attempt} is abandoned, the person met an agent`];
    }
    if (call.answeredAt !== undefined && ['busy', 'no-answer', 'invalid-number', 'congestion'].includes(result)) {
      return [`attempt ${row.attempt} is ${result}, somebody answered`];
    }
    return [];
  });
}

/** Whoever picked up met an agent, heard something or was gone within the limit. */
function silenceBreach(call: PlacedCall, silenceMs: number): string[] {
  const { answeredAt } = call;
  if (answeredAt === undefined) return [];
  const moments = [call.companyAt, call.heard[0]?.at, call.endedAt].filter((at) => at !== undefined);
  const silentFor = Math.min(...moments) - answeredAt;
  return silentFor > silenceMs ? [`the person of ${call.attempt} heard nothing for ${silentFor} ms`] : [];
}

/** No call was cut off in a conversation. */
function cutOffBreach({ attempt, companyAt, endedAt, endedBy }: PlacedCall): string[] {
  if (companyAt === undefined || endedBy !== 'exchange') return [];
  return [`the person of ${attempt} was cut off ${(endedAt ?? companyAt) - companyAt} ms into the conversation`];
}

/** No record has more attempts that count than it may have. */
function countBreaches(rows: readonly AttemptRow[], most: number): string[] {
  const counts = new Map<number, number>();
  for (const { record, counts: does } of rows) if (does) counts.set(record, (counts.get(record) ?? 0) + 1);
  return [...counts]
    .filter(([, times]) => times > most)
    .map(([record, times]) => `record ${record} was tried ${times} times`);
}

function legBreaches(rig: Rig): string[] {
  return rig.exchange.look().legs.map(({ leg, state }) => `leg ${leg} still lives, ${state}`);
}

async function agentBreaches(rig: Rig): Promise<string[]> {
  const agents = await rig.engine.agents();
  return agents
    .filter((agent) => agent.state !== 'offline')
    .map((agent) => `agent ${agent.number} is ${agent.state} (${agent.reason ?? 'no reason'}) after going home`);
}

/** No record is left in the hands of an attempt that is over. */
async function recordBreaches(rig: Rig): Promise<string[]> {
  const { byState } = await rig.store.records.counts(rig.campaign.name);
  return byState.dialing > 0 ? [`${byState.dialing} records are still being dialed`] : [];
}
