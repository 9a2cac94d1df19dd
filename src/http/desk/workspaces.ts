// The workspaces of all agents: each is made when it is first asked for and kept from then on; there are as many as agents
// who have ever come. Beats for the streams, and how campaigns stand, which is asked for once for all of them.

import type { ServerResponse } from 'node:http';
import { OperationalError } from '../../base/errors.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Campaign } from '../../campaign/definition.ts';
import type { CampaignView } from '../../engine/control-views.ts';
import type { Control } from '../../engine/control.ts';
import type { Store } from '../../engine/store/store.ts';
import type { AgentNumber, CampaignName } from '../../terms.ts';
import type { CampaignCatalogue } from '../campaign-files.ts';
import { inTurns } from './in-turns.ts';
import { DeskStream } from './stream.ts';
import { Workspace, type WorkspaceParts } from './workspace.ts';

export interface WorkspacesOptions {
  readonly control: Control;
  readonly store: Store;
  readonly campaigns: Pick<CampaignCatalogue, 'all'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly beatMs?: number;
}

interface Shown {
  readonly definition: Campaign | undefined;
  readonly text: string;
}

/** How a campaign stands is asked for again after this. */
const STANDING_MS = 5_000;
/** Steps of campaigns are gathered this long: they come many at once. */
const GATHER_MS = 100;

export class Workspaces {
  readonly #options: WorkspacesOptions;
  readonly #parts: WorkspaceParts;
  readonly #all = new Map<AgentNumber, Promise<Workspace>>();
  readonly #streamed = new Set<Workspace>();
  readonly #standing = new Map<CampaignName, { readonly at: number; readonly view: CampaignView | undefined }>();
  /** What agents were last shown of each campaign. */
  readonly #shown = new Map<CampaignName, Shown>();
  readonly #changed = new Set<CampaignName>();
  #stops: (() => void)[] = [];
  #cancelGathering: (() => void) | undefined;

  constructor(options: WorkspacesOptions) {
    this.#options = options;
    const { control, store, clock, log } = options;
    this.#parts = {
      store,
      clock,
      log,
      desks: control.desks,
      epoch: clock.now().toString(36),
      callOf: (agent) => control.callOf(agent),
      standing: (name) => this.#standingOf(name),
      definition: (name) => this.definition(name),
      stopping: () => control.health().draining,
    };
  }

  /** Refused with `agent-gone`. */
  async of(agent: AgentNumber): Promise<Workspace> {
    const known = this.#all.get(agent);
    if (known && this.#options.control.desks.mayEnter(agent)) return known;
    if (known) this.#forget(agent, known);
    const made = this.#make(agent);
    this.#all.set(agent, made);
    made.catch(() => this.#all.delete(agent));
    return made;
  }

  async #make(number: AgentNumber): Promise<Workspace> {
    const agent = (await this.#options.store.agents.all()).find((one) => one.number === number);
    if (!agent) throw agentGone(number);
    const workspace = new Workspace(agent, this.#parts);
    await workspace.begin();
    return workspace;
  }

  /** Whose agent is gone is shown nothing any more. */
  #forget(agent: AgentNumber, made: Promise<Workspace>): void {
    this.#all.delete(agent);
    made.then(
      (workspace) => workspace.close(),
      () => undefined,
    );
  }

  definition(name: CampaignName): Campaign | undefined {
    return this.#options.campaigns.all().find(({ campaign }) => campaign.name === name)?.campaign;
  }

  /** Streams to `response` until the reader goes, falls behind, or another stream of the agent takes over. */
  stream(workspace: Workspace, response: ServerResponse, after: string | undefined): void {
    const stream: DeskStream = new DeskStream(response, () => {
      workspace.ended(stream);
      if (!workspace.isStreamed) this.#streamed.delete(workspace);
      if (this.#streamed.size === 0) this.#rest();
    });
    this.#streamed.add(workspace);
    if (this.#stops.length === 0) this.#watch();
    workspace.stream(stream, after);
  }

  async close(): Promise<void> {
    this.#rest();
    const all = await Promise.allSettled(this.#all.values());
    for (const one of all) if (one.status === 'fulfilled') one.value.close();
    this.#all.clear();
  }

  #watch(): void {
    const { control, clock, beatMs = 2_000 } = this.#options;
    let cancel: () => void;
    const beat = (): void => {
      this.#each((workspace) => this.#beat(workspace));
      cancel = clock.after(beatMs, beat);
    };
    cancel = clock.after(beatMs, beat);
    const unsubscribe = control.subscribe((event) => {
      if (event.type !== 'campaign') return;
      this.#changed.add(event.campaign);
      this.#cancelGathering ??= clock.after(GATHER_MS, () => this.#campaignsChanged());
    });
    this.#stops = [unsubscribe, () => cancel()];
  }

  #beat(workspace: Workspace): void {
    const made = this.#all.get(workspace.agent);
    if (made === undefined || this.#options.control.desks.mayEnter(workspace.agent)) return workspace.beat();
    this.#forget(workspace.agent, made);
  }

  /** A campaign that dials has news many times a second: pictures are taken again where agents are shown any of it. */
  #campaignsChanged(): void {
    this.#cancelGathering = undefined;
    const news = [...this.#changed].filter((name) => this.#isNews(name));
    this.#changed.clear();
    if (news.length > 0) this.#each((workspace) => workspace.look());
  }

  #isNews(name: CampaignName): boolean {
    this.#standing.delete(name);
    const { state, mode, why, hours } = this.#standingOf(name) ?? {};
    const [before, definition] = [this.#shown.get(name), this.definition(name)];
    const now: Shown = { definition, text: JSON.stringify([state, mode, why, hours]) };
    this.#shown.set(name, now);
    return before?.text !== now.text || before.definition !== definition;
  }

  /** One after the other with turns for others between them: a call that is answered meanwhile waits for none of it. */
  #each(act: (workspace: Workspace) => void): void {
    inTurns([...this.#streamed], (workspace) => {
      if (this.#streamed.has(workspace)) this.#guarded(workspace, () => act(workspace));
    });
  }

  #guarded(workspace: Workspace, act: () => void): void {
    try {
      act();
    } catch (fault) {
      this.#options.log.error({ agent: workspace.agent, error: String(fault) }, 'a workspace could not be shown');
    }
  }

  #rest(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#cancelGathering?.();
    this.#cancelGathering = undefined;
  }

  #standingOf(name: CampaignName): CampaignView | undefined {
    const { control, clock } = this.#options;
    const now = clock.now();
    const known = this.#standing.get(name);
    if (known && now - known.at < STANDING_MS) return known.view;
    const view = control.campaign(name);
    this.#standing.set(name, { at: now, view });
    return view;
  }
}

function agentGone(agent: AgentNumber): OperationalError {
  return new OperationalError('agent-gone', `There is no agent ${agent} any more.`, {
    hint: 'An administrator adds the agent again, or gives this user another one: outdial user set-role.',
    httpCode: 409,
  });
}
