// A desk with a SIP peer of our own in the carrier's place: real Asterisk, real daemon on SQLite, real softphones, and
// on the other side calls that do what a script says. Each scenario gives what an admin would see and what was heard.
//
//   const desk = await PeerDesk.open();
//   await desk.staff('off', 2, { detection: 'off' });
//   const { talk } = await desk.dial('off', { talk: async (call) => { call.ring(); await call.answer(); … } });
//   expect(talk).toMatchObject({ results: ['connected'], counted: [true] });
//   expect(await desk.leftOver()).toEqual(NOTHING_LEFT);

import type { PhonesOptions } from '../../asterisk/box/phones.ts';
import type { Detection } from '../../src/terms.ts';
import { agentView } from '../../src/http/wire/wire.ts';
import { credentials } from '../../src/http/wire/agents.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import type { CallCentreOptions } from '../../demo/call-centre.ts';
import { attemptsOf } from '../../demo/figures.ts';
import { Desk, type DeskAgent } from './desk.ts';
import { SipPeer, type Script } from './sip-peer.ts';
import type { SipCall } from './sip/call.ts';
import { until } from './until.ts';

/** What became of one number. */
export interface Outcome {
  readonly number: string;
  readonly results: readonly AttemptRow['result'][];
  readonly counted: readonly boolean[];
  /** The longest time that the person who had picked up heard nothing, ms; 0 when it was never picked up. */
  readonly silenceMs: number;
  readonly calls: readonly SipCall[];
  readonly rows: readonly AttemptRow[];
}

/** What is there that should not be. */
export interface LeftOver {
  /** Legs that are no signed-in agent's phone, and bridges that are no such agent's. */
  readonly legs: readonly string[];
  readonly bridges: readonly string[];
  /** Calls that the daemon believes in. */
  readonly calls: number;
  readonly unmatched: number;
  readonly disagreements: number;
  /** What audit names of legs, bridges and conversations on the exchange. */
  readonly content: readonly object[];
  /** Agents who are neither ready nor offline. */
  readonly stuck: readonly string[];
  /** What the peer could not read, and what its scripts threw. */
  readonly faults: readonly string[];
}

export const NOTHING_LEFT: LeftOver = {
  legs: [],
  bridges: [],
  calls: 0,
  unmatched: 0,
  disagreements: 0,
  content: [],
  stuck: [],
  faults: [],
};

export const DETECTIONS: readonly Detection[] = ['off', 'before-agent', 'parallel'];

type Live = Pick<LeftOver, 'legs' | 'bridges' | 'calls' | 'stuck'>;
const nothingLive: Live = { legs: [], bridges: [], calls: 0, stuck: [] };

const TRUNK = 'peer';
const LIMIT_MS = 60_000;
const QUIET_LIMIT_MS = 20_000;
const LOOK_EVERY_MS = 250;

/** What a campaign over the peer has unless it says otherwise. */
const USUAL: Readonly<Record<string, string>> = {
  trunk: TRUNK,
  pacing: '{ring: 15s, min_ring: 15s, ratio: 5, max_lines: 40, max_calls_per_second: 40}',
  wrap_up: '{limit: 0s, disposition: optional, over: ready}',
};

export class PeerDesk {
  readonly desk: Desk;
  readonly peer: SipPeer;
  #agents = 0;
  #imported: Promise<void> = Promise.resolve();

  private constructor(desk: Desk, peer: SipPeer) {
    this.desk = desk;
    this.peer = peer;
  }

  /** `options` are those of the call centre: a store elsewhere, cables to Asterisk … */
  static async open(options: Partial<CallCentreOptions> = {}): Promise<PeerDesk> {
    const peer = await SipPeer.open();
    try {
      return new PeerDesk(await Desk.open({ trunks: [peer.trunk(TRUNK)], ...options }), peer);
    } catch (error) {
      await peer.close();
      throw error;
    }
  }

  get box() {
    return this.desk.centre.box;
  }

  async close(): Promise<void> {
    await this.desk.close();
    await this.peer.close();
  }

