// What a bug costs: the call that it met is hung up unless people talk, and closed when its leg is gone; its campaign
// places no new calls until a person starts it again, everything else goes on. A bug that cannot be laid to a campaign
// stops the dialing of all of them.

import { defined } from '../base/defined.ts';
import type { SessionEvent } from '../agent/session.ts';
import type { AttemptId, CampaignName, LegId, SessionId } from '../terms.ts';
import type { CallEvent } from '../call/call.ts';
import { eventOfPlayback } from './calls/call-sounds.ts';
import type { EngineEvent } from './events.ts';
import type { Hub } from './hub.ts';
import type { TelephonyEvent } from './ports.ts';
import type { LiveCall, RunningCampaign } from './world.ts';

/** What an event is about, as far as that is known. */
interface About {
  readonly campaign?: CampaignName;
  readonly attempt?: AttemptId;
  readonly session?: SessionId;
  readonly leg?: LegId;
  readonly account?: string;
  /** The leg has only just come, and belongs to no call yet. */
  readonly arrives?: true;
}

/** What must come to its end although a bug was met. */
export interface BrokenEnds {
  /** The call was asked to hang up. */
  readonly reap: (attempt: AttemptId) => void;
  /** The leg of the call is gone. */
  readonly closeCall: (attempt: AttemptId, event: CallEvent | undefined) => void;
  /** The phone of the session is gone. */
  readonly closeSession: (session: SessionId) => void;
}

export class Faults {
  readonly #hub: Omit<Hub, 'faults'>;
  readonly #ends: BrokenEnds;

  constructor(hub: Omit<Hub, 'faults'>, ends: BrokenEnds) {
    this.#hub = hub;
    this.#ends = ends;
  }

  /** In handling an event. */
  inEvent(event: EngineEvent, fault: unknown): void {
    this.#hub.parts.log.error({ event, fault }, 'fault in outdial');
    const about = aboutEvent(event);
    const what = event.type === 'telephony' ? event.event.type : event.type;
    this.#halt(this.#campaigns(about), { what, fault });
    try {
      this.#hangUp(about);
      this.#finish(event);
    } catch (second) {
      this.#hub.parts.log.error({ event, fault: second }, 'fault in outdial');
    }
  }

  /** Of what is gone nothing more is heard: it is ended here. */
  #finish(event: EngineEvent): void {
    const { calls, callByLeg, sessions } = this.#hub.world;
    if (event.type === 'call') {
      const state = calls.get(event.attempt)?.call.state;
      if (state === 'ended' || LAST_EVENTS.has(event.event.type)) this.#ends.closeCall(event.attempt, event.event);
    }
    if (event.type === 'session') {
      const state = sessions.get(event.session)?.state;
      if (state === 'offline' || PHONE_GONE.has(event.event.type)) this.#ends.closeSession(event.session);
    }
    if (event.type !== 'telephony' || event.event.type !== 'leg-ended') return;
    const { leg, cause, sipCode } = event.event;
    const attempt = callByLeg.get(leg);
    const ended = { type: 'ended', cause, ...defined({ sipCode }) } as const;
    if (attempt !== undefined) this.#hub.post({ type: 'call', attempt, event: ended });
    const session = [...sessions.values()].find((one) => one.leg === leg)?.session;
    if (session !== undefined) this.#hub.post({ type: 'session', session, event: { type: 'phone-lost' } });
  }

  /** In something that only this campaign does. */
  inCampaign(campaign: CampaignName, fault: unknown): void {
    this.#hub.parts.log.error({ campaign, fault }, 'fault in outdial: the campaign stops dialing');
    this.#halt([campaign], { what: 'deciding how many lines to dial', fault });
  }

  /** In something that is about nothing in particular. */
  inTimer(name: string, fault: unknown): void {
    this.#hub.parts.log.error({ timer: name, fault }, 'fault in outdial');
    this.#halt([], { what: name, fault });
  }

  /** Without a campaign: all of them. */
  #halt(names: readonly CampaignName[], { what, fault }: { readonly what: string; readonly fault: unknown }): void {
    const { campaigns } = this.#hub.world;
    const message = fault instanceof Error ? fault.message : String(fault);
    const known = names.flatMap((name) => campaigns.get(name) ?? []);
    const isEverywhere = known.length === 0;
    const why = isEverywhere
      ? `${message} (${what}; which campaign it concerns is not known, so all have stopped)`
      : `${message} (${what})`;
    for (const campaign of isEverywhere ? campaigns.values() : known) this.#stop(campaign, why);
  }

  #stop(campaign: RunningCampaign, why: string): void {
    const { name } = campaign.definition;
    if (campaign.halted?.by === 'file') return;
    campaign.halted = { by: 'fault', why };
    this.#hub.emit({ type: 'campaign', at: this.#hub.now(), campaign: name });
  }

  /** The campaigns that it concerns; none: that is not known. */
  #campaigns({ campaign, attempt, session, leg, account }: About): readonly CampaignName[] {
    const { calls, callByLeg, sessions, sessionByLeg, signIns } = this.#hub.world;
    const ofCall = calls.get(attempt ?? callByLeg.get(leg ?? '') ?? '')?.call.campaign;
    const ofSession = sessions.get(session ?? sessionByLeg.get(leg ?? '') ?? '')?.campaign;
    const ofAccount = [...sessions.values()].filter((one) => one.account === account).map((one) => one.campaign);
    const known = [campaign, ofCall, ofSession, ...ofAccount].filter((name) => name !== undefined);
    return [...new Set(known.length > 0 ? known : (signIns.get(leg ?? '')?.campaigns ?? []))];
  }

  /** No person and no phone is left on a line that leads nowhere; who talks goes on talking. */
  #hangUp({ attempt, session, leg, arrives }: About): void {
    const { calls, callByLeg, sessions, sessionByLeg, signIns, listenIns } = this.#hub.world;
    const offered = sessions.get(session ?? sessionByLeg.get(leg ?? '') ?? '')?.attempt;
    const id = attempt ?? callByLeg.get(leg ?? '') ?? offered;
    const live = id === undefined ? undefined : calls.get(id);
    if (live) {
      if (mayTalk(live)) return;
      this.#hub.run({ type: 'hang-up', leg: live.call.leg });
      this.#ends.reap(live.call.attempt);
    } else if (leg !== undefined && !sessionByLeg.has(leg) && (arrives || signIns.has(leg) || listenIns.has(leg)))
      this.#hub.run({ type: 'hang-up', leg });
  }
}

