// Whom the agents of a campaign may bring into a call or give a person to. Pure.

export interface TransferPlan {
  readonly destinations: readonly TransferDestination[];
  /** Any number that the campaign's trunks dial; else the destinations alone. */
  readonly anyNumber: boolean;
  /** Other agents of the campaign. */
  readonly agents: boolean;
  readonly ringMs: number;
}

export interface TransferDestination {
  readonly name: string;
  readonly label: string;
  /** E.164. */
  readonly number: string;
  /** Key on the agent's phone, one digit. */
  readonly key?: string;
}

export const NO_TRANSFER: TransferPlan = { destinations: [], anyNumber: false, agents: true, ringMs: 25_000 };
