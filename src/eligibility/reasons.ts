// Why a campaign dials or not, and why an agent has no record: a kind with its values, for pages that say it in their own
// language, beside the English sentence. Instants are epoch ms.

import type { CampaignState } from '../terms.ts';
import type { CallerIdsUsed } from '../trunks/caller-ids.ts';
import type { TrunkReason } from '../trunks/reasons.ts';

/** What a record waits for. */
export type Wait =
  /** `opensAt`: null: no hour is allowed. */
  | {
      readonly kind: 'hours';
      readonly packs: readonly string[];
      readonly opensAt: number | null;
      readonly zone: string;
    }
  /** A rule of `call_again` by its place, from 1. */
  | { readonly kind: 'call-again'; readonly place: number; readonly when: string | null }
  | { readonly kind: 'law'; readonly pack: string; readonly clause: string; readonly says: string | null }
  | { readonly kind: 'attempt-that-does-not-count' | 'not-due' | OwnRule }
  /** Another rule, by its name. */
  | { readonly kind: 'rule'; readonly rule: string };

export const OWN_RULES = [
  ...(['attempts-per-day', 'attempts-per-contact', 'attempts-per-number', 'calls-an-hour-abroad'] as const),
  ...(['number-in-use', 'list', 'validation'] as const),
] as const;
export type OwnRule = (typeof OWN_RULES)[number];

/** Nothing more is taken for now, though records may be dialed. */
export type HeldReason = CallerIdsUsed | { readonly kind: 'numbers-checked' };

export type Reason =
  | { readonly kind: 'outbound-off'; readonly by: string; readonly at: number; readonly note: string }
  | { readonly kind: Exclude<CampaignState, 'running'> | 'not-loaded' }
  | { readonly kind: 'halted'; readonly by: 'fault' | 'file' | 'sound'; readonly what: string }
  | { readonly kind: 'draining' | 'link-down' | 'store-failing' | 'store-silent' }
  /** `opensAt`: null: never. */
  | { readonly kind: 'window-closed'; readonly opensAt: number | null; readonly zone: string }
  | { readonly kind: 'no-agent' }
  | { readonly kind: 'agents-paused' | 'agents-working'; readonly agents: number }
  /** Each of the campaign's; none: it has none. */
  | { readonly kind: 'trunks'; readonly trunks: readonly TrunkReason[] }
  | HeldReason
  | { readonly kind: 'record-due'; readonly at: number; readonly zone: string; readonly wait: Wait | null }
  | { readonly kind: 'records-in-calls' | 'no-record-left' | 'no-record-now' | 'call-came-first' }
  /** The record that was asked for. */
  | { readonly kind: 'record-unknown' | 'record-taken' | 'record-over' };
