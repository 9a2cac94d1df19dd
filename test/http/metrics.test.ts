// What /metrics says of the engine's figures, who may read it, and that the dashboard and the alerts ask for nothing else.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { METRICS } from '../../src/http/metrics/metrics.ts';
import { Counted, Tally } from '../../src/http/metrics/tally.ts';
import { aCampaign } from '../records/builders.ts';
import { startTestApi, type TestApi } from './api.ts';
import { campaignView } from './fake-control.ts';

let api: TestApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

async function scraped(from: TestApi, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${from.url}/metrics`, { headers });
}

async function textOf(from: TestApi): Promise<string> {
  const answer = await scraped(from, { authorization: `Bearer ${from.token}` });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  return answer.text();
}

const lineOf = (text: string, start: string): string | undefined =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${start} `))
    ?.slice(start.length + 1);

describe('[O-05] the figures', () => {
  test('a campaign that dials over a resting trunk: its agents, calls, budget and reason, in seconds and ratios', async () => {
    api = await startTestApi([aCampaign({ name: 'renewals' })]);
    const plain = campaignView();
    api.control.views.set(
      'renewals',
      campaignView({
        state: 'running',
        dialing: false,
        cause: 'trunks',
        why: 'Trunk main rests.',
        agents: { ...plain.agents, ready: 3, talking: 2 },
        today: {
          ...plain.today,
          liveAnswers: 400,
          utilisation: 0.83,
          answerDelayMs: { p50: 3, p99: 18, max: 40, count: 9 },
        },
        window: { name: 'us-federal/abandonment', target: 0.03, liveAnswers: 400, abandoned: 7 },
      }),
    );
    api.control.trunksNow = [
      {
        name: 'main',
        maxLines: 30,
        linesInUse: 4,
        reachable: true,
        mayDial: false,
        why: 'Trunk main rests.',
        reason: { kind: 'trunk-unreachable', trunk: 'main' },
        restsUntilAt: 1_790_000_000_000,
      },
    ];
    for (const result of ['busy', 'busy', 'connected'] as const)
      api.control.emit({
        type: 'call',
        at: 0,
        attempt: 'a',
        campaign: 'renewals',
        from: 'ringing',
        to: 'ended',
        event: 'ended',
        result,
      });
    api.control.emit({
      type: 'call',
      at: 0,
      attempt: 'a',
      campaign: 'renewals',
      from: 'placing',
      to: 'ringing',
      event: 'ringing',
    });
    const [text, second] = await Promise.all([textOf(api), textOf(api)]);
    // Scrapes in one second share an answer.
    expect(second).toBe(text);
    const shown = {
      'outdial_campaign_dialing{campaign="renewals"}': '0',
      'outdial_campaign_not_dialing{campaign="renewals",reason="trunks"}': '1',
      'outdial_campaign_not_dialing{campaign="renewals",reason="agents"}': '0',
      'outdial_agents{campaign="renewals",state="ready"}': '3',
      'outdial_attempts_total{campaign="renewals",result="busy"}': '2',
      'outdial_attempts_total{campaign="renewals",result="connected"}': '1',
      'outdial_abandon_budget_calls{campaign="renewals"}': '5',
      'outdial_abandon_window_ratio{campaign="renewals"}': '0.0175',
      'outdial_campaign_utilisation_ratio{campaign="renewals"}': '0.83',
      'outdial_answer_delay_seconds{campaign="renewals",quantile="0.99"}': '0.018',
      'outdial_trunk_lines_in_use{trunk="main"}': '4',
      'outdial_trunk_resting{trunk="main"}': '1',
      'outdial_link_up{link="ari"}': '1',
      'outdial_build_info{version="0.1.0"}': '1',
    };
    for (const [name, value] of Object.entries(shown)) expect([name, lineOf(text, name)]).toEqual([name, value]);
    // What the store takes, and the disk that it is on.
    expect(Number(lineOf(text, 'outdial_store_request_duration_seconds_count{thread="writer"}'))).toBeGreaterThan(0);
    expect(Number(lineOf(text, 'outdial_disk_free_bytes{folder="store"}'))).toBeGreaterThan(0);
    // No certificate: no line that says when it ends.
    expect(lineOf(text, 'outdial_certificate_expiry_timestamp_seconds')).toBeUndefined();
    expect(text).not.toContain('agent=');
  });

  test('the settings want agents: each has a line with its state', async () => {
    api = await startTestApi([aCampaign()], { metrics: { agents: true } });
    await api.ask('POST', '/api/agents', { number: '101', name: 'Ann', groups: [] });
    const text = await textOf(api);
    expect(lineOf(text, 'outdial_agent_state{agent="101",campaign="",state="offline"}')).toBe('1');
  });

  test('words without end, such as made-up dispositions: counted together, so that labels stay few', () => {
    const counted = new Counted();
    for (let turn = 0; turn < 5_000; turn += 1) counted.add('renewals', `word-${turn}`);
    const samples = counted.samples('campaign', 'disposition');
    expect(samples.length).toBeLessThan(2_010);
    expect(samples.at(-1)).toEqual([{ campaign: 'other', disposition: 'other' }, 3_000]);
  });

  test('what happens is counted by its kind: ends of calls, dispositions, callbacks', () => {
    const tally = new Tally();
    tally.note({ type: 'disposition', at: 0, attempt: 'a', campaign: 'c', agent: '101', disposition: 'sale' });
    tally.note({ type: 'callback', at: 0, campaign: 'c', callback: 1, state: 'pending' });
    tally.note({ type: 'agent', at: 0, agent: '101' });
    expect(tally.dispositions.samples('campaign', 'disposition')).toEqual([
      [{ campaign: 'c', disposition: 'sale' }, 1],
    ]);
    expect(tally.callbacks.samples('campaign', 'state')).toEqual([[{ campaign: 'c', state: 'pending' }, 1]]);
    expect(tally.ended.samples('campaign', 'result')).toEqual([]);
  });
});

