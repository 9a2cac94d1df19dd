// A whole call centre on a virtual clock: the engine, a real SQLite store, the simulated exchange, agents who work by
// phone alone. The same seed gives the same day. The engine can be killed and started again in the middle of it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Clock } from '../../src/base/clock.ts';
import { idMaker } from '../../src/base/ids.ts';
import { silentLog, type Log } from '../../src/base/log.ts';
import { sipDigest, USUAL_REALM } from '../../src/base/sip-digest.ts';
import type { Random } from '../../src/base/random.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { PacingLogs } from '../../src/engine/dialing/campaign-pacer.ts';
import { Engine } from '../../src/engine/engine.ts';
import type { EngineParts } from '../../src/engine/hub.ts';
import { recordedEngine, type EngineJournal } from '../../src/engine/journal/recorder.ts';
import type { TrunkSettings } from '../../src/engine/hub.ts';
import type { NumberValidator, SoundFiles, SpokenNames } from '../../src/engine/ports.ts';
import type { Store } from '../../src/engine/store/store.ts';
import type { CallPlanner } from '../../src/sim/call-plan.ts';
import type { UnknownCallerLimits } from '../../src/records/missed.ts';
import { kindOf } from '../../src/numbers/kinds.ts';
import { VirtualClock } from '../../src/sim/clock.ts';
import { SimulatedExchange } from '../../src/sim/exchange.ts';
import type { SimulatedPhone } from '../../src/sim/phone.ts';
import { population } from '../../src/sim/population.ts';
import type { RobotOptions } from '../../src/sim/robot-agent.ts';
import { RobotAgent } from '../../src/sim/robot-agent.ts';
import type { Trouble } from '../../src/sim/wire.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { aCampaign } from '../records/builders.ts';
import { US_GATE } from './trunk-gate.ts';
import { Life, wrapStore } from './mortal.ts';
import { by } from './actors.ts';

export interface RigOptions {
  /** The store; default a new SQLite file. The rig closes it. */
  readonly openStore?: () => Promise<Store>;
  readonly seed?: number;
  readonly agents?: number;
  readonly records?: number;
  readonly campaign?: Partial<Campaign>;
  /** The numbers of the people on the list, instead of `records` made ones. */
  readonly numbers?: readonly string[];
  /** Other campaigns beside it, for the same agents. */
  readonly others?: readonly Partial<Campaign>[];
  readonly trunk?: Partial<TrunkSettings>;
  readonly unknownCallers?: Partial<UnknownCallerLimits>;
  /** Everybody has a phone at home besides. */
  readonly homePhones?: boolean;
  /** What the called numbers do; default a mixed population that talks for 40 s. */
  readonly plan?: CallPlanner;
  readonly trouble?: Trouble;
  readonly validator?: NumberValidator;
  readonly pacingLogs?: PacingLogs;
  readonly soundFiles?: SoundFiles;
  /** Names that can be said; default none. */
  readonly spokenNames?: SpokenNames;
  /** Where the engine is written down; default: nowhere. */
  readonly journal?: EngineJournal;
  /** Stands between the engine and the store, and may fail as that would. */
  readonly storeTrouble?: <T>(act: () => Promise<T>) => Promise<T>;
  /** Sees every timer that the engine sets, and may throw as a bug would. */
  readonly onTimer?: () => void;
  /** Sees every line that the engine logs, and may throw as a bug would. */
  readonly onLog?: (fields: object, message: string) => void;
  /** Key by which each agent chooses among campaigns; default the first. */
  readonly campaignKey?: (agent: number) => string;
  readonly robots?: Partial<Pick<RobotOptions, 'wrapUp' | 'breaks' | 'hangUps'>>;
}

const SIGN_IN_CODE = '*55';
const PIN = '4711';

