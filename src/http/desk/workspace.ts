// One agent's workspace: the newest picture, numbered (numbered-picture.ts), and the one stream that gets each change as
// soon as the engine's turn is over. What is looked up in the store (notes, the day) is added when it is there, as one more
// change.

import type { Log } from '../../base/log.ts';
import type { Clock } from '../../base/clock.ts';
import type { DeskPort, DeskView as EngineView } from '../../engine/agents/desk-port.ts';
import type { CallStanding } from '../../engine/calls/call-orders.ts';
import type { Agent } from '../../engine/ports.ts';
import type { Store } from '../../engine/store/store.ts';
import { ofRecord } from '../../records/unknown-caller.ts';
import type { AgentNumber, CampaignState } from '../../terms.ts';
import type { DeskView } from '../wire/desk.ts';
import { AtScreen } from './at-screen.ts';
import { BesideRecord } from './beside-record.ts';
import type { NotesOf } from './notes-of.ts';
import { NumberedPicture } from './numbered-picture.ts';
import { campaignNotices, endOfSession, withNotices, type Notice } from './notices.ts';
import type { DeskStream } from './stream.ts';
import { dayOf, noFigures } from './today.ts';
import { sectionsOf, type Beside, type Sections } from './workspace-view.ts';

export interface WorkspaceParts {
  readonly desks: DeskPort;
  readonly store: Pick<Store, 'notes' | 'forms' | 'sessions' | 'callbacks'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Of this run of the daemon: numbers of another run mean nothing here. */
  readonly epoch: string;
  readonly callOf: (agent: AgentNumber) => CallStanding | undefined;
  readonly standing: Beside['standing'];
  readonly definition: Beside['definition'];
  /** Whether the daemon has been asked to stop. */
  readonly stopping: () => boolean;
}

const MOST_PAST = 20;

export class Workspace {
  readonly agent: AgentNumber;
  readonly atScreen: AtScreen;
  readonly #parts: WorkspaceParts;
  readonly #unsubscribe: () => void;
  #known: Pick<Agent, 'name' | 'account'>;
  #engine: EngineView;
  #states: ReadonlyMap<string, CampaignState> | undefined;
  #notices: readonly Notice[] = [];
  #noticesMade = 0;
  /** What is written there is shown at once. */
  readonly beside: BesideRecord;
  /** The records that the agent has had in hand lately, by interaction: late text still finds its own. */
  readonly #past = new Map<string, NotesOf>();
  #chosen: string | null = null;
  #begun: { readonly session: string; readonly at: number } | undefined;
  #today: Sections['today'];
  #counting = false;
  #countAgain = false;
  readonly #picture: NumberedPicture;
  #sections: Sections;
  #isDue = false;
  #stream: DeskStream | undefined;
  #sent = 0;

  constructor(agent: Pick<Agent, 'number' | 'name' | 'account'>, parts: WorkspaceParts) {
    this.agent = agent.number;
    this.#known = agent;
    this.#parts = parts;
    this.atScreen = new AtScreen(agent.number, parts);
    this.#picture = new NumberedPicture(parts.epoch);
    this.beside = new BesideRecord({ ...parts, onChange: () => this.look() });
    this.#engine = parts.desks.view(agent.number);
    this.#today = noFigures(this.#zone(), parts.clock.now());
    this.#sections = this.#compose();
    this.#unsubscribe = parts.desks.subscribe(agent.number, () => this.#soon());
    this.#picture.take(this.#sections);
  }

