// From an act on the wire to the act of the interaction machine: numbers read, times made instants, what is left out
// filled in from the record in hand. Refuses what cannot be read; decides nothing else.

import { defined } from '../../base/defined.ts';
import { noTime, timeZone } from '../wanted-time.ts';
import { OperationalError } from '../../base/errors.ts';
import { firstInstantAt } from '../../base/local-time.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { zoneOfPerson } from '../../eligibility/callback-zone.ts';
import type { OpenInteraction } from '../../engine/agents/desk-port.ts';
import type { Act, Missing } from '../../interaction/interaction.ts';
import type { PhoneReading } from '../../numbers/phone.ts';
import { numberOrRefusal } from '../../numbers/refusal.ts';
import type { AgentNumber, Phone } from '../../terms.ts';
import { NO_SUCH_PHONE } from '../../interaction/refusals.ts';
import type { DeskAct } from '../wire/desk-commands.ts';

/** What is written in the store about the record, beside the interaction machine. */
export type WrittenAct = Extract<DeskAct, { do: 'do-not-call' | 'edit-fields' | 'write-notes' | 'keep-form' }>;

/** Acts of the wire that the interaction machine knows; the others are written in the store. */
export type MachineAct = Exclude<DeskAct, { do: WrittenAct['do'] }>;

export function isWritten(act: DeskAct): act is WrittenAct {
  const { do: what } = act;
  return what === 'do-not-call' || what === 'edit-fields' || what === 'write-notes' || what === 'keep-form';
}

export interface ActContext {
  readonly agent: AgentNumber;
  readonly open: OpenInteraction | undefined;
  readonly campaign: Campaign | undefined;
  readonly readNumber: (text: string) => PhoneReading;
  /** What Done misses beside what the machine knows. */
  readonly unmet: readonly Missing[];
}

export function machineAct(act: MachineAct, context: ActContext): Act {
  switch (act.do) {
    case 'accept':
    case 'reject':
    case 'cancel-callback':
    case 'decline':
    case 'hang-up':
      return act;
    case 'dispose': {
      const { reason, phone, code } = act;
      return { do: 'dispose', code, ...defined({ reason, phone }) };
    }
    case 'call': {
      const { phoneIndex, typed, callerId } = act;
      const phone = typed && { ...typed, number: read(typed.number, context) };
      return { do: 'call', ...defined({ phoneIndex, typed: phone, callerId }) };
    }
    case 'cancel-dial':
      return { do: 'cancel-dial', ...defined({ attempt: context.open?.attempt }) };
    case 'done': {
      const { unmet } = context;
      return { do: 'done', ...(act.stop ? { stop: true } : {}), ...(unmet.length === 0 ? {} : { unmet }) };
    }
    case 'set-callback':
      return { do: 'set-callback', callback: callbackOf(act.callback, context) };
  }
}

const read = (text: string, { readNumber }: ActContext): string => numberOrRefusal(text, readNumber(text));

type WantedCallback = Extract<DeskAct, { do: 'set-callback' }>['callback'];
type Callback = Extract<Act, { do: 'set-callback' }>['callback'];

function callbackOf(wanted: WantedCallback, context: ActContext): Callback {
  const phone = phoneOf(wanted.phone, context);
  const zone = timeZone(wanted.zone ?? usualZone(phone.number, context));
  return { at: instantOf(wanted, zone), zone, phone, agent: wanted.personal ? context.agent : null };
}

const usualZone = (number: string, { open, campaign }: ActContext): string =>
  campaign === undefined ? 'UTC' : zoneOfPerson(number, { fields: open?.facts?.fields ?? {} }, campaign);

function instantOf({ at, local }: WantedCallback, zone: string): number {
  const instant = at ?? (local === undefined ? Number.NaN : firstInstantAt(zone, Date.parse(`${local}:00Z`)));
  if (Number.isFinite(instant)) return instant;
  throw noTime();
}

/** The one that is named; else the number that was dialed last; else the next. */
function phoneOf(wanted: WantedCallback['phone'], context: ActContext): Phone {
  if (typeof wanted === 'object') return { ...wanted, number: read(wanted.number, context) };
  return wantedPhone(wanted, context.open);
}

/** By its place; else the number that was dialed last; else the next. */
export function wantedPhone(wanted: number | undefined, open: OpenInteraction | undefined): Phone {
  const phones = open?.facts?.phones ?? open?.record?.phones ?? [];
  const last = open?.call?.number ?? open?.tried.at(-1)?.number;
  const dialed = phones.find(({ number }) => number === last);
  const phone = wanted === undefined ? (dialed ?? phones[open?.record?.phoneIndex ?? 0]) : phones[wanted];
  if (phone) return phone;
  throw new OperationalError('no-such-phone', NO_SUCH_PHONE.message, {
    hint: 'Name a phone of the record by its place, or type a number with its type.',
    httpCode: 409,
  });
}
