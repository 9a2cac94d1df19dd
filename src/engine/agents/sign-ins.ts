// Phones that dialed the sign-in code, until they have a session or are sent away.

import type { PinTry } from '../../agent/lock-out.ts';
import {
  startConfirmation,
  startListenIn,
  startSignIn,
  stepSignIn,
  type SignInEffect,
  type SignInEvent,
  type SignIn,
} from '../../agent/sign-in.ts';
import { unreachable } from '../../base/errors.ts';
import { worksIn } from '../../campaign/membership.ts';
import type { AgentNumber, CampaignName, LegId } from '../../terms.ts';
import type { DialedListeners } from '../calls/dialed-listeners.ts';
import type { Agents } from './agents.ts';
import type { NewSession } from './new-session.ts';
import type { Hub } from '../hub.ts';
import { PinTries } from './pin-tries.ts';
import type { Agent } from '../ports.ts';

/** Silence after which a phone is sent away. */
const SILENCE_MS = 20_000;
const GOODBYE_MS = 8_000;

/** `name` undefined: who it is could not be read. */
interface OpenedByPhone {
  readonly leg: LegId;
  readonly name: string | undefined;
}

export class SignIns {
  readonly #hub: Hub;
  readonly #agents: Agents;
  readonly #listening: Pick<DialedListeners, 'begin' | 'refused'>;
  /** How often which PIN may be tried. */
  readonly tries: PinTries;

  constructor(hub: Hub, agents: Agents, listening: Pick<DialedListeners, 'begin' | 'refused'>) {
    this.#hub = hub;
    this.#agents = agents;
    this.#listening = listening;
    this.tries = new PinTries(hub);
  }

  /** A phone of `account` has dialed the code, to work or to listen. */
  begin(leg: LegId, account: string, wants?: 'listening'): void {
    const { signIns, sessionByLeg, listenIns } = this.#hub.world;
    if (signIns.has(leg) || sessionByLeg.has(leg) || listenIns.has(leg)) return;
    this.#hub.run({ type: 'answer', leg });
    this.#begin(wants === 'listening' ? startListenIn(leg, account) : startSignIn(leg, account));
  }

  /** An outside phone that was called for an agent's session has picked up. */
  confirm(leg: LegId, phone: string, agent: AgentNumber): void {
    this.#begin(startConfirmation(leg, phone, agent));
  }

