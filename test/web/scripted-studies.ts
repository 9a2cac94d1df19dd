// A daemon that answers the console's views of reports, the ledger, forecasts, replays and webhooks: the real page from the
// real route, and figures as a day of three campaigns gives them.

import fastify from 'fastify';
import { ROLE_RIGHTS } from '../../src/http/access/rights.ts';
import { pages } from '../../src/http/pages.ts';
import { builtPages } from './built.ts';

const MIDNIGHT = Date.parse('2026-11-02T00:00:00+01:00');
const DAY = 86_400_000;
const MINUTE = 60_000;

const campaign = (name: string, change: object): object => ({
  name,
  description: '',
  mode: 'predictive',
  state: 'running',
  changedAt: 0,
  dialing: true,
  why: '',
  reason: { kind: 'agents-working', agents: 1 },
  hours: '',
  opening: { kind: 'no-schedule' },
  ...change,
});
const CAMPAIGNS = [
  campaign('spring-renewals', {
    window: {
      name: 'us-federal/abandonment',
      target: 0.03,
      liveAnswers: 4120,
      abandoned: 61,
      endsAt: MIDNIGHT + 30 * DAY,
    },
    shadows: [
      { policy: 'progressive', decisions: 18_220, more: 0.02, fewer: 0.31, meanLines: -2.41 },
      { policy: 'ratio:2', decisions: 18_220, more: 0.28, fewer: 0.09, meanLines: 1.12 },
    ],
  }),
  campaign('win-back', {
    window: { name: 'uk-ofcom/abandonment', target: 0.03, liveAnswers: 803, abandoned: 22.4, endsAt: MIDNIGHT + DAY },
  }),
  campaign('survey', { window: { name: 'campaign', target: 0.01, liveAnswers: 210, abandoned: 4 } }),
];

const column = (key: string, title: string, kind = 'count'): object => ({ key, title, kind });
const about = {
  period: { fromAt: MIDNIGHT - 7 * DAY, toAt: MIDNIGHT },
  zone: 'Europe/Berlin',
  madeAt: MIDNIGHT + 9 * 3_600_000,
};

function agentRow(agent: string, name: string, shares: readonly [number, number, number, number]): object {
  const [talkingMs, wrapUp, readyMs, pausedMs] = shares.map((minutes) => minutes * MINUTE);
  const rest = { engagedMs: 0, reservedMs: 40_000 };
  const paidMs = (talkingMs ?? 0) + (wrapUp ?? 0) + (readyMs ?? 0) + (pausedMs ?? 0) + 40_000;
  const utilisation = ((talkingMs ?? 0) + (wrapUp ?? 0)) / (paidMs - (pausedMs ?? 0));
  return {
    agent,
    name,
    paidMs,
    pausedMs,
    readyMs,
    ...rest,
    talkingMs,
    'wrap-upMs': wrapUp,
    utilisation,
    connected: 311,
    talkMs: talkingMs,
  };
}

const AGENTS = {
  report: 'agents',
  title: 'Agents',
  ...about,
  columns: [
    ...[column('agent', 'Agent', 'text'), column('name', 'Name', 'text'), column('paidMs', 'Paid', 'duration')],
    ...['Paused', 'Ready', 'Engaged', 'Reserved', 'Talking', 'Wrap-up'].map((one) =>
      column(`${one.toLowerCase()}Ms`, one, 'duration'),
    ),
    ...[column('utilisation', 'Utilisation', 'share'), column('connected', 'Conversations')],
    column('talkMs', 'Talk', 'duration'),
  ],
  rows: [
    agentRow('101', 'Eve Hart', [1310, 202, 180, 240]),
    agentRow('102', 'Omar Lind', [1204, 280, 231, 190]),
    agentRow('103', 'Mia Fern', [988, 140, 420, 305]),
  ],
  sums: {
    agent: null,
    name: null,
    paidMs: 5_690 * MINUTE,
    pausedMs: 735 * MINUTE,
    readyMs: 831 * MINUTE,
    engagedMs: 0,
    reservedMs: 120_000,
    talkingMs: 3502 * MINUTE,
    'wrap-upMs': 622 * MINUTE,
    utilisation: 0.832,
    connected: 933,
    talkMs: 3502 * MINUTE,
  },
  notes: ['Paid: signed in, pauses included. Utilisation: (talking + wrap-up) ÷ (paid − paused).'],
};

