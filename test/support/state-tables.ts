// The tables of docs/call-states.md, made from the rows that the machines' own tests run and from the machines.

import { CALL_STATES } from '../../src/call/call.ts';
import {
  LISTEN_IN_STATES,
  startListenIn,
  stepListenIn,
  type ListenIn,
  type ListenInEvent,
} from '../../src/agent/listen-in.ts';
import { SIGN_IN_STATES, startSignIn, stepSignIn, type SignIn, type SignInEvent } from '../../src/agent/sign-in.ts';
import { stepCampaign, type CampaignEvent } from '../../src/campaign/machine.ts';
import type { AgentState, CampaignState } from '../../src/terms.ts';
import { SESSION_IGNORED, SESSION_ROWS } from '../agent/rows.ts';
import { CALL_IGNORED, CALL_ROWS } from '../call/rows.ts';

const SESSION_STATES: readonly AgentState[] = [
  'paused',
  'ready',
  'engaged',
  'reserved',
  'talking',
  'wrap-up',
  'offline',
];
const CAMPAIGN_STATES: readonly CampaignState[] = [
  'unapproved',
  'approved',
  'running',
  'paused',
  'stopped',
  'exhausted',
  'archived',
];
const CAMPAIGN_EVENTS: readonly CampaignEvent[] = [
  'approve',
  'start',
  'pause',
  'resume',
  'stop',
  'archive',
  'schedule-start',
  'schedule-stop',
  'records-exhausted',
  'records-added',
];

/** Effects that only clean up, and would hide the rest. */
const isReported = (effect: string): boolean => !effect.startsWith('clear-timer') && effect !== 'note-progress';

const ITS_OWN: readonly (readonly [RegExp, string])[] = [
  [/^report-to-pacer (.*)$/, 'pacer hears *$1*'],
  [/^release-agent (s1|s2) (.*)$/, 'agent given back ($2)'],
  [/^agent-connected s1$/, 'agent is talking'],
  [/^join-agent b-s1$/, 'legs are joined'],
  [/^part b-s1$/, 'the person leaves the bridge'],
  [/^rejoin b-s1$/, 'the person goes back into the bridge'],
  [/^(mute|unmute)-agent s1$/, '$1 the agent'],
  [/^(call|drop)-third th1$/, '$1 the third party'],
  [/^seat-third th1 b-s1$/, 'the third party joins the agent'],
  [/^hand-over th1$/, 'person and third party go into a bridge of their own'],
  [/^give-to-agent s2$/, 'the other agent gets the person'],
  [/^prompt-agent (.*)$/, 'agent hears *$1*'],
  [/^say (.*)$/, 'says *$1*'],
  [/^take-call at\d$/, 'call may be joined'],
  [/^(lose-call|finish-wrap-up|hang-up-person|keep-person|renew-talk) at\d$/, '$1'],
  [/^dispose at\d (.*)$/, 'disposition *$1*'],
  [/^close-session .*$/, 'session closed'],
  [/^close$/, '**attempt closed**'],
];

function readable(effect: string): string {
  const timer = /^set-timer (.*) \+(\d+)$/.exec(effect);
  if (timer) return `${timer[1] ?? ''} timer in ${Number(timer[2]) / 1000} s`;
  for (const [pattern, words] of ITS_OWN) if (pattern.test(effect)) return effect.replace(pattern, words);
  return effect.replaceAll('-', ' ');
}

interface Described {
  readonly on: { readonly type: string; readonly control?: { readonly type: string; readonly order?: string } };
  readonly when: string;
  readonly to: string;
  readonly result?: string | undefined;
  readonly reason?: string | undefined;
  readonly does: readonly string[];
}

