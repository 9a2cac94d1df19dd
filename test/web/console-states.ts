// Every view and state of the console by name: where it is, and what the daemon says in it.

import { aCentre } from './centres.ts';
import type { ScriptedConsole } from './scripted-console.ts';

export interface ConsoleState {
  /** Behind the #. */
  readonly at: string;
  /** What a page must show before it is looked at. */
  readonly awaits: string;
  /** `?wall` */
  readonly search?: string;
  readonly dress?: (console: ScriptedConsole) => void;
  readonly role?: 'supervisor' | 'agent';
  /** Then this is pressed. */
  readonly press?: string;
}

const HOUR = 3_600_000;

export const YAML = `campaign: spring-renewals
description: Members whose policy ends in spring.
mode: predictive
lists: [members-2026, lapsed]
agents: [sales]
trunk: [north, south]
caller_ids: { choose: rotate, numbers: ["+12125550100", "+12125550101"] }
schedule:
  timezone: Europe/London
  start: 0 9 * * MON-FRI
  stop: 0 20 * * MON-FRI
pacing:
  abandon_target: 3%
`;

/** What the daemon knows of the campaign spring-renewals. */
function dressCampaign(console: ScriptedConsole): void {
  const path = '/api/campaigns/spring-renewals';
  const now = Date.now();
  const decision = (ago: number, dial: number, reason: string): object => ({ at: now - ago, dial, cancel: 0, reason });
  console.gets.set(path, {
    decisions: [
      decision(61_000, 1, 'Dials 1: one agent will be free within 20 s, one in three people answers.'),
      decision(32_000, 0, 'Dials none: the 9 calls that ring are enough for the 3 agents who will be free.'),
      decision(2_000, 2, 'Dials 2: 3 agents will be free within 20 s, 0.4 people a minute may be abandoned.'),
    ],
  });
  console.gets.set(`${path}/statistics`, {
    campaign: 'spring-renewals',
    total: 24_180,
    processed: 9_412,
    waiting: 11_870,
    scheduled: 2_731,
    blocked: 160,
    dialing: 7,
    neverDialed: 0,
    callbacks: 41,
    reached: 3_902,
    attemptsOnProcessed: 0,
    attemptsOnRest: 0,
    attemptsPerHour: 420,
    lastAttemptAt: now,
    byResult: {},
    byDisposition: {},
    nextDueAt: now,
    timeToFinishMs: 31 * HOUR,
    waits: [{ count: 2_731, why: 'They were called already, and rest until their next time.' }],
  });
  console.gets.set(`${path}/history`, [
    { campaign: 'spring-renewals', from: 'paused', to: 'running', by: 'user:sue', at: now - 2 * HOUR, reason: '' },
    { campaign: 'spring-renewals', from: 'running', to: 'paused', by: 'user:sue', at: now - 3 * HOUR, reason: '' },
    { campaign: 'spring-renewals', from: 'approved', to: 'running', by: 'schedule', at: now - 5 * HOUR, reason: '' },
  ]);
  console.gets.set(`${path}/file`, {
    file: '/etc/outdial/campaigns/spring-renewals.yaml',
    yaml: YAML,
    version: 'v1',
    faults: [],
  });
}

export const CONSOLE_STATES: Readonly<Record<string, ConsoleState>> = {
  'console-sign-in': {
    at: '',
    awaits: '.sign-in',
    dress: (console) => {
      console.user = null;
    },
  },
  'console-no-right': { at: '', awaits: 'main .note', role: 'agent' },
  'console-board': { at: '/board', awaits: '.plot canvas' },
  'console-board-wall': { at: '/board', awaits: '.plot canvas', search: '?wall' },
  'console-board-off': {
    at: '/board',
    awaits: '.plot canvas',
    dress: (console) => {
      const { campaigns, health } = aCentre();
      console.view = aCentre({
        campaigns: campaigns.map((one) => ({
          ...one,
          dialing: false,
          why: 'All outbound is switched off: a carrier fault.',
          reason: { kind: 'outbound-off', by: 'user:mia', at: Date.now() - 60_000, note: 'a carrier fault' },
        })),
        outbound: { on: false, by: 'user:sue', at: Date.now(), reason: 'a carrier fault' },
        health: { ...health, links: { ari: true, ami: false }, halted: ['win-back'] },
      });
    },
  },
  'console-board-empty': {
    at: '/board',
    awaits: '.tiles',
    dress: (console) => {
      const none = { campaigns: [], agents: [], budgets: [], trunks: [], days: { since: 0, at: 1, rows: [] } };
      console.view = aCentre(none);
      console.gets.set('/api/board/history', {
        fromAt: Date.now(),
        stepMs: 60_000,
        campaigns: [],
        all: { talking: [], wrapUp: [], ready: [], paused: [], lines: [], liveAnswers: [], abandoned: [] },
      });
    },
  },
  'console-campaigns': { at: '/campaigns', awaits: '.table-row' },
  'console-campaign': { at: '/campaigns/spring-renewals', awaits: '.counts' },
  'console-campaign-file': {
    at: '/campaigns/spring-renewals',
    awaits: '.counts',
    press: 'File',
  },
  'console-new-campaign': { at: '/campaigns?new=1', awaits: '.yaml-text' },
  'console-agents': { at: '/agents', awaits: '.table-row' },
  'console-agent': {
    at: '/agents/104',
    awaits: '.steer',
    dress: (console) => {
      const one = { agent: '104', phone: '190', mode: 'whisper', state: 'on', since: Date.now() - 40_000 } as const;
      console.view = aCentre({ listening: [{ ...one, stays: false, by: 'user:sue' }] });
    },
  },
  'console-agent-no-right': { at: '/agents/104', awaits: '.steer', role: 'supervisor' },
};

export function dressConsole(console: ScriptedConsole, state: ConsoleState): void {
  console.view = aCentre();
  console.user = { name: 'sue', role: state.role ?? 'campaign-manager' };
  console.gets.clear();
  console.asked.length = 0;
  console.answer = () => undefined;
  console.refuse = () => undefined;
  console.mute(false);
  dressCampaign(console);
  state.dress?.(console);
}
