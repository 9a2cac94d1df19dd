// Every clause of every pack that comes with outdial against its vectors: just inside, just outside, edges of zones,
// changes of clocks and holidays.

import { describe, expect, test } from 'vitest';
import { AbandonmentLedger, packDefinitions } from '../../src/rules/abandonment.ts';
import { recordingAllowed } from '../../src/campaign/recording.ts';
import { keptByLaw } from '../../src/campaign/retention.ts';
import type { Clause, RulePack } from '../../src/campaign/rule-pack.ts';
import { withinRules } from '../../src/config/campaign/law.ts';
import { readCampaign } from '../../src/config/load-campaigns.ts';
import { findPack, packNames, SHIPPED_RULES } from '../../src/config/rule-packs.ts';
import { explainRecord } from '../../src/eligibility/eligibility.ts';
import { lawHere } from '../../src/rules/law.ts';
import { whereabouts } from '../../src/places/zones.ts';
import { aCampaign, aPastAttempt, aRecord } from '../records/builders.ts';
import { instant } from './vector.ts';
import type { DialVector, DutyVector, LedgerVector, ValueVector, Vector } from './vector.ts';
import { VECTORS } from './vectors.ts';

const packs = packNames([SHIPPED_RULES]).map((name): RulePack => {
  const found = findPack(name, [SHIPPED_RULES]);
  if (!found?.pack) throw new Error(`${name}: ${JSON.stringify(found?.faults)}`);
  return found.pack;
});
const clauses = packs.flatMap((pack) =>
  pack.clauses.map((clause) => ({ name: `${pack.name}/${clause.id}`, pack, clause })),
);

/** The pack with that clause alone. */
function packOf(name: string): RulePack {
  const found = clauses.find((one) => one.name === name);
  if (!found) throw new Error(`no clause ${name}`);
  return { ...found.pack, clauses: [found.clause] };
}

describe('rule packs', () => {
  test('[X-04] the packs of the design are there, without fault', () => {
    const names =
      'us-federal us-florida us-oklahoma us-washington us-maryland us-reg-f uk-ofcom canada-crtc australia germany france italy';
    expect(packs.map(({ name }) => name)).toEqual(expect.arrayContaining(names.split(' ')));
  });

  test('[X-04] every clause has four vectors or more, some of either outcome, and every vector a clause', () => {
    const few = clauses.filter(({ name }) => (VECTORS[name]?.length ?? 0) < 4).map(({ name }) => name);
    expect(few).toEqual([]);
    const oneSided = clauses.filter(({ name }) => new Set((VECTORS[name] ?? []).map(outcome)).size < 2);
    expect(oneSided.map(({ name }) => name)).toEqual([]);
    expect(Object.keys(VECTORS).filter((name) => !clauses.some((one) => one.name === name))).toEqual([]);
  });

  test('[X-04] [X-03] every clause on hours has a vector for a change of clocks', () => {
    const hours = clauses.filter(({ clause }) => clause.kind === 'hours').map(({ name }) => name);
    expect(hours.length).toBeGreaterThan(8);
    expect(hours.filter((name) => !VECTORS[name]?.some(({ given }) => /clocks/.test(given)))).toEqual([]);
  });

  test('[X-04] every clause has a citation, and the day on which it was checked or that it was not', () => {
    for (const { clause } of clauses) {
      expect(clause.citation.length).toBeGreaterThan(5);
      expect(clause.checked === null || /^20\d\d-\d\d-\d\d$/.test(clause.checked)).toBe(true);
    }
  });
});

describe.each(Object.entries(VECTORS))('%s', (name, vectors) => {
  test.each(vectors.map((vector) => [vector.given, vector] as const))('[X-04] %s', (_, vector) => {
    check(name, vector);
  });
});

/** Which way a vector goes: what it shows to hold, or to be refused, changed, over. */
function outcome(vector: Vector): boolean {
  switch (vector.kind) {
    case 'dial':
      return vector.until === null;
    case 'duty':
      return vector.binds;
    case 'value':
      return vector.written === vector.becomes;
    case 'ledger':
    case 'kept':
      return vector.kept;
    case 'answered':
      return vector.refused;
    case 'recorded':
      return vector.becomes === 'never';
  }
}

function check(name: string, vector: Vector): void {
  switch (vector.kind) {
    case 'dial':
      return checkDial(name, vector);
    case 'duty':
      return checkDuty(name, vector);
    case 'value':
      return checkValue(name, vector);
    case 'ledger':
      return checkLedger(name, vector);
    case 'kept':
      return checkKept(name, vector);
    case 'answered':
      return checkAnswered(name, vector);
    case 'recorded':
      return checkRecorded(name, vector);
  }
}

type Of<Kind extends Vector['kind']> = Extract<Vector, { kind: Kind }>;

function checkKept(name: string, { thing, afterMs, kept }: Of<'kept'>): void {
  const at = instant('2026-03-02T12:00:00Z');
  const keeping = keptByLaw([packOf(name)], thing, at);
  expect(keeping !== undefined && keeping.until > at + afterMs).toBe(kept);
}

