import { defined } from '../../../src/base/defined.ts';
import { expect, test } from 'vitest';
import type { Campaign } from '../../../src/campaign/definition.ts';
import { CampaignPacer, pacerOptions } from '../../../src/engine/dialing/campaign-pacer.ts';
import { JournalReader } from '../../../src/engine/dialing/pacing-journal.ts';
import { reportPlans, windowEvent } from '../../../src/engine/dialing/pacer-feed.ts';
import { World, type RunningCampaign } from '../../../src/engine/world.ts';
import { aCampaign } from '../../records/builders.ts';
import { aSession } from '../../agent/builders.ts';

const NOW = Date.UTC(2026, 6, 8, 8, 0);
const MINUTE_MS = 60_000;

test('[P-10] the next break or personal callback of each agent is reported once, and again when it changes', () => {
  // Ten o'clock in Berlin; a break at half past eleven.
  const definition = aCampaign({ leaves: [{ atMinute: 11 * 60 + 30, forMs: 900_000, agents: [] }] });
  const lines: string[] = [];
  const logs = { open: () => ({ write: (line: string) => lines.push(line) > 0 }) };
  const options = pacerOptions(definition);
  if (!options) throw new Error('the campaign is not paced');
  const pacer = new CampaignPacer({ definition, options, saved: null, logs, now: NOW });
  const world = new World();
  for (const agent of ['101', '102']) {
    world.sessions.set(agent, aSession('ready', { session: agent, agent, campaign: definition.name }));
  }
  const campaign = { definition, pacer } as unknown as RunningCampaign;
  const due = new Map([['102', NOW + 20 * MINUTE_MS]]);
  const report = (now: number): void =>
    reportPlans(world, campaign, { now, callbackDue: (_name, agent) => due.get(agent) });
  report(NOW);
  report(NOW + MINUTE_MS);
  due.delete('102');
  report(NOW + 2 * MINUTE_MS);
  due.set('101', NOW);
  report(NOW + 3 * MINUTE_MS);

  const reader = new JournalReader();
  const reported = lines.flatMap((line) => {
    const entry = reader.read(line);
    return entry?.type === 'event' && entry.event.type === 'agent-until' ? [entry.event] : [];
  });
  const noonBreak = NOW + 90 * MINUTE_MS;
  expect(reported.map(({ agent, until }) => [agent, until])).toEqual([
    ['101', noonBreak],
    ['102', NOW + 20 * MINUTE_MS],
    ['102', noonBreak],
    // Due already: the agent will be kept for it as soon as they are free.
    ['101', NOW + 3 * MINUTE_MS],
  ]);
});

/** Midnight in Berlin. */
const MIDNIGHT = Date.UTC(2026, 6, 8, 22, 0);
const OFFICE = { timezone: 'Europe/Berlin', start: '0 9 * * *', stop: '0 17 * * *', holidays: [] };

/** A campaign with 100 live answers and one abandoned in a window until `endsAt`. */
function running(definition: Campaign, endsAt?: number): Parameters<typeof windowEvent>[0] {
  const end = defined({ endsAt });
  const window = { name: 'campaign', target: 0.03, liveAnswers: 100, abandoned: 1, ...end };
  return { definition, answers: { window: () => window }, dialsLeft: undefined };
}

test.each([
  [
    'the schedule closes at 17:00: the pacer reckons with answers until then',
    OFFICE,
    MIDNIGHT,
    Date.UTC(2026, 6, 8, 15),
  ],
  ['the window ends before the schedule closes: it ends then', OFFICE, NOW + MINUTE_MS, NOW + MINUTE_MS],
] as const)('[P-04] %s', (_name, schedule, endsAt, reported) => {
  const campaign = aCampaign({ schedule });
  expect(windowEvent(running(campaign, endsAt), NOW)).toMatchObject({ type: 'window', endsAt: reported });
});

test.each([
  ['no schedule', undefined],
  ['the schedule is closed, and no one knows until when somebody dials', { ...OFFICE, start: '0 12 * * *' }],
])('[P-04] %s: the pacer is informed of no end and borrows nothing', (_name, schedule) => {
  const { schedule: _own, ...plain } = aCampaign();
  const campaign = schedule === undefined ? plain : { ...plain, schedule };
  const event = windowEvent({ ...running(campaign, MIDNIGHT), dialsLeft: 40 }, NOW);
  expect(event).toEqual({ at: NOW, type: 'window', target: 0.03, liveAnswers: 100, abandoned: 1 });
});

test('[P-04] a rolling window stays without end, whatever the schedule', () => {
  expect(windowEvent(running(aCampaign({ schedule: OFFICE })), NOW)).not.toHaveProperty('endsAt');
});

test('[P-04] the list runs dry before the schedule closes: the pacer is shown how many dials are left', () => {
  const campaign = { ...running(aCampaign({ schedule: OFFICE }), MIDNIGHT), dialsLeft: 40 };
  expect(windowEvent(campaign, NOW)).toMatchObject({ endsAt: Date.UTC(2026, 6, 8, 15), dialsLeft: 40 });
});
