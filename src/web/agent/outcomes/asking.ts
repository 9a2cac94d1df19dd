// The outcome whose further question is open: asked for, or half answered.

import { Value } from '../../live/value.ts';
import type { Desk } from '../desk.ts';

export const OUTCOME = 'outcome';

interface Asking {
  readonly interaction: string;
  readonly code: string;
}

/** Null: none was asked for. */
export const asking = new Value<Asking | null>(null);

/** Another outcome, or none: what was half answered is dropped. */
export function askFor(desk: Desk, interaction: string, code: string | null): void {
  if (desk.drafts.inputs(interaction, OUTCOME)?.['code'] !== code) desk.drafts.drop(interaction, OUTCOME);
  asking.set(code === null ? null : { interaction, code });
}