function checkAnswered(name: string, { written, refused }: Of<'answered'>): void {
  const [pack = ''] = name.split('/');
  const text = [
    'campaign: x\nmode: predictive\nlists: [people]\nagents: [team]\ntrunk: main',
    `caller_ids: {numbers: ["+12125550100"], answered: ${written.answered}}`,
    `rules: [${pack}]\nperson: {consent: agreed}\nrefusals: [no]\ninbound: {take: ${written.take}}\n`,
  ].join('\n');
  const { campaign, faults } = readCampaign(text, '/nowhere/campaigns/x.yaml');
  const reported = faults.filter(({ severity, message }) => severity === 'fault' && message.startsWith(name));
  expect(reported).toHaveLength(refused ? 1 : 0);
  expect(campaign === undefined).toBe(refused);
}

function checkRecorded(name: string, { to, fields = {}, plan, becomes }: Of<'recorded'>): void {
  const campaign = aCampaign({ rules: [packOf(name)], person: { state: 'state' } });
  const { packs: here } = lawHere(campaign, whereabouts(to, fields, campaign.person));
  expect(recordingAllowed({ keepMs: 1, machineShare: 0, ...plan }, here).record).toBe(becomes);
}

function checkDial(name: string, { to, at, until, fields = {}, person = {}, history = [], ...more }: DialVector): void {
  const now = instant(at);
  const campaign = aCampaign({
    rules: [packOf(name)],
    person,
    refusals: ['refused'],
    attempts: { max: 100, perDay: 100 },
    mode: more.mode ?? 'predictive',
    emergencies: more.emergencies ?? [],
    doNotCall: Object.keys(more.lists ?? {}),
  });
  const imported = Object.entries(more.lists ?? {}).filter(([, when]) => when !== '');
  const facts = aRecord({
    state: 'waiting',
    fields,
    phones: [{ number: to, type: 'mobile' }],
    history: history.map(({ at: dialed, ...parts }) =>
      aPastAttempt({ number: to, dialedAt: instant(dialed), ...parts }),
    ),
    ...(more.callback === undefined ? {} : { callback: aCallback(to, instant(more.callback)) }),
  });
  const input = { facts, campaign, blocked: new Map(), now };
  const listsImportedAt = new Map(imported.map(([list, when]) => [list, instant(when)]));
  const explanation = explainRecord(more.lists === undefined ? input : { ...input, listsImportedAt });
  const verdict = explanation.findings.find(({ rule }) => rule === name);
  if (until === null) {
    expect(explanation.mayDial).toBe(true);
    return;
  }
  expect(verdict).toMatchObject({ allows: false });
  expect(verdict?.citation).toBe(packOf(name).clauses[0]?.citation);
  expect(explanation.never).toBe(until === 'never');
  const isMoment = until !== 'never' && until !== 'unforeseen';
  expect(explanation.notBeforeAt).toBe(isMoment ? instant(until) : undefined);
  if (!isMoment) return;
  // The boundary, from either side.
  expect(explainRecord({ ...input, now: instant(until) - 1 }).mayDial).toBe(false);
  expect(explainRecord({ ...input, now: instant(until) }).mayDial).toBe(true);
}

function aCallback(number: string, setAt: number) {
  return { callback: 1, at: 0, agent: null, zone: 'UTC', number, by: '101', setAt };
}

function checkDuty(name: string, { to, fields = {}, binds }: DutyVector): void {
  const campaign = aCampaign({ rules: [packOf(name)], person: { state: 'state' } });
  const { packs: here } = lawHere(campaign, whereabouts(to, fields, campaign.person));
  expect(here).toHaveLength(binds ? 1 : 0);
}

function checkValue(name: string, { written, becomes }: ValueVector): void {
  const pack = packOf(name);
  const [clause] = pack.clauses as readonly [Clause];
  const { pacing, answer } = aCampaign();
  const isRing = clause.kind === 'ring';
  const made = withinRules(
    {
      pacing: { ...pacing, ...(isRing ? { minRingMs: written, ringTimeoutMs: written } : {}) },
      answer: { ...answer, ...(isRing ? {} : { noAgentAfterMs: written }) },
    },
    [pack],
  );
  expect(isRing ? made.pacing.minRingMs : made.answer.noAgentAfterMs).toBe(becomes);
  if (isRing) expect(made.pacing.ringTimeoutMs).toBe(becomes);
}

function checkLedger(name: string, { zone, answers, detectorError = 0, kept }: LedgerVector): void {
  const [definition] = packDefinitions([packOf(name)]);
  if (!definition) throw new Error(`${name} says nothing of abandoned calls`);
  const ledger = new AbandonmentLedger(definition, { zone, detectorError });
  for (const [written, live, abandoned, machines = 0] of answers) {
    const at = instant(written);
    for (let index = 0; index < live; index += 1) {
      ledger.add({ at, isLive: true, isAbandoned: index < abandoned, isMachine: false });
    }
    for (let index = 0; index < machines; index += 1) {
      ledger.add({ at, isLive: false, isAbandoned: false, isMachine: true });
    }
  }
  expect(ledger.days().at(-1)?.isKept).toBe(kept);
}
