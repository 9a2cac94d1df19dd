// Does what lives on the exchange agree with what we believe of it: who is in which bridge with whom? Pure: takes both, names
// what disagrees. (Whether attempts and call records agree is audit.ts.)

import type { AgentNumber, AttemptId, BridgeId, LegId, SessionId } from '../terms.ts';

/** What we believe. */
export interface KnownContent {
  /** Every leg of a call, a phone or a sign-in. */
  readonly legs: ReadonlySet<LegId>;
  /** Each session's bridge, and who sits in it. */
  readonly seats: readonly KnownSeat[];
  /** Bridges in which a person talks with a third party alone. */
  readonly handOvers?: readonly BridgeId[];
  /** Legs of people who talk. */
  readonly people: readonly { readonly attempt: AttemptId; readonly leg: LegId }[];
}

interface KnownSeat {
  readonly session: SessionId;
  readonly agent: AgentNumber;
  readonly bridge: BridgeId;
  /** Absent: the phone is not there now. */
  readonly phone?: LegId;
  /** The conversation that the agent is in. */
  readonly attempt?: AttemptId;
  /** Third parties who are in there. */
  readonly others?: readonly LegId[];
}

/** What the exchange says. */
export interface FoundContent {
  /** `ours`: under our control. */
  readonly legs: readonly { readonly leg: LegId; readonly ours: boolean }[];
  readonly bridges: readonly { readonly bridge: BridgeId; readonly legs: readonly LegId[] }[];
}

export type ContentFault =
  /** A bridge on the exchange that is no session's. */
  | { readonly what: 'unknown-bridge'; readonly bridge: BridgeId; readonly legs: readonly LegId[] }
  /** A leg in an agent's bridge that is neither the phone nor the person of the conversation. */
  | {
      readonly what: 'unknown-leg-in-bridge';
      readonly bridge: BridgeId;
      readonly agent: AgentNumber;
      readonly leg: LegId;
    }
  /** A leg under our control that belongs to no call and no phone. */
  | { readonly what: 'unknown-leg'; readonly leg: LegId }
  /** An agent talks, and the person is not in the bridge. */
  | { readonly what: 'conversation-without-customer'; readonly agent: AgentNumber; readonly attempt: AttemptId }
  /** A person talks, and no agent's phone is in the bridge with them. */
  | { readonly what: 'conversation-without-agent'; readonly attempt: AttemptId };

/** Everything in which the two disagree; empty when all is well. */
export function contentFaults(known: KnownContent, found: FoundContent): readonly ContentFault[] {
  const legsIn = new Map(found.bridges.map(({ bridge, legs }) => [bridge, legs]));
  const isIn = (bridge: BridgeId, leg: LegId | undefined): boolean =>
    leg !== undefined && legsIn.get(bridge)?.includes(leg) === true;
  const legOf = new Map(known.people.map(({ attempt, leg }) => [attempt, leg]));
  const seatOf = new Map(known.seats.map((seat) => [seat.bridge, seat]));
  const talking = known.seats.flatMap(({ attempt, ...seat }) => (attempt === undefined ? [] : [{ ...seat, attempt }]));
  const together = new Set(talking.filter(({ bridge, phone }) => isIn(bridge, phone)).map(({ attempt }) => attempt));
  return [
    ...found.bridges
      .filter(({ bridge }) => known.handOvers?.includes(bridge) !== true)
      .flatMap((bridge) => unknownLegsIn(bridge, seatOf.get(bridge.bridge), legOf)),
    ...found.legs
      .filter(({ leg, ours }) => ours && !known.legs.has(leg))
      .map(({ leg }) => ({ what: 'unknown-leg', leg }) as const),
    ...talking
      .filter(({ bridge, attempt }) => !isIn(bridge, legOf.get(attempt)))
      .map(({ agent, attempt }) => ({ what: 'conversation-without-customer', agent, attempt }) as const),
    ...known.people
      .filter(({ attempt }) => !together.has(attempt))
      .map(({ attempt }) => ({ what: 'conversation-without-agent', attempt }) as const),
  ];
}

function unknownLegsIn(
  { bridge, legs }: FoundContent['bridges'][number],
  seat: KnownSeat | undefined,
  legOf: ReadonlyMap<AttemptId, LegId>,
): readonly ContentFault[] {
  if (!seat) return [{ what: 'unknown-bridge', bridge, legs }];
  const person = seat.attempt === undefined ? undefined : legOf.get(seat.attempt);
  return legs
    .filter((leg) => leg !== seat.phone && leg !== person && seat.others?.includes(leg) !== true)
    .map((leg) => ({ what: 'unknown-leg-in-bridge', bridge, agent: seat.agent, leg }));
}

/** Those of `faults` that were there before too: what passes by itself is no fault. */
export function stillThere(before: readonly ContentFault[], faults: readonly ContentFault[]): readonly ContentFault[] {
  const known = new Set(before.map((fault) => JSON.stringify(fault)));
  return faults.filter((fault) => known.has(JSON.stringify(fault)));
}