const THIRTY_DAYS = 'at most 3.0 % of the live answers in each period of 30 days';
const ONE_DAY = 'at most 3.0 % of the live answers in any 24 h, with people taken for machines';
const RULES = [
  ['spring-renewals', 'us-federal/abandonment', '47 CFR 64.1200(a)(7)', 0.03, THIRTY_DAYS],
  ['win-back', 'uk-ofcom/abandonment', 'Ofcom, persistent misuse, 2016', 0.03, ONE_DAY],
] as const;
export const LEDGER = {
  report: 'ledger',
  title: 'Abandonment ledger',
  ...about,
  columns: [
    ...[column('campaign', 'Campaign', 'text'), column('rule', 'Rule', 'text'), column('day', 'Day', 'text')],
    ...[
      column('liveAnswers', 'Live answers'),
      column('abandoned', 'Abandoned'),
      column('machines', 'Taken for machines'),
    ],
    ...[column('windowFromAt', 'Window from', 'instant'), column('windowEndsAt', 'Window ends', 'instant')],
    ...[column('countedLive', 'Counted live'), column('countedAbandoned', 'Counted abandoned')],
    ...[column('rate', 'Rate', 'share'), column('limit', 'Limit', 'share'), column('isKept', 'Kept', 'yes-no')],
    ...[column('detectorError', 'Detector error', 'share'), column('zone', 'Time zone', 'text')],
    ...[column('definition', 'Definition', 'text'), column('citation', 'Citation', 'text')],
  ],
  rows: RULES.flatMap(([name, rule, citation, limit, definition]) =>
    Array.from({ length: 7 }, (_, place) => {
      const [liveAnswers, abandoned] = [520 + 40 * place, 5 + ((place * 5) % 15)];
      const rate = abandoned / liveAnswers;
      return {
        campaign: name,
        rule,
        day: `2026-10-${20 + place}`,
        liveAnswers,
        abandoned,
        machines: 610 - 12 * place,
        windowFromAt: MIDNIGHT - (13 - place) * DAY,
        windowEndsAt: null,
        countedLive: liveAnswers,
        countedAbandoned: abandoned,
        rate,
        limit,
        isKept: rate <= limit,
        detectorError: 0,
        zone: 'Europe/Berlin',
        definition,
        citation,
      };
    }),
  ),
  notes: [
    'One row for each campaign, definition and day with attempts. Live answers and abandoned are those of the day; counted are those of the window that the definition names.',
  ],
};

const spread = (mean: number, width: number): object => ({ mean, low: mean * (1 - width), high: mean * (1 + width) });
const FORECAST = {
  about: 'given figures; predictive, half an hour of warm-up',
  mode: 'predictive',
  warmUpSeconds: 1800,
  forecasts: [5, 10, 20, 30, 40, 50].map((agents) => ({
    agents,
    abandonTarget: 0.03,
    days: 8,
    hoursPerDay: 8,
    utilisation: spread(0.92 - 0.9 / agents, 0.03),
    abandonRate: { ...spread(0.02 + 0.03 / agents, 0.2), daysAbove: 0 },
    waitS: { p50: 4 + 60 / agents, p90: 20 + 300 / agents },
    dialsPerHour: spread(agents * 40, 0.05),
    liveAnswersPerHour: spread(agents * 15, 0.05),
    conversationsPerHour: spread(agents * 14, 0.05),
    peakLines: spread(agents * 2.4, 0.15),
    hoursToFinish: spread(4000 / agents, 0.1),
    linesWereCeiling: false,
    waits: { stepS: 5, counts: [40, 30, 22, 14, 9, 6, 4, 3, 2, 1, 1, 1] },
  })),
};

const score = (policy: string, utilisation: number, abandonRate: number): object => ({
  policy,
  utilisation,
  abandonRate,
  dials: 5210,
  liveAnswers: 1503,
  peakLines: 41,
  utilisationSpread: [utilisation - 0.01, utilisation + 0.01],
  abandonSpread: [abandonRate - 0.004, abandonRate + 0.004],
});
const REPLAY = {
  campaign: 'spring-renewals',
  fromAt: MIDNIGHT,
  toAt: MIDNIGHT + DAY,
  stretches: 1,
  events: 51_220,
  decisions: 28_800,
  changes: 6120,
  dialed: 5198,
  cancelled: 3,
  differences: 0,
  firstDifference: null,
  real: { utilisation: 0.871, abandonRate: 0.0148, liveAnswers: 1490, abandoned: 22, dials: 5198 },
  policies: [
    { policy: 'as it was', score: score('as it was', 0.868, 0.016) },
    {
      policy: 'progressive',
      advised: { more: 0.02, fewer: 0.31, meanLines: -2.4 },
      score: score('progressive', 0.71, 0),
    },
    { policy: 'ratio:2', advised: { more: 0.28, fewer: 0.09, meanLines: 1.1 }, score: score('ratio:2', 0.88, 0.071) },
  ],
};

