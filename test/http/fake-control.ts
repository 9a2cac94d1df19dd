// A running engine for tests of the API: campaigns whose life follows the table, agents as in the store, events on call.

import type { ContentFault } from '../../src/call/content.ts';
import type { CampaignSound } from '../../src/campaign/sounds.ts';
import { OperationalError } from '../../src/base/errors.ts';
import { nameOf, type Actor } from '../../src/engine/actor.ts';
import type { AgentView, CampaignView, Health, TrunkView } from '../../src/engine/control-views.ts';
import type { Control, HandedOver, OutboundOrder } from '../../src/engine/control.ts';
import type { LiveEvent } from '../../src/engine/live-events.ts';
import type { DeskPort } from '../../src/engine/agents/desk-port.ts';
import type { CallbackRequest } from '../../src/engine/calls/callback-request.ts';
import type { Store } from '../../src/engine/store/store.ts';
import type { ScriptActed, ScriptRequest } from '../../src/engine/calls/script-request.ts';
import type { Listening, ListeningOrder } from '../../src/engine/calls/listening-orders.ts';
import type { CallOrder } from '../../src/engine/calls/call-orders.ts';
import type { DispositionGiven, DispositionRequest } from '../../src/engine/calls/disposition-request.ts';
import type { CallbackRow } from '../../src/engine/store/callbacks.ts';
import type { CallbackTimes } from '../../src/eligibility/callback-times.ts';
import type { OutboundStep } from '../../src/engine/store/outbound.ts';
import type { CampaignState } from '../../src/terms.ts';

const NEXT: Readonly<Record<string, readonly [from: readonly CampaignState[], to: CampaignState]>> = {
  approve: [['unapproved'], 'approved'],
  start: [['approved', 'stopped'], 'running'],
  pause: [['running'], 'paused'],
  resume: [['paused'], 'running'],
  stop: [['running', 'paused'], 'stopped'],
  archive: [['approved', 'stopped', 'exhausted'], 'archived'],
};

/** A campaign view with nothing going on. */
export function campaignView(change: Partial<CampaignView> = {}): CampaignView {
  const none = { p50: 0, p99: 0, max: 0, count: 0 };
  return {
    name: 'renewals',
    description: 'Policy renewals',
    mode: 'predictive',
    state: 'unapproved',
    changedAt: 1_790_000_000_000,
    dialing: false,
    why: 'It has not been approved yet.',
    reason: { kind: 'unapproved' },
    hours: 'at any time (no schedule)',
    opening: { kind: 'no-schedule' },
    agents: { paused: 0, ready: 0, engaged: 0, reserved: 0, talking: 0, 'wrap-up': 0 },
    calls: { placing: 0, ringing: 0, detecting: 0, waiting: 0, talking: 0 },
    today: {
      attempts: 0,
      liveAnswers: 0,
      connected: 0,
      abandoned: 0,
      abandonRate: 0,
      byResult: {},
      answerDelayMs: none,
      waited: { count: 0, maxMs: 0 },
      utilisation: 0,
    },
    abandonTarget: 0.03,
    ...change,
  };
}

export class FakeControl implements Control {
  readonly views = new Map<string, CampaignView>();
  readonly done: string[] = [];
  readonly listeners = new Set<(event: LiveEvent) => void>();
  signedIn: readonly string[] = [];
  handedOver: readonly HandedOver[] = [];
  callbackNow: CallbackRow = {
    id: 7,
    campaign: 'renewals',
    record: 1,
    contact: 1,
    name: 'Ada Moss',
    at: 1_790_000_000_000,
    zone: 'UTC',
    number: '+12125550111',
    phoneType: 'mobile',
    agent: null,
    state: 'pending',
    setBy: 'ann',
    setAt: 1_789_000_000_000,
    setIn: null,
    keptIn: null,
    endedAt: null,
    note: '',
  };
  healthNow: Health = {
    ready: true,
    draining: false,
    links: { ari: true, ami: true },
    sip: 'ok',
    store: 'ok',
    calls: 0,
    sessions: 0,
    halted: [],
  };
  soundsMissing: readonly CampaignSound[] | undefined = [];
  contentNow: readonly ContentFault[] = [];
  trunksNow: readonly TrunkView[] = [];
  outboundNow: OutboundStep = { on: true, by: '', at: 0, reason: '' };
  /** What a reload finds; set by the test. */
  onReload: () => void = () => undefined;
  /** No agent has a session; a test puts its own desks in place. */
  desks: DeskPort = {
    begun: () => Promise.resolve(),
    campaigns: () => [],
    mayEnter: () => true,
    open: ({ agent }) =>
      Promise.reject(new OperationalError('agent-unknown', `There is no agent ${agent}.`, { hint: 'Add the agent.' })),
    command: (agent) =>
      Promise.resolve({ answer: { code: 'no-session', message: 'No session.' }, view: this.desks.view(agent) }),
    admitBrowser: () => Promise.resolve(),
    browserConnection: () => undefined,
    screen: () => undefined,
    view: (agent) => ({ agent, version: 0, state: 'offline', since: 0 }),
    subscribe: () => () => undefined,
  };
  readonly #store: Pick<Store, 'agents'>;

