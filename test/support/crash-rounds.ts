// A call centre under load whose daemon or Asterisk is killed, round after round: what was talking, ringing and signed in
// before, and what became of it afterwards. Used by the tests and the benchmark; judges nothing, counts everything.

import { CAMPAIGN, openCallCentre, type CallCentre } from '../../demo/call-centre.ts';
import { attemptsOf, recordsOf } from '../../demo/figures.ts';
import { seededRandom, type Random } from '../../src/base/random.ts';
import { matchCallRecords, type Audit } from '../../src/call/audit.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { agentView, campaignDetails } from '../../src/http/wire/wire.ts';
import { people, wantsToTalkMs } from './crash-people.ts';
import { ExchangeView, type Conversation } from './exchange-view.ts';
import { until } from './until.ts';

/** `both`: Asterisk dies while the daemon is dead. */
export type Victim = 'daemon' | 'asterisk' | 'both';

export interface RoundFigures {
  readonly victim: Victim;
  /** Conversations and calls not yet answered at the moment of the kill. */
  readonly talking: number;
  readonly dialed: number;
  /** Conversations that were still in the same bridge afterwards; the others had ended meanwhile. */
  readonly kept: number;
  readonly ended: number;
  /** Conversations whose person was left without the agent. */
  readonly torn: readonly string[];
  /** Attempts without a result of which no leg lives, once the daemon was ready again. */
  readonly openWithoutLeg: readonly string[];
  /** Agents whose session is not the one from before. */
  readonly lostSessions: readonly string[];
  /** The longest that anyone who had picked up heard neither agent nor message, from the kill until all was well. */
  readonly longestSilenceMs: number;
  readonly readyAfterMs: number;
  readonly agentsBackAfterMs: number;
  readonly dialingAfterMs: number;
}

export interface EndFigures {
  readonly attempts: number;
  readonly carrierCalls: number;
  readonly unmatched: number;
  readonly open: number;
  /** Attempts with more than one call at the carrier. */
  readonly doubled: readonly string[];
  readonly disagreements: number;
  /** Legs and bridges that no one needs when no call is under way. */
  readonly leftOver: readonly string[];
  /** Agents who neither are ready nor wrap up then. */
  readonly stuck: readonly string[];
  /** Conversations that the carrier saw end before the person wanted to, and not by Asterisk's death. */
  readonly cutShort: readonly string[];
  /** Conversations kept over a crash that did not end with the person's hang-up after all. */
  readonly keptInVain: readonly string[];
  readonly byResult: Readonly<Record<string, number>>;
  readonly own: Audit;
  readonly carrier: Audit;
}

export interface CrashOptions {
  readonly agents: number;
  readonly rounds: number;
  readonly seed: number;
  readonly say?: (text: string) => void;
}

const READY_LIMIT_MS = 30_000;
const AGENTS_BACK_LIMIT_MS = 40_000;
const LEFT_LIMIT_MS = 10_000;
/** Call records hold whole seconds, and a conversation's end takes a moment to reach the far side. */
const TALK_TOLERANCE_MS = 1_500;

export class CrashRounds {
  readonly centre: CallCentre;
  readonly #exchange: ExchangeView;
  readonly #random: Random;
  readonly #options: CrashOptions;
  readonly #working = new AbortController();
  readonly #asteriskDeaths: number[] = [];
  readonly #kept = new Set<string>();
  #work: Promise<void> = Promise.resolve();

  private constructor(centre: CallCentre, options: CrashOptions) {
    this.centre = centre;
    this.#options = options;
    this.#exchange = new ExchangeView(centre.box.pbx);
    this.#random = seededRandom(options.seed);
  }