describe('[O-05] [S-07] who may read it', () => {
  test('by default a token with the scope metrics alone, and every administrator', async () => {
    api = await startTestApi();
    expect((await scraped(api)).status).toBe(401);
    for (const [scope, code] of [
      ['metrics', 200],
      ['reports', 403],
    ] as const) {
      const { body } = await api.ask('POST', '/api/tokens', { name: `of-${scope}`, scopes: [scope] });
      const answer = await scraped(api, { authorization: `Bearer ${String(body['token'])}` });
      expect([scope, answer.status]).toEqual([scope, code]);
    }
  });

  test('for this machine: without a token, but nothing that a proxy passes on', async () => {
    api = await startTestApi([], { metrics: { access: 'loopback' } });
    expect((await scraped(api)).status).toBe(200);
    expect((await scraped(api, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(401);
    expect((await fetch(`${api.url}/api/campaigns`)).status).toBe(401);
  });

  test('off: there is no such address', async () => {
    api = await startTestApi([], { metrics: { access: 'off' } });
    expect((await scraped(api, { authorization: `Bearer ${api.token}` })).status).toBe(404);
  });
});

const LABELS = new Map<string, readonly string[]>([
  ...METRICS.map(({ name, labels }) => [name, labels] as const),
  ...['bucket', 'sum', 'count'].map(
    (part) => [`outdial_store_request_duration_seconds_${part}`, ['thread', 'le']] as const,
  ),
  ['up', ['job', 'instance']],
]);
const WORDS =
  /^(sum|min|max|by|on|and|or|rate|histogram_quantile|time|le|campaign|state|stage|result|reason|thread|instance|receiver|disposition|quantile)$/;

/** What is wrong with an expression: metrics and labels that there are not, brackets that do not match. */
function faultsOf(expression: string): readonly string[] {
  const faults: string[] = [];
  const open: string[] = [];
  const bare = expression.replaceAll(/"[^"]*"/g, '""');
  for (const sign of bare) {
    if ('({['.includes(sign)) open.push(sign);
    const at = ')}]'.indexOf(sign);
    if (at >= 0 && open.pop() !== '({['[at]) faults.push(`${sign} does not match`);
  }
  if (open.length > 0) faults.push(`${open.join('')} is not closed`);
  for (const [, name = '', selector] of bare.matchAll(/([a-z][a-z_]+)(?:\{([^}]*)\})?/g)) {
    const labels = LABELS.get(name);
    if (!labels) {
      if (!WORDS.test(name)) faults.push(`there is no ${name}`);
      continue;
    }
    for (const [, label = ''] of (selector ?? '').matchAll(/(\w+)\s*(?:=~|!=|!~|=)/g))
      if (!labels.includes(label) && label !== 'job') faults.push(`${name} has no ${label}`);
  }
  return faults;
}

const file = (name: string): string =>
  readFileSync(resolve(import.meta.dirname, '../../packaging/prometheus', name), 'utf8');

describe('[O-05] what ships', () => {
  test('alert rules: whole, and every expression asks for metrics and labels that there are', () => {
    const { groups } = parse(file('alerts.yaml')) as { groups: { rules: Record<string, unknown>[] }[] };
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(14);
    for (const rule of rules) {
      expect(rule).toMatchObject({
        alert: expect.stringMatching(/^Outdial[A-Za-z]+$/) as string,
        labels: { severity: expect.stringMatching(/^(critical|warning)$/) as string },
        annotations: { summary: expect.any(String) as string, description: expect.any(String) as string },
      });
      if (rule['for'] !== undefined) expect(rule['for']).toMatch(/^\d+[sm]$/);
      expect([rule['alert'], faultsOf(String(rule['expr']))]).toEqual([rule['alert'], []]);
    }
    const asked = JSON.stringify(rules);
    for (const about of [
      'abandon_budget',
      'not_dialing',
      'trunk_resting',
      'link_up',
      'disk_free',
      'store_request',
      'agents',
    ])
      expect(asked).toContain(about);
  });

  test('the dashboard: every panel asks for metrics that there are, and none lies on another', () => {
    interface Panel {
      readonly title: string;
      readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
      readonly targets: readonly { readonly expr: string }[];
    }
    const { panels, templating } = JSON.parse(file('dashboard.json')) as {
      panels: Panel[];
      templating: { list: { name: string }[] };
    };
    expect(templating.list.map(({ name }) => name)).toEqual(['datasource', 'campaign']);
    const places = new Set<string>();
    for (const { title, gridPos, targets } of panels) {
      expect(targets.length).toBeGreaterThan(0);
      for (const { expr } of targets) expect([title, faultsOf(expr)]).toEqual([title, []]);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        expect(x).toBeLessThan(24);
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect([title, places.has(`${x} ${y}`)]).toEqual([title, false]);
          places.add(`${x} ${y}`);
        }
      }
    }
  });

  test('an expression with a metric, label or bracket that is wrong: found', () => {
    expect(faultsOf('outdial_redy == 1')).toEqual(['there is no outdial_redy']);
    expect(faultsOf('outdial_agents{number="1"}')).toEqual(['outdial_agents has no number']);
    expect(faultsOf('sum(outdial_ready')).toEqual(['( is not closed']);
  });

  test('names and units as Prometheus wants them; docs/metrics.md has every one with its labels', () => {
    const page = readFileSync(resolve(import.meta.dirname, '../../docs/metrics.md'), 'utf8');
    for (const { name, type, help, labels } of METRICS) {
      expect(name).toMatch(/^(outdial|process)_[a-z_]+$/);
      expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
      expect(name).not.toMatch(/_(ms|millis|minutes|percent|rate|mb)(_|$)/);
      expect(help).toMatch(/\.$/);
      expect(page).toContain(`| \`${name}\` | ${labels.join(', ')} | ${help} |`);
    }
  });
});