/** After these there is no leg, or none that we know of. */
const LAST_EVENTS: ReadonlySet<CallEvent['type']> = new Set(['ended', 'vanished', 'place-failed']);
const PHONE_GONE: ReadonlySet<SessionEvent['type']> = new Set(['phone-hung-up', 'phone-lost']);

/** In one bridge with an agent, or about to be: the exchange may have joined them already. */
const mayTalk = ({ call }: LiveCall): boolean =>
  call.state === 'talking' || call.state === 'connecting' || (call.bridgedAt !== undefined && call.state === 'waiting');

function aboutEvent(event: EngineEvent): About {
  switch (event.type) {
    case 'telephony':
      return aboutTelephony(event.event);
    case 'call-over':
      return { campaign: event.ended.campaign };
    case 'agent-opened':
    case 'agent-dialed':
    case 'numbers-checked':
      return { campaign: event.dial.campaign, session: event.dial.session };
    case 'reservation-lapsed':
      return { campaign: event.reservation.campaign };
    case 'phone-looked-up':
      return { leg: event.look.leg, session: event.look.session };
    case 'said-too-long':
      return { session: event.listener, leg: event.listener };
    case 'caller-found':
    case 'caller-refused':
      return { leg: event.leg, arrives: true };
    default:
      return named(event);
  }
}

/** Most events name what they are about. */
function named(event: EngineEvent): About {
  return {
    ...('campaign' in event ? { campaign: event.campaign } : {}),
    ...('attempt' in event ? { attempt: event.attempt } : {}),
    ...('session' in event ? { session: event.session } : {}),
    ...('leg' in event && event.leg !== undefined ? { leg: event.leg } : {}),
  };
}

function aboutTelephony(event: TelephonyEvent): About {
  switch (event.type) {
    case 'playback-finished':
      return aboutPlayback(event.playback);
    case 'phone':
      return { account: event.account };
    case 'leg-arrived':
      return { leg: event.leg, arrives: true };
    case 'link':
    case 'trunk':
      return {};
    default:
      return { leg: event.leg };
  }
}

function aboutPlayback(playback: string): About {
  const ofCall = eventOfPlayback(playback)?.attempt ?? /^(?:greeting|busy|requested)-(i-.+)$/.exec(playback)?.[1];
  if (ofCall !== undefined) return { attempt: ofCall };
  const listener = /^say-(.+)-\d+$/.exec(playback)?.[1];
  return listener === undefined ? {} : { session: listener };
}