  /** What only the store knows, before the first picture is shown. */
  async begin(): Promise<void> {
    await Promise.all([this.beside.turnTo(this.#engine.open?.interaction), this.#count()]);
  }

  close(): void {
    this.#unsubscribe();
    this.#stream?.end();
  }

  /** How everything stands now. */
  view(): DeskView {
    this.look();
    return { at: this.#parts.clock.now(), version: this.#picture.version, ...this.#sections };
  }

  /** What the record in hand is known by, for what is written about it. */
  get inHand(): { readonly engine: EngineView; readonly fields: Readonly<Record<string, unknown>> } {
    this.look();
    return { engine: this.#engine, fields: this.beside.fields };
  }

  hadInHand(interaction: string): NotesOf | undefined {
    return this.#past.get(interaction);
  }

  /** The day, counted now. */
  async today(): Promise<DeskView['today']> {
    await this.#count();
    return this.#today;
  }

  // ---- what is written here

  dismiss(notice: string): void {
    this.#notices = this.#notices.filter(({ id }) => id !== notice);
    this.look();
  }

  // ---- the stream

  /** A second stream takes over: the first one gets `taken-over`, and ends. `after`: the id of the last event that was read. */
  stream(stream: DeskStream, after: string | undefined): void {
    this.#stream?.send('taken-over', { at: this.#parts.clock.now(), agent: this.agent });
    this.#stream?.end();
    this.#stream = undefined;
    const view = this.view();
    this.#stream = stream;
    this.atScreen.streamed(true);
    const from = this.#picture.versionIn(after);
    if (from === undefined) stream.send('state', view, this.#picture.id);
    this.#sendSince(from ?? this.#picture.version);
  }

  #sendSince(version: number): void {
    const { version: newest, id } = this.#picture;
    if (version < newest) {
      this.#stream?.sendText('change', this.#picture.changeSince(version, this.#parts.clock.now()), id);
    }
    this.#sent = newest;
  }

  ended(stream: DeskStream): void {
    if (this.#stream !== stream) return;
    this.#stream = undefined;
    this.atScreen.streamed(false);
  }

  get isStreamed(): boolean {
    return this.#stream !== undefined;
  }

  beat(): void {
    this.look();
    this.#stream?.send('beat', { at: this.#parts.clock.now(), version: this.#picture.version });
  }

  // ---- looking

  /** After the engine's turn: several changes of one turn are one picture, and none waits any longer. */
  #soon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      try {
        this.look();
      } catch (fault) {
        this.#parts.log.error({ agent: this.agent, error: String(fault) }, 'a workspace could not be shown');
      }
    });
  }

  /** Takes the newest picture; a stream is sent what is other in it. */
  look(): void {
    const before = this.#engine;
    this.#engine = this.#parts.desks.view(this.agent);
    this.#follow(before, this.#engine);
    this.#sections = this.#compose();
    this.#picture.take(this.#sections);
    if (this.#stream !== undefined) this.#sendSince(this.#sent);
  }

  /** What follows beside from the difference between two pictures. */
  #follow(before: EngineView, now: EngineView): void {
    this.#remember(now.open);
    if (now.open?.interaction !== before.open?.interaction) void this.beside.turnTo(now.open?.interaction);
    const isOtherSession = now.session?.session !== before.session?.session;
    if (isOtherSession && now.session === undefined) this.#notify([endOfSession(now.reason)]);
    if (isOtherSession && now.session !== undefined) {
      this.#chosen = now.session.campaign;
      this.#begun = { session: now.session.session, at: this.#parts.clock.now() };
    }
    if (isOtherSession || COUNTED.has(before.state) !== COUNTED.has(now.state)) void this.#count();
    const campaigns = this.#parts.desks.campaigns(this.agent);
    if (this.#states !== undefined) this.#notify(campaignNotices(this.#states, campaigns));
    this.#states = new Map(campaigns.map(({ name, state }) => [name, state]));
  }

  #remember(open: EngineView['open']): void {
    const facts = open?.facts && ofRecord(open.facts);
    if (open === undefined || facts === undefined || this.#past.has(open.interaction)) return;
    const { interaction, campaign } = open;
    this.#past.set(interaction, { interaction, campaign, record: facts.record, contact: facts.contact });
    const [oldest] = this.#past.keys();
    if (this.#past.size > MOST_PAST && oldest !== undefined) this.#past.delete(oldest);
  }

  #notify(notices: readonly Omit<Notice, 'id' | 'at'>[]): void {
    if (notices.length === 0) return;
    const at = this.#parts.clock.now();
    const more = notices.map((notice) => {
      this.#noticesMade += 1;
      return { id: `${this.#parts.epoch}-${this.#noticesMade}`, at, ...notice };
    });
    this.#notices = withNotices(this.#notices, more);
  }

  #compose(): Sections {
    const { desks, callOf, standing, definition, clock } = this.#parts;
    const session = this.#engine.session?.session;
    return sectionsOf(this.#engine, {
      ...this.#known,
      standing,
      definition,
      now: clock.now(),
      campaigns: desks.campaigns(this.agent),
      call: callOf(this.agent),
      chosen: this.#chosen,
      notes: this.beside.notes,
      forms: this.beside.forms,
      fields: this.beside.fields,
      notices: this.#notices,
      today: this.#today,
      stopping: this.#parts.stopping(),
      sessionSince: this.#begun?.session === session ? this.#begun?.at : undefined,
    });
  }

  // ---- what the store knows

  /** Counts the day again; asked for meanwhile, once more after it. */
  async #count(): Promise<void> {
    if (this.#counting) return void (this.#countAgain = true);
    this.#counting = true;
    try {
      const { store, clock } = this.#parts;
      const labelOf = (code: string): string => this.#labelOf(code);
      const { today, day } = await dayOf(store, { agent: this.agent, zone: this.#zone(), now: clock.now(), labelOf });
      this.#today = today;
      const last = day.sessions.at(-1);
      this.#chosen ??= last?.campaign ?? null;
      const own = day.sessions.find(({ session }) => session === this.#engine.session?.session);
      if (own) this.#begun = { session: own.session, at: own.startedAt };
      this.look();
    } catch (fault) {
      this.#parts.log.warn({ agent: this.agent, error: String(fault) }, 'the day of an agent could not be counted');
    } finally {
      this.#counting = false;
    }
    if (!this.#countAgain) return;
    this.#countAgain = false;
    await this.#count();
  }

  /** As one of the agent's campaigns has it; what none has any more stands as its code. */
  #labelOf(disposition: string): string {
    const { desks, definition } = this.#parts;
    const all = desks.campaigns(this.agent).flatMap(({ name }) => definition(name)?.dispositions ?? []);
    return all.find(({ code }) => code === disposition)?.label ?? disposition;
  }

  #zone(): string {
    const { desks, definition } = this.#parts;
    const name = this.#engine.session?.campaign ?? desks.campaigns(this.agent)[0]?.name ?? '';
    return definition(name)?.schedule?.timezone ?? 'UTC';
  }
}

/** Whoever comes out of one of these has one more call to count. */
const COUNTED: ReadonlySet<string> = new Set(['talking', 'wrap-up']);
