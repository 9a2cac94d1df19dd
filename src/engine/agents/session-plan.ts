// What a campaign wants of its agents' sessions.

import { defined } from '../../base/defined.ts';
import type { PhoneKind, SessionPlan } from '../../agent/session.ts';
import type { Campaign } from '../../campaign/definition.ts';

/** How long a lost phone is called back before its session ends. */
const PHONE_GRACE_MS = 10 * 60_000;

/** What a campaign wants of its agents' sessions; browsers and outside phones stay connected whatever it says. */
export function sessionPlan(campaign: Campaign, phone: PhoneKind): SessionPlan {
  return {
    phoneMode: phone === 'account' ? campaign.agentPhone.mode : 'nailed-up',
    waiting: campaign.agentPhone.waiting,
    ringMs: campaign.agentPhone.ringMs,
    ...defined({ tones: campaign.agentPhone.tones, whisper: campaign.agentPhone.whisper }),
    graceMs: PHONE_GRACE_MS,
    wrapUpLimitMs: campaign.wrapUp.limitMs,
    dispositionRequired: campaign.wrapUp.dispositionRequired,
    over: campaign.wrapUp.over,
    dispositions: campaign.dispositions,
    pauseReasons: campaign.pauseReasons,
  };
}
