// [O-14] A busy hour, written down and lived again from its lines alone: every event, what lives after it, every command.

import { afterEach, expect, test } from 'vitest';
import { OperationalError } from '../../../src/base/errors.ts';
import { incomingOf } from '../../../src/engine/journal/lines.ts';
import { replayEngine, type NumberReading } from '../../../src/engine/journal/replay.ts';
import { kindOf } from '../../../src/numbers/kinds.ts';
import { population } from '../../../src/sim/population.ts';
import { Rig, type RigOptions } from '../../support/rig.ts';
import { by } from '../../support/actors.ts';

const MINUTE_MS = 60_000;
const CALLED = '+12125550100';

/** As the rig reads numbers. */
const reading: NumberReading = {
  kindOf,
  readNumber: (text) => (/^\+?\d{7,15}$/.test(text) ? `+${text.replace('+', '')}` : undefined),
};

let rig: Rig | undefined;
let isStoreFailing = false;

afterEach(async () => {
  isStoreFailing = false;
  await rig?.close();
  rig = undefined;
});

const CAMPAIGN: NonNullable<RigOptions['campaign']> = {
  mode: 'predictive',
  attempts: { max: 3, perDay: 3 },
  answer: {
    detection: 'parallel',
    onMachine: 'hang-up',
    noAgentAfterMs: 2000,
    noAgentSound: 'outdial/abandon',
    whileWaiting: 'music',
  },
  inbound: {
    take: true,
    greeting: 'outdial/welcome',
    waiting: 'music',
    waitMs: 30_000,
    busySound: 'outdial/inbound-busy',
    closedSound: 'outdial/inbound-closed',
  },
  callAgain: [
    { when: 'result == "no-answer"', then: { do: 'call-again', afterMs: 20 * MINUTE_MS, phone: 'same' } },
    { when: 'result == "busy"', then: { do: 'call-again', afterMs: 5 * MINUTE_MS, phone: 'same' } },
  ],
};

const storeTrouble = <T>(act: () => Promise<T>): Promise<T> => {
  if (!isStoreFailing) return act();
  return Promise.reject(new OperationalError('store-unavailable', 'The database does not answer.', { hint: '' }));
};

/** A call centre whose engine is written down into `lines`. */
async function writtenDown(lines: string[], options: RigOptions): Promise<Rig> {
  const journal = { write: (line: string) => void lines.push(line), digestEveryMs: 0, about: {} };
  rig = await Rig.start({
    seed: 14,
    campaign: CAMPAIGN,
    journal,
    storeTrouble,
    trouble: { doubled: 0.05, late: 0.05, lateMs: 100, refused: 0.002, unanswered: 0.002 },
    plan: population({ talk: { meanMs: 60_000, deviationMs: 40_000 }, shares: { machine: 0.2, hangsUpAtOnce: 0.02 } }),
    ...options,
  });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  await rig.startCampaign();
  return rig;
}

/** What goes wrong in the hour. */
async function everythingFails({ exchange, clock }: Rig): Promise<void> {
  isStoreFailing = true;
  await clock.runFor(MINUTE_MS);
  isStoreFailing = false;
  await clock.runFor(6 * MINUTE_MS);
  exchange.restart(500);
  await clock.runFor(8 * MINUTE_MS);
  exchange.dropLink();
  await clock.runFor(5_000);
  exchange.restoreLink();
  await clock.runFor(5 * MINUTE_MS);
}

/** What people do in the hour: they call us, agree on callbacks, change the campaign, switch calling off and on. */
async function peopleAct({ engine, exchange, clock }: Rig): Promise<void> {
  for (const person of [3, 9, 27]) {
    exchange.callIn({ caller: `+1650${2_000_000 + person}`, called: CALLED, talksMs: 20_000 });
    await clock.runFor(5_000);
  }
  const at = { shownAt: clock.now() + 90 * MINUTE_MS };
  await clock.settle(engine.setCallback({ record: 1, at, zone: 'UTC', agent: null, by: by('ann') }));
  await clock.settle(engine.turnOutbound({ on: false, by: by('ann'), reason: 'a drill' }));
  await clock.runFor(MINUTE_MS);
  await clock.settle(engine.turnOutbound({ on: true, by: by('ann'), reason: '' }));
  await clock.settle(engine.signOutAgent('103', by('ann')));
}

