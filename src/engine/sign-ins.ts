// Phones that dialed the sign-in code, until they have a session or are sent away.

import { startSignIn, stepSignIn, type SignInEffect, type SignInEvent, type SignIn } from '../agent/sign-in.ts';
import { unreachable } from '../base/errors.ts';
import type { CampaignName, LegId } from '../terms.ts';
import type { Agents } from './agents.ts';
import type { Hub } from './hub.ts';
import type { Agent } from './ports.ts';

/** Silence after which a phone is sent away. */
const SILENCE_MS = 20_000;
const GOODBYE_MS = 8_000;

export class SignIns {
  readonly #hub: Hub;
  readonly #agents: Agents;

  constructor(hub: Hub, agents: Agents) {
    this.#hub = hub;
    this.#agents = agents;
  }

  /** A phone of `account` has dialed the code. */
  begin(leg: LegId, account: string): void {
    if (this.#hub.world.signIns.has(leg) || this.#hub.world.sessionByLeg.has(leg)) return;
    this.#hub.run({ type: 'answer', leg });
    const [signIn, ...effects] = startSignIn(leg, account);
    this.#hub.world.signIns.set(leg, signIn);
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
          effect.prompts.includes('choose-campaign') ? (signIn.campaigns?.length ?? 0) : 0,
        );
      case 'listen':
        return this.#hub.timers.set(`silence ${leg}`, this.#hub.now() + SILENCE_MS, () =>
          this.#hub.post({ type: 'sign-in', leg, event: { type: 'silence' } }),
        );
      case 'check':
        return void this.#check(leg, effect.number, effect.pin);
      case 'open-session':
        return void this.#openSession(signIn, effect.number, effect.campaign);
      case 'rejoin':
        return this.#agents.phones.seat(effect.session, leg);
      case 'hang-up':
        return this.#agents.prompts.afterSaying(leg, () => this.#hub.run({ type: 'hang-up', leg }), GOODBYE_MS);
      default:
        return unreachable(effect);
    }
  }

  /** Number and PIN against the store; too many wrong ones in a row lock the agent out for a while. */
  async #check(leg: LegId, number: string, pin: string): Promise<void> {
    const event = await this.#checked(number, pin).catch((fault: unknown): SignInEvent => {
      this.#hub.parts.log.error({ agent: number, fault }, 'sign-in could not be checked');
      return { type: 'refused', why: 'wrong' };
    });
    this.#hub.post({ type: 'sign-in', leg, event });
  }

  async #checked(number: string, pin: string): Promise<SignInEvent> {
    const { store, settings, verifySecret, log } = this.#hub.parts;
    const at = this.#hub.now();
    const secrets = await store.agents.secrets(number);
    if (!secrets) return { type: 'refused', why: 'wrong' };
    const { wrongPins, lastWrongAt } = secrets;
    if (wrongPins >= settings.maxWrongPins && at - (lastWrongAt ?? 0) < settings.lockOutMs) {
      log.warn({ agent: number }, 'sign-in refused: locked out after wrong PINs');
      return { type: 'refused', why: 'locked-out' };
    }
    const right = await verifySecret(secrets.pinHash, pin);
    await store.agents.noteSignIn(number, { right, at });
    if (!right) {
      log.warn({ agent: number }, 'sign-in refused: wrong PIN');
      return { type: 'refused', why: wrongPins + 1 >= settings.maxWrongPins ? 'locked-out' : 'wrong' };
    }
    const session = this.#hub.world.sessionByAgent.get(number);
    const campaigns = this.#campaignsFor(secrets.agent);
    return session === undefined ? { type: 'accepted', campaigns } : { type: 'accepted', campaigns, session };
  }

  /** Campaigns that may be joined: approved or further, for one of the agent's groups. Running ones come first. */
  #campaignsFor(agent: Agent): CampaignName[] {
    return [...this.#hub.world.campaigns.values()]
      .filter(({ state }) => state !== 'unapproved' && state !== 'archived')
      .filter(({ definition }) => definition.agents.some((group) => agent.groups.includes(group)))
      .sort(
        (a, b) =>
          Number(b.state === 'running') - Number(a.state === 'running') ||
          (a.definition.name < b.definition.name ? -1 : 1),
      )
      .map(({ definition }) => definition.name);
  }

  async #openSession(signIn: SignIn, number: string, campaign: CampaignName): Promise<void> {
    const secrets = await this.#hub.parts.store.agents.secrets(number).catch(() => undefined);
    this.#hub.post({
      type: 'then',
      what: 'session opens',
      run: () => {
        if (!secrets) return this.#hub.run({ type: 'hang-up', leg: signIn.leg });
        const { name } = secrets.agent;
        this.#agents.open({ agent: number, name, account: signIn.account, campaign, leg: signIn.leg });
      },
    });
  }
}
