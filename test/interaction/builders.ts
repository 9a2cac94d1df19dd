// One valid plan, record, interaction and desk; a test states only what matters to it.

import type { Desk, DeskEffect, DeskEvent, Wish } from '../../src/interaction/desk.ts';
import { openDesk, stepDesk } from '../../src/interaction/desk-machine.ts';
import type { DeskStep } from '../../src/interaction/desk-steps.ts';
import type {
  Act,
  HeldRecord,
  Interaction,
  InteractionEffect,
  InteractionPlan,
  InteractionState,
} from '../../src/interaction/interaction.ts';
import type { InteractionKind } from '../../src/interaction/modes.ts';

const SINCE = 1_000_000;
export const NOW = SINCE + 5_000;

export const aRecord = (change: Partial<HeldRecord> = {}): HeldRecord => ({
  record: 7,
  phones: [
    { number: '+12125550101', type: 'mobile' },
    { number: '+12125550102', type: 'home' },
  ],
  phoneIndex: 0,
  ...change,
});

export const aPlan = (change: Partial<InteractionPlan> = {}): InteractionPlan => ({
  kind: 'preview',
  accept: false,
  offerMs: 30_000,
  beforeCallMs: 0,
  atPreviewEnd: 'nothing',
  handDialing: false,
  newNumbers: false,
  callerIds: [],
  wrapUpMs: 30_000,
  wrapUpOver: 'paused',
  dispositionRequired: false,
  dispositions: [
    { code: 'sale', label: 'Sold' },
    { code: 'call-later', label: 'Call later', ask: 'callback' },
    { code: 'moved', label: 'Other phone', ask: 'phone' },
    { code: 'refused', label: 'Refused', ask: 'reason' },
  ],
  ...change,
});

const ORDER = {
  id: 'i1.1',
  number: '+12125550101',
  type: 'mobile',
  phoneIndex: 0,
  agent: '7',
  by: 'click',
  at: SINCE,
} as const;

/** What belongs to each state. */
const OF_STATE: Readonly<Record<InteractionState, Partial<Interaction>>> = {
  offered: { deadlineAt: NOW },
  preview: {},
  'before-call': { order: { ...ORDER, by: 'accept' }, deadlineAt: NOW },
  dialing: { order: ORDER, attempt: 'at1', tried: [{ attempt: 'at1', number: ORDER.number }] },
  talking: { order: ORDER, attempt: 'at1', tried: [{ attempt: 'at1', number: ORDER.number }] },
  'wrap-up': {
    attempt: 'at1',
    tried: [{ attempt: 'at1', number: ORDER.number, result: 'connected' }],
    talked: true,
    deadlineAt: NOW,
  },
  done: { outcome: 'called' },
};

export const anInteraction = (state: InteractionState, change: Partial<Interaction> = {}): Interaction => ({
  interaction: 'i1',
  agent: '7',
  campaign: 'renewals',
  plan: aPlan(),
  state,
  since: SINCE,
  version: 3,
  record: aRecord(),
  tried: [],
  orders: 1,
  ...OF_STATE[state],
  ...change,
});

export const aCallback = {
  at: NOW + 86_400_000,
  zone: 'America/New_York',
  phone: { number: '+12125550102', type: 'home' },
  agent: '7',
} as const;

/** An effect in telephony words. */
export function inWords(effect: InteractionEffect | DeskEffect): string {
  switch (effect.do) {
    case 'interaction':
      return inWords(effect.effect);
    case 'dial':
      return `dial ${effect.order.number} by ${effect.order.by}`;
    case 'release-record':
      return `record ${effect.record} to ${effect.to}`;
    case 'close-attempt':
      return ['close', effect.attempt, effect.disposition].filter((word) => word !== undefined).join(' ');
    case 'cancel-dial':
    case 'hang-up':
    case 'pass-on':
      return `${effect.do} ${effect.attempt ?? 'not placed'}`;
    case 'set-timer':
      return `timer ${effect.at - NOW}`;
    case 'set-countdown':
      return `countdown ${effect.at - NOW}`;
    case 'set-not-ready':
      return `not ready: ${effect.why}`;
    case 'reserve-record':
      return `reserve ${effect.request} of ${effect.campaign}`;
    case 'return-record':
      return `return ${effect.record}`;
    case 'finished':
      return `finished ${effect.interaction.outcome ?? 'without outcome'}`;
    case 'channel-changed':
      return `${effect.channel} ${effect.to}`;
    case 'end-session':
      return `end session: ${effect.why}`;
    case 'find-call':
      return `find ${effect.attempt ?? effect.order?.number ?? ''}`;
    default:
      return effect.do;
  }
}

/** A desk under test: what is sent to it in words, what it asks for in words. */
export class DeskUnderTest {
  desk: Desk;
  does: string[] = [];
  last: DeskStep | undefined;
  now = NOW;
  private keys = 0;

  constructor(change: Partial<Desk> = {}) {
    this.desk = { ...openDesk({ agent: '7', session: 's1' }), ...change };
  }

  send(event: DeskEvent): this {
    this.last = stepDesk(this.desk, event, this.now);
    this.desk = this.last.desk;
    this.does.push(...this.last.effects.map(inWords));
    return this;
  }

  wish(wish: Wish, key = this.nextKey()): this {
    return this.send({ type: 'command', command: { key, wish } });
  }

  act(act: Act, key = this.nextKey()): this {
    const interaction = this.desk.open?.interaction ?? 'none';
    return this.send({ type: 'command', command: { key, interaction, act } });
  }

  happens(event: Extract<DeskEvent, { type: 'interaction' }>['event']): this {
    return this.send({ type: 'interaction', interaction: this.desk.open?.interaction ?? 'none', event });
  }

  /** The clock goes on, and what is due then comes. */
  wait(ms: number): this {
    this.now += ms;
    const { open, countdown } = this.desk;
    if (open?.deadlineAt !== undefined && this.now >= open.deadlineAt) this.happens({ type: 'time-over' });
    if (countdown && this.now >= countdown.until) this.send({ type: 'countdown-over' });
    return this;
  }

  offered(plan: InteractionPlan, record: HeldRecord = aRecord(), interaction = 'i1'): this {
    return this.send({ type: 'offer', interaction, campaign: 'renewals', plan, record });
  }

  pulled(kind: InteractionKind, plan: Partial<InteractionPlan> = {}): this {
    this.wish({ do: 'get-record', campaign: 'renewals', kind });
    const request = this.desk.pull?.request ?? 'none';
    return this.send({
      type: 'record-reserved',
      request,
      interaction: 'i1',
      campaign: 'renewals',
      plan: aPlan({ kind, ...plan }),
      record: aRecord(),
    });
  }

  /** What was asked for since the last look. */
  looked(): string[] {
    const words = this.does;
    this.does = [];
    return words;
  }

  private nextKey(): string {
    this.keys += 1;
    return `k${this.keys}`;
  }
}