  /** Opens the call centre, signs the agents in and starts a campaign that dials more people than there are agents. */
  static async open(options: CrashOptions): Promise<CrashRounds> {
    const centre = await openCallCentre({
      agents: options.agents,
      records: 0,
      seed: options.seed,
      numbers: people(options.seed, 500 + options.rounds * 250),
      wrapUpMs: 1_500,
      campaign: {
        mode: 'ratio',
        pacing: '{ratio: 1.6, abandon_target: 3%, ring: 20s, min_ring: 15s, max_lines: 60, max_calls_per_second: 20}',
        wrap_up: '{limit: 6s, disposition: required, over: ready}',
        agent_phone: '{mode: nailed-up, waiting: music}',
      },
      ...(options.say ? { say: options.say } : {}),
    });
    const rounds = new CrashRounds(centre, options);
    try {
      await centre.startDaemon();
      await centre.prepareCampaign();
      await centre.staff();
      rounds.#work = centre.work(rounds.#working.signal);
      await centre.act('start');
    } catch (error) {
      await rounds.close();
      throw error;
    }
    return rounds;
  }

  /** Kills the victim at a chance moment under load, starts it again and looks at everything that lived before. */
  async round(victim: Victim): Promise<RoundFigures> {
    await this.#underLoad();
    await pause(this.#random.next() * 1_500);
    const sessions = await this.#sessions();
    const { conversations, dialed } = await this.#exchange.calls();
    this.#options.say?.(`kill -9 of ${victim}: ${conversations.length} talking, ${dialed} dialed`);
    const over = new AbortController();
    const silence = this.#exchange.longestSilence(over.signal);
    try {
      const killedAt = Date.now();
      const startedAt = await this.#killAndStart(victim);
      const readyAfterMs = Date.now() - startedAt;
      const fates = await this.#fates(conversations);
      const openWithoutLeg = await this.#openWithoutLeg(killedAt);
      const [agentsBackAfterMs, dialingAfterMs] = await Promise.all([
        this.#agentsBack(sessions, startedAt),
        this.#dialingAgain(startedAt),
      ]);
      const after = await this.#sessions();
      over.abort();
      return {
        victim,
        talking: conversations.length,
        dialed,
        ...fates,
        openWithoutLeg,
        lostSessions: [...sessions].filter(([agent, session]) => after.get(agent) !== session).map(([agent]) => agent),
        longestSilenceMs: await silence,
        readyAfterMs,
        agentsBackAfterMs,
        dialingAfterMs,
      };
    } finally {
      over.abort();
    }
  }

  /** When what died was started again; returns once the daemon is ready and linked. */
  async #killAndStart(victim: Victim): Promise<number> {
    const { centre } = this;
    if (victim !== 'asterisk') await centre.endDaemon('SIGKILL');
    await pause(this.#random.next() * 2_500);
    if (victim !== 'daemon') {
      this.#asteriskDeaths.push(Date.now());
      await centre.box.killPbx();
      await pause(this.#random.next() * 1_000);
    }
    const startedAt = Date.now();
    if (victim !== 'daemon') await centre.box.startPbx();
    if (victim !== 'asterisk') await centre.startDaemon();
    await this.#ready();
    return startedAt;
  }

  /** Lets the campaign come to its end in good order, and holds our attempts against both Asterisks' records. */
  async finish(): Promise<EndFigures> {
    const { centre } = this;
    await centre.act('stop');
    await until(
      'the last call is over',
      // Also those that ring yet: somebody picks up.
      async () => (Object.values((await this.#campaign()).calls).every((count) => count === 0) ? true : undefined),
      60_000,
    );
    const left = await this.#left();
    await centre.endDaemon('SIGTERM');
    // Calls whose other end died with our Asterisk ring and talk on at the carrier: no one can say it any more.
    await centre.box.command('carrier', 'channel request hangup all');
    await until(
      'the carrier has no call left',
      async () =>
        (await centre.box.command('carrier', 'core show channels count')).includes('0 active channels')
          ? true
          : undefined,
      20_000,
    );
    const attempts = await attemptsOf(centre);
    const own = matchCallRecords(attempts, await recordsOf(centre.box.pbx.cdrFile), { side: 'own' });
    const carrierRecords = await recordsOf(centre.box.carrier.cdrFile);
    const carrier = matchCallRecords(attempts, carrierRecords, { side: 'carrier' });
    const talked = new Map(
      carrierRecords.map((record) => [record.attempt, record.endedAt - (record.answeredAt ?? record.endedAt)]),
    );
    return {
      attempts: attempts.length,
      carrierCalls: carrier.callRecords,
      unmatched: own.unmatched + carrier.unmatched,
      open: own.open,
      doubled: [...own.doubles, ...carrier.doubles].map(({ attempt }) => attempt),
      disagreements: own.disagreements + carrier.disagreements,
      ...left,
      cutShort: attempts.filter((row) => this.#isCutShort(row, talked.get(row.attempt))).map(({ attempt }) => attempt),
      keptInVain: attempts.filter((row) => this.#isKeptInVain(row)).map(({ attempt }) => attempt),
      byResult: countBy(attempts.map(({ result }) => result ?? 'open')),
      own,
      carrier,
    };
  }

  /** What is left once the last call is over, given a moment to go. */
  async #left(): Promise<Pick<EndFigures, 'leftOver' | 'stuck'>> {
    let left: Pick<EndFigures, 'leftOver' | 'stuck'> = { leftOver: [], stuck: [] };
    const isClean = async (): Promise<true | undefined> => {
      const agents = await this.centre.client.get(agentView.array(), '/agents');
      const seats = new Set(agents.flatMap(({ session }) => (session === undefined ? [] : [`b-${session}`])));
      const leftOver = await this.#exchange.leftOver(seats);
      const stuck = agents.filter(({ state }) => state !== 'ready' && state !== 'wrap-up');
      left = { leftOver, stuck: stuck.map(({ number, state, reason }) => `${number} ${state} ${reason ?? ''}`) };
      return leftOver.length === 0 && stuck.length === 0 ? true : undefined;
    };
    await until('nothing is left over', isClean, LEFT_LIMIT_MS).catch(() => undefined); // it is reported
    return left;
  }

  #isCutShort(row: AttemptRow, talkedMs: number | undefined): boolean {
    const wantedMs = wantsToTalkMs(row.number);
    if (row.result !== 'connected' || wantedMs === undefined || talkedMs === undefined) return false;
    return !this.#diedWithAsterisk(row) && talkedMs < wantedMs - TALK_TOLERANCE_MS;
  }

  #isKeptInVain(row: AttemptRow): boolean {
    const isMachine = row.result === 'machine' || row.result === 'fax';
    const isWell = isMachine || (row.result === 'connected' && row.endedBy === 'person');
    return this.#kept.has(row.attempt) && !isWell && !this.#diedWithAsterisk(row) && !this.#endedUnheard(row);
  }

  #diedWithAsterisk({ dialedAt, endedAt }: AttemptRow): boolean {
    return this.#asteriskDeaths.some((at) => at >= dialedAt - 1_000 && at <= (endedAt ?? Infinity));
  }

  /** It ended while a daemon was dead: its end was read from the call records, which do not say who hung up. */
  #endedUnheard({ result, endedBy, cause }: AttemptRow): boolean {
    return result === 'connected' && endedBy !== 'agent' && endedBy !== 'dialer' && cause === 16;
  }

  async close(): Promise<void> {
    this.#working.abort();
    await this.centre.close();
    await this.#work;
  }

  // ---- what is so now

  async #campaign() {
    return this.centre.client.get(campaignDetails, `/campaigns/${CAMPAIGN}`);
  }

  async #underLoad(): Promise<void> {
    const enough = Math.ceil(this.#options.agents * 0.4);
    await until(
      'the call centre is under load',
      async () => {
        const { calls } = await this.#campaign();
        return calls.talking >= enough && calls.ringing >= 2 ? true : undefined;
      },
      60_000,
    );
  }

  async #ready(): Promise<void> {
    let now = '';
    await until(
      () => `the daemon is ready: ${now}`,
      async () => {
        const health = await this.centre.client.health();
        now = JSON.stringify(health);
        return health.ready && health.links.ari ? true : undefined;
      },
      READY_LIMIT_MS,
    );
  }

