import { describe, expect, test } from 'vitest';
import { allowedActions, stepCampaign } from '../../src/campaign/machine.ts';
import type { CampaignEvent } from '../../src/campaign/machine.ts';
import type { CampaignState } from '../../src/terms.ts';

const EVENTS: readonly CampaignEvent[] = [
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

// Columns as EVENTS; `!` refused, `.` ignored.
const TABLE: Readonly<Record<CampaignState, string>> = {
  unapproved: 'approved ! ! ! ! archived . . . .',
  approved: '! running ! ! ! archived running . . .',
  running: '! ! paused ! stopped ! . stopped exhausted .',
  paused: '! ! ! running stopped ! . stopped . .',
  stopped: '! running ! ! ! archived running . . .',
  exhausted: '! running ! ! ! archived running . . stopped',
  archived: '! ! ! ! ! ! . . . .',
};

const STATES = Object.keys(TABLE) as CampaignState[];
const PAIRS = STATES.flatMap((state) =>
  EVENTS.map((event, column) => [state, event, TABLE[state].split(' ')[column] ?? ''] as const),
);

describe('every state and event', () => {
  test.each(PAIRS)('[C-02] %s campaign, %s: %s', (state, event, expected) => {
    const result = stepCampaign(state, event, { hasRecords: true });
    if (expected === '!') expect(result.kind).toBe('refused');
    else if (expected === '.') expect(result.kind).toBe('ignored');
    else expect(result).toEqual({ kind: 'moved', from: state, to: expected });
  });
});

describe('refusals', () => {
  test('[C-01] new campaign is started: refused, only approving or archiving is open', () => {
    expect(stepCampaign('unapproved', 'start', { hasRecords: true })).toEqual({
      kind: 'refused',
      why: 'The campaign is unapproved and cannot be started.',
      allowed: ['approve', 'archive'],
    });
  });

  test('[C-02] archived campaign is resumed: refused, nothing is open', () => {
    expect(stepCampaign('archived', 'resume', { hasRecords: true })).toMatchObject({
      why: 'The campaign is archived and cannot be resumed.',
      allowed: [],
    });
  });

  test.each(['stopped', 'exhausted'] as const)(
    '[C-02] %s campaign without records: no person and no schedule starts it',
    (state) => {
      expect(stepCampaign(state, 'start', { hasRecords: false })).toMatchObject({
        kind: 'refused',
        allowed: ['archive'],
      });
      expect(stepCampaign(state, 'schedule-start', { hasRecords: false }).kind).toBe('ignored');
    },
  );

  test('[C-02] approved campaign whose records are not made yet: may be started', () => {
    expect(stepCampaign('approved', 'start', { hasRecords: false }).kind).toBe('moved');
  });

  test('[C-02] what is reported as open is exactly what is not refused', () => {
    for (const state of STATES) {
      const open = EVENTS.slice(0, 6).filter(
        (event) => stepCampaign(state, event, { hasRecords: true }).kind === 'moved',
      );
      expect(allowedActions(state)).toEqual(open);
    }
  });
});
