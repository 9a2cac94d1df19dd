// From the keys of a campaign's file to the campaign that everyone works with. Checks nothing.

import type { TransferPlan } from '../campaign/transfer.ts';
import { defined } from '../base/defined.ts';
import type { AnswerHandling, CallerIds, Campaign, RecordOrder, Schedule } from '../campaign/definition.ts';
import type { Reach } from '../campaign/number-gate.ts';
import type { RulePack } from '../campaign/rule-pack.ts';
import type { Script } from '../script/script.ts';
import type { FieldDefinition } from '../campaign/fields.ts';
import type { Mode } from '../terms.ts';
import { toAfterCall } from './after-call-mapping.ts';
import type { WrittenCampaign } from './campaign-schema.ts';
import { toAgentTexts } from './agent-texts.ts';
import { toDesk } from './desk.ts';
import { toLaw, withinRules } from './law-mapping.ts';
import { toLeaves } from './leaves.ts';
import { toListed } from './list-mapping.ts';

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
  const { caller_ids: callerIds, wrap_up: wrapUp, agent_phone: agentPhone, pacing, schedule } = written;
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
    callerIds: toCallerIds(callerIds),
    pacing: {
      abandonTarget: pacing.abandon_target,
      ringTimeoutMs: pacing.ring,
      minRingMs: pacing.min_ring,
      maxLines: pacing.max_lines,
      maxCallsPerSecond: pacing.max_calls_per_second,
      ratio: pacing.ratio,
      weight: pacing.weight,
      ...(pacing.shadow.length === 0 ? {} : { shadows: pacing.shadow }),
    },
    ...toLeaves(written),
    answer: toAnswer(written.answer),
    ...toValidation(written.validation),
    ...toRecording(written.recording),
    transfer: toTransfer(written.transfer),
    ...defined({ listening: written.listening }),
    ...toLaw(written, rules),
    ...toAfterCall(written),
    order: toOrder(written.order),
    ...(written.fields.length === 0 ? {} : { fields: written.fields.map(toField) }),
    phones: written.phones,
    wrapUp: { limitMs: wrapUp.limit, dispositionRequired: wrapUp.disposition === 'required', over: wrapUp.over },
    pauseReasons: written.pause_reasons.map(toKeyed),
    desk: toDesk(written.desk),
    agentPhone: {
      mode: agentPhone.mode,
      waiting: agentPhone.waiting,
      ringMs: agentPhone.ring,
      ...(agentPhone.tones ? { tones: true as const } : {}),
      ...(agentPhone.whisper ? { whisper: true as const } : {}),
    },
  };
  return withinRules(campaign, rules);
}

/** With what each of them may dial, where the settings are known. */
function toTrunks(
  written: WrittenCampaign['trunk'],
  reaches: ReadonlyMap<string, Reach> | undefined,
): Pick<Campaign, 'trunks' | 'reach'> {
  const trunks = typeof written === 'string' ? [written] : written;
  if (!reaches) return { trunks };
  const reach = trunks.flatMap((trunk) => {
    const own = reaches.get(trunk);
    return own === undefined ? [] : [{ trunk, ...own }];
  });
  return { trunks, reach };
}

function toCallerIds(written: WrittenCampaign['caller_ids']): CallerIds {
  const { choose, numbers, per_day: perDay, used_up: usedUp } = written;
  return { choose, numbers, ...defined({ perDay }), ...(usedUp === 'stop' ? {} : { usedUp }) };
}

function toSchedule(written: NonNullable<WrittenCampaign['schedule']>, holidays: readonly string[]): Schedule {
  return { timezone: written.timezone, start: written.start, stop: written.stop, holidays };
}

function toValidation(written: WrittenCampaign['validation']): Pick<Campaign, 'validation'> {
  if (written === undefined) return {};
  const { url, timeout, cache, when_unavailable: whenUnavailable } = written;
  return { validation: { url, timeoutMs: timeout, cacheMs: cache, whenUnavailable } };
}

function toTransfer(written: WrittenCampaign['transfer']): TransferPlan {
  const { destinations, any_number: anyNumber, agents, ring } = written;
  const named = destinations.map(({ key, ...one }) => ({ ...one, ...defined({ key }) }));
  return { destinations: named, anyNumber, agents, ringMs: ring };
}

/** Nothing at all where nothing is recorded. */
function toRecording(written: WrittenCampaign['recording']): Pick<Campaign, 'recording'> {
  const { when, announce, keep, machines } = written;
  if (when === 'off' && machines === 0) return {};
  const told = announce === undefined ? {} : { announce };
  return { recording: { when, ...told, keepMs: keep, machineShare: machines } };
}

function toMessage(written: WrittenCampaign['answer']['message']): NonNullable<AnswerHandling['message']> {
  const { play = 'outdial/message', of_agent: ofAgent, beep_within: beepWithinMs = 40_000 } = written ?? {};
  return { sound: play, beepWithinMs, ...defined({ ofAgent }) };
}

function toAnswer(written: WrittenCampaign['answer']): AnswerHandling {
  const { after, play, do_not_call_key: key, confirm } = written.no_agent;
  return {
    detection: written.detection,
    ...defined({ detectorError: written.detector_error }),
    onMachine: written.on_machine,
    ...(written.on_machine === 'leave-message' ? { message: toMessage(written.message) } : {}),
    ...(key === 'none' ? {} : { doNotCall: { key, sound: confirm } }),
    noAgentAfterMs: after,
    noAgentSound: play,
    whileWaiting: written.while_waiting,
  };
}

function toOrder(written: WrittenCampaign['order']): RecordOrder {
  if (typeof written === 'string') return { by: 'oldest-first' };
  return { by: 'field', field: written.field, descending: written.descending };
}

function toField(written: WrittenCampaign['fields'][number]): FieldDefinition {
  const { field, label = field, type, choices, editable, required } = written;
  return { field, label, type, ...defined({ choices }), editable, required };
}

function toKeyed(written: { readonly code: string; readonly label: string; readonly key?: string | undefined }): {
  readonly code: string;
  readonly label: string;
  readonly key?: string;
} {
  const { code, label, key } = written;
  return { code, label, ...defined({ key }) };
}
