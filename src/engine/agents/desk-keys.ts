// Desks that are worked by the keys of a phone, where there is no workspace: records are read out, and what a key does with
// the one in hand follows from its state. What the keys do to the session is the agent machine's.

import type { AgentSession } from '../../agent/session.ts';
import { defined } from '../../base/defined.ts';
import type { Command, Desk, Wish } from '../../interaction/desk.ts';
import type { DeskStep } from '../../interaction/desk-steps.ts';
import type { Act, Interaction, InteractionState } from '../../interaction/interaction.ts';
import { MODE_ROWS } from '../../interaction/modes.ts';
import type { PersonFacts } from '../../records/record.ts';
import type { AgentNumber } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import { kindOf } from './desk-plan.ts';
import { phoneSounds } from './phone-sounds.ts';
import type { Prompts } from './prompts.ts';

/** The name of a person is made into a sound within this, mostly. */
const READ_AFTER_MS = 600;

interface Parts {
  readonly prompts: () => Pick<Prompts, 'say'>;
  readonly desks: {
    readonly of: (agent: AgentNumber) => Desk | undefined;
    readonly sessionOf: (agent: AgentNumber) => AgentSession | undefined;
    readonly factsOf: (interaction: string) => PersonFacts | undefined;
    readonly command: (agent: AgentNumber, command: Command) => DeskStep['answer'];
  };
}

type Wanted = { readonly wish: Wish } | { readonly interaction: string; readonly act: Act };

/** What a key does with the record in hand; a key that is not named means nothing there. */
const ACTS: Readonly<Partial<Record<InteractionState, Readonly<Record<string, (open: Interaction) => Act>>>>> = {
  offered: { '1': () => ({ do: 'accept' }), '2': () => ({ do: 'reject' }) },
  preview: {
    '1': callNext,
    '2': () => ({ do: 'decline', until: 'later' }),
    '3': () => ({ do: 'decline', until: 'never' }),
    '#': () => ({ do: 'done' }),
  },
  'before-call': {
    '1': callNext,
    '2': () => ({ do: 'decline', until: 'later' }),
    '3': () => ({ do: 'decline', until: 'never' }),
  },
  dialing: { '**': takeBack },
  'wrap-up': { done: () => ({ do: 'done' }) },
};

/** What is said once a record is in that state; it is read out before. */
const KEYS: Readonly<Partial<Record<InteractionState, string>>> = {
  offered: 'outdial/keys-offer',
  preview: 'outdial/keys-record',
  'before-call': 'outdial/keys-record',
};

/** A person is offered of whom nothing is known yet. */
const KEYS_OF_BLANK = 'outdial/keys-engaged';

/** Asks which number of the record is dialed, where it has several. */
const OTHER_NUMBER = '4';

export class DeskKeys {
  readonly #hub: Hub;
  readonly #parts: Parts;
  /** Agents who choose among the numbers of the record in hand, and of which interaction. */
  readonly #choosing = new Map<AgentNumber, string>();

  constructor(hub: Hub, parts: Parts) {
    this.#hub = hub;
    this.#parts = parts;
  }

  /** The desk has taken a step: what is in hand now is read out, or that there is nothing. */
  stepped(before: Desk, after: Desk): void {
    const session = this.#parts.desks.sessionOf(after.agent);
    if (session?.byKeys !== true) return;
    const { open } = after;
    this.#lend(before.open, open);
    const isOther = before.open?.interaction !== open?.interaction || before.open?.state !== open?.state;
    if (open !== undefined && isOther) this.#readSoon(after.agent);
    if (after.countdown !== undefined && before.countdown === undefined) {
      this.#parts.prompts().say(session, ['keys-get-record']);
    }
    if (after.nothing !== undefined && before.pull !== undefined && after.pull === undefined && open === undefined) {
      this.#parts.prompts().say(session, [], ['outdial/no-record']);
    }
  }