  constructor(store: Pick<Store, 'agents'>, views: readonly CampaignView[] = [campaignView()]) {
    this.#store = store;
    for (const view of views) this.views.set(view.name, view);
  }

  campaigns(): readonly CampaignView[] {
    return [...this.views.values()];
  }

  campaign(name: string): CampaignView | undefined {
    return this.views.get(name);
  }

  actOnCampaign(name: string, action: string, by: Actor): Promise<CampaignView> {
    const view = this.views.get(name);
    const [from = [], to] = NEXT[action] ?? [];
    if (!view || to === undefined || !from.includes(view.state))
      return Promise.reject(
        new OperationalError('campaign-step-refused', `${name} is ${view?.state ?? 'unknown'}: it cannot ${action}.`, {
          hint: 'Approve it first.',
          httpCode: 409,
        }),
      );
    this.views.set(name, { ...view, state: to, dialing: to === 'running', why: `It is ${to}.` });
    this.done.push(`${action} ${name} by ${nameOf(by)}`);
    this.emit({ type: 'campaign', at: 0, campaign: name });
    return Promise.resolve(this.views.get(name) ?? view);
  }

  async agents(): Promise<readonly AgentView[]> {
    const agents = await this.#store.agents.all();
    return agents.map((agent) => ({
      ...agent,
      registered: false,
      state: 'offline',
      since: 0,
      ...(this.signedIn.includes(agent.number) ? { session: `s${agent.number}`, campaign: 'renewals' } : {}),
    }));
  }

  missingSounds(): Promise<readonly CampaignSound[] | undefined> {
    return Promise.resolve(this.soundsMissing);
  }

  signOutAgent(agent: string, by: Actor): Promise<void> {
    this.done.push(`sign out ${agent} by ${nameOf(by)}`);
    this.signedIn = this.signedIn.filter((number) => number !== agent);
    return Promise.resolve();
  }

  moveAgent(agent: string, campaign: string, by: Actor): Promise<void> {
    this.done.push(`move ${agent} to ${campaign} by ${nameOf(by)}`);
    return Promise.resolve();
  }

  endSession(agent: string, by: Actor): Promise<void> {
    this.done.push(`end session of ${agent} by ${nameOf(by)}`);
    return Promise.resolve();
  }

  budgets(): ReturnType<Control['budgets']> {
    return [];
  }

  content(): Promise<readonly ContentFault[]> {
    return Promise.resolve(this.contentNow);
  }

  agentsChanged(): Promise<readonly HandedOver[]> {
    this.done.push('agents changed');
    return Promise.resolve(this.handedOver);
  }

  liftLockOut(agent: string): void {
    this.done.push(`lock-out of ${agent} lifted`);
  }

  listsChanged(): Promise<void> {
    this.done.push('lists changed');
    return Promise.resolve();
  }

  recordsChanged(): Promise<void> {
    this.done.push('records changed');
    return Promise.resolve();
  }

  reload(): Promise<void> {
    this.done.push('reload');
    this.onReload();
    return Promise.resolve();
  }

  drain(): Promise<void> {
    this.done.push('drain');
    return Promise.resolve();
  }

