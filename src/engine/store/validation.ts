// What the store keeps of validation services: their answers for as long as they count, and which numbers come up next.

import type { Campaign } from '../../campaign/definition.ts';
import type { ValidationCheck } from '../../rules/ruling.ts';

export interface ValidationStore {
  /**
   * Numbers of the records that come up next and could be dialed now but for the service's word, in their order; those of
   * at most `records` records. Changes nothing.
   */
  ahead(request: {
    readonly campaign: Campaign;
    readonly now: number;
    readonly records: number;
  }): Promise<readonly string[]>;
  /** Keeps answers of the service at `url`; a newer one takes the place of an older. */
  save(url: string, checks: readonly NumberCheck[]): Promise<void>;
  /** The answers that still count at `now`, of those numbers. */
  of(url: string, numbers: readonly string[], now: number): Promise<readonly NumberCheck[]>;
}

export interface NumberCheck extends ValidationCheck {
  /** E.164. */
  readonly number: string;
}