/** The campaign of the rig: four dispositions, everybody is called once, no schedule. */
function rigCampaign(parts: Partial<Campaign>): Campaign {
  const { schedule: _schedule, ...base } = aCampaign();
  return {
    ...base,
    attempts: { max: 1, perDay: 1 },
    wrapUp: { limitMs: 60_000, dispositionRequired: true, over: 'paused' },
    dispositions: [
      { code: 'sale', label: 'Sold', key: '1' },
      { code: 'not-interested', label: 'Not interested', key: '2' },
      { code: 'wrong-person', label: 'Wrong person', key: '3' },
    ],
    ...parts,
  };
}

export class Rig {
  readonly seed: number;
  readonly clock: VirtualClock;
  readonly exchange: SimulatedExchange;
  readonly store: Store;
  campaign: Campaign;
  /** What the settings say of the trunk; changed settings are read at the next start of the engine. */
  trunk: Partial<TrunkSettings>;
  readonly others: readonly Campaign[];
  readonly phones: SimulatedPhone[] = [];
  readonly robots: RobotAgent[] = [];
  /** Users who may listen, by their numbers. */
  readonly supervisors = new Map<string, string>();
  /** Warnings and errors that the engine logged. */
  readonly complaints: string[] = [];
  readonly #options: RigOptions;
  readonly #random: Random;
  readonly #folder: string;
  readonly #newId: () => string;
  readonly #gate: StoreGate;
  #life = new Life();
  #engine: Engine | undefined;

