// States of emergency that an admin has declared for every campaign, as the store keeps them: by rule pack, each with the
// moment at which it lapses by itself.

export interface EmergencyStore {
  /** Those that have neither lapsed nor been ended at `at`, by pack. */
  inForce(at: number): Promise<readonly Emergency[]>;
  /** Newest first, also those that are over. */
  history(limit: number): Promise<readonly PastEmergency[]>;
  /** One for the same pack that is in force ends. */
  declare(emergency: Emergency): Promise<void>;
  /** False when none of the pack is in force. */
  end(ending: { readonly pack: string; readonly by: string; readonly at: number }): Promise<boolean>;
}

export interface Emergency {
  /** The rule pack with the clause on emergencies. */
  readonly pack: string;
  readonly untilAt: number;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

export interface PastEmergency extends Emergency {
  /** Before its time; null: it lapses, or has lapsed, by itself. */
  readonly endedAt: number | null;
  readonly endedBy: string | null;
}
