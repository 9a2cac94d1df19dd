import { describe, expect, test } from 'vitest';
import type { RecordingPlan } from '../../src/campaign/definition.ts';
import { recordingAllowed } from '../../src/campaign/recording.ts';
import type { RulePack } from '../../src/campaign/rule-pack.ts';

function pack(consent: 'one-party' | 'all-parties'): RulePack {
  const clause = { id: 'recording', says: 'Who must agree.', citation: 'Penal Code 632', checked: null };
  return {
    name: 'us-california',
    title: 'California',
    countries: ['US'],
    states: ['CA'],
    holidays: [],
    clauses: [{ ...clause, kind: 'recording', consent }],
  };
}

const plan = (parts: Partial<RecordingPlan> = {}): RecordingPlan => ({
  when: 'all',
  keepMs: 86_400_000,
  machineShare: 0,
  ...parts,
});

describe('whether a conversation is recorded', () => {
  test('[D-07] a campaign that says nothing, or off: never', () => {
    expect(recordingAllowed(undefined, []).record).toBe('never');
    expect(recordingAllowed(plan({ when: 'off' }), []).record).toBe('never');
  });

  test('[D-07] all, where no law speaks or one party is enough: at once, announced where the campaign wants that', () => {
    expect(recordingAllowed(plan(), [])).toMatchObject({ record: 'at-once' });
    expect(recordingAllowed(plan(), [])).not.toHaveProperty('announce');
    expect(recordingAllowed(plan(), [pack('one-party')]).record).toBe('at-once');
    expect(recordingAllowed(plan({ announce: 'reported' }), [])).toMatchObject({
      record: 'at-once',
      announce: 'reported',
    });
  });

  test('[X-10] all parties must agree and nothing is announced: never, with the clause that says so', () => {
    expect(recordingAllowed(plan(), [pack('one-party'), pack('all-parties')])).toEqual({
      record: 'never',
      why: 'us-california/recording demands that the person is informed, and the campaign announces nothing.',
      citation: 'Penal Code 632',
    });
  });

  test('[X-10] all parties must agree and the person is informed: recorded with the announcement', () => {
    expect(recordingAllowed(plan({ announce: 'reported' }), [pack('all-parties')])).toMatchObject({
      record: 'at-once',
      announce: 'reported',
      citation: 'Penal Code 632',
    });
  });

  test('[X-10] by the agent: never by itself, whatever the law says; the agent asks first', () => {
    expect(recordingAllowed(plan({ when: 'agent' }), [pack('all-parties')]).record).toBe('by-agent');
    expect(recordingAllowed(plan({ when: 'agent' }), []).record).toBe('by-agent');
  });
});