  /** A campaign over the peer, and agents of it who are signed in and ready; one softphone process for all of them. */
  async staff(
    campaign: string,
    agents: number,
    { detection = 'off', changes = {}, phones = {} }: StaffOptions = {},
  ): Promise<readonly DeskAgent[]> {
    const answer = `{detection: ${detection}, no_agent: {after: 2s, play: outdial/abandon}}`;
    // a list has at least one contact
    const first = this.peer.number((call) => call.refuse(404));
    await this.#import(campaign, [first]);
    await this.desk.campaign(campaign, { answer, ...USUAL, ...changes });
    await this.desk.act(campaign, 'approve');
    return this.addAgents(campaign, agents, phones);
  }

  /** More agents of a campaign, ready; one softphone process for all of them. */
  async addAgents(campaign: string, count: number, phones: PhonesOptions = {}): Promise<readonly DeskAgent[]> {
    const made = await this.#phones(campaign, count, phones);
    await Promise.all(made.map((agent) => this.#signIn(agent)));
    return made;
  }

  /**
   * Dials each script's number as a record of the campaign until each has an attempt that is over, then stops the campaign.
   * Scripts of one call of `dial` run at the same time, as far as agents and lines allow.
   */
  async dial<Label extends string>(
    campaign: string,
    scripts: Readonly<Record<Label, Script>>,
    limitMs = LIMIT_MS,
  ): Promise<Readonly<Record<Label, Outcome>>> {
    const labels = Object.keys(scripts) as Label[];
    const numbers = new Map(labels.map((label) => [label, this.peer.number(scripts[label])]));
    await this.begin(campaign, [...numbers.values()]);
    await this.#over(campaign, [...numbers.values()], limitMs);
    await this.stop(campaign);
    const outcomes = await Promise.all(
      [...numbers].map(async ([label, number]) => [label, await this.outcome(number)]),
    );
    return Object.fromEntries(outcomes) as Record<Label, Outcome>;
  }

  /** Puts the numbers on the campaign's list and starts it. */
  async begin(campaign: string, numbers: readonly string[]): Promise<void> {
    await this.#import(campaign, numbers);
    await this.desk.act(campaign, 'start');
  }

  /** More people on the list of a campaign that runs. */
  more(campaign: string, numbers: readonly string[]): Promise<void> {
    return this.#import(campaign, numbers);
  }

  /** What has become of a number so far. */
  async outcome(number: string): Promise<Outcome> {
    const rows = (await this.rows()).filter((row) => row.number === number);
    const calls = this.peer.callsTo(number);
    return {
      number,
      results: rows.map(({ result }) => result),
      counted: rows.map(({ counts }) => counts),
      silenceMs: Math.max(0, ...calls.map((call) => call.heard().longestSilenceMs)),
      calls,
      rows,
    };
  }

  /** What is left once every call is over and agents have had a moment; equal to `NOTHING_LEFT` when all is well. */
  async leftOver(limitMs = QUIET_LIMIT_MS): Promise<LeftOver> {
    let live: Live | undefined;
    await until(
      'all is quiet',
      async () => {
        live = await this.#live();
        return JSON.stringify(live) === JSON.stringify(nothingLive) ? true : undefined;
      },
      limitMs,
      LOOK_EVERY_MS,
    ).catch(() => undefined); // what is left is reported below
    if (!live) throw new Error('nothing could be looked at');
    const { json } = await this.desk.cli('audit');
    const { unmatched, disagreements, content } = json as Audited;
    return { ...live, unmatched, disagreements, content: content.faults, faults: this.peer.faults };
  }

  async #live(): Promise<Live> {
    const { client } = this.desk.centre;
    const agents = await client.get(agentView.array(), '/agents');
    const seats = agents.filter(({ state }) => state !== 'offline');
    const { calls } = await client.health();
    return {
      ...notSeats(seats, await this.#console('core show channels concise'), await this.#console('bridge show all')),
      calls,
      stuck: agents
        .filter(({ state }) => state !== 'ready' && state !== 'offline')
        .map(({ number, state, reason }) => `${number} ${state} ${reason ?? ''}`),
    };
  }

  async #console(command: string): Promise<string[]> {
    return (await this.box.command('pbx', command)).split('\n').filter((line) => line.trim() !== '');
  }

  async #phones(campaign: string, count: number, options: PhonesOptions): Promise<DeskAgent[]> {
    const made = [];
    for (let i = 0; i < count; i += 1) {
      const number = String(300 + ++this.#agents);
      const body = { number, name: `Agent ${number}`, groups: [campaign], pin: '4711' };
      made.push(await this.desk.centre.client.post(credentials, '/agents', body));
    }
    const accounts = made.map(({ account, sipPassword }) => ({
      username: account,
      password: sipPassword,
      autoAnswer: true,
    }));
    const phones = await this.box.startPhones(accounts, options);
    await phones.registered();
    return made.map(({ number, account, sipPassword }) => {
      return { number, pin: '4711', phone: phones.phone(account), phones, account, sipPassword };
    });
  }

  /** The exchange drops audio until it has learned where it comes from, and keys with it: typed again, as a person would. */
  async #signIn(agent: DeskAgent): Promise<void> {
    for (let tries = 0; tries < 3; tries += 1) {
      await this.desk.typeIn(agent, agent.pin);
      const isIn = this.desk.isIn(agent, 'paused', undefined, 6000);
      if (await isIn.then(isTrue, isFalse)) break;
    }
    await this.desk.isIn(agent, 'paused');
    for (let tries = 0; tries < 3; tries += 1) {
      await agent.phone.press('1');
      if (await this.desk.isIn(agent, 'ready', undefined, 3000).then(isTrue, isFalse)) return;
    }
    throw new Error(`agent ${agent.number} is not ready`);
  }

