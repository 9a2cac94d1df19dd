import { expect, test } from 'vitest';
import { judgeDialing } from '../../src/eligibility/dialing.ts';
import type { DialingInput } from '../../src/eligibility/dialing.ts';
import type { TrunkStanding } from '../../src/trunks/limits.ts';

const NOON = Date.parse('2026-11-20T11:00:00Z');
const TRUNK: TrunkStanding = {
  mayDial: true,
  why: 'Trunk main takes calls.',
  reason: { kind: 'trunk-takes-calls', trunk: 'main', probes: 0 },
};

function input(parts: Partial<DialingInput> = {}): DialingInput {
  return {
    state: 'running',
    schedule: { timezone: 'Europe/Berlin', start: '0 9 * * 1-5', stop: '0 18 * * 1-5', holidays: ['2026-11-19'] },
    now: NOON,
    agents: { working: 3, paused: 1 },
    trunks: [TRUNK],
    linkUp: true,
    storeWorks: true,
    draining: false,
    ...parts,
  };
}

test('[C-03] running, within hours, agents and trunk there: dials', () => {
  expect(judgeDialing(input())).toEqual({
    mayDial: true,
    why: '3 agents are working.',
    reason: { kind: 'agents-working', agents: 3 },
  });
});

const resting: TrunkStanding = {
  mayDial: false,
  why: 'Trunk main rests.',
  reason: { kind: 'trunk-unreachable', trunk: 'main' },
  untilAt: NOON + 5000,
};

const OFF = { kind: 'outbound-off', by: 'user:eve', at: NOON, note: '' } as const;

test.each<readonly [string, Partial<DialingInput>, string]>([
  ['not approved', { state: 'unapproved' }, 'The campaign has not been approved yet.'],
  ['paused', { state: 'paused' }, 'The campaign is paused.'],
  [
    'met a fault',
    { halted: 'unknown event', haltedBy: 'fault' },
    'Dialing has stopped because of a fault: unknown event. The log has it; outdial campaign start dials again.',
  ],
  [
    'outbound off',
    { outboundOff: { why: 'Outbound calling was switched off.', reason: OFF }, state: 'paused' },
    'Outbound calling was switched off.',
  ],
  [
    'no caller ID left',
    { nextRecordAt: NOON + 9000, heldBack: 'The caller IDs are used up.' },
    'The caller IDs are used up.',
  ],
  ['daemon is draining', { draining: true }, 'outdial is stopping: no new calls are placed.'],
  ['link is down', { linkUp: false }, 'The connection to Asterisk is down.'],
  ['store fails', { storeWorks: false }, 'Attempts cannot be written to the store (is its disk full?).'],
  ['after hours', { now: NOON + 8 * 3_600_000 }, 'The window is closed and opens at 2026-11-23 09:00 (Europe/Berlin).'],
  ['holiday', { now: NOON - 86_400_000 }, 'The window is closed and opens at 2026-11-20 09:00 (Europe/Berlin).'],
  ['no agent signed in', { agents: { working: 0, paused: 0 } }, 'No agent is signed in.'],
  ['only agent paused', { agents: { working: 0, paused: 1 } }, 'The only agent is paused.'],
  ['all agents paused', { agents: { working: 0, paused: 4 } }, 'All 4 agents are paused.'],
  ['every trunk rests', { trunks: [resting] }, 'Trunk main rests.'],
  [
    'the law keeps the next record back',
    { nextRecordAt: NOON + 60_000, nextBecause: 'before 08:00 where they live, us-federal' },
    'No record is due before 2026-11-20 12:01 (Europe/Berlin): before 08:00 where they live, us-federal.',
  ],
  ['no record due', { nextRecordAt: NOON + 60_000 }, 'No record is due before 2026-11-20 12:01 (Europe/Berlin).'],
])('[C-03] campaign %s: does not dial and says why', (_, parts, why) => {
  expect(judgeDialing(input(parts))).toMatchObject({ mayDial: false, why });
});

test('[C-03] started outside its hours: agents wait, and the moment at which dialing begins is known', () => {
  const night = judgeDialing(input({ now: Date.parse('2026-11-20T03:00:00Z') }));
  expect(night.againAt).toBe(Date.parse('2026-11-20T08:00:00Z'));
});

test('[D-08] one of two trunks rests: dials over the other; both rest: again when the first rest is over', () => {
  expect(judgeDialing(input({ trunks: [resting, TRUNK] })).mayDial).toBe(true);
  const both = judgeDialing(input({ trunks: [{ ...resting, untilAt: NOON + 9000 }, resting] }));
  expect(both).toMatchObject({ mayDial: false, againAt: NOON + 5000 });
});

test('[C-03] several reasons at once: the widest is reported first', () => {
  expect(judgeDialing(input({ linkUp: false, agents: { working: 0, paused: 0 } })).why).toContain('Asterisk');
  expect(judgeDialing(input({ state: 'stopped', linkUp: false })).why).toBe('The campaign is stopped.');
});