  /** Session of each signed-in agent. */
  async #sessions(): Promise<Map<string, string>> {
    const agents = await this.centre.client.get(agentView.array(), '/agents');
    return new Map(
      agents.flatMap(({ number, session }) => (session === undefined ? [] : [[number, session] as const])),
    );
  }

  /** Until every agent is in the old session with the phone on, and says of itself what Asterisk's bridges say. */
  async #agentsBack(sessions: ReadonlyMap<string, string>, sinceAt: number): Promise<number> {
    let missing = '';
    await until(
      () => `the agents are back: ${missing}`,
      async () => {
        const agents = await this.centre.client.get(agentView.array(), '/agents');
        const bridges = await this.#exchange.bridges();
        const withMusic = await this.#bridgesWithMusic();
        const wrong = agents.filter((agent) => {
          if (agent.session !== sessions.get(agent.number) || agent.reason === 'phone-lost') return true;
          const legs = bridges.get(`b-${agent.session ?? ''}`) ?? [];
          const people = legs.filter((leg) => leg.startsWith('c-')).length;
          if (people > 0 && withMusic.has(`b-${agent.session}`)) return true;
          return legs.length - people !== 1 || (agent.state === 'talking') !== (people === 1);
        });
        missing = wrong.map(({ number, state, reason }) => `${number} ${state} ${reason ?? ''}`).join(', ');
        return wrong.length === 0 ? true : undefined;
      },
      AGENTS_BACK_LIMIT_MS,
    );
    return Date.now() - sinceAt;
  }

  /** Bridges in which hold music plays: Asterisk's console alone shows them. */
  async #bridgesWithMusic(): Promise<Set<string>> {
    const channels = await this.centre.box.command('pbx', 'core show channels concise');
    const music = channels.split('\n').filter((line) => line.startsWith('Announcer/ARI_MOH-'));
    return new Set(music.flatMap((line) => line.split('!').filter((part) => part.startsWith('b-'))));
  }

  /** Until attempts are made that were not there before. */
  async #dialingAgain(sinceAt: number): Promise<number> {
    await until(
      'dialing goes on',
      async () =>
        (await attemptsOf(this.centre)).filter(({ dialedAt }) => dialedAt >= sinceAt).length >= 3 ? true : undefined,
      AGENTS_BACK_LIMIT_MS,
    );
    return Date.now() - sinceAt;
  }

  async #fates(before: readonly Conversation[]): Promise<Pick<RoundFigures, 'kept' | 'ended' | 'torn'>> {
    const legs = await this.#exchange.legs();
    const bridges = await this.#exchange.bridges();
    const living = before.filter(({ leg }) => legs.has(leg));
    const kept = living.filter(({ leg, agentLeg, bridge }) => {
      const together = bridges.get(bridge) ?? [];
      return together.includes(leg) && together.includes(agentLeg);
    });
    // A leg may end between the two questions: what is not together must be alive to count as torn.
    const stillThere = await this.#exchange.legs();
    const torn = living.filter(({ leg }) => stillThere.has(leg) && !kept.some((other) => other.leg === leg));
    for (const { leg } of kept) this.#kept.add(leg.slice(2));
    return { kept: kept.length, ended: before.length - kept.length - torn.length, torn: torn.map(({ leg }) => leg) };
  }

  async #openWithoutLeg(dialedBefore: number): Promise<string[]> {
    // Attempts first: one that ends in between has no result in this list, but then it has one in the next.
    const orphans = async (): Promise<Set<string>> => {
      const open = (await attemptsOf(this.centre)).filter(
        ({ result, dialedAt }) => result === null && dialedAt < dialedBefore,
      );
      const legs = await this.#exchange.legs();
      return new Set(open.map(({ attempt }) => attempt).filter((attempt) => !legs.has(`c-${attempt}`)));
    };
    const first = await orphans();
    if (first.size === 0) return [];
    await pause(1_000);
    const second = await orphans();
    return [...first].filter((attempt) => second.has(attempt));
  }
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