test('[O-14] given a busy hour in which store, exchange, link and outdial fail, when its lines are lived again, then every event, what lives after it and every command are the same', async () => {
  const lines: string[] = [];
  const hour = await writtenDown(lines, { agents: 8, records: 1600 });
  await hour.clock.runFor(10 * MINUTE_MS);
  await everythingFails(hour);
  await peopleAct(hour);
  await hour.clock.runFor(8 * MINUTE_MS);
  hour.killEngine();
  await hour.clock.runFor(4_000);
  await hour.startEngine();
  await hour.clock.runFor(20 * MINUTE_MS);

  const again = await replayEngine(lines, () => reading);

  expect(again.firstDifference).toBeNull();
  expect(again.stretches).toBe(2);
  expect(again.commands).toBeGreaterThan(3_000);
  expect(again.events).toBeGreaterThan(20_000);
  expect((again.toAt ?? 0) - (again.fromAt ?? 0)).toBeGreaterThan(59 * MINUTE_MS);
  // Each event stands with what lives after it.
  const events = lines.filter((line) => line.startsWith('["event"'));
  expect(events.filter((line) => !/,"[0-9a-f]{12}"\]$/.test(line))).toEqual([]);
  const kinds = new Set(lines.map((line) => /^\["(ok|failed|woke|heard|ask)"/.exec(line)?.[1]));
  expect([...kinds].filter((kind) => kind !== undefined).sort()).toEqual(['ask', 'failed', 'heard', 'ok', 'woke']);
}, 300_000);

test('[O-14] given a log in which one thing came otherwise, when it is lived again, then the first turn that differs is shown with both', async () => {
  const lines: string[] = [];
  const some = await writtenDown(lines, { agents: 3, records: 30 });
  await some.clock.runFor(2 * MINUTE_MS);
  expect((await replayEngine(lines, () => reading)).firstDifference).toBeNull();

  const place = lines.findIndex((line) => line.startsWith('["heard"') && line.includes('"leg-answered"'));
  const other = lines.map((line, at) => (at === place ? line.replace('leg-answered', 'leg-ringing') : line));
  expect((await replayEngine(other, () => reading)).firstDifference).toMatchObject({ line: place + 1 });

  const command = lines.findIndex((line) => line.includes('"telephony.execute",[{"type":"add-to-bridge"'));
  const wrong = lines.map((line, at) => (at === command ? line.replace('add-to', 'remove-from') : line));
  expect((await replayEngine(wrong, () => reading)).firstDifference).toMatchObject({
    logged: wrong[command],
    again: lines[command],
  });

  const cut = [...lines.slice(0, command), '["call",7,"telepho'];
  expect(await replayEngine(cut, () => reading)).toMatchObject({ stretches: 1, firstDifference: null });
});

test('[O-14] given an engine that is written down, then no line holds a PIN, the hash of one, or the secret of a phone', async () => {
  const lines: string[] = [];
  const some = await writtenDown(lines, { agents: 2, records: 2 });
  const text = lines.join('\n');
  const secrets = await some.store.agents.secrets('100');
  expect(text).toContain('"pinHash":');
  expect(text).not.toContain(secrets?.pinHash);
  expect(text).not.toContain(secrets?.sipDigest?.md5);
  const keys = lines.flatMap((line) => {
    const came = incomingOf(JSON.parse(line));
    return came?.[0] === 'heard' && came[2].type === 'key-pressed' ? [came[2]] : [];
  });
  const first = keys.filter(({ leg }) => leg === keys[0]?.leg).slice(0, 9);
  expect(first.map(({ key }) => key).join('')).toBe('100#0000#');
});
