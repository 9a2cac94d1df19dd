import { describe, expect, test } from 'vitest';
import { nextLeaveAt, type PlannedLeave } from '../../src/campaign/planned-leaves.ts';

const zone = 'Europe/Berlin';
const at = (hour: number, minute = 0): number => Date.UTC(2026, 6, 8, hour - 2, minute);
const lunch: PlannedLeave = { atMinute: 12 * 60, forMs: 1_800_000, agents: [] };
const ada = { number: '101', groups: ['north'] };

describe('planned leaves', () => {
  test('[P-10] a break at noon: known all morning, and over soon after it began', () => {
    expect(nextLeaveAt([lunch], ada, { zone, now: at(9) })).toBe(at(12));
    expect(nextLeaveAt([lunch], ada, { zone, now: at(12, 1) })).toBe(at(12));
    expect(nextLeaveAt([lunch], ada, { zone, now: at(12, 3) })).toBe(at(12) + 86_400_000);
  });

  test('[P-10] the next of several counts, by number or by group', () => {
    const leaves: PlannedLeave[] = [
      { atMinute: 17 * 60, agents: ['north'] },
      { atMinute: 11 * 60, forMs: 600_000, agents: ['101'] },
      { atMinute: 10 * 60, forMs: 600_000, agents: ['102', 'south'] },
    ];

    expect(nextLeaveAt(leaves, ada, { zone, now: at(9) })).toBe(at(11));
    expect(nextLeaveAt(leaves, { number: '103', groups: ['north'] }, { zone, now: at(9) })).toBe(at(17));
    expect(nextLeaveAt(leaves, { number: '104', groups: [] }, { zone, now: at(9) })).toBeUndefined();
  });
});
