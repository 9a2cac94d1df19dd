import { describe, expect, test } from 'vitest';
import { routeInbound, takesCallsOn, type CallerRecord, type InboundCandidate } from '../../src/campaign/inbound.ts';
import { aCampaign } from '../list/builders.ts';

const open = (campaign: string, parts: Partial<InboundCandidate> = {}): InboundCandidate => ({
  ...{ campaign, state: 'running', isOpen: true, working: 2 },
  ...parts,
});
const caller = (campaign: string, record: number, lastAttemptAt: number | null): CallerRecord => ({
  ...{ campaign, record, lastAttemptAt },
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
      'nobody there: another one in which somebody is',
      [open('a'), open('b', { working: 0 })],
      [caller('b', 2, 20)],
      { campaign: 'a' },
    ],
    ['a stranger: the first that can', [open('a', { isOpen: false }), open('b')], [], { campaign: 'b' }],
    ['everybody has been called, agents are there: taken', [open('a', { state: 'exhausted' })], [], { campaign: 'a' }],
    ['paused: closed', [open('a', { state: 'paused' })], [], { campaign: 'a', closed: 'The campaign is paused.' }],
    [
      'outside the hours: closed, the record known',
      [open('a', { isOpen: false })],
      [caller('a', 1, null)],
      { campaign: 'a', record: 1, closed: 'It is outside its hours.' },
    ],
    ['all agents paused: closed', [open('a', { working: 0 })], [], { campaign: 'a', closed: 'Nobody is there.' }],
    ['no campaign shows the number: nobody', [], [caller('a', 1, 1)], undefined],
  ] as const)('[C-16] %s', (_what, candidates, callers, route) => {
    expect(routeInbound(candidates, callers)).toEqual(route);
  });

  test('[C-16] a campaign takes calls on the numbers that it shows, unless it says not', () => {
    const campaign = aCampaign({ callerIds: { choose: 'fixed', numbers: ['+12125550100'], usedUp: '+12125550109' } });
    expect(takesCallsOn(campaign, '+12125550100')).toBe(true);
    expect(takesCallsOn(campaign, '+12125550109')).toBe(true);
    expect(takesCallsOn(campaign, '+12125550101')).toBe(false);
    expect(takesCallsOn({ ...campaign, inbound: { ...campaign.inbound, take: false } }, '+12125550100')).toBe(false);
  });
});
