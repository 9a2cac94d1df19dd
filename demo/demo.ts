// npm run demo: a predictive campaign on a real Asterisk, from nothing to figures, with one command.

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseTrunk, type PeerTrunk } from '../asterisk/box/trunks.ts';
import { defined } from '../src/base/defined.ts';
import { renderError } from '../src/base/errors.ts';
import { formatShare, parseDuration } from '../src/base/durations.ts';
import { OperationalError } from '../src/base/errors.ts';
import { pairs } from '../src/cli/render/table.ts';
import { campaignDetails } from '../src/http/wire/wire.ts';
import { CAMPAIGN, openCallCentre, pause, type CallCentre } from './call-centre.ts';
import { figuresOf, type DemoFigures } from './figures.ts';
import { LiveScreen } from './live-screen.ts';
import { DESK_CAMPAIGN, makeOwnDesk, namedPeople, signInOf, writeScript } from './own-desk.ts';
import { pictureOf } from './picture.ts';

const USAGE = `usage: npm run demo -- [options]

  --desk          a desk for you: work in the browser as one of the agents
  --agents N      agents with SIP softphones (10; with --desk 2)
  --records N     people to call (400; with --desk 4000)
  --for TIME      how long to dial, as 90s or 5m (120s; with --desk 1h)
  --seed N        seed of the telephone network (1)
  --carrier DIR   another dialplan for the telephone network
  --trunk T       dial over a trunk to a SIP peer of yours instead, T as NAME=HOST:PORT
  --json          figures as one JSON line at the end, no live view
  --picture FILE  at the end of the time, the live view as a picture (SVG)
  --help          this
`;

const USUAL = { agents: '10', records: '400', for: '120s' };
/** Few enough that a call comes to whoever sits at the desk within a minute. */
const USUAL_WITH_DESK = { agents: '2', records: '4000', for: '1h' };

/** Of a picture. */
const COLUMNS = 120;

interface Wishes {
  readonly desk: boolean;
  readonly agents: number;
  readonly records: number;
  readonly forMs: number;
  readonly seed: number;
  readonly carrierDir?: string;
  readonly trunk?: PeerTrunk;
  readonly json: boolean;
  readonly picture?: string;
}

function wrong(message: string): OperationalError {
  return new OperationalError('wrong-usage', message, { hint: USAGE });
}

function wholeNumber(text: string, key: string, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw wrong(`--${key} must be a whole number from 1 to ${max}, not "${text}".`);
  }
  return value;
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        desk: { type: 'boolean', default: false },
        agents: { type: 'string' },
        records: { type: 'string' },
        for: { type: 'string' },
        seed: { type: 'string', default: '1' },
        carrier: { type: 'string' },
        trunk: { type: 'string' },
        json: { type: 'boolean', default: false },
        picture: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

/** Undefined: only the usage is asked for. */
function wishesOf(args: readonly string[]): Wishes | undefined {
  const values = readArgs(args);
  if (values.help) return undefined;
  const usual = values.desk ? USUAL_WITH_DESK : USUAL;
  const { agents = usual.agents, records = usual.records, for: time = usual.for } = values;
  const forMs = parseDuration(time);
  if (forMs === undefined) throw wrong(`--for must be a time such as 90s or 5m, not "${time}".`);
  return {
    desk: values.desk,
    agents: wholeNumber(agents, 'agents', 200),
    records: wholeNumber(records, 'records', 100_000),
    forMs,
    seed: wholeNumber(values.seed, 'seed', 1_000_000),
    json: values.json,
    ...defined({ picture: values.picture }),
    ...(values.carrier === undefined ? {} : { carrierDir: values.carrier }),
    ...(values.trunk === undefined ? {} : { trunk: parseTrunk(values.trunk) }),
  };
}

