// What lives on our Asterisk, as Asterisk itself shows it and not as the daemon does: legs, bridges, who hears what.

import type { PbxAddress } from '../../asterisk/box/address.ts';
import { ari } from '../network/plain-ari.ts';

export interface Conversation {
  readonly bridge: string;
  readonly leg: string;
  readonly agentLeg: string;
}

interface Channel {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly dialplan: { readonly context: string; readonly app_name: string };
}

const LOOK_EVERY_MS = 200;

export class ExchangeView {
  readonly #pbx: PbxAddress;

  constructor(pbx: PbxAddress) {
    this.#pbx = pbx;
  }

  /** Ids of all legs. */
  async legs(): Promise<Set<string>> {
    return new Set((await this.#channels()).map(({ id }) => id));
  }

  /** Legs of each bridge, without those that only listen. */
  async bridges(): Promise<Map<string, readonly string[]>> {
    const bridges = (await ari(this.#pbx, 'GET', '/bridges')) as { id: string; channels: string[] }[];
    return new Map(bridges.map(({ id, channels }) => [id, channels.filter((leg) => !leg.startsWith('snoop.'))]));
  }

  /** With no call under way: legs and bridges besides each signed-in agent's own leg in the bridge of the session. */
  async leftOver(bridgesOfSessions: ReadonlySet<string>): Promise<readonly string[]> {
    const bridges = await this.bridges();
    const seated = new Set([...bridgesOfSessions].flatMap((bridge) => bridges.get(bridge)?.slice(0, 1) ?? []));
    // What plays in a bridge sits in it as a channel.
    const channels = (await this.#channels()).filter(({ name }) => !/^(Announcer|Recorder)\//.test(name));
    const legs = channels.map(({ id }) => id).filter((id) => !seated.has(id));
    return [...legs, ...[...bridges.keys()].filter((bridge) => !bridgesOfSessions.has(bridge))];
  }

  /** Conversations, and the number of people's legs that have not been answered yet. */
  async calls(): Promise<{ readonly conversations: readonly Conversation[]; readonly dialed: number }> {
    const conversations = [...(await this.bridges())].flatMap(([bridge, legs]) => {
      const leg = legs.find((candidate) => candidate.startsWith('c-'));
      const agentLeg = legs.find((candidate) => !candidate.startsWith('c-'));
      return leg === undefined || agentLeg === undefined ? [] : [{ bridge, leg, agentLeg }];
    });
    const channels = await this.#channels();
    return { conversations, dialed: channels.filter(({ id, state }) => id.startsWith('c-') && state !== 'Up').length };
  }

  /** Watches people's legs until `end`: how long anyone who had picked up heard neither an agent nor a message, ms. */
  async longestSilence(end: AbortSignal): Promise<number> {
    const aloneSince = new Map<string, number>();
    let longestMs = 0;
    while (!end.aborted) {
      const alone = await this.#aloneLegs().catch(() => new Set<string>()); // Asterisk is dead: no one is on it
      for (const leg of [...aloneSince.keys()]) if (!alone.has(leg)) aloneSince.delete(leg);
      for (const leg of alone) aloneSince.set(leg, aloneSince.get(leg) ?? Date.now());
      longestMs = Math.max(longestMs, ...[...aloneSince.values()].map((since) => Date.now() - since));
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    return longestMs;
  }

  async #aloneLegs(): Promise<Set<string>> {
    const together = new Set([...(await this.bridges()).values()].flatMap((legs) => (legs.length > 1 ? legs : [])));
    const alone = new Set<string>();
    for (const { id, state, dialplan } of await this.#channels()) {
      if (!id.startsWith('c-') || state !== 'Up' || together.has(id)) continue;
      if (dialplan.context === 'outdial-safe-harbour') continue;
      if (!(await this.#isPlaying(`abandon-message-${id.slice(2)}`))) alone.add(id);
    }
    return alone;
  }

  async #isPlaying(playback: string): Promise<boolean> {
    return ari(this.#pbx, 'GET', `/playbacks/${playback}`).then(
      () => true,
      () => false,
    );
  }

  async #channels(): Promise<Channel[]> {
    return (await ari(this.#pbx, 'GET', '/channels')) as Channel[];
  }
}
