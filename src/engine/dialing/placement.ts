// What a call is placed with: what its campaign wants done with it, and the command that sends its INVITE.

import { defined } from '../../base/defined.ts';
import type { CallPlan } from '../../call/call.ts';
import type { Campaign } from '../../campaign/definition.ts';
import type { TrunkSettings } from '../hub.ts';
import { customerLeg } from '../legs.ts';
import type { TelephonyCommand } from '../telephony-commands.ts';
import type { OpenedAttempt } from '../store/attempts.ts';

const RECONNECT_MS = 20_000;
/** The exchange's own ring limit lies this far above ours: it counts only when we are away. */
const EXCHANGE_RING_MARGIN_MS = 15_000;

/** What a campaign wants done with its calls. */
export function planOf(campaign: Campaign): CallPlan {
  return {
    detection: campaign.answer.detection,
    onMachine: campaign.answer.onMachine,
    ringTimeoutMs: campaign.pacing.ringTimeoutMs,
    minRingMs: campaign.pacing.minRingMs,
    noAgentAfterMs: campaign.answer.noAgentAfterMs,
    reconnectMs: RECONNECT_MS,
    beepWithinMs: campaign.answer.message?.beepWithinMs ?? 0,
    ...defined({ doNotCallKey: campaign.answer.doNotCall?.key }),
  };
}

/** Sends the INVITE of an attempt over the trunk, with what the exchange does when we are away. */
export function placeCommand(
  { attempt, callerId, record, phoneIndex }: OpenedAttempt,
  { answer, pacing }: Campaign,
  trunk: TrunkSettings,
): TelephonyCommand {
  return {
    type: 'place-call',
    leg: customerLeg(attempt),
    attempt,
    number: dialString(record.phones[phoneIndex]?.number ?? '', trunk),
    trunk: trunk.name,
    callerId,
    ringTimeoutMs: pacing.ringTimeoutMs + EXCHANGE_RING_MARGIN_MS,
    abandonSound: answer.noAgentSound,
    answerLimitMs: answer.noAgentAfterMs,
    ...defined({ doNotCall: answer.doNotCall }),
  };
}

/** What the trunk wants to be sent for an E.164 number. */
export function dialString(number: string, trunk: TrunkSettings): string {
  const digits = number.replace(/^\+/, '');
  return trunk.plus ? `+${trunk.prefix}${digits}` : `${trunk.prefix}${digits}`;
}