const RECEIVERS = [
  {
    name: 'crm',
    kind: 'webhook',
    address: 'https://crm.example.com',
    events: ['attempt.ended', 'disposition.given'],
    waiting: 1,
    oldestAt: Date.now(),
    givenUp: 0,
    sent: 48_211,
    faults: 2,
    lastSentAt: MIDNIGHT,
  },
  {
    name: 'warehouse',
    kind: 'webhook',
    address: 'https://dwh.example.com',
    events: ['record.closed'],
    waiting: 1240,
    oldestAt: MIDNIGHT,
    givenUp: 0,
    sent: 90_113,
    faults: 31,
    lastSentAt: MIDNIGHT,
    lastFault: 'it answered 503',
    restsUntilAt: Date.now() + 400_000,
  },
  {
    name: 'mail',
    kind: 'mail',
    address: 'smtp.example.com:587',
    events: [],
    waiting: 0,
    oldestAt: null,
    givenUp: 2,
    sent: 41,
    faults: 4,
    lastFault: 'the mail server refused it (550)',
  },
];

export class ScriptedStudies {
  url = '';
  readonly asked: string[] = [];
  role: keyof typeof ROLE_RIGHTS = 'admin';
  /** Studies are answered with this refusal. */
  refusal: { readonly code: string; readonly message: string; readonly hint: string } | undefined;
  readonly #api = fastify({ forceCloseConnections: true });

  static async start(): Promise<ScriptedStudies> {
    const made = new ScriptedStudies();
    pages(made.#api, await builtPages());
    made.#routes();
    made.url = await made.#api.listen({ host: '127.0.0.1', port: 0 });
    return made;
  }

  close(): Promise<void> {
    return this.#api.close();
  }

  #routes(): void {
    const api = this.#api;
    api.addHook('onRequest', (request, _reply, done) => {
      this.asked.push(`${request.method} ${decodeURIComponent(request.url)}`);
      done();
    });
    api.get('/api/session', () => {
      const rights = ROLE_RIGHTS[this.role];
      return { who: 'user:sue', kind: 'user', name: 'sue', role: this.role, fullName: '', rights };
    });
    const board = { at: Date.now(), version: 1, campaigns: [], agents: [], trunks: [], budgets: [] };
    api.get('/api/board', () => board);
    api.get('/api/board/stream', (_request, reply) => {
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
      const tell = (event: string, data: object): boolean =>
        reply.raw.write(`event: ${event}\ndata: ${JSON.stringify({ ...data, at: Date.now() })}\n\n`);
      tell('state', board);
      const beats = setInterval(() => tell('beat', { version: 1 }), 500);
      reply.raw.on('close', () => clearInterval(beats));
    });
    api.get('/api/campaigns', () => CAMPAIGNS);
    api.get('/api/campaigns/:name', (request) => {
      const { name } = request.params as { name: string };
      return CAMPAIGNS.find((one) => (one as { name: string }).name === name);
    });
    const study = (path: string, body: object): void => {
      api.get(path, (_request, reply) => (this.refusal ? reply.code(503).send({ error: this.refusal }) : body));
    };
    study('/api/reports/tables/agents', AGENTS);
    study('/api/reports/tables/campaigns', { ...AGENTS, report: 'campaigns', rows: [], sums: undefined });
    study('/api/reports/tables/ledger', LEDGER);
    study('/api/forecasts', FORECAST);
    study('/api/replays/:campaign', REPLAY);
    api.get('/api/webhooks', () => RECEIVERS);
    api.post('/api/webhooks/:name/retry', () => ({ retried: 2 }));
    api.post('/api/webhooks/:name/test', () => ({ isTaken: false, fault: 'it answered 503' }));
  }
}