async function run(wishes: Wishes, stop: AbortSignal): Promise<void> {
  const { agents, records, seed, carrierDir, trunk } = wishes;
  const say = (text: string): void => {
    process.stderr.write(`demo: ${text}\n`);
  };
  const centre = await openCallCentre({
    agents,
    records,
    seed,
    // At a desk there is time to read, to ask and to type.
    talkScale: wishes.desk ? 1.5 : 0.3,
    campaign: {
      schedule: openFrom(new Date()),
      trunk: trunk?.name ?? 'main',
      ...(wishes.desk ? DESK_CAMPAIGN : {}),
    },
    ...(wishes.desk ? { people: (numbers: readonly string[]) => namedPeople(numbers, seed) } : {}),
    trunks: trunk ? [trunk] : [],
    // A softphone hangs up when its microphone's sound is over.
    phones: { toneSeconds: Math.ceil(wishes.forMs / 1000) + 300 },
    say,
    ...(carrierDir === undefined ? {} : { carrierDir }),
  });
  try {
    if (wishes.desk) writeScript(centre.dir);
    say('starting outdial');
    await centre.startDaemon();
    await centre.prepareCampaign();
    await centre.staff();
    const own = wishes.desk ? await makeOwnDesk(centre) : undefined;
    say('starting the campaign');
    await centre.act('start');
    if (own) say(signInOf(own));
    const utilisation = await dial(centre, { ...wishes, footer: own && signInOf(own) }, stop);
    say('no new calls; live conversations finish');
    await centre.endDaemon('SIGTERM');
    await pause(1_500); // Asterisk writes its last call records
    const figures = await figuresOf(centre, utilisation, trunk?.name);
    process.stdout.write(`${wishes.json ? JSON.stringify(figures) : inWords(figures, trunk)}\n`);
  } finally {
    await centre.close();
  }
}

/**
 * Hours that have just begun, as a campaign of every day has them: without a known end of the day the dialer borrows nothing
 * from answers to come, and hardly dials ahead in its first minutes.
 */
function openFrom(now: Date): string {
  const hour = now.getUTCHours();
  return `{timezone: UTC, start: "0 ${hour} * * *", stop: "0 ${(hour + 12) % 24} * * *"}`;
}

type Dialing = Pick<Wishes, 'forMs' | 'json' | 'picture'> & { readonly footer: string | undefined };

/** Lets the campaign dial, shown live; the utilisation at its end. */
async function dial(centre: CallCentre, { forMs, json, picture, footer }: Dialing, stop: AbortSignal): Promise<number> {
  const dialing = new AbortController();
  const timer = setTimeout(() => dialing.abort(), forMs);
  stop.addEventListener('abort', () => dialing.abort(), { once: true });
  if (stop.aborted) dialing.abort();
  const over = dialing.signal;
  const working = new AbortController();
  const work = centre.work(working.signal);
  const live = new LiveScreen(centre.client, centre.settings, footer);
  const isOver = new Promise<void>((resolve) => {
    if (over.aborted) resolve();
    over.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.all([isOver, json ? undefined : live.show(over)]);
  if (picture !== undefined) writeFileSync(picture, pictureOf(await live.still(COLUMNS), COLUMNS));
  clearTimeout(timer);
  const { today } = await centre.client.get(campaignDetails, `/campaigns/${CAMPAIGN}`);
  await centre.act('stop');
  await untilQuiet(centre);
  working.abort();
  await work;
  return today.utilisation;
}

/** Until no one talks or is in wrap-up any more, a minute at most. */
async function untilQuiet(centre: CallCentre): Promise<void> {
  for (let i = 0; i < 240; i += 1) {
    const { calls, agents } = await centre.client.get(campaignDetails, `/campaigns/${CAMPAIGN}`);
    if (Object.values(calls).every((count) => count === 0) && agents.talking + agents['wrap-up'] === 0) return;
    await pause(250);
  }
}

function inWords(figures: DemoFigures, peer: PeerTrunk | undefined): string {
  const { p50, p99, max } = figures.answerDelayMs;
  const matches = figures.unmatched === 0 ? 'all match' : `${figures.unmatched} without a match`;
  return pairs([
    ['attempts', figures.attempts],
    ['live answers', figures.liveAnswers],
    ['connected', figures.connected],
    ['abandoned', `${figures.abandoned} (${formatShare(figures.abandonRate)} of the live answers)`],
    ['utilisation', formatShare(figures.utilisation)],
    [
      'answer to agent',
      figures.connected === figures.waited.count ? '–' : `p50 ${p50} ms   p99 ${p99} ms   max ${max} ms`,
    ],
    [
      'waited for an agent',
      figures.waited.count === 0 ? '–' : `${figures.waited.count}, at most ${figures.waited.maxMs} ms`,
    ],
    ['calls that the network saw', peer ? `not known, ${peer.name} keeps no records here` : figures.carrierCalls],
    ['attempts and call records', matches],
    ['attempts without an end', figures.open],
  ]);
}

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());
try {
  const wishes = wishesOf(process.argv.slice(2));
  if (wishes) await run(wishes, stop.signal);
  else process.stdout.write(USAGE);
} catch (error) {
  const { code, message, hint } = renderError(error);
  process.stderr.write(`${code}: ${message}\n${hint}\n`);
  process.exitCode = code === 'wrong-usage' ? 2 : 1;
}
