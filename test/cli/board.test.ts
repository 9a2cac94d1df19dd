// The board in the terminal: who is signed in, campaigns with what is left, trunks.

import { expect, test } from 'vitest';
import { renderAgents, renderCampaigns } from '../../src/cli/render/board.ts';
import { aCentre } from '../web/centres.ts';

const rowOf = (text: string, name: string): string => text.split('\n').find((line) => line.includes(name)) ?? '';

test('[S-01] agents: the longest in their state first, with calls and utilisation; the signed-out are counted', () => {
  const text = renderAgents(aCentre(), Date.now());
  const [first] = text.split('\n').filter((line) => /^\d{3} /.test(line));
  expect(first).toMatch(/^104 +Dan Frey +talking +19m\S* +spring-renewals +34 +82/);
  expect(rowOf(text, '107')).toContain('paused lunch');
  expect(rowOf(text, '110')).toContain('not registered');
  expect(text).toContain('2 agents not signed in.');
  expect(text).not.toContain('+12');
});

test('[S-01] campaigns: lines, what may yet be abandoned, records left with the time they take, why; and the trunks', () => {
  const left = new Map([['win-back', { waiting: 40, scheduled: 2, timeToFinishMs: 5_400_000 }]]);
  const text = renderCampaigns(aCentre(), left, Date.now());
  expect(rowOf(text, 'win-back')).toMatch(/running +5 +1 +8 +1 +164 +0\.6 % +3 +42, 1h30m +Dials 1/);
  expect(rowOf(text, 'spring-renewals')).toMatch(/ 4 +– +Dials 2/);
  expect(rowOf(text, 'south')).toContain('4 of 30');
  expect(text).toContain('12 agents talking, 11 lines dialed');
});

test('[S-01] outbound is switched off, the daemon not ready: said on top', () => {
  const { health } = aCentre();
  const view = aCentre({
    outbound: { on: false, by: 'user:sue', at: 1, reason: 'fire drill' },
    health: { ...health, ready: false },
  });
  const [head = ''] = renderCampaigns(view, new Map(), 0).split('\n');
  expect(head).toContain('OUTBOUND IS SWITCHED OFF by user:sue (fire drill)');
  expect(head).toContain('NOT READY');
});
