// What is asked for at the desks by a workspace: each request has its turn between two events, is answered once what it has
// led to is in the store, and is carried out once, whatever is sent twice. Fulfils the port.

import type { AgentSession, PhoneKind } from '../../agent/session.ts';
import { OperationalError } from '../../base/errors.ts';
import { worksIn } from '../../campaign/membership.ts';
import type { Command } from '../../interaction/desk.ts';
import type { Act, Interaction } from '../../interaction/interaction.ts';
import type { AgentNumber, Phone } from '../../terms.ts';
import type { Callbacks } from '../calls/callbacks.ts';
import { numberNotDialed, whyNotDialed } from '../dialing/number-gate.ts';
import { NO_LINK } from '../asterisk-unreachable.ts';
import type { Hub } from '../hub.ts';
import type { Agents } from './agents.ts';
import type { BrowserAccount } from './browser-account.ts';
import type { BrowserPhones } from './browser-phones.ts';
import type { DeskKeeping } from './desk-keeping.ts';
import type { Desks } from './desks.ts';
import { DeskOpenings, isOpen } from './desk-openings.ts';
import { DeskScreens } from './desk-screens.ts';
import { kindOf } from './desk-plan.ts';
import type {
  DeskAnswer,
  DeskCampaign,
  DeskCommand,
  DeskPort,
  DeskRefusal,
  DeskView,
  OpenDesk,
  SessionRequest,
} from './desk-port.ts';

type ActCommand = Extract<Command, { readonly act: Act }>;

/** Session commands that are remembered by their keys, for each agent. */
const KEYS_KEPT = 64;

interface Parts {
  readonly desks: Desks;
  readonly agents: Agents;
  readonly browsers: Pick<BrowserPhones, 'admit' | 'connection'>;
  readonly callbacks: Pick<Callbacks, 'set' | 'takeBack'>;
  readonly keeping: Pick<DeskKeeping, 'settled'>;
}