  /** The daemon takes one list at a time. */
  #import(list: string, numbers: readonly string[]): Promise<void> {
    const mine = this.#imported.then(() => this.desk.list(list, numbers));
    this.#imported = mine.catch(() => undefined);
    return mine;
  }

  /** No new calls of the campaign. */
  async stop(campaign: string): Promise<void> {
    const { state } = await this.desk.show(campaign);
    if (state !== 'running') return;
    try {
      await this.desk.act(campaign, 'stop');
    } catch (fault) {
      // Its last number was over just then.
      if ((await this.desk.show(campaign)).state !== 'exhausted') throw fault;
    }
  }

  async #over(campaign: string, numbers: readonly string[], limitMs: number): Promise<void> {
    let open: readonly string[] = numbers;
    await until(
      () => `each number of ${campaign} has an attempt that is over; not: ${open.join(' ')}`,
      async () => {
        const ended = new Set((await this.rows()).filter(({ result }) => result !== null).map(({ number }) => number));
        open = numbers.filter((number) => !ended.has(number));
        return open.length === 0 ? true : undefined;
      },
      limitMs,
      LOOK_EVERY_MS,
    );
  }

  /** Every attempt in the store. */
  async rows(): Promise<readonly AttemptRow[]> {
    return attemptsOf(this.desk.centre);
  }
}

interface Audited {
  readonly unmatched: number;
  readonly disagreements: number;
  readonly content: { readonly faults: readonly object[] };
}

interface StaffOptions {
  readonly detection?: Detection;
  /** More lines of the campaign's YAML. */
  readonly changes?: Readonly<Record<string, string>>;
  readonly phones?: PhonesOptions;
}

/** Legs and bridges besides one leg in one bridge of its own for each agent's nailed-up phone; a leg that lacks is reported too. */
function notSeats(
  seats: readonly { readonly account: string; readonly session?: string }[],
  channels: readonly string[],
  bridges: readonly string[],
): Pick<LeftOver, 'legs' | 'bridges'> {
  const legs = channels.map((line) => line.split('!').slice(0, 7).join('!'));
  const rooms = bridges.slice(1);
  for (const { account, session } of seats) {
    const leg = take(legs, (line) => line.startsWith(`PJSIP/${account}-`));
    if (leg === undefined) legs.push(`no leg of ${account}`);
    const room = take(rooms, (line) => line.startsWith(`b-${session ?? ''} `) && / 1 /.test(line));
    if (room === undefined) rooms.push(`no bridge with one leg for ${account}`);
  }
  return { legs, bridges: rooms };
}

/** Takes the first that fits out of the list. */
function take(lines: string[], fits: (line: string) => boolean): string | undefined {
  const place = lines.findIndex(fits);
  return place === -1 ? undefined : lines.splice(place, 1)[0];
}

const isTrue = (): boolean => true;
const isFalse = (): boolean => false;