  trunks(): readonly TrunkView[] {
    return this.trunksNow;
  }

  outbound(): OutboundStep {
    return this.outboundNow;
  }

  turnOutbound({ by, ...wanted }: OutboundOrder): Promise<OutboundStep> {
    this.outboundNow = { ...wanted, by: nameOf(by), at: 1_790_000_000_000 };
    return Promise.resolve(this.outboundNow);
  }
  callbackTimes(): Promise<CallbackTimes> {
    return Promise.resolve({ zone: 'UTC', date: '2026-12-01', quick: [], slots: [] });
  }

  setCallback(request: CallbackRequest): Promise<CallbackRow> {
    this.done.push(`callback for ${request.record} by ${nameOf(request.by)}`);
    return Promise.resolve(this.callbackNow);
  }

  cancelCallback(id: number, { by, again }: { readonly by: Actor; readonly again: boolean }): Promise<CallbackRow> {
    this.done.push(`callback ${id} cancelled by ${nameOf(by)}${again ? ', again' : ''}`);
    return Promise.resolve({ ...this.callbackNow, id, state: 'cancelled' });
  }

  dispose({ attempt, disposition, reason }: DispositionRequest): Promise<DispositionGiven> {
    if (reason === undefined)
      return Promise.reject(
        new OperationalError('disposition-incomplete', `The disposition ${disposition} asks for a reason.`, {
          hint: 'Give reason.',
          httpCode: 409,
        }),
      );
    this.done.push(`${attempt}: ${disposition}`);
    return Promise.resolve({
      attempt,
      campaign: 'renewals',
      record: 1,
      agent: '101',
      disposition,
      reason,
      before: null,
    });
  }

  listeningNow: readonly Listening[] = [];

  listen(agent: string, { mode, phone, stays, by }: ListeningOrder): Promise<Listening> {
    const begun = { agent, phone, mode, by, state: 'ringing', since: 0, stays: stays === true } as const;
    this.listeningNow = [begun];
    return Promise.resolve(begun);
  }

  readonly admitted: string[] = [];

  admitListener(phone: string, { name }: Parameters<Control['admitListener']>[1]): Promise<void> {
    this.admitted.push(`${phone} ${name}`);
    return Promise.resolve();
  }

  endListening(agent: string, phone?: string): Promise<void> {
    this.done.push(`listening to ${agent} ends: ${phone ?? 'all'}`);
    this.listeningNow = [];
    return Promise.resolve();
  }

  usersChanged(): Promise<void> {
    this.done.push('users changed');
    return Promise.resolve();
  }

  listenings(): readonly Listening[] {
    return this.listeningNow;
  }

  callNow: ReturnType<Control['callOf']>;

  callOf(): ReturnType<Control['callOf']> {
    return this.callNow;
  }

  controlCall(agent: string, order: CallOrder): ReturnType<Control['controlCall']> {
    this.done.push(`${agent}: ${order.do}${order.do === 'keys' ? ` ${order.keys}` : ''}`);
    if (this.callNow && order.do === 'hold') this.callNow = { ...this.callNow, heldSince: 1_790_000_000_000 };
    return Promise.resolve(this.callNow);
  }

  scriptNow: ReturnType<Control['script']> | undefined;
  refusesScript: ScriptActed['refused'];

  script(agent: string): ReturnType<Control['script']> {
    this.done.push(`${agent}: script`);
    if (!this.scriptNow) {
      throw new OperationalError('script-no-call', 'No call.', { hint: 'Wait for one.', httpCode: 409 });
    }
    return this.scriptNow;
  }

  actOnScript({ agent, act }: ScriptRequest): Promise<ScriptActed> {
    const view = this.script(agent);
    this.done.push(`${agent}: script ${act.do}`);
    const refused = this.refusesScript;
    return Promise.resolve(refused === undefined ? { view } : { view, refused });
  }

  locksNow: ReturnType<Control['locks']> = [];

  locks(): ReturnType<Control['locks']> {
    return this.locksNow;
  }

  health(): Health {
    return this.healthNow;
  }

  subscribe(listener: (event: LiveEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit(event: LiveEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}
