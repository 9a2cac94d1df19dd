// What the engine shows of itself: campaigns, agents, health. Read only.

import { defined } from '../base/defined.ts';
import { hoursInWords, hoursOf } from '../campaign/hours-in-words.ts';
import { dialsTodayUntil, nextChangeAt } from '../campaign/schedule.ts';
import { maskNumber } from '../base/log.ts';
import { VALIDATION_MESSAGES } from '../rules/validation.ts';
import type { AgentView, CampaignBudget, CampaignView, Health } from './control-views.ts';
import type { Moves } from './agents/moves.ts';
import type { Dialing } from './dialing/dialing.ts';
import type { Hub } from './hub.ts';
import { shownOrigin } from './legs.ts';
import type { Agent } from './ports.ts';
import type { RunningCampaign } from './world.ts';

/** A thread of the store that has not answered for so long is stalled. */
const STALLED_AFTER_MS = 3_000;
const HOUR_MS = 3_600_000;

export class Views {
  readonly #hub: Hub;
  readonly #dialing: Dialing;
  readonly #moves: Pick<Moves, 'to'>;

  constructor(hub: Hub, { dialing, moves }: { readonly dialing: Dialing; readonly moves: Pick<Moves, 'to'> }) {
    this.#hub = hub;
    this.#dialing = dialing;
    this.#moves = moves;
  }

  campaign(campaign: RunningCampaign): CampaignView {
    const { definition, state, changedAt, pacing } = campaign;
    const now = this.#hub.now();
    const decision = this.#dialing.decision(campaign);
    const sessions = this.#hub.world.sessionsOf(definition.name);
    const calls = this.#hub.world.callsOf(definition.name).map((live) => live.call.state);
    const count = (...states: readonly string[]): number => calls.filter((call) => states.includes(call)).length;
    const agents = (wanted: string): number => sessions.filter((session) => session.state === wanted).length;
    const opening = hoursOf(definition.schedule, now);
    const next = nextChangeAt(definition.schedule, now);
    const window = campaign.answers.window(definition, now);
    const shadows = definition.pacing.shadows === undefined ? undefined : campaign.pacer?.shadows();
    return {
      name: definition.name,
      description: definition.description,
      mode: definition.mode,
      state,
      changedAt,
      dialing: decision.mayDial,
      why: decision.why,
      reason: decision.reason,
      ...defined({ cause: decision.cause, nextChangeAt: next }),
      hours: hoursInWords(opening),
      opening,
      agents: {
        paused: agents('paused'),
        ready: agents('ready'),
        engaged: agents('engaged'),
        reserved: agents('reserved'),
        talking: agents('talking'),
        'wrap-up': agents('wrap-up'),
      },
      calls: {
        placing: count('placing') + campaign.opening,
        ringing: count('ringing'),
        detecting: count('detecting', 'answered', 'awaiting-beep', 'leaving-message'),
        waiting: count('waiting', 'abandon-message', 'confirming'),
        talking: count('connecting', 'talking', 'handing-over', 'handed-over'),
      },
      today: campaign.figures.show(sessions, now),
      abandonTarget: definition.pacing.abandonTarget,
      ...defined({ pacing }),
      decisions: campaign.decisions.latest(),
      ...defined({ shadows, window }),
    };
  }

  /** Every abandonment limit of the campaign, the tightest first. */
  budget({ definition, answers }: RunningCampaign): CampaignBudget {
    const now = this.#hub.now();
    const limits = answers.windows(definition, now).map((window) => {
      const leftWith = (more: number): number => window.target * (window.liveAnswers + more) - window.abandoned;
      const endsAt = Math.min(window.endsAt ?? Infinity, dialsTodayUntil(definition.schedule, now));
      const expected = (answers.answersSince(now - HOUR_MS) * (endsAt - now)) / HOUR_MS;
      return {
        ...window,
        left: Math.floor(leftWith(0)),
        ...(window.endsAt === undefined ? {} : { leftAtEnd: Math.floor(leftWith(expected)) }),
      };
    });
    return { campaign: definition.name, limits: limits.toSorted((one, other) => one.left - other.left) };
  }

  agent(agent: Agent): AgentView {
    const { number, name, groups, account } = agent;
    const { sessionByAgent, sessions, registered, calls } = this.#hub.world;
    const session = sessions.get(sessionByAgent.get(number) ?? '');
    const about = { number, name, groups, account, registered: registered.has(account) };
    if (!session) return { ...about, state: 'offline', since: 0 };
    const live = session.attempt === undefined ? undefined : calls.get(session.attempt);
    const talkingTo = live?.opened.record.phones[live.opened.phoneIndex]?.number;
    return {
      ...about,
      state: session.state,
      since: session.since,
      session: session.session,
      campaign: session.campaign,
      phoneMode: session.plan.phoneMode,
      ...defined({ reason: session.reason, attempt: session.attempt, movesTo: this.#moves.to(number) }),
      ...(talkingTo === undefined ? {} : { talkingTo: maskNumber(talkingTo) }),
      ...(live?.opened.validation === undefined ? {} : { note: VALIDATION_MESSAGES[live.opened.validation] }),
      ...(live === undefined ? {} : shownOrigin(live.call.origin)),
    };
  }

  health(): Health {
    const { world } = this.#hub;
    const store = this.#storeHealth();
    const sip = this.#hub.parts.sip?.() ?? 'unknown';
    const certificate = this.#hub.parts.certificate?.();
    return {
      ready: world.linkUp && store === 'ok' && sip !== 'silent' && !world.draining,
      draining: world.draining,
      links: this.#hub.parts.links?.() ?? { ari: world.linkUp, ami: world.linkUp },
      sip,
      ...defined({ certificate }),
      store,
      calls: world.calls.size,
      sessions: world.sessions.size,
      halted: [...world.campaigns.values()]
        .filter(({ halted }) => halted?.by === 'fault')
        .map(({ definition }) => definition.name),
    };
  }

  #storeHealth(): Health['store'] {
    const { parts, writer } = this.#hub;
    if (parts.storeThreads?.().some(({ silentMs }) => silentMs > STALLED_AFTER_MS)) return 'stalled';
    return writer.failing ? 'failing' : 'ok';
  }
}
