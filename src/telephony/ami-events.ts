// What AMI's messages say of phones and trunks. Pure: keeps what is known of each endpoint and says what changed.

import type { Trunk } from '../config/settings.ts';

/** One message of AMI with lower-case keys, as asterisk-manager gives it. */
export type AmiFields = Readonly<Record<string, unknown>>;

export type ReachChange =
  | { readonly type: 'phone'; readonly account: string; readonly registered: boolean }
  | { readonly type: 'trunk'; readonly trunk: string; readonly reachable: boolean };

/** A field as text; empty when it is missing or not a single value. */
export function field(message: AmiFields, name: string): string {
  const value = message[name];
  return typeof value === 'string' ? value : '';
}

/** Epoch ms of an event's own time stamp (`timestampevents = yes`), else `otherwise`. */
export function amiTime(message: AmiFields, otherwise: number): number {
  const seconds = Number(field(message, 'timestamp'));
  return seconds > 0 ? Math.round(seconds * 1000) : otherwise;
}

/** Endpoint and whether it can be reached, of a PeerStatus event; undefined for other messages. */
export function peerOf(message: AmiFields): { readonly endpoint: string; readonly online: boolean } | undefined {
  if (field(message, 'event') !== 'PeerStatus') return undefined;
  const endpoint = /^PJSIP\/(.+)$/.exec(field(message, 'peer'))?.[1];
  const status = field(message, 'peerstatus');
  if (endpoint === undefined || status === '') return undefined;
  return { endpoint, online: status === 'Reachable' || status === 'Registered' };
}

/** What is known of endpoints: a phone is registered when it is online, a trunk also needs its registration, if it has one. */
export class ReachBook {
  readonly #trunkOf: ReadonlyMap<string, string>;
  readonly #online = new Map<string, boolean>();
  /** Endpoint → whether its carrier accepts our registration. */
  readonly #registered = new Map<string, boolean>();
  readonly #reported = new Map<string, boolean>();
  /** Client and server URI of an outbound registration → the trunk's endpoint. */
  readonly #registrations = new Map<string, string>();

  constructor(trunks: readonly Trunk[]) {
    this.#trunkOf = new Map(trunks.map((trunk) => [trunk.endpoint, trunk.name]));
  }

  /** Whether the endpoint is a trunk's. */
  isTrunk(endpoint: string): boolean {
    return this.#trunkOf.has(endpoint);
  }

  /** Endpoints that were last said to be online. */
  get online(): readonly string[] {
    return [...this.#online].filter(([, online]) => online).map(([endpoint]) => endpoint);
  }

  /** Notes whether an endpoint can be reached; returns what that changes, if anything. */
  note(endpoint: string, online: boolean): ReachChange | undefined {
    this.#online.set(endpoint, online);
    return this.#changeOf(endpoint);
  }

  /** Takes in a message of AMI about an outbound registration; returns what it changes. */
  noteRegistration(message: AmiFields): ReachChange | undefined {
    const listed = field(message, 'event') === 'OutboundRegistrationDetail';
    if (!listed && field(message, 'event') !== 'Registry') return undefined;
    const endpoint = listed
      ? this.#list(message)
      : this.#registrations.get(`${field(message, 'username')} ${field(message, 'domain')}`);
    if (endpoint === undefined) return undefined;
    this.#registered.set(endpoint, field(message, 'status') === 'Registered');
    return this.#changeOf(endpoint);
  }

  #list(message: AmiFields): string | undefined {
    const endpoint = [field(message, 'endpoint'), field(message, 'objectname')].find((name) => this.isTrunk(name));
    if (endpoint === undefined) return undefined;
    this.#registrations.set(`${field(message, 'clienturi')} ${field(message, 'serveruri')}`, endpoint);
    return endpoint;
  }

  #changeOf(endpoint: string): ReachChange | undefined {
    const reachable = (this.#online.get(endpoint) ?? true) && (this.#registered.get(endpoint) ?? true);
    if (this.#reported.get(endpoint) === reachable) return undefined;
    this.#reported.set(endpoint, reachable);
    const trunk = this.#trunkOf.get(endpoint);
    if (trunk !== undefined) return { type: 'trunk', trunk, reachable };
    return { type: 'phone', account: endpoint, registered: reachable };
  }
}