export class DeskRequests implements DeskPort {
  readonly #hub: Hub;
  readonly #desks: Desks;
  readonly #agents: Agents;
  readonly #openings: DeskOpenings;
  readonly #screens: DeskScreens;
  readonly #browsers: Parts['browsers'];
  readonly #callbacks: Pick<Callbacks, 'set' | 'takeBack'>;
  readonly #keeping: Pick<DeskKeeping, 'settled'>;
  readonly #turns = new Map<number, () => void>();
  readonly #answered = new Map<AgentNumber, Map<string, string>>();
  #requests = 0;
  #begin: () => void = () => undefined;
  /** What is asked for before the desks are as they were waits for that. */
  readonly #begun = new Promise<void>((resolve) => {
    this.#begin = resolve;
  });

  constructor(hub: Hub, { desks, agents, browsers, callbacks, keeping }: Parts) {
    this.#hub = hub;
    this.#desks = desks;
    this.#agents = agents;
    this.#openings = new DeskOpenings(hub, { desks, agents });
    this.#screens = new DeskScreens(hub, desks);
    this.#browsers = browsers;
    this.#callbacks = callbacks;
    this.#keeping = keeping;
  }

  /** At start, once everything has been taken up. */
  start(): void {
    this.#begin();
    this.#screens.start();
  }

  begun(): Promise<void> {
    return this.#begun;
  }

  campaigns(agent: AgentNumber): readonly DeskCampaign[] {
    const { world } = this.#hub;
    const groups = world.agentsByNumber.get(agent)?.groups ?? [];
    return [...world.campaigns.values()]
      .filter(({ state, definition }) => isOpen(state) && worksIn(definition, groups))
      .sort(
        (a, b) =>
          Number(b.state === 'running') - Number(a.state === 'running') ||
          (a.definition.name < b.definition.name ? -1 : 1),
      )
      .map(({ definition, state }) => {
        const { name, description } = definition;
        return { name, description, kind: kindOf(definition), state };
      });
  }

  mayEnter(agent: AgentNumber): boolean {
    return this.#hub.world.agentsByNumber.has(agent) || this.#desks.sessionOf(agent) !== undefined;
  }

  view(agent: AgentNumber): DeskView {
    return this.#desks.audience.view(agent);
  }

  subscribe(agent: AgentNumber, listener: (view: DeskView) => void): () => void {
    return this.#desks.audience.subscribe(agent, listener);
  }

  async admitBrowser(agent: AgentNumber, account: BrowserAccount): Promise<void> {
    await this.#begun;
    await this.#browsers.admit(agent, account);
  }

  browserConnection(agent: AgentNumber, isThere: boolean): void {
    this.#browsers.connection(agent, isThere);
  }

  screen(agent: AgentNumber, isThere: boolean): void {
    this.#screens.screen(agent, isThere);
  }

  async open(wanted: OpenDesk): Promise<DeskView> {
    await this.#begun;
    this.#desks.audience.seen(wanted.agent);
    await this.#inTurn(wanted.agent, () => {
      const isNew = this.#desks.sessionOf(wanted.agent) === undefined;
      this.#openings.open(wanted);
      const session = this.#desks.sessionOf(wanted.agent);
      if (isNew && wanted.ready === true && session !== undefined) this.#ready(session);
    });
    await this.#keeping.settled(wanted.agent);
    return this.view(wanted.agent);
  }

  async command(agent: AgentNumber, wanted: DeskCommand): Promise<DeskAnswer> {
    await this.#begun;
    this.#desks.audience.seen(agent);
    const checked = await this.#checked(agent, wanted);
    const answer = 'code' in checked ? checked : await this.#inTurn(agent, () => this.#carryOut(agent, checked));
    await this.#keeping.settled(agent);
    return { answer, view: this.view(agent) };
  }

  /** What must be asked outside of the desk first: whether a callback may be agreed on, and whether a number is one. */
  async #checked(agent: AgentNumber, command: DeskCommand): Promise<DeskCommand | DeskRefusal> {
    if (!('act' in command)) return command;
    const { act } = command;
    const open = this.#desks.deskOf(agent)?.open;
    const isCurrent = open !== undefined && open.interaction === command.interaction;
    if (!isCurrent || (command.expects !== undefined && command.expects !== open.version)) return command;
    if (act.do === 'call' && act.typed !== undefined) return this.#typed(open, command, act.typed);
    if (open.record === undefined) return command;
    const { record } = open.record;
    if (act.do === 'cancel-callback' && open.callback !== undefined && record !== undefined) {
      await this.#callbacks.takeBack(record, { kind: 'agent', agent });
    }
    if (act.do !== 'set-callback') return command;
    if (record === undefined) return no('not-now', 'The campaign has no record of this person to call again.');
    const { at, zone, phone, agent: whose } = act.callback;
    const { number, type } = phone;
    const by = { kind: 'agent', agent } as const;
    try {
      await this.#callbacks.set({ record, at, zone, number, type, agent: whose, by });
      return command;
    } catch (refusal) {
      if (!(refusal instanceof OperationalError)) throw refusal;
      return refusalOf(refusal);
    }
  }

  #typed({ campaign }: Interaction, command: ActCommand, typed: Phone): DeskCommand | DeskRefusal {
    const number = this.#hub.parts.readNumber?.(typed.number) ?? typed.number;
    const definition = this.#hub.world.campaigns.get(campaign)?.definition;
    const why = definition && whyNotDialed(this.#hub, definition, number);
    if (why !== undefined) return refusalOf(numberNotDialed(number, why));
    return { ...command, act: { ...command.act, typed: { ...typed, number } } as Act };
  }

  /** Between two events, and never during one. */
  async #inTurn<T>(agent: AgentNumber, act: () => T): Promise<T> {
    this.#requests += 1;
    const request = this.#requests;
    return new Promise((resolve, reject) => {
      this.#turns.set(request, () => {
        try {
          resolve(act());
        } catch (refusal) {
          reject(refusal instanceof Error ? refusal : new Error(String(refusal)));
          if (!(refusal instanceof OperationalError)) throw refusal;
        }
      });
      const campaign = this.#desks.sessionOf(agent)?.campaign ?? '';
      this.#hub.post({ type: 'desk-asked', agent, campaign, request });
    });
  }

  takeTurn(request: number): void {
    const turn = this.#turns.get(request);
    this.#turns.delete(request);
    turn?.();
  }

  // ---- commands

  #carryOut(agent: AgentNumber, command: DeskCommand): DeskAnswer['answer'] {
    if (this.#desks.sessionOf(agent) === undefined) return no('no-session', 'You have no session: open one first.');
    if ('session' in command)
      return this.#once(agent, command.key, JSON.stringify(command.session), () =>
        this.#ofSession(agent, command.session),
      );
    if (this.#desks.deskOf(agent) === undefined) return this.#byPhone(agent, command);
    const answer = this.#desks.step(agent, { type: 'command', command }) ?? 'done';
    this.#desks.look(agent);
    return answer;
  }

  #once(agent: AgentNumber, key: string, what: string, act: () => DeskAnswer['answer']): DeskAnswer['answer'] {
    const known = this.#answered.get(agent) ?? new Map<string, string>();
    const before = known.get(key);
    if (before !== undefined)
      return before === what ? 'repeated' : no('key-used', 'This key was used for another command.');
    const answer = act();
    if (answer !== 'done') return answer;
    const kept = [...known, [key, what] as const].slice(-KEYS_KEPT);
    this.#answered.set(agent, new Map(kept));
    return answer;
  }

  #ofSession(agent: AgentNumber, wanted: SessionRequest): DeskAnswer['answer'] {
    const session = this.#desks.sessionOf(agent);
    if (!session) return no('no-session', 'You have no session: open one first.');
    if (wanted.do === 'change-phone') return this.#changePhone(session, wanted.to);
    if (wanted.do === 'call-phone') return this.#callPhone(session);
    if (wanted.do === 'resume') return this.#ready(session);
    if (!session.plan.pauseReasons.some(({ code }) => code === wanted.reason) && wanted.reason !== 'pause') {
      return no('no-such-reason', `The campaign has no reason ${wanted.reason} for a pause.`);
    }
    this.#agents.handle(session.session, { type: 'ask-pause', reason: wanted.reason });
    this.#channels(agent, 'not-ready');
    return 'done';
  }

  #ready({ session, agent }: AgentSession): 'done' {
    this.#agents.handle(session, { type: 'ask-ready' });
    this.#channels(agent, 'ready');
    return 'done';
  }

  #channels(agent: AgentNumber, to: 'ready' | 'not-ready'): void {
    for (const channel of ['voice', 'preview'] as const) this.#desks.step(agent, { type: 'channel', channel, to });
  }

  #callPhone({ session, outside, phone }: AgentSession): DeskAnswer['answer'] {
    if (outside === undefined || phone !== 'down') return no('not-now', 'No outside phone of yours is away.');
    if (!this.#hub.world.linkUp) return no('asterisk-unreachable', NO_LINK);
    this.#agents.handle(session, { type: 'ring-again' });
    return 'done';
  }

  #changePhone(session: AgentSession, to: Exclude<PhoneKind, 'number'>): DeskAnswer['answer'] {
    const { world } = this.#hub;
    if (session.outside !== undefined) {
      return no('phone-not-changed', 'This session has an outside phone: end it, then open it with the other phone.');
    }
    if (session.plan.phoneMode === 'ringing') {
      return no(
        'phone-not-changed',
        'This session rings the phone for each call: end it, then open it with the other phone.',
      );
    }
    if (to === 'account' && !world.registered.has(session.account)) {
      return no('phone-not-registered', `The phone ${session.account} is not registered.`);
    }
    this.#agents.handle(session.session, { type: 'phone-changed', to });
    return 'done';
  }

  /** The session is worked by the keys of the phone: what its keys can do, a workspace can. */
  #byPhone(agent: AgentNumber, command: Command): DeskAnswer['answer'] {
    const session = this.#desks.sessionOf(agent);
    if (!session || !('wish' in command)) return no('no-desk', 'This session is worked by phone: open a desk for it.');
    const { wish } = command;
    const events = {
      'end-session': { type: 'ask-sign-out' },
      'set-ready': { type: 'ask-ready' },
      'set-not-ready': { type: 'ask-pause', reason: 'pause' },
    } as const;
    const event = wish.do in events ? events[wish.do as keyof typeof events] : undefined;
    if (!event) return no('no-desk', 'This session is worked by phone: open a desk for it.');
    this.#agents.handle(session.session, event);
    return 'done';
  }
}

const refusalOf = ({ code, message, hint }: OperationalError): DeskRefusal => no(code, `${message} ${hint}`);

const no = (code: string, message: string): DeskRefusal => ({ code, message });
