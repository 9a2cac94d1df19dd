import { describe, expect, test } from 'vitest';
import {
  answeredForMs,
  routeInbound,
  takersOf,
  type CallerRecord,
  type InboundCandidate,
} from '../../src/campaign/inbound.ts';
import type { RulePack } from '../../src/campaign/rule-pack.ts';
import { findPack, SHIPPED_RULES } from '../../src/config/rule-packs.ts';
import { aCampaign } from '../records/builders.ts';

const open = (campaign: string, parts: Partial<InboundCandidate> = {}): InboundCandidate => ({
  campaign,
  state: 'running',
  isOpen: true,
  working: 2,
  ...parts,
});
const caller = (campaign: string, record: number, lastAttemptAt: number | null): CallerRecord => ({
  campaign,
  record,
  lastAttemptAt,
});

describe('who takes a call that came in', () => {
  test.each([
    [
      'the campaign that called this person last',
      [open('a'), open('b')],
      [caller('a', 1, 10), caller('b', 2, 20)],
      { campaign: 'b', record: 2 },
    ],
    [
      'no agent there: another one in which somebody is',
      [open('a'), open('b', { working: 0 })],
      [caller('b', 2, 20)],
      { campaign: 'a' },
    ],
    ['an unknown caller: the first that can', [open('a', { isOpen: false }), open('b')], [], { campaign: 'b' }],
    ['everybody has been called, agents are there: taken', [open('a', { state: 'exhausted' })], [], { campaign: 'a' }],
    ['paused: closed', [open('a', { state: 'paused' })], [], { campaign: 'a', closed: 'The campaign is paused.' }],
    [
      'outside the hours: closed, the record known',
      [open('a', { isOpen: false })],
      [caller('a', 1, null)],
      { campaign: 'a', record: 1, closed: 'It is outside its hours.' },
    ],
    ['all agents paused: closed', [open('a', { working: 0 })], [], { campaign: 'a', closed: 'No agent is there.' }],
    ['no campaign shows the number: none', [], [caller('a', 1, 1)], undefined],
  ] as const)('[C-16] %s', (_what, candidates, callers, route) => {
    expect(routeInbound(candidates, callers)).toEqual(route);
  });

  const NUMBER = '+12125550100';
  const DAY_MS = 86_400_000;
  const now = Date.parse('2026-03-02T12:00:00Z');
  const showing = aCampaign({
    name: 'showing',
    callerIds: { choose: 'fixed', numbers: [NUMBER], usedUp: '+12125550109' },
  });
  const past = aCampaign({ name: 'past', callerIds: { choose: 'fixed', numbers: ['+12125550177'] } });
  const other = { ...past, name: 'other' };
  const deaf = { ...past, inbound: { ...past.inbound, take: false } };
  const canada = { ...past, rules: packsOf('canada-crtc') };
  const ago = (days: number, campaign = 'past') => ({ campaign, at: now - days * DAY_MS });

  test.each([
    { what: 'a number that it shows', of: [showing], takers: ['showing'] },
    { what: 'one for when the others are used up', of: [showing], called: '+12125550109', takers: ['showing'] },
    { what: 'one that no one shows', of: [showing, past], called: '+12125550101', takers: [] },
    { what: 'one that it shows, taking no calls', of: [{ ...deaf, callerIds: showing.callerIds }], takers: [] },
    {
      what: 'one taken out, shown to this person a day ago',
      of: [past, other],
      shown: { toCaller: [ago(1)], last: ago(1, 'other') },
      takers: ['past'],
    },
    {
      what: 'one taken out, last shown to somebody else',
      of: [past, other],
      shown: { toCaller: [], last: ago(29) },
      takers: ['past'],
    },
    {
      what: 'one that another shows now',
      of: [past, showing],
      shown: { toCaller: [ago(1)], last: ago(1) },
      takers: ['past', 'showing'],
    },
    {
      what: 'one that another shows now, never shown to this person',
      of: [past, showing],
      shown: { toCaller: [], last: ago(1) },
      takers: ['showing'],
    },
    {
      what: 'one taken out more than 30 days ago',
      of: [past],
      shown: { toCaller: [ago(30)], last: ago(30) },
      takers: [],
    },
    { what: 'one taken out, taking no calls', of: [deaf], shown: { toCaller: [ago(1)], last: ago(1) }, takers: [] },
    { what: '40 days ago where the law asks for 60', of: [canada], shown: { toCaller: [ago(40)] }, takers: ['past'] },
    { what: '60 days ago where the law asks for 60', of: [canada], shown: { toCaller: [ago(60)] }, takers: [] },
  ])('[X-09] [C-16] who is called on $what', ({ of, called = NUMBER, shown = { toCaller: [] }, takers }) => {
    expect(takersOf(of, called, shown, now).map(({ name }) => name)).toEqual(takers);
  });

  test('[X-09] a number is answered for 30 days after its last call, or as long as the packs demand', () => {
    expect(answeredForMs(past)).toBe(30 * DAY_MS);
    expect(answeredForMs(canada)).toBe(60 * DAY_MS);
  });
});

function packsOf(name: string): readonly RulePack[] {
  const pack = findPack(name, [SHIPPED_RULES])?.pack;
  return pack ? [pack] : [];
}
