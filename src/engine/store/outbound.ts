// The switch of all outbound calling, as the store keeps it: how it stands, and every time that it was turned.

export interface OutboundStore {
  /** How it stands; on, since 0, when no one has ever turned it. */
  current(): Promise<OutboundStep>;
  turn(step: OutboundStep): Promise<void>;
  /** Newest first. */
  history(limit: number): Promise<readonly OutboundStep[]>;
}

export interface OutboundStep {
  readonly on: boolean;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}
