// The interaction in an agent's hands as the API shows it: what the engine knows of it, what the campaign says of its
// fields, and the notes. Pure.

import { ofRecord } from '../../records/unknown-caller.ts';
import { formatLocal } from '../../base/local-time.ts';
import { screenPopOf } from '../../campaign/agent-texts.ts';
import type { Campaign } from '../../campaign/definition.ts';
import type { OpenInteraction } from '../../engine/agents/desk-port.ts';
import type { Missing } from '../../interaction/interaction.ts';
import { zoneOfPerson } from '../../eligibility/callback-zone.ts';
import { stepInteraction } from '../../interaction/machine.ts';
import { MODE_ROWS } from '../../interaction/modes.ts';
import type { PersonFacts } from '../../records/record.ts';
import type { DeskInteraction } from '../wire/desk-record.ts';
import { messageOf, messageOfCall } from './messages.ts';

export interface InHand {
  readonly open: OpenInteraction;
  readonly campaign: Campaign | undefined;
  readonly notes: DeskInteraction['notes'];
  /** Fields as they were changed since the record came. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly now: number;
}

type Shown = DeskInteraction;
const MOST_ATTEMPTS = 20;

export function interactionView(hand: InHand): Shown {
  const { open, notes } = hand;
  const { plan, state } = open;
  const row = MODE_ROWS[plan.kind];
  return {
    id: open.interaction,
    version: open.version,
    campaign: open.campaign,
    kind: plan.kind,
    state,
    since: open.since,
    deadlineAt: open.deadlineAt ?? null,
    atDeadline: atDeadline(open),
    origin: originOf(hand),
    record: recordOf(hand),
    call: callOf(open),
    tried: open.tried.map(({ attempt, number, result }) => ({
      attempt,
      number: number ?? null,
      result: result ?? null,
    })),
    message: shownMessage(open),
    may: mayOf(hand),
    declines: row.declines,
    mustClickNumber: plan.handDialing || row.byClickAlone,
    newNumbers: plan.newNumbers,
    callerIds: plan.callerIds,
    dispositions: plan.dispositions.map(({ code, label, key, ask }) => ({
      code,
      label,
      key: key ?? null,
      ask: ask ?? null,
    })),
    dispositionRequired: plan.dispositionRequired,
    disposition:
      open.disposition === undefined
        ? null
        : { code: open.disposition, reason: open.remarks?.reason ?? null, phone: open.remarks?.phone ?? null },
    missing: missingOf(hand),
    callback: callbackOf(open),
    notes,
  };
}

function atDeadline({ state, plan, deadlineAt }: OpenInteraction): Shown['atDeadline'] {
  if (deadlineAt === undefined) return null;
  if (state === 'offered') return 'reject';
  if (state === 'before-call') return 'dial';
  if (state === 'preview') return plan.atPreviewEnd === 'dial' ? 'dial' : null;
  return state === 'wrap-up' ? 'done' : null;
}

function originOf({ open, campaign }: InHand): Shown['origin'] {
  const { facts, call, agent } = open;
  if (facts === undefined) return { kind: 'list', label: '' };
  const number = facts.phones[facts.phoneIndex]?.number ?? facts.phones[0]?.number ?? '';
  const label = [facts.name, call?.number ?? number].filter((part) => part !== '').join(', ');
  if (call?.isInbound === true) return { kind: 'inbound', label };
  // A callback that was agreed in this very interaction is not how the record came.
  if (facts.callback !== null) {
    return facts.callback.agent === agent
      ? { kind: 'personal-callback', label: 'Personal Callback' }
      : { kind: 'callback', label: 'Callback' };
  }
  return { kind: campaign?.mode === 'auto-callback' ? 'missed' : 'list', label };
}

function recordOf(hand: InHand): Shown['record'] {
  const { open, campaign } = hand;
  const { facts, record } = open;
  if (facts === undefined) return null;
  const { phones, phoneIndex } = record ?? facts;
  const attempts = facts.history.filter((one) => one.record === facts.record && one.result !== null);
  return {
    record: facts.record ?? null,
    contact: facts.contact ?? null,
    name: facts.name,
    phones: phones.map(({ number, type }) => ({ number, type })),
    next: phoneIndex,
    fields: fieldsOf(facts, campaign, hand.fields),
    priority: facts.priority,
    attempts: attempts
      .slice(-MOST_ATTEMPTS)
      .reverse()
      .map(({ attempt, dialedAt: at, number, result, disposition }) => ({ attempt, at, number, result, disposition })),
    zone: campaign === undefined ? 'UTC' : zoneOfPerson(phones[phoneIndex]?.number ?? '', facts, campaign),
    screenPop: screenPop(hand, facts),
  };
}

/** The campaign's own fields in its order with their types; without any, what the record has, as it is. */
function fieldsOf(
  facts: PersonFacts,
  campaign: Campaign | undefined,
  changed: Readonly<Record<string, unknown>>,
): NonNullable<Shown['record']>['fields'] {
  const values: Readonly<Record<string, unknown>> = { ...facts.fields, ...changed };
  const defined = campaign?.fields ?? [];
  if (defined.length === 0) {
    return Object.keys(facts.fields).map((field) => ({
      field,
      label: field,
      type: 'text' as const,
      choices: [],
      editable: false,
      required: false,
      value: plainValue(values[field]),
    }));
  }
  return defined.map(({ field, label, type, choices = [], editable, required }) => ({
    field,
    label,
    type,
    choices,
    editable,
    required,
    value: plainValue(Object.hasOwn(values, field) ? values[field] : null),
  }));
}

function plainValue(value: unknown): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function screenPop({ open, campaign, fields }: InHand, facts: PersonFacts): string | null {
  const template = campaign?.texts?.screenPop;
  if (template === undefined || open.state === 'offered') return null;
  const number = open.call?.number ?? facts.phones[facts.phoneIndex]?.number ?? '';
  const { agent, campaign: name } = open;
  const { record, contact } = facts;
  return screenPopOf(template, {
    agent,
    record,
    contact,
    number,
    name: facts.name,
    campaign: name,
    fields: { ...facts.fields, ...fields },
  });
}

function callOf({ call, attempt, order, state, since }: OpenInteraction): Shown['call'] {
  if (call === undefined && attempt === undefined && order === undefined) return null;
  if (state !== 'dialing' && state !== 'talking' && state !== 'wrap-up') return null;
  return {
    attempt: call?.attempt ?? attempt ?? null,
    state: call?.state ?? (state === 'wrap-up' ? 'over' : 'placing'),
    isInbound: call?.isInbound ?? false,
    number: call?.number ?? order?.number ?? null,
    callerId: call?.callerId ?? order?.callerId ?? null,
    talkedSince: state === 'talking' ? since : null,
  };
}

function shownMessage({ message, state, call }: OpenInteraction): Shown['message'] {
  if (message !== undefined) return messageOf(message, state);
  return call?.validation === undefined ? null : messageOfCall(call.validation);
}

const HELD: ReadonlySet<string> = new Set(['preview', 'before-call', 'dialing', 'talking', 'wrap-up']);

/** What the state allows, and what may be written while a record is open. */
function mayOf({ open }: InHand): Shown['may'] {
  if (open.facts === undefined || !HELD.has(open.state)) return open.may;
  const written = ofRecord(open.facts) === undefined ? [] : (['edit-fields', 'write-notes'] as const);
  return [...open.may, 'do-not-call', ...written, 'keep-form'];
}

function callbackOf({ callback }: OpenInteraction): Shown['callback'] {
  if (callback === undefined) return null;
  const { at, zone, phone, agent } = callback;
  const local = formatLocal(zone, at).slice(0, 16).replace(' ', 'T');
  return { at, zone, local, number: phone.number, type: phone.type, personal: agent !== null };
}

/** What Done would miss now; empty where Done has no place yet. */
function missingOf(hand: InHand): Shown['missing'] {
  const { open, now } = hand;
  if (open.state !== 'preview' && open.state !== 'talking' && open.state !== 'wrap-up') return [];
  const asIfOver = open.state === 'talking' ? { ...open, state: 'wrap-up' as const, talked: true as const } : open;
  const act = { do: 'done', unmet: unmetOf(hand) } as const;
  return stepInteraction(asIfOver, { type: 'act', act }, now).refused?.missing ?? [];
}

/** What Done misses besides what the interaction itself knows: fields, answers to the script, a callback whose time has passed. */
export function unmetOf({ open, campaign, fields, now }: Omit<InHand, 'notes'>): Missing[] {
  const { callback, facts, talked, state } = open;
  const unmet: Missing[] = [];
  if (callback !== undefined && callback.at <= now) {
    const message = `The callback of ${formatLocal(callback.zone, callback.at)} has passed already: choose another time, or cancel it.`;
    unmet.push({ code: 'callback-past', message });
  }
  for (const question of open.unanswered ?? []) {
    unmet.push({ code: 'script', message: `Answer in the script: ${question}`, about: question });
  }
  if (facts === undefined || (talked !== true && state !== 'talking')) return unmet;
  const values: Readonly<Record<string, unknown>> = { ...facts.fields, ...fields };
  for (const { field, label, required, editable } of campaign?.fields ?? []) {
    const value = Object.hasOwn(values, field) ? values[field] : undefined;
    const isEmpty = value === undefined || value === null || value === '';
    if (required && editable && isEmpty) unmet.push({ code: 'field', message: `Fill in ${label}.`, about: label });
  }
  return unmet;
}
