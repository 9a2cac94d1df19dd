// Outside phones of agents: any number, called over a trunk for a session when its agent asks for it. The line is taken and
// the call is in the books before it is placed; who picks up is the agent once the agent's PIN is typed (sign-ins.ts).

import type { AgentSession } from '../../agent/session.ts';
import { OperationalError } from '../../base/errors.ts';
import type { Campaign } from '../../campaign/definition.ts';
import type { NumberClass } from '../../campaign/number-gate.ts';
import type { AgentNumber, CampaignName, LegId, SessionId } from '../../terms.ts';
import { noteChange } from '../audit-trail.ts';
import { lineFor } from '../calls/third-choice.ts';
import { numberNotDialed, whyNotDialed } from '../dialing/number-gate.ts';
import { dialString } from '../dialing/placement.ts';
import type { Trunks } from '../dialing/trunks.ts';
import type { Hub } from '../hub.ts';
import type { OutsideCall } from './outside-call.ts';

/** What a trunk may dial beyond these is dialed for people; no agent sits there. */
const OF_PEOPLE: ReadonlySet<string> = new Set<NumberClass>(['fixed', 'mobile', 'fixed-or-mobile', 'voip']);

interface Line {
  readonly trunk: string;
  readonly campaign: CampaignName;
}

interface Parts {
  readonly trunks: Trunks;
  readonly confirm: (leg: LegId, phone: string, agent: AgentNumber) => void;
}

export class OutsidePhones {
  readonly #hub: Hub;
  readonly #parts: Parts;
  readonly #lines = new Map<LegId, Line>();

  constructor(hub: Hub, parts: Parts) {
    this.#hub = hub;
    this.#parts = parts;
  }

  /** Takes a line and writes the call down; `outside-phone` follows, or the session hears that no phone came. */
  call({ session, agent, campaign, outside: number = '' }: AgentSession): void {
    const leg: LegId = `a-${this.#hub.parts.newId()}`;
    const trunk = this.#line(campaign, number, agent);
    if (trunk === undefined) return this.#hub.post(failed(session));
    this.#hub.world.outsideByLeg.set(leg, session);
    this.#lines.set(leg, { trunk, campaign });
    const { store } = this.#hub.parts;
    const change = { at: this.#hub.now(), what: 'agent.phone', subject: `agent ${agent}`, to: { number, trunk } };
    Promise.all([store.sessions.outside({ session, trunk }), noteChange(store, { kind: 'agent', agent }, change)]).then(
      () => this.#hub.post({ type: 'outside-phone', call: { session, leg, number, trunk } }),
      (fault: unknown) => {
        this.#hub.parts.log.error({ agent, fault }, 'an outside phone is not called: it could not be written down');
        this.#hub.post({ type: 'outside-phone', call: { session, leg, number, trunk: '' } });
      },
    );
  }

  #line(campaign: CampaignName, number: string, agent: AgentNumber): string | undefined {
    const definition = this.#hub.world.campaigns.get(campaign)?.definition;
    try {
      if (definition) mayBeCalled(this.#hub, definition, number);
      const { name } = lineFor(this.#hub, this.#parts.trunks, { campaign, number, about: { agent } });
      this.#parts.trunks.hours.opened(name);
      return name;
    } catch (refusal) {
      if (!(refusal instanceof OperationalError)) throw refusal;
      this.#hub.parts.log.warn({ agent, campaign, why: refusal.message }, 'an outside phone is not called');
      return undefined;
    }
  }

  /** It is in the books: placed, unless the session does without it by now. `trunk` empty: it is not. */
  place({ session: id, leg, number, trunk: name }: OutsideCall): void {
    const session = this.#hub.world.sessions.get(id);
    const trunk = this.#parts.trunks.find(name);
    const isWanted = session?.phone === 'ringing' && session.outside === number && this.#hub.world.linkUp;
    if (!isWanted || trunk === undefined) return this.ended(leg);
    const [callerId = ''] = this.#hub.world.campaigns.get(session.campaign)?.definition.callerIds.numbers ?? [];
    this.#parts.trunks.hours.placed(trunk, number);
    this.#hub.run(
      {
        type: 'call-agent',
        leg,
        number: dialString(number, trunk),
        trunk: name,
        callerId,
        ringTimeoutMs: session.plan.ringMs,
      },
      (_reason, _linkDown, noAnswer) => (noAnswer ? undefined : { type: 'outside-ended', leg }),
    );
  }

  /** Whether the leg is one of these and no seat is taken with it yet. */
  isToConfirm(leg: LegId): boolean {
    return this.#hub.world.outsideByLeg.has(leg) && !this.#hub.world.sessionByLeg.has(leg);
  }

  /** Somebody, or something, has picked up. */
  arrived(leg: LegId): void {
    const { outsideByLeg, sessions, signIns } = this.#hub.world;
    const session = sessions.get(outsideByLeg.get(leg) ?? '');
    if (session?.outside === undefined) return this.#hub.run({ type: 'hang-up', leg });
    if (!signIns.has(leg)) this.#parts.confirm(leg, `outside ${session.outside}`, session.agent);
  }

  /** Its end gives the line back; one that had no seat was not picked up, or not confirmed. */
  ended(leg: LegId): void {
    const { outsideByLeg, sessions } = this.#hub.world;
    const session = sessions.get(outsideByLeg.get(leg) ?? '');
    const line = this.#lines.get(leg);
    outsideByLeg.delete(leg);
    this.#lines.delete(leg);
    if (line) this.#parts.trunks.release(line.trunk, line.campaign);
    if (session?.phone === 'ringing' && session.leg !== leg) this.#hub.post(failed(session.session));
  }

  /** A session is over: phones that were called for it and have no seat are let go. */
  closed(): void {
    const { outsideByLeg, sessions } = this.#hub.world;
    for (const [leg, session] of outsideByLeg) {
      if (!sessions.has(session) && this.isToConfirm(leg)) this.#hub.run({ type: 'hang-up', leg });
    }
  }

  /** A phone that sat in its session's bridge over a restart of ours. */
  adopt(leg: LegId, session: SessionId, line: Line): void {
    this.#hub.world.outsideByLeg.set(leg, session);
    this.#lines.set(leg, line);
    this.#parts.trunks.occupy(line.trunk, line.campaign);
  }
}

const failed = (session: SessionId) => ({ type: 'session', session, event: { type: 'ring-failed' } }) as const;

/** Refused with `outside-phone-not-allowed` and `number-not-dialed`. */
export function mayBeCalled(hub: Pick<Hub, 'parts'>, campaign: Campaign, number: string): void {
  if (campaign.agentPhone.outside !== true) {
    throw new OperationalError('outside-phone-not-allowed', `Agents of ${campaign.name} may not use outside phones.`, {
      hint: 'Use the phone of your account or the browser; an administrator allows others: agent_phone: {outside: yes}.',
      httpCode: 403,
    });
  }
  const { class: kind } = hub.parts.kindOf(number);
  const why = whyNotDialed(hub, campaign, number);
  if (why !== undefined) throw numberNotDialed(number, why);
  if (!OF_PEOPLE.has(kind)) throw numberNotDialed(number, 'a number of a kind at which no agent sits');
}
