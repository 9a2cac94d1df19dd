// A simulated call centre with supervisors: agents 100 and up who talk, supervisors 900 and up whose phones are registered.

import { sipDigest, USUAL_REALM } from '../../../src/base/sip-digest.ts';
import type { ListeningMode } from '../../../src/agent/listening-mode.ts';
import type { Campaign } from '../../../src/campaign/definition.ts';
import type { CallPlan } from '../../../src/sim/call-plan.ts';
import type { SimulatedPhone } from '../../../src/sim/phone.ts';
import { Rig, type RigOptions } from '../../support/rig.ts';

const LIMIT_MS = 240_000;
const PIN = '4711';

export interface Boss {
  readonly number: string;
  readonly phone: SimulatedPhone;
  /** Sounds that the supervisor has heard, without `outdial/`. */
  readonly heard: string[];
}

interface SupervisedOptions extends RigOptions {
  readonly talksMs?: number;
  readonly supervisors?: number;
  readonly campaign?: Partial<Campaign>;
}

export class Supervised {
  readonly rig: Rig;
  readonly bosses: readonly Boss[];

  private constructor(rig: Rig, bosses: readonly Boss[]) {
    this.rig = rig;
    this.bosses = bosses;
  }

  /** All agents talk. */
  static async talking({
    talksMs = 600_000,
    supervisors = 1,
    ...options
  }: SupervisedOptions = {}): Promise<Supervised> {
    const plan = (): CallPlan => ({
      setUpMs: 200,
      before: 'ringing',
      afterMs: 2_000,
      outcome: { type: 'person', talksMs },
    });
    const agents = options.agents ?? 1;
    const campaign: Partial<Campaign> = { mode: 'progressive', ...options.campaign };
    const rig = await Rig.start({ records: agents, plan, ...options, agents, campaign });
    const numbers = Array.from({ length: supervisors }, (_, index) => String(900 + index));
    for (const number of numbers) await addBoss(rig, number);
    await rig.clock.settle(rig.engine.agentsChanged());
    const bosses = numbers.map((number) => bossAt(rig, number));
    rig.startRobots();
    await rig.clock.runFor(20_000);
    await rig.startCampaign();
    const all = rig.robots.map((_, index) => String(100 + index));
    await rig.clock.runUntilTrue(() => all.every((agent) => rig.engine.callOf(agent) !== undefined), LIMIT_MS);
    await rig.clock.runFor(1_000);
    return new Supervised(rig, bosses);
  }

  boss(index = 0): Boss {
    const boss = this.bosses[index];
    if (!boss) throw new Error(`no supervisor ${index}`);
    return boss;
  }

  /** Dials the code and types number, PIN and `keys`. */
  async dialIn({ number, phone }: Boss, keys = '', pin = PIN): Promise<void> {
    phone.dial('*56');
    await this.rig.clock.runFor(500);
    await this.press(phone, `${number}#${pin}#`);
    if (keys !== '') await this.press(phone, keys);
  }

  async press(phone: SimulatedPhone, keys: string): Promise<void> {
    phone.press(keys);
    await this.rig.clock.runFor(keys.length * 120 + 800);
  }

  /** By the phone of that supervisor, which is rung. */
  ask(agent: string, mode: ListeningMode, { number }: Boss = this.boss(), stays = false) {
    const order = { mode, phone: number, stays, by: `user:boss${number}` };
    return this.rig.clock.settle(this.rig.engine.listen(agent, order));
  }

  /** Kinds of the legs in the bridge of the person: c a person, l a phone that was rung, p one that dialed. */
  get withPerson(): readonly string[] {
    const bridge = this.rig.exchange.look().bridges.find(({ legs }) => legs.some((leg) => leg.startsWith('c-')));
    return (bridge?.legs ?? []).map((leg) => leg.slice(0, 1)).toSorted();
  }

  /** No ear, no bridge and no leg of a supervisor is left, and what lives is what the engine believes. */
  async leftOver(): Promise<readonly unknown[]> {
    const { exchange, engine, clock } = this.rig;
    const { bridges } = exchange.look();
    return [
      ...exchange.ears,
      ...bridges.filter(({ bridge }) => bridge.startsWith('l-')),
      ...engine.listenings(),
      ...(await clock.settle(engine.content(), LIMIT_MS)),
    ];
  }

  /** Who listened how in the first call, as its books have it; those that go on end in `…`. */
  async book(): Promise<readonly string[]> {
    const [row] = await this.rig.store.attempts.list({});
    const parts = await this.rig.store.callParts.of(row?.attempt ?? '');
    return parts.flatMap(({ part, who, endedAt }) =>
      part === 'listen' ? [`${who}${endedAt === null ? ' …' : ''}`] : [],
    );
  }

  /** Newest first. */
  logged(what: string) {
    return this.rig.store.audit.list({ what, limit: 100 });
  }

  /** As `kill -9`, and the next start. */
  async restart(): Promise<void> {
    this.rig.killEngine();
    await this.rig.clock.runFor(1_000);
    await this.rig.startEngine();
    await this.rig.clock.runFor(5_000);
  }
}

async function addBoss(rig: Rig, number: string): Promise<void> {
  rig.supervisors.set(number, `boss${number}`);
  const account = `a${number}`;
  const digest = sipDigest(account, USUAL_REALM, 'secret');
  await rig.store.agents.save({ number, name: 'Eva', groups: [], account, pinHash: `pin ${PIN}`, sipDigest: digest });
}

function bossAt(rig: Rig, number: string): Boss {
  const phone = rig.exchange.phone(`a${number}`, { answers: 'at-once' });
  if (!phone) throw new Error(`a${number} was not provisioned`);
  const heard: string[] = [];
  phone.watch((notice) => {
    if (notice.type === 'heard') heard.push(notice.sound.replace('outdial/', ''));
  });
  return { number, phone, heard };
}
