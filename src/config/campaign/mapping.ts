// From the keys of a campaign's file to the campaign that everyone works with, section by section. Checks nothing.

import { defined } from '../../base/defined.ts';
import type { Campaign } from '../../campaign/definition.ts';
import type { Reach } from '../../campaign/number-gate.ts';
import type { RulePack } from '../../campaign/rule-pack.ts';
import type { Script } from '../../script/script.ts';
import type { Mode } from '../../terms.ts';
import { toAgentPhone } from './agent-phone.ts';
import { toAgentTexts } from './agent-texts.ts';
import { toAnswer } from './answer.ts';
import { toCallAgainRule } from './call-again.ts';
import { toAutoCallback, toCallbacks } from './callbacks.ts';
import { toCallerIds } from './caller-ids.ts';
import { toDesk } from './desk.ts';
import { toDisposition } from './dispositions.ts';
import { toField } from './fields.ts';
import { toInbound } from './inbound.ts';
import { toLaw, withinRules } from './law.ts';
import { toLeaves } from './leaves.ts';
import { toListed } from './lists.ts';
import { toOrder } from './order.ts';
import { toPacing } from './pacing.ts';
import { toRecording } from './recording.ts';
import { toSchedule } from './schedule.ts';
import type { WrittenCampaign } from './schema.ts';
import { toTransfer } from './transfer.ts';
import { toTrunks } from './trunks.ts';
import { toValidation } from './validation.ts';
import { toWrapUp } from './wrap-up.ts';

/** The holidays, the rule packs and the script have been read from their files; the packs' demands win. */
export function toCampaign(
  written: WrittenCampaign,
  {
    holidays,
    rules,
    script,
    filters,
    reaches,
  }: {
    readonly holidays: readonly string[];
    readonly rules: readonly RulePack[];
    readonly script: Script | undefined;
    readonly filters: ReadonlyMap<string, string> | undefined;
    readonly reaches: ReadonlyMap<string, Reach> | undefined;
  },
): Campaign {
  const { schedule, auto_callback: autoCallback } = written;
  const mode: Mode = written.mode;
  const campaign: Campaign = {
    name: written.campaign,
    description: written.description,
    ...toAgentTexts(written),
    ...defined({ script }),
    mode,
    ...toListed(written, filters),
    agents: written.agents,
    ...(schedule === undefined ? {} : { schedule: toSchedule(schedule, holidays) }),
    ...toTrunks(written.trunk, reaches),
    callerIds: toCallerIds(written.caller_ids),
    pacing: toPacing(written.pacing),
    ...toLeaves(written),
    answer: toAnswer(written.answer),
    ...toValidation(written.validation),
    ...toRecording(written.recording),
    transfer: toTransfer(written.transfer),
    ...defined({ listening: written.listening }),
    ...toLaw(written, rules),
    callAgain: written.call_again.map(toCallAgainRule),
    callbacks: toCallbacks(written.callbacks),
    doNotCallBackMs: written.do_not_call_back,
    inbound: toInbound(written.inbound),
    ...(autoCallback === undefined ? {} : { autoCallback: toAutoCallback(autoCallback) }),
    dispositions: written.dispositions.map(toDisposition),
    order: toOrder(written.order),
    ...(written.fields.length === 0 ? {} : { fields: written.fields.map(toField) }),
    phones: written.phones,
    ...toWrapUp(written),
    desk: toDesk(written.desk),
    agentPhone: toAgentPhone(written.agent_phone),
  };
  return withinRules(campaign, rules);
}