  #begin([signIn, ...effects]: ReturnType<typeof startSignIn>): void {
    this.#hub.world.signIns.set(signIn.leg, signIn);
    for (const effect of effects) this.#carryOut(signIn, effect);
  }

  handle(leg: LegId, event: SignInEvent): void {
    const before = this.#hub.world.signIns.get(leg);
    if (!before) return;
    if (event.type === 'key') this.#agents.prompts.stop(leg);
    const step = stepSignIn(before, event);
    if (step.ignored) return;
    this.#hub.world.signIns.set(leg, step.signIn);
    for (const effect of step.effects) this.#carryOut(step.signIn, effect);
    if (step.signIn.state === 'done') {
      this.#hub.world.signIns.delete(leg);
      this.#hub.timers.clear(`silence ${leg}`);
    }
  }

  #carryOut(signIn: SignIn, effect: SignInEffect): void {
    const { leg } = signIn;
    switch (effect.do) {
      case 'say':
        return this.#agents.prompts.sayTo(
          leg,
          effect.prompts,
          effect.prompts.includes('choose-campaign') ? signIn.campaigns : [],
        );
      case 'listen':
        return this.#hub.timers.set(`silence ${leg}`, this.#hub.now() + SILENCE_MS, () =>
          this.#hub.post({ type: 'sign-in', leg, event: { type: 'silence' } }),
        );
      case 'check':
        return void this.#check(signIn, effect.number, effect.pin);
      case 'open-session':
        return void this.#openSession(signIn, effect.number, effect.campaign);
      case 'listen-in':
        return this.#listenIn(signIn, effect);
      case 'rejoin':
        return this.#agents.phones.seat(effect.session, leg);
      case 'hang-up':
        return this.#agents.prompts.afterSaying(leg, () => this.#hub.run({ type: 'hang-up', leg }), GOODBYE_MS);
      default:
        return unreachable(effect);
    }
  }

  #listenIn({ leg, account }: SignIn, listenIn: Extract<SignInEffect, { readonly do: 'listen-in' }>): void {
    const { number, supervisor: user, typed } = listenIn;
    this.#listening.begin({ leg, account, number, user });
    for (const key of typed) this.#hub.post({ type: 'listen-in', leg, event: { type: 'key', key } });
  }

  /** Number and PIN against the store; too many wrong ones lock the phone out for a while. */
  async #check({ leg, account, wants }: SignIn, number: string, pin: string): Promise<void> {
    const isOwnPhone = this.#hub.world.agentsByNumber.get(number)?.account === account;
    const tried: PinTry = { phone: account, agent: number, isOwnPhone };
    const event = await this.#checked(tried, pin, wants).catch((fault: unknown): SignInEvent => {
      this.#hub.parts.log.error({ agent: number, phone: account, fault }, 'sign-in could not be checked');
      return { type: 'refused', why: 'wrong' };
    });
    this.#hub.post({ type: 'sign-in', leg, event });
  }

  /** The try counts before anything is waited for: many at once are no way around the limit. */
  async #checked(tried: PinTry, pin: string, wants: SignIn['wants']): Promise<SignInEvent> {
    const { store, verifySecret, log } = this.#hub.parts;
    const { agent: number, phone } = tried;
    const locked = this.tries.begin(tried);
    if (locked !== undefined) {
      log.warn({ agent: number, phone, lockedUntil: locked }, 'sign-in refused: phone locked after wrong PINs');
      return { type: 'refused', why: 'locked-out' };
    }
    const secrets = await store.agents.secrets(number);
    // An agent who does not exist takes as long as one who does.
    const right = await verifySecret(secrets?.pinHash, pin);
    if (!secrets || !right) return this.#wrong(tried);
    this.tries.right(tried);
    if (wants === 'listening') return this.#supervisor(tried);
    const session = this.#hub.world.sessionByAgent.get(number);
    const campaigns = this.#campaignsFor(secrets.agent);
    return session === undefined ? { type: 'accepted', campaigns } : { type: 'accepted', campaigns, session };
  }

  /** The PIN makes no supervisor: the user whose number it is must be one. */
  async #supervisor({ agent, phone }: PinTry): Promise<SignInEvent> {
    const supervisor = await this.#hub.parts.supervisorOf(agent);
    if (supervisor !== undefined) return { type: 'accepted', campaigns: [], supervisor };
    this.#listening.refused({ number: agent, account: phone }, 'right-missing');
    return { type: 'accepted', campaigns: [] };
  }

  #wrong(tried: PinTry): SignInEvent {
    const { agent, phone } = tried;
    const { log } = this.#hub.parts;
    log.warn({ agent, phone }, 'sign-in refused: wrong number or PIN');
    const until = this.tries.wrong(tried);
    if (until === 0) return { type: 'refused', why: 'wrong' };
    log.error({ phone, agent, until }, 'phone locked after wrong PINs: somebody may be guessing');
    return { type: 'refused', why: 'locked-out' };
  }

  /** Campaigns that may be joined: approved or further, for one of the agent's groups. Running ones come first. */
  #campaignsFor(agent: Agent): CampaignName[] {
    return [...this.#hub.world.campaigns.values()]
      .filter(({ state }) => state !== 'unapproved' && state !== 'archived')
      .filter(({ definition }) => worksIn(definition, agent.groups))
      .sort(
        (a, b) =>
          Number(b.state === 'running') - Number(a.state === 'running') ||
          (a.definition.name < b.definition.name ? -1 : 1),
      )
      .map(({ definition }) => definition.name);
  }

  async #openSession(signIn: SignIn, number: string, campaign: CampaignName): Promise<void> {
    const secrets = await this.#hub.parts.store.agents.secrets(number).catch(() => undefined);
    const { leg, account } = signIn;
    this.#hub.post({ type: 'session-opens', leg, account, agent: number, campaign, name: secrets?.agent.name });
  }

  /** Who the agent is has been read; `name` undefined: it is not known, and the phone is let go. */
  open({ name, ...who }: Omit<NewSession, 'name' | 'leg'> & OpenedByPhone): void {
    if (name === undefined) return this.#hub.run({ type: 'hang-up', leg: who.leg });
    this.#agents.open({ ...who, name });
  }
}
