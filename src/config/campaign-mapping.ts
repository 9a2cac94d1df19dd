// From the keys of a campaign's file to the campaign that everyone works with. Checks nothing.

import type { AnswerHandling, CallAgainRule, Campaign, RecordOrder, Schedule } from '../campaign/definition.ts';
import type { Mode } from '../terms.ts';
import type { WrittenCampaign } from './campaign-schema.ts';

/** `local` is refused before; the holidays have been read from their file. */
export function toCampaign(written: WrittenCampaign, holidays: readonly string[]): Campaign {
  const { caller_ids: callerIds, wrap_up: wrapUp, agent_phone: agentPhone, pacing, filter, schedule } = written;
  const mode: Mode = written.mode;
  return {
    name: written.campaign,
    description: written.description,
    mode,
    lists: written.lists,
    ...(filter === undefined ? {} : { filter }),
    agents: written.agents,
    ...(schedule === undefined ? {} : { schedule: toSchedule(schedule, holidays) }),
    trunks: typeof written.trunk === 'string' ? [written.trunk] : written.trunk,
    callerIds: { choose: callerIds.choose === 'rotate' ? 'rotate' : 'fixed', numbers: callerIds.numbers },
    pacing: {
      abandonTarget: pacing.abandon_target,
      ringTimeoutMs: pacing.ring,
      minRingMs: pacing.min_ring,
      maxLines: pacing.max_lines,
      maxCallsPerSecond: pacing.max_calls_per_second,
      ratio: pacing.ratio,
      weight: pacing.weight,
    },
    answer: toAnswer(written.answer),
    attempts: { max: written.attempts.max, perDay: written.attempts.per_day },
    callAgain: written.call_again.map(toRule),
    order: toOrder(written.order),
    phones: written.phones,
    wrapUp: { limitMs: wrapUp.limit, dispositionRequired: wrapUp.disposition === 'required', over: wrapUp.over },
    dispositions: written.dispositions.map(toKeyed),
    pauseReasons: written.pause_reasons.map(toKeyed),
    agentPhone: { mode: agentPhone.mode, waiting: agentPhone.waiting, ringMs: agentPhone.ring },
  };
}

function toSchedule(written: NonNullable<WrittenCampaign['schedule']>, holidays: readonly string[]): Schedule {
  return { timezone: written.timezone, start: written.start, stop: written.stop, holidays };
}

function toAnswer(written: WrittenCampaign['answer']): AnswerHandling {
  return {
    detection: written.detection,
    onMachine: written.on_machine,
    noAgentAfterMs: written.no_agent.after,
    noAgentSound: written.no_agent.play,
    whileWaiting: written.while_waiting,
  };
}

function toRule(written: WrittenCampaign['call_again'][number]): CallAgainRule {
  const { when, after, phone, times } = written;
  return {
    when,
    then: after === undefined ? { do: 'give-up' } : { do: 'call-again', afterMs: after, phone },
    ...(times === undefined ? {} : { times }),
  };
}

function toOrder(written: WrittenCampaign['order']): RecordOrder {
  if (typeof written === 'string') return { by: 'oldest-first' };
  return { by: 'field', field: written.field, descending: written.descending };
}

function toKeyed(written: { readonly code: string; readonly label: string; readonly key?: string | undefined }): {
  readonly code: string;
  readonly label: string;
  readonly key?: string;
} {
  const { code, label, key } = written;
  return { code, label, ...(key === undefined ? {} : { key }) };
}