  private constructor(parts: {
    readonly options: RigOptions;
    readonly clock: VirtualClock;
    readonly store: Store;
    readonly folder: string;
    readonly gate: StoreGate;
  }) {
    const { options, clock, store, folder, gate } = parts;
    this.#gate = gate;
    this.seed = options.seed ?? 1;
    this.#options = options;
    this.#folder = folder;
    this.#random = seededRandom(this.seed);
    this.#newId = idMaker(
      () => clock.now(),
      () => this.#random.integer(2 ** 25),
    );
    this.clock = clock;
    this.store = store;
    this.campaign = rigCampaign(options.campaign ?? {});
    this.trunk = options.trunk ?? {};
    this.others = (options.others ?? []).map(rigCampaign);
    this.exchange = new SimulatedExchange({
      clock,
      seed: this.seed,
      signInCode: SIGN_IN_CODE,
      plan: options.plan ?? population({ talk: { meanMs: 40_000, deviationMs: 40_000 } }),
    });
  }

  /** Everything in place: list imported, agents known, engine connected, campaign approved; no agent signed in yet. */
  static async start(options: RigOptions = {}): Promise<Rig> {
    const folder = mkdtempSync(path.join(tmpdir(), 'outdial-rig-'));
    const gate = new StoreGate();
    const clock = new VirtualClock({ settle: () => gate.quiet() });
    const opened = await (options.openStore ?? (() => openSqliteStore({ file: path.join(folder, 'outdial.db') })))();
    const store = wrapStore(opened, (act) => gate.pass(act));
    const rig = new Rig({ options, clock, store, folder, gate });
    await rig.#fillStore();
    await rig.startEngine();
    for (const { name } of [rig.campaign, ...rig.others]) {
      await clock.settle(rig.engine.actOnCampaign(name, 'approve', by('test')));
    }
    return rig;
  }

  get isAlive(): boolean {
    return this.#engine !== undefined;
  }

  get engine(): Engine {
    if (!this.#engine) throw new Error('the engine is dead');
    return this.#engine;
  }

  async startEngine(): Promise<void> {
    const life = new Life();
    this.#life = life;
    const engine = this.#made({
      telephony: life.telephony(this.exchange, this.clock),
      callRecords: this.exchange.callRecords,
      recordings: this.exchange.recordings,
      ...(this.#options.pacingLogs === undefined ? {} : { pacingLogs: this.#options.pacingLogs }),
      ...(this.#options.soundFiles === undefined ? {} : { soundFiles: this.#options.soundFiles }),
      ...(this.#options.spokenNames === undefined ? {} : { spokenNames: this.#options.spokenNames }),
      ...(this.#options.validator === undefined ? {} : { validator: this.#options.validator }),
      store: life.store(wrapStore(this.store, this.#options.storeTrouble ?? ((act) => act()))),
      clock: this.#watched(life.clock(this.clock)),
      log: this.#log(),
      newId: this.#newId,
      settings: {
        trunks: [
          {
            ...US_GATE,
            name: 'main',
            maxLines: 200,
            maxCallsPerSecond: 50,
            prefix: '',
            plus: true,
            ...this.trunk,
          },
        ],
        maxWrongPins: 3,
        lockOutMs: 600_000,
        unknownCallers: { perNumberPerDay: 2, perHour: 60, ...this.#options.unknownCallers },
      },
      kindOf,
      readNumber: (text) => (/^\+?\d{7,15}$/.test(text) ? `+${text.replace('+', '')}` : undefined),
      supervisorOf: (number) => Promise.resolve(this.supervisors.get(number)),
      verifySecret: (hash, secret) => Promise.resolve(hash === `pin ${secret}`),
      loadCampaigns: () => Promise.resolve([this.campaign, ...this.others].map((campaign) => this.#reaching(campaign))),
    });
    this.#engine = engine;
    await this.clock.settle(engine.start());
  }

  #made(parts: EngineParts): Engine {
    const { journal } = this.#options;
    if (!journal) return new Engine(parts);
    const { engine, quiet } = recordedEngine(parts, journal);
    this.#gate.others = quiet;
    return engine;
  }

  /** As the reader of campaign files has it: with what the trunk may dial. */
  #reaching(campaign: Campaign): Campaign {
    const reach = this.trunk.reach ?? US_GATE.reach;
    return { reach: campaign.trunks.map((trunk) => ({ trunk, ...reach })), ...campaign };
  }

  #watched(clock: Clock): Clock {
    const after: Clock['after'] = (delayMs, wake) => {
      this.#options.onTimer?.();
      return clock.after(delayMs, wake);
    };
    return { now: () => clock.now(), after };
  }

  /** As `kill -9`: the engine is gone in the middle of whatever it did; exchange, phones and store go on. */
  killEngine(): void {
    this.#life.isOver = true;
    this.#engine = undefined;
    void this.exchange.stop();
  }

  /** As SIGSTOP: the engine stands still for so long, whatever happens; then it gets everything in one heap. */
  async freezeEngine(forMs: number): Promise<void> {
    this.#life.freeze();
    await this.clock.runFor(forMs);
    this.#life.thaw();
  }

  /** Trouble begins, and every agent's robot registers its phone and begins to work. */
  startRobots(): void {
    this.exchange.setTrouble(this.#options.trouble ?? {});
    for (let i = 0; i < (this.#options.agents ?? 0); i += 1) {
      const phone = this.exchange.phone(account(i), { answers: 'at-once' });
      if (!phone) throw new Error(`${account(i)} was not provisioned`);
      this.phones.push(phone);
      const robot = new RobotAgent({
        clock: this.clock,
        random: seededRandom(this.seed * 1000 + i),
        phone,
        signInCode: SIGN_IN_CODE,
        number: agentNumber(i),
        pin: PIN,
        dispositionKeys: ['1', '2', '3'],
        wrapUp: { meanMs: 8000, deviationMs: 4000 },
        staysOnLine: this.campaign.agentPhone.mode === 'nailed-up',
        campaignKey: this.#options.campaignKey?.(i) ?? '1',
        ...this.#options.robots,
      });
      this.robots.push(robot);
      this.clock.after(i * 200, () => robot.start());
    }
  }

  async startCampaign(): Promise<void> {
    await this.clock.settle(this.engine.actOnCampaign(this.campaign.name, 'start', by('test')));
  }

  /** Time no longer waits for the store: as on the wall, where whoever lets it pass keeps to that. */
  onTheWall(): void {
    this.#gate.isWaitedFor = false;
  }

  /** Time is the rig's own again. */
  offTheWall(): void {
    this.#gate.isWaitedFor = true;
  }

  /** The campaign's file is written again, and read. */
  async changeCampaign(parts: Partial<Campaign>): Promise<void> {
    this.campaign = { ...this.campaign, ...parts };
    await this.clock.settle(this.engine.takeCampaigns());
  }

  /** The engine says that no record can ever be dialed again, and no call is left. */
  get isExhausted(): boolean {
    const campaign = this.#engine?.campaign(this.campaign.name);
    return campaign?.state === 'exhausted' && this.#engine?.health().calls === 0;
  }

  /** Lets the campaign run until its records are used up and its calls are over; false when `withinMs` was too short. */
  untilExhausted(withinMs: number): Promise<boolean> {
    return this.clock.runUntilTrue(() => this.isExhausted, withinMs);
  }

  /** No trouble and no new calls any more, live ones end, agents go home; who cannot press a key is signed out. */
  async wrapUpTheDay(): Promise<void> {
    this.exchange.setTrouble({});
    await this.clock.settle(this.engine.drain(), 3_600_000);
    await this.clock.runFor(90_000);
    for (const robot of this.robots) robot.finish();
    await this.clock.runFor(30_000);
    for (const agent of await this.engine.agents()) {
      if (agent.state !== 'offline') await this.clock.settle(this.engine.signOutAgent(agent.number, by('test')));
    }
    await this.clock.runFor(90_000);
  }

  async close(): Promise<void> {
    if (this.#engine) await this.clock.settle(this.#engine.stop());
    await this.store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #fillStore(): Promise<void> {
    const list = this.campaign.lists[0] ?? 'people';
    const made = Array.from({ length: this.#options.records ?? 0 }, (_, i) => `+1650${2_000_000 + i}`);
    const contacts = (this.#options.numbers ?? made).map((number, i) => ({
      name: `Person ${i}`,
      fields: {},
      phones: [
        { number, type: 'mobile' as const },
        ...(this.#options.homePhones === true ? [{ number: `+1650${3_000_000 + i}`, type: 'home' as const }] : []),
      ],
      line: i + 2,
    }));
    const batch = { importId: 'import-1', list, source: 'people.csv', duplicates: 'skip', contacts } as const;
    await this.store.lists.importBatch(batch);
    await this.store.lists.finishImport('import-1');
    for (let i = 0; i < (this.#options.agents ?? 0); i += 1) {
      await this.store.agents.save({
        number: agentNumber(i),
        name: `Agent ${i}`,
        groups: this.campaign.agents,
        account: account(i),
        pinHash: `pin ${PIN}`,
        sipDigest: sipDigest(account(i), USUAL_REALM, 'secret'),
      });
    }
  }

  #log(): Log {
    const complain = (fields: object, message: string): void => {
      if (message === 'link to Asterisk') this.#options.onLog?.(fields, message);
      const fault = 'fault' in fields && fields.fault instanceof Error ? (fields.fault.stack ?? '') : '';
      this.complaints.push(`${message} ${JSON.stringify(fields)} ${fault}`);
    };
    const note = (fields: object, message: string): void => this.#options.onLog?.(fields, message);
    const log: Log = { ...silentLog, info: note, warn: complain, error: complain, child: () => log };
    return log;
  }
}

const agentNumber = (index: number): string => String(100 + index);
const account = (index: number): string => `a${100 + index}`;

/** Counts what the store is doing, so that the clock can wait for it. */
class StoreGate {
  readonly #underWay = new Set<Promise<unknown>>();
  isWaitedFor = true;
  /** What must be quiet besides. */
  others: () => Promise<void> = () => Promise.resolve();

  pass<T>(act: () => Promise<T>): Promise<T> {
    const promise = act();
    const noted = promise.then(
      () => undefined,
      () => undefined,
    );
    this.#underWay.add(noted);
    void noted.then(() => this.#underWay.delete(noted));
    return promise;
  }

  /** Resolves when the store has answered everything, and everything that its answers have led to. */
  async quiet(): Promise<void> {
    if (!this.isWaitedFor) return;
    await this.others();
    while (this.#underWay.size > 0) {
      await Promise.all(this.#underWay);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      await this.others();
    }
  }
}
