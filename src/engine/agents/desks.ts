// The agents' desks: one for each session that was opened at a workspace. Feeds the desk machine with what happens to its
// session, its calls and its records and with what is asked for, keeps session and desk in step, and shows the outcome.
// What the machine asks for is carried out by desk-acts.ts.
//
// Who decides what: the session machine alone knows of audio, phone, ready and paused, and is never overruled. The desk
// alone decides about the record in hand, and with it when the wrap-up of a call that came to the desk is over. While a
// record is in hand its session is engaged, talking or in wrap-up; when the desk lets go of it, the session is let go, too.
// A session without a desk is worked by the keys of its phone, exactly as if there were no desks.

import type { AgentSession, Remarks, SessionEvent } from '../../agent/session.ts';
import { isWrappedUpAtDesk } from '../../agent/steps.ts';
import { defined } from '../../base/defined.ts';
import { openDesk, stepDesk } from '../../interaction/desk-machine.ts';
import type { Command, Desk, DeskEffect, DeskEvent, Wish } from '../../interaction/desk.ts';
import type { DeskStep } from '../../interaction/desk-steps.ts';
import type { Act } from '../../interaction/interaction.ts';
import type { PersonFacts } from '../../records/record.ts';
import type { AgentNumber } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { Agents } from './agents.ts';
import type { SessionWatcher } from './session-watcher.ts';
import type { DeskActs } from './desk-acts.ts';
import type { DeskKeys } from './desk-keys.ts';
import { alignment } from './desk-alignment.ts';
import { DeskAudience, type KeptDesk } from './desk-audience.ts';
import { DeskCalls } from './desk-calls.ts';
import { isPaced, kindOf } from './desk-plan.ts';

interface Parts {
  readonly agents: Pick<Agents, 'handle'>;
  readonly acts: Pick<DeskActs, 'carryOut'>;
  readonly keys: Pick<DeskKeys, 'stepped'>;
}

export class Desks implements SessionWatcher {
  readonly #hub: Hub;
  readonly #parts: Parts;
  readonly #desks = new Map<AgentNumber, Desk>();
  /** What is known of the records in hand, by interaction. */
  readonly #facts = new Map<string, PersonFacts>();
  /** Events on their way to a desk: until they are there, desk and session may differ. */
  readonly #coming = new Map<AgentNumber, number>();
  readonly audience: DeskAudience;
  readonly calls: DeskCalls;