  /** Whose record is in hand is said by name; the sound goes with the record. */
  #lend(before: Interaction | undefined, after: Interaction | undefined): void {
    if (before?.interaction === after?.interaction && before?.record?.record === after?.record?.record) return;
    const { spokenNames } = this.#hub.parts;
    const nameOf = (one: Interaction | undefined): string =>
      this.#parts.desks.factsOf(one?.interaction ?? '')?.name ?? '';
    const [old, now] = [nameOf(before), nameOf(after)];
    if (now !== '') spokenNames?.lend(now);
    if (old !== '') spokenNames?.giveBack(old);
  }

  #readSoon(agent: AgentNumber): void {
    this.#hub.timers.set(`read out ${agent}`, this.#hub.now() + READ_AFTER_MS, () =>
      this.#hub.post({ type: 'desk-pressed', agent, campaign: '', key: '*' }),
    );
  }

  /** A key of the agent's phone that the session has left to the desk. */
  pressed(agent: AgentNumber, key: string): void {
    const { desks } = this.#parts;
    const [session, desk] = [desks.sessionOf(agent), desks.of(agent)];
    if (session?.byKeys !== true || desk === undefined) return;
    if (this.#chooses(session, desk.open, key)) return;
    if (key === '*') return this.#readOut(session, desk.open);
    const wanted = desk.open === undefined ? this.#wishOf(session, desk, key) : actOf(desk.open, key);
    if (wanted === undefined) return this.#say(session, 'outdial/not-a-choice', desk.open);
    this.#carryOut(session, desk, wanted);
  }

  #carryOut(session: AgentSession, desk: Desk, wanted: Wanted): void {
    const { agent } = session;
    const { desks } = this.#parts;
    if (session.pauseAfter !== undefined || session.signOutAfter) this.#stopFirst(session, desk.open);
    const answer = desks.command(agent, { key: `by-keys-${this.#hub.parts.newId()}`, ...wanted });
    if (typeof answer !== 'object') return;
    if (answer.code === 'incomplete') this.#parts.prompts().say(session, ['disposition-needed']);
    else this.#say(session, 'outdial/not-a-choice', desk.open);
  }

  /** True: the key was for the choice of a number. */
  #chooses(session: AgentSession, open: Interaction | undefined, key: string): boolean {
    const { agent } = session;
    const isAsked = open !== undefined && this.#choosing.get(agent) === open.interaction;
    if (open === undefined || !hasChoice(open) || (!isAsked && key !== OTHER_NUMBER)) {
      this.#choosing.delete(agent);
      return false;
    }
    const phones = open.record?.phones ?? [];
    const place = /^[1-9]$/.test(key) ? Number(key) - 1 : -1;
    if (!isAsked || key === '*') {
      this.#choosing.set(agent, open.interaction);
      this.#parts.prompts().say(session, [], ['outdial/choose-phone', ...phoneSounds(phones)]);
    } else if (key === '#') {
      this.#choosing.delete(agent);
      this.#readOut(session, open);
    } else if (phones[place] === undefined) {
      this.#parts.prompts().say(session, [], ['outdial/not-a-choice', ...phoneSounds(phones)]);
    } else {
      this.#choosing.delete(agent);
      const desk = this.#parts.desks.of(agent);
      if (desk) this.#carryOut(session, desk, { interaction: open.interaction, act: callOf(open, place) });
    }
    return true;
  }

  #wishOf({ campaign }: AgentSession, { countdown }: Desk, key: string): { readonly wish: Wish } | undefined {
    const definition = this.#hub.world.campaigns.get(campaign)?.definition;
    if (key !== '2' || definition === undefined) return undefined;
    if (countdown !== undefined) return { wish: { do: 'go-on' } };
    return { wish: { do: 'get-record', campaign, kind: kindOf(definition) } };
  }

  /** A pause that was asked for comes after this record: no other is fetched. */
  #stopFirst({ agent, campaign }: AgentSession, open: Interaction | undefined): void {
    if (open === undefined || MODE_ROWS[open.plan.kind].channel !== undefined) return;
    const stop = { do: 'stop', campaign } as const;
    this.#parts.desks.command(agent, { key: `by-keys-${this.#hub.parts.newId()}`, wish: stop });
  }

  #readOut(session: AgentSession, open: Interaction | undefined): void {
    const keys = keysOf(open);
    if (open === undefined || keys.length === 0) return;
    const { message, record, tried, interaction } = open;
    const unreached = tried.at(-1)?.result === undefined ? [] : ['outdial/third-gone'];
    const before = message === undefined ? unreached : ['outdial/not-dialed'];
    const name = this.#hub.parts.spokenNames?.soundOf(this.#parts.desks.factsOf(interaction)?.name ?? '');
    const number = record?.phones[nextIndex(open)]?.number ?? '';
    const digits = Array.from(number.replaceAll(/\D/g, ''), (digit) => `digits/${digit}`);
    this.#parts.prompts().say(session, [], [...before, ...(name === undefined ? [] : [name]), ...digits, ...keys]);
  }

  #say(session: AgentSession, sound: string, open: Interaction | undefined): void {
    this.#parts.prompts().say(session, [], [sound, ...keysOf(open)]);
  }
}

/** The number that is read out. */
function callNext(open: Interaction): Act {
  return callOf(open, nextIndex(open));
}

/** Of several caller IDs the first, because there is no screen to choose on. */
function callOf({ plan: { callerIds } }: Interaction, phoneIndex: number): Act {
  const callerId = callerIds.length > 1 ? callerIds[0] : undefined;
  return { do: 'call', phoneIndex, ...defined({ callerId }) };
}

/** Engaged, the agent waits for whoever picks up, and waits no longer. */
function takeBack({ plan, attempt }: Interaction): Act {
  return MODE_ROWS[plan.kind].accept === 'wait' ? { do: 'done' } : { do: 'cancel-dial', ...defined({ attempt }) };
}

const hasChoice = ({ state, record }: Interaction): boolean =>
  (state === 'preview' || state === 'before-call') && (record?.phones.length ?? 0) > 1;

function keysOf(open: Interaction | undefined): readonly string[] {
  const keys = open && KEYS[open.state];
  if (keys === undefined) return [];
  if (open?.record === undefined) return [KEYS_OF_BLANK];
  return hasChoice(open) ? [keys, 'outdial/keys-phones'] : [keys];
}

/** The phone that is next, or the one that took the place of a number that must not be dialed. */
function nextIndex({ record, message }: Interaction): number {
  const instead = record?.phones.findIndex(({ number }) => number === message?.instead) ?? -1;
  return instead >= 0 ? instead : (record?.phoneIndex ?? 0);
}

function actOf(open: Interaction, key: string): Wanted | undefined {
  const act = ACTS[open.state]?.[key];
  return act && { interaction: open.interaction, act: act(open) };
}
