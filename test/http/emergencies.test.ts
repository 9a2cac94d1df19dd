// Emergencies by API: declared for every campaign whose packs have a clause on them, and lapsed at their end.

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Emergencies } from '../../src/engine/campaigns/emergencies.ts';
import { findPack, SHIPPED_RULES } from '../../src/config/rule-packs.ts';
import { explainRecord } from '../../src/eligibility/eligibility.ts';
import { aCampaign, aRecord } from '../records/builders.ts';
import { startTestApi, type TestApi } from './api.ts';

const HOUR_MS = 3_600_000;
const packs = ['us-louisiana', 'us-new-york'].flatMap((name) => findPack(name, [SHIPPED_RULES])?.pack ?? []);
const south = aCampaign({ name: 'south', rules: packs.slice(0, 1) });
const north = aCampaign({ name: 'north', rules: packs.slice(1) });
const both = aCampaign({ name: 'both', rules: packs });

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi([south, north, both]);
});
afterAll(() => api.close());

test('[X-04] declared: in force with the campaigns that it concerns, in the audit log; ended before its time', async () => {
  const untilAt = Date.now() + HOUR_MS;
  const asked = { pack: 'us-louisiana', untilAt, reason: 'flood' };
  const declared = await api.ask('POST', '/api/emergencies', asked);
  expect(declared).toMatchObject({ code: 201, body: { ...asked, by: 'ann', campaigns: ['south', 'both'] } });
  const shown = (await api.ask('GET', '/api/emergencies')).body;
  expect(shown).toMatchObject({ inForce: [{ ...asked, campaigns: ['south', 'both'] }], history: [{ endedAt: null }] });
  const subject = 'rules us-louisiana';
  expect((await api.store.audit.list({ limit: 1 }))[0]).toMatchObject({
    who: 'ann',
    what: 'emergency.declare',
    subject,
    to: { untilAt, reason: 'flood' },
  });

  expect((await api.ask('DELETE', '/api/emergencies/us-louisiana')).body).toEqual({
    pack: 'us-louisiana',
    ended: true,
  });
  expect((await api.ask('GET', '/api/emergencies')).body).toMatchObject({ inForce: [], history: [{ endedBy: 'ann' }] });
  expect((await api.store.audit.list({ limit: 1 }))[0]).toMatchObject({ what: 'emergency.end', subject, from: asked });
});

test.each([
  [
    'a pack that is not there',
    'us-luisiana',
    HOUR_MS,
    { code: 404, error: 'rule-pack-unknown', words: 'Did you mean "us-louisiana"?' },
  ],
  [
    'a pack without a clause on emergencies',
    'us-florida',
    HOUR_MS,
    { code: 409, error: 'emergency-no-clause', words: 'us-florida' },
  ],
  ['an end that has passed', 'us-louisiana', -1, { code: 400, error: 'emergency-over', words: 'not in the future' }],
])('[X-04] %s: refused, nothing is declared', async (_, pack, aheadMs, { code, error, words }) => {
  const answer = await api.ask('POST', '/api/emergencies', { pack, untilAt: Date.now() + aheadMs });
  expect([answer.code, answer.body.error?.code]).toEqual([code, error]);
  expect(answer.body.error?.message).toContain(words);
  expect((await api.ask('GET', '/api/emergencies')).body['inForce']).toEqual([]);
});

test('[X-04] to end one that is not in force: refused', async () => {
  const answer = await api.ask('DELETE', '/api/emergencies/us-new-york');
  expect([answer.code, answer.body.error?.code]).toEqual([404, 'emergency-unknown']);
});

test('[X-04] in force: people in its place alone are not dialed in any campaign that heeds it, and are again at its end', async () => {
  const now = Date.parse('2026-03-03T17:00:00Z');
  const clock = { now: () => now, after: () => () => undefined };
  const onChange = vi.fn(() => Promise.resolve());
  const emergencies = new Emergencies(api.store.emergencies, { clock, onChange });
  await emergencies.start();
  const before = emergencies.applyTo([south, both]);
  expect(before).toEqual([south, both]);
  await emergencies.declare({ pack: 'us-louisiana', untilAt: now + HOUR_MS, by: 'ann', reason: 'flood.' });
  expect(onChange).toHaveBeenCalledOnce();
  const [dialed = south, , mixed = both] = emergencies.applyTo([south, north, both]);
  expect(emergencies.applyTo([south, north, both])[0]).toBe(dialed);
  expect(emergencies.applyTo([north])[0]).toBe(north);

  const verdict = (campaign: typeof south, number: string, at: number) => {
    const facts = aRecord({ phones: [{ number, type: 'home' }] });
    const { findings } = explainRecord({ facts, campaign, blocked: new Map(), now: at });
    return findings
      .filter(({ rule }) => rule.endsWith('/emergency'))
      .map(({ rule, allows, why }) => ({ rule, allows, why }));
  };
  const newOrleans = '+15045550111';
  const why = 'An emergency is declared until 2026-03-03 12:00 (America/Chicago), by ann: flood.';
  const refused = { rule: 'us-louisiana/emergency', allows: false, why };
  expect(verdict(dialed, newOrleans, now)).toEqual([refused]);
  expect(verdict(mixed, newOrleans, now)).toEqual([refused]);
  expect(verdict(mixed, '+17165550111', now)).toMatchObject([{ rule: 'us-new-york/emergency', allows: true }]);
  expect(verdict(dialed, newOrleans, now + HOUR_MS - 1)).toMatchObject([{ allows: false }]);
  expect(verdict(dialed, newOrleans, now + HOUR_MS)).toMatchObject([{ allows: true }]);

  const restarted = new Emergencies(api.store.emergencies, { clock, onChange });
  await restarted.start();
  expect(restarted.applyTo([south])).toEqual([dialed]);
  await restarted.end('us-louisiana', 'ben');
  expect(restarted.applyTo([south])[0]).toBe(south);
});