  constructor(hub: Hub, parts: Parts) {
    this.#hub = hub;
    this.#parts = parts;
    this.calls = new DeskCalls(hub, this);
    this.audience = new DeskAudience(hub, (agent) => this.#kept(agent));
  }

  #kept(agent: AgentNumber): KeptDesk | undefined {
    const desk = this.#desks.get(agent);
    return desk && { desk, ...defined({ facts: this.#facts.get(desk.open?.interaction ?? '') }) };
  }

  /** A command without a workspace, and its answer. */
  command(agent: AgentNumber, command: Command): DeskStep['answer'] {
    const answer = this.step(agent, { type: 'command', command });
    this.#align(agent);
    return answer;
  }

  deskOf(agent: AgentNumber): Desk | undefined {
    return this.#desks.get(agent);
  }

  sessionOf(agent: AgentNumber): AgentSession | undefined {
    const { sessions, sessionByAgent } = this.#hub.world;
    return sessions.get(sessionByAgent.get(agent) ?? '');
  }

  /** A desk for a session that has none. */
  furnish({ agent, session, state, byKeys }: AgentSession): void {
    if (this.#desks.has(agent)) return;
    const desk = openDesk({ agent, session, ...defined({ byKeys }) });
    const voice = state === 'ready' ? 'ready' : 'not-ready';
    this.#put(undefined, { ...desk, channels: { ...desk.channels, voice } });
  }

  #put(before: Desk | undefined, desk: Desk, effects: readonly DeskEffect[] = []): void {
    this.#desks.set(desk.agent, desk);
    this.#parts.acts.carryOut(before, desk, effects);
  }

  /** A desk that was found in the store, before its session is. */
  adopt(desk: Desk): void {
    this.#desks.set(desk.agent, desk);
  }

  all(): readonly Desk[] {
    return [...this.#desks.values()];
  }

  /** What the record of an interaction that is about to come is known to be. */
  know(interaction: string, facts: PersonFacts): void {
    this.#facts.set(interaction, facts);
  }

  factsOf(interaction: string): PersonFacts | undefined {
    return this.#facts.get(interaction);
  }

  /** Posts what happens at a desk; session and desk are compared once all of it has been handled. */
  post(agent: AgentNumber, event: DeskEvent): void {
    const campaign = this.sessionOf(agent)?.campaign ?? this.#desks.get(agent)?.open?.campaign ?? '';
    this.#coming.set(agent, (this.#coming.get(agent) ?? 0) + 1);
    this.#hub.post({ type: 'desk', agent, campaign, event });
  }

  handle(agent: AgentNumber, event: DeskEvent): void {
    this.#coming.set(agent, Math.max(0, (this.#coming.get(agent) ?? 0) - 1));
    this.step(agent, event);
    this.#align(agent);
  }

  /** The same at once, within the turn of another event. */
  happens(agent: AgentNumber, event: DeskEvent): void {
    this.step(agent, event);
    this.#align(agent);
  }

  /** One step of the machine; its answer where it was a command. */
  step(agent: AgentNumber, event: DeskEvent): DeskStep['answer'] {
    const before = this.#desks.get(agent);
    if (!before) return undefined;
    const step = stepDesk(before, event, this.#hub.now());
    if (step.desk === before && step.effects.length === 0) return step.answer;
    this.#log(before, step.desk, event);
    this.#put(before, step.desk, step.effects);
    this.#takesOrNot(before, step.desk);
    this.#parts.keys.stepped(before, step.desk);
    const was = before.open?.interaction;
    if (was !== undefined && was !== step.desk.open?.interaction) this.#facts.delete(was);
    if (step.desk.isOver === true) this.#desks.delete(agent);
    this.audience.changed(agent);
    return step.answer;
  }

  /** Where calls come by pacing, who wants no more records of the campaign is paused, and ready again with Get Record. */
  #takesOrNot(before: Desk, { agent, takes }: Desk): void {
    const session = this.sessionOf(agent);
    const definition = this.#hub.world.campaigns.get(session?.campaign ?? '')?.definition;
    if (before.takes === takes || !session || !definition || !isPaced(definition)) return;
    const wants = takes[session.campaign] ?? true;
    if (wants === (before.takes[session.campaign] ?? true)) return;
    const event: SessionEvent = wants ? { type: 'ask-ready' } : { type: 'ask-pause', reason: 'stopped' };
    this.#parts.agents.handle(session.session, event);
  }

  #log(before: Desk, after: Desk, event: DeskEvent): void {
    const [was, is] = [before.open, after.open];
    if (was?.interaction === is?.interaction && was?.state === is?.state) return;
    const { agent } = after;
    const { interaction, campaign } = is ?? was ?? { interaction: '', campaign: '' };
    const what = event.type === 'interaction' ? event.event.type : event.type;
    const transition = { from: was?.state ?? 'none', event: what, to: is?.state ?? 'done' };
    this.#hub.parts.log.info(
      { agent, campaign, interaction, record: (is ?? was)?.record?.record, ...transition },
      'interaction',
    );
  }

  /** After a restart: timers run again, and what was under way is looked for. A call that was not written down begins. */
  resumed(agent: AgentNumber): void {
    const session = this.sessionOf(agent);
    const open = this.#desks.get(agent)?.open;
    if (session?.attempt !== undefined && open === undefined && isWrappedUpAtDesk(session)) {
      this.calls.connected(session, session.attempt);
      if (session.state === 'wrap-up') this.calls.released(agent, session.attempt, 'person-hung-up');
    }
    this.post(agent, { type: 'restored' });
  }

  // ---- the session

  sessionStepped(before: AgentSession | undefined, after: AgentSession, event?: SessionEvent): void {
    const { agent } = after;
    if (before === undefined && after.atDesk === true) this.furnish(after);
    if (after.state === 'offline') {
      if (this.#desks.has(agent)) this.post(agent, { type: 'session-lost' });
      return this.audience.ended(agent, after.reason);
    }
    if (before?.byKeys === true && after.byKeys !== true) this.#withoutKeys(agent);
    if (this.#desks.has(agent) && before !== undefined) this.#toDesk(before, after, event);
    this.audience.changed(agent);
  }

  /** A workspace was opened for it. */
  #withoutKeys(agent: AgentNumber): void {
    const before = this.#desks.get(agent);
    if (before === undefined) return;
    const { byKeys: _byKeys, ...desk } = before;
    this.#put(before, { ...desk, version: desk.version + 1 });
  }

  /** By the keys of a phone no agent says of each channel whether it is ready. */
  #settled({ agent, state, byKeys }: AgentSession): void {
    const to = state === 'ready' ? 'ready' : 'not-ready';
    this.post(agent, { type: 'channel', channel: 'voice', to });
    if (byKeys === true) this.post(agent, { type: 'channel', channel: 'preview', to });
  }

  #toDesk(before: AgentSession, after: AgentSession, event: SessionEvent | undefined): void {
    const { agent, attempt } = after;
    if (event?.type === 'connected' && attempt !== undefined && isWrappedUpAtDesk(after)) {
      this.calls.connected(after, attempt);
    } else if (event?.type === 'released' && before.attempt === event.attempt) {
      this.calls.released(agent, event.attempt, event.why);
    } else if (before.attempt !== undefined && before.attempt !== attempt && LOSES_CALL.has(event?.type ?? '')) {
      this.calls.happens(agent, { type: 'agent-gone' }, before.attempt);
    }
    const isLeaving = (session: AgentSession): boolean => session.signOutAfter || session.isDismissed === true;
    if (isLeaving(after) && !isLeaving(before)) this.#ownCommand(agent, { do: 'end-session' });
    const isNewState = before.state !== after.state;
    const isSettled = after.state === 'ready' || after.state === 'paused';
    if (isNewState && before.state === 'paused' && after.state === 'ready') this.#takesAgain(after);
    if (isNewState && isSettled) this.#settled(after);
    else if (isNewState) this.#hub.post({ type: 'desk-look', agent, campaign: after.campaign });
  }

  /** Whoever is ready again, by a click, a key or a supervisor, has calls come again: also after Done and Stop. */
  #takesAgain({ agent, campaign }: AgentSession): void {
    const definition = this.#hub.world.campaigns.get(campaign)?.definition;
    if (definition === undefined || !isPaced(definition) || this.#desks.get(agent)?.takes[campaign] !== false) return;
    this.#ownCommand(agent, { do: 'get-record', campaign, kind: kindOf(definition) });
  }

  callbackByKeys({ agent }: AgentSession, callback: Extract<Act, { do: 'set-callback' }>['callback'] | null): void {
    const { interaction } = this.#desks.get(agent)?.open ?? {};
    if (interaction === undefined) return;
    const act: Act = callback === null ? { do: 'cancel-callback' } : { do: 'set-callback', callback };
    this.post(agent, { type: 'command', command: { key: `by-keys-${this.#hub.parts.newId()}`, interaction, act } });
  }

  disposed({ agent }: AgentSession, { code, ...remarks }: { readonly code: string } & Remarks): void {
    const open = this.#desks.get(agent)?.open;
    if (!open) return;
    const act = { do: 'dispose', code, ...remarks } as const;
    const { interaction } = open;
    this.post(agent, { type: 'command', command: { key: `by-program-${this.#hub.parts.newId()}`, interaction, act } });
  }

  /** The time of its reservation was over: who has left the desk gets no other record, either. */
  leaseLost(agent: AgentNumber, interaction: string, why: 'lease-lost' | 'agent-gone' = 'lease-lost'): void {
    const open = this.#desks.get(agent)?.open;
    if (open?.interaction !== interaction) return;
    this.#ownCommand(agent, { do: 'stop', campaign: open.campaign });
    for (const channel of ['voice', 'preview'] as const) this.#ownCommand(agent, { do: 'set-not-ready', channel });
    this.post(agent, { type: 'interaction', interaction, event: { type: why } });
  }

  #ownCommand(agent: AgentNumber, wish: Wish): void {
    this.post(agent, { type: 'command', command: { key: `own-${this.#hub.parts.newId()}`, wish } });
  }

  look(agent: AgentNumber): void {
    this.#align(agent);
  }

  /** Session and desk are brought in step: a record in hand keeps the agent, one that is done with does not. */
  #align(agent: AgentNumber): void {
    if ((this.#coming.get(agent) ?? 0) > 0) return;
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      const session = this.sessionOf(agent);
      const event = session && alignment(session, this.#desks.get(agent));
      if (!event) return;
      this.#parts.agents.handle(session.session, event);
    }
  }
}

const LOSES_CALL: ReadonlySet<string> = new Set(['phone-lost', 'phone-hung-up', 'ring-failed', 'kept-too-long']);

/** Paused, and the record let go of. */
const MOST_STEPS = 3;
