// Centres of any size as the live board has them: campaigns, agents with their day, limits, trunks, the last hours.

import type { BoardCampaign, BoardHistory, BoardView } from '../../src/http/wire/board.ts';

type Agent = BoardView['agents'][number];
type State = Agent['state'];

const MINUTE = 60_000;

export function aCampaign(change: Partial<BoardCampaign> = {}): BoardCampaign {
  return {
    name: 'spring-renewals',
    description: 'Members whose policy ends in spring.',
    mode: 'predictive',
    state: 'running',
    changedAt: Date.now() - 200 * MINUTE,
    dialing: true,
    why: 'It dials.',
    reason: { kind: 'agents-working', agents: 11 },
    hours: 'Mon–Fri 09:00–20:00 (Europe/London); closes at 20:00 today',
    opening: {
      kind: 'scheduled',
      week: { kind: 'days', days: [{ first: 0, last: 4, spans: [{ from: 540, to: 1200 }] }] },
      zone: 'Europe/London',
      holidays: 0,
      isOpen: true,
      changeAt: Date.now() + 180 * MINUTE,
    },
    agents: { paused: 1, ready: 2, engaged: 0, reserved: 0, talking: 7, 'wrap-up': 2 },
    calls: { placing: 1, ringing: 9, detecting: 0, waiting: 0, talking: 7 },
    today: {
      attempts: 1_904,
      liveAnswers: 612,
      connected: 604,
      abandoned: 8,
      abandonRate: 8 / 612,
      byResult: { connected: 604, 'no-answer': 861, busy: 131, machine: 290, abandoned: 8 },
      answerDelayMs: { p50: 1.8, p99: 6.1, max: 22, count: 596 },
      waited: { count: 8, maxMs: 1_700 },
      utilisation: 0.83,
    },
    abandonTarget: 0.03,
    pacing: {
      at: Date.now() - 2_000,
      dial: 2,
      cancel: 0,
      reason: 'Dials 2: 3 agents will be free within 20 s, one in three people answers, 0.4 may be abandoned a minute.',
    },
    ...change,
  };
}

const NAMES = ['Ada Moss', 'Ben Okoro', 'Cleo Hart', 'Dan Frey', 'Eve Lindt', 'Finn Abel', 'Gia Rossi', 'Hal Brook'];
const WITH_PERSON: ReadonlySet<State> = new Set(['talking', 'wrap-up']);

export function anAgent(place: number, change: Partial<Agent> = {}): Agent {
  const state = change.state ?? 'talking';
  return {
    number: String(101 + place),
    name: `${NAMES[place % NAMES.length] ?? ''}${place < 8 ? '' : ` ${place}`}`,
    groups: ['sales'],
    account: `agent-${101 + place}`,
    registered: true,
    state,
    since: Date.now() - (20 + ((place * 37) % 200)) * 1_000,
    ...(state === 'offline' ? { since: 0 } : { session: `s${place}`, campaign: 'spring-renewals' }),
    ...(WITH_PERSON.has(state) ? { talkingTo: '+12*******23', attempt: `a${place}` } : {}),
    ...change,
  };
}

const SHIFT: readonly State[] = ['talking', 'talking', 'wrap-up', 'talking', 'ready', 'talking', 'paused', 'talking'];

function dayOf({ number, campaign = '' }: Agent): BoardView['days']['rows'][number] {
  const talks = 30 + (Number(number) % 25);
  return {
    agent: number,
    campaign,
    talks,
    talkMs: talks * 150_000,
    wrapUpMs: talks * 35_000,
    waitingMs: talks * 40_000,
    pausedMs: 900_000,
  };
}

const limit = (change: Partial<BoardView['budgets'][number]['limits'][number]> = {}) => ({
  name: 'campaign',
  target: 0.03,
  liveAnswers: 612,
  abandoned: 8,
  left: 10,
  leftAtEnd: 21,
  endsAt: new Date().setHours(24, 0, 0, 0),
  ...change,
});