function stateTable(state: string, rows: readonly Described[], ignored: readonly string[]): string {
  const lines = rows.map((row) => {
    const outcome = row.result ?? row.reason;
    const to = `${row.to === state ? '' : `**${row.to}**`}${outcome === undefined ? '' : ` (${outcome})`}`.trim();
    const { type, control } = row.on;
    const on = [type, control?.type, control?.order].filter((word) => word !== undefined).join(' ');
    return `| \`${on}\` | ${row.when} | ${to} | ${row.does.filter(isReported).map(readable).join(', ')} |`;
  });
  const table =
    lines.length === 0
      ? []
      : ['| event | when | next state (result, reason) | what is done |', '|---|---|---|---|', ...lines, ''];
  return [`### ${state}`, '', ...table, `Ignored: ${ignored.map((type) => `\`${type}\``).join(', ')}.`, ''].join('\n');
}

const callTables = (): string =>
  CALL_STATES.map((state) =>
    stateTable(
      state,
      CALL_ROWS.filter((row) => row.state === state),
      CALL_IGNORED[state],
    ),
  ).join('\n');

const sessionTables = (): string =>
  SESSION_STATES.map((state) =>
    stateTable(
      state,
      SESSION_ROWS.filter((row) => row.state === state),
      SESSION_IGNORED[state],
    ),
  ).join('\n');

/** Where each event leads from each state; a dash where it is refused or ignored. */
function campaignTable(): string {
  const head = ['from', ...CAMPAIGN_EVENTS.map((event) => `\`${event}\``)];
  const rows = CAMPAIGN_STATES.map((state) => [
    `**${state}**`,
    ...CAMPAIGN_EVENTS.map((event) => {
      const step = stepCampaign(state, event, { hasRecords: true });
      return step.kind === 'moved' ? step.to : '–';
    }),
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const SIGN_IN_STORY: readonly (readonly [string, SignInEvent])[] = [
  ['`#` after the digits', { type: 'key', key: '#' }],
  ['a digit', { type: 'key', key: '1' }],
  ['PIN right, one campaign', { type: 'accepted', campaigns: ['a'] }],
  ['PIN right, several campaigns', { type: 'accepted', campaigns: ['a', 'b'] }],
  ['PIN right, no campaign', { type: 'accepted', campaigns: [] }],
  ['PIN right, has a session', { type: 'accepted', campaigns: ['a'], session: 's' }],
  ['wrong, tries left', { type: 'refused', why: 'wrong' }],
  ['locked out', { type: 'refused', why: 'locked-out' }],
  ['20 s of silence', { type: 'silence' }],
  ['hangs up', { type: 'ended' }],
];

function signInTable(): string {
  const [started] = startSignIn('leg', 'account');
  const lines = SIGN_IN_STATES.filter((state) => state !== 'done').flatMap((state) => {
    const signIn: SignIn = { ...started, state, typed: '1', number: '1', campaigns: ['a', 'b'] };
    return SIGN_IN_STORY.flatMap(([when, event]) => {
      const step = stepSignIn(signIn, event);
      if (step.ignored) return [];
      const does = step.effects.map((effect) =>
        effect.do === 'say' ? `says *${effect.prompts.join(' ')}*` : effect.do.replaceAll('-', ' '),
      );
      const to = step.signIn.state === state ? '' : `**${step.signIn.state}**`;
      return [`| ${state} | ${when} | ${to} | ${does.join(', ')} |`];
    });
  });
  return ['| state | when | next state | what is done |', '|---|---|---|---|', ...lines].join('\n');
}

const LISTEN_IN_STORY: readonly (readonly [string, ListenInEvent])[] = [
  ['`#` after the digits', { type: 'key', key: '#' }],
  ['`*` after the digits', { type: 'key', key: '*' }],
  ['`2`', { type: 'key', key: '2' }],
  ['another agent talks', { type: 'next', agent: '202' }],
  ['no other agent talks', { type: 'next' }],
  ['the agent is heard', { type: 'begun' }],
  ['that agent cannot be heard', { type: 'not-heard', why: 'not-there' }],
  ['the agent is heard no longer', { type: 'not-heard', why: 'agent-left' }],
  ['the right is taken away', { type: 'not-heard', why: 'no-right' }],
  ['whisper is carried out', { type: 'mode-set', mode: 'whisper' }],
  ['the take-over is carried out', { type: 'mode-set', mode: 'take-over' }],
  ['no conversation to take over', { type: 'mode-refused' }],
  ['the conversation ends', { type: 'call-over' }],
  ['20 s of silence', { type: 'silence' }],
  ['hangs up', { type: 'ended' }],
];

function listenInTable(): string {
  const [started] = startListenIn({ leg: 'leg', account: 'account', number: '900', user: 'eva' });
  const lines = LISTEN_IN_STATES.filter((state) => state !== 'done').flatMap((state) => {
    const listenIn: ListenIn = { ...started, state, typed: '2', agent: '201' };
    return LISTEN_IN_STORY.flatMap(([when, event]) => {
      const step = stepListenIn(listenIn, event);
      if (step.ignored) return [];
      const does = step.effects.map((effect) =>
        effect.do === 'say' ? `says *${effect.prompts.join(' ')}*` : effect.do.replaceAll('-', ' '),
      );
      const to = step.listenIn.state === state ? '' : `**${step.listenIn.state}**`;
      return [`| ${state} | ${when} | ${to} | ${does.join(', ')} |`];
    });
  });
  return ['| state | when | next state | what is done |', '|---|---|---|---|', ...lines].join('\n');
}

/** What stands between `<!-- table: NAME -->` and `<!-- end -->` in the document, by name. */
export const STATE_TABLES: Readonly<Record<string, () => string>> = {
  call: callTables,
  session: sessionTables,
  'sign-in': signInTable,
  'listen-in': listenInTable,
  campaign: campaignTable,
};

/** The document with each of its tables made again. */
export function withTables(document: string): string {
  return document.replace(
    /(<!-- table: ([\w-]+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, open: string, name: string, close: string) => {
      const table = STATE_TABLES[name];
      if (!table) throw new Error(`no such table: ${name}`);
      return `${open}\n${table().trim()}\n\n${close}`;
    },
  );
}