/** A centre in the middle of its day. */
export function aCentre(change: Partial<BoardView> = {}): BoardView {
  const agents = Array.from({ length: 22 }, (_, place) =>
    anAgent(place, {
      state: place > 19 ? 'offline' : (SHIFT[place % SHIFT.length] ?? 'ready'),
      ...(place === 3 ? { since: Date.now() - 19 * MINUTE } : {}),
      ...(place > 11 && place < 20 ? { campaign: 'win-back' } : {}),
      ...(place === 6 ? { reason: 'lunch' } : {}),
      ...(place === 9 ? { registered: false } : {}),
    }),
  );
  const small = { attempts: 704, liveAnswers: 164, connected: 163, abandoned: 1, abandonRate: 1 / 164 };
  return {
    at: Date.now(),
    version: 1,
    agents,
    listening: [],
    campaigns: [
      aCampaign(),
      aCampaign({
        name: 'win-back',
        description: 'People who left last year.',
        mode: 'progressive',
        agents: { paused: 1, ready: 1, engaged: 0, reserved: 0, talking: 5, 'wrap-up': 1 },
        calls: { placing: 0, ringing: 1, detecting: 0, waiting: 0, talking: 5 },
        today: { ...aCampaign().today, ...small },
        pacing: { at: Date.now() - 5_000, dial: 1, cancel: 0, reason: 'Dials 1: one line for the one free agent.' },
      }),
      aCampaign({
        name: 'evening-survey',
        mode: 'preview',
        dialing: false,
        why: 'Its hours open at 17:00 (Europe/London).',
        reason: { kind: 'window-closed', opensAt: Date.now() + 90 * MINUTE, zone: 'Europe/London' },
        agents: { paused: 0, ready: 0, engaged: 0, reserved: 0, talking: 0, 'wrap-up': 0 },
        calls: { placing: 0, ringing: 0, detecting: 0, waiting: 0, talking: 0 },
        today: { ...aCampaign().today, attempts: 0, liveAnswers: 0, connected: 0, abandoned: 0, abandonRate: 0 },
      }),
      aCampaign({
        name: 'autumn',
        state: 'stopped',
        dialing: false,
        why: 'It is stopped.',
        reason: { kind: 'stopped' },
        description: '',
        agents: { paused: 0, ready: 0, engaged: 0, reserved: 0, talking: 0, 'wrap-up': 0 },
        calls: { placing: 0, ringing: 0, detecting: 0, waiting: 0, talking: 0 },
      }),
    ],
    budgets: [
      {
        campaign: 'spring-renewals',
        limits: [limit({ name: 'uk-ofcom: abandoned calls', left: 4, leftAtEnd: 15, abandoned: 14.3 }), limit()],
      },
      { campaign: 'win-back', limits: [limit({ liveAnswers: 164, abandoned: 1, left: 3, leftAtEnd: 7 })] },
      { campaign: 'evening-survey', limits: [limit({ liveAnswers: 0, abandoned: 0, left: 0, leftAtEnd: 0 })] },
    ],
    trunks: [
      {
        name: 'north',
        linesInUse: 19,
        maxLines: 60,
        mayDial: true,
        reachable: true,
        why: 'Trunk north takes calls.',
        reason: { kind: 'trunk-takes-calls', trunk: 'north', probes: 0 },
      },
      {
        name: 'south',
        linesInUse: 4,
        maxLines: 30,
        mayDial: false,
        reachable: true,
        why: 'Trunk south rests for 40s more after 3 calls that ended in congestion in a row.',
        reason: {
          kind: 'trunk-rests',
          trunk: 'south',
          untilAt: Date.now() + 40_000,
          trouble: { what: 'failed-calls', calls: 3, heard: 'congestion', rang: false },
        },
      },
    ],
    days: {
      since: Date.now() - 5 * 60 * MINUTE,
      at: Date.now(),
      rows: agents.filter(({ campaign }) => campaign !== undefined).map(dayOf),
    },
    outbound: { on: true, by: '', at: 0, reason: '' },
    health: {
      ready: true,
      draining: false,
      links: { ari: true, ami: true },
      sip: 'ok',
      store: 'ok',
      calls: 23,
      sessions: 20,
      halted: [],
    },
    ...change,
  };
}

/** Four hours of it. */
export function aPast(): BoardHistory {
  const minutes = Array.from({ length: 240 }, (_, minute) => minute);
  const wave = (least: number, more: number, every: number): number[] =>
    minutes.map((minute) => Math.max(0, Math.round(least + more * Math.sin(minute / every) + Math.sin(minute / 7.3))));
  return {
    fromAt: Date.now() - 240 * MINUTE,
    stepMs: MINUTE,
    all: {
      talking: wave(11, 2, 21),
      wrapUp: wave(3, 1, 13),
      ready: wave(3, 2, 9),
      paused: wave(2, 1, 40),
      lines: wave(12, 5, 17),
      liveAnswers: wave(5, 2, 25),
      abandoned: minutes.map((minute) => Number(minute % 31 === 0)),
    },
    campaigns: [
      { name: 'spring-renewals', liveAnswers: wave(3, 2, 25) },
      { name: 'win-back', liveAnswers: wave(2, 1, 12) },
    ],
  };
}

/** As large as the console is made for. */
export function aHugeCentre(campaigns = 100, agents = 300): BoardView {
  const names = Array.from({ length: campaigns }, (_, place) => `campaign-${String(place).padStart(3, '0')}`);
  const people = Array.from({ length: agents }, (_, place) =>
    anAgent(place, { state: SHIFT[place % SHIFT.length] ?? 'ready', campaign: names[place % campaigns] ?? '' }),
  );
  return aCentre({
    campaigns: names.map((name) => aCampaign({ name })),
    budgets: names.map((campaign) => ({ campaign, limits: [limit()] })),
    agents: people,
    days: { since: 0, at: Date.now(), rows: people.map(dayOf) },
  });
}
