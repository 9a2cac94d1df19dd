// How long deciding on one record takes: without rule packs, with three, with all; where the hours are open and where they
// are closed; and how many numbers a second find their time zones. CPU time of this process, so that neighbours do not count.

import { findPack, packNames, SHIPPED_RULES } from '../../src/config/rule-packs.ts';
import { decideRecord, explainRecord } from '../../src/list/eligibility.ts';
import type { EligibilityInput } from '../../src/list/eligibility.ts';
import { zonesOf } from '../../src/list/zones.ts';
import { aCampaign, aPastAttempt, aRecord } from '../list/builders.ts';
import type { BenchArgs } from './bench-args.ts';

const RECORDS = 20_000;
const ROUNDS = 5;
const HOUR_MS = 3_600_000;
const OPEN_AT = Date.parse('2026-11-18T20:00:00Z');
const CLOSED_AT = OPEN_AT + 8 * HOUR_MS;
const AREA_CODES = ['212', '305', '850', '410', '415', '713'];

/** Fresh and retried people of six area codes, a third of whom have another state in their fields. */
function people(): readonly EligibilityInput['facts'][] {
  return Array.from({ length: RECORDS }, (_, index) => {
    const number = `+1${AREA_CODES[index % AREA_CODES.length] ?? ''}${2_000_000 + ((index * 7) % 7_999_999)}`;
    const own = { record: index + 1, contact: index + 1, number };
    const history = [
      aPastAttempt({ ...own, dialedAt: OPEN_AT - 30 * HOUR_MS }),
      aPastAttempt({ ...own, dialedAt: OPEN_AT - 5 * HOUR_MS }),
    ];
    return aRecord({
      ...{ record: index + 1, contact: index + 1, state: 'waiting', phones: [{ number, type: 'mobile' }] },
      ...{ fields: { state: index % 3 === 0 ? 'FL' : '' }, history: index % 2 === 0 ? [] : history },
    });
  });
}

/** CPU µs for each call, at best over the rounds: the first ones compile. */
function measure(each: (index: number) => void): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage().user;
    for (let index = 0; index < RECORDS; index += 1) each(index);
    best = Math.min(best, (process.cpuUsage().user - before) / RECORDS);
  }
  return best;
}

function campaignWith(names: readonly string[]): EligibilityInput['campaign'] {
  const rules = names.flatMap((name) => findPack(name, [SHIPPED_RULES])?.pack ?? []);
  return aCampaign({ rules, person: { state: 'state', consent: 'state' } });
}

export function run(_args: BenchArgs): Promise<unknown> {
  const facts = people();
  const [first] = facts;
  if (!first) throw new Error('nobody to call');
  const inputAt = (campaign: EligibilityInput['campaign'], now: number) => (index: number) => ({
    ...{ facts: facts[index] ?? first, campaign, blocked: new Map(), now },
  });
  const decide = (campaign: EligibilityInput['campaign'], now: number): number => {
    const input = inputAt(campaign, now);
    return measure((index) => decideRecord(input(index)));
  };
  const none = campaignWith([]);
  const three = campaignWith(['us-federal', 'us-florida', 'us-reg-f']);
  const all = campaignWith(packNames([SHIPPED_RULES]).filter((name) => !name.includes('consent')));
  const explained = inputAt(three, OPEN_AT);
  const figures = {
    decideUs: {
      withoutPacks: decide(none, OPEN_AT),
      threePacksOpen: decide(three, OPEN_AT),
      threePacksClosed: decide(three, CLOSED_AT),
      allPacksOpen: decide(all, OPEN_AT),
    },
    explainUs: measure((index) => explainRecord(explained(index))),
    zonesPerSecond: Math.round(1e6 / measure((index) => zonesOf((facts[index] ?? first).phones[0]?.number ?? '', {}))),
  };
  for (const [what, us] of Object.entries(figures.decideUs))
    console.log(`  decide, ${what}: ${us.toFixed(1)} µs a record`);
  console.log(`  explain, three packs: ${figures.explainUs.toFixed(1)} µs a record`);
  console.log(`  numbers to time zones: ${figures.zonesPerSecond.toLocaleString('en')} a second`);
  return Promise.resolve(figures);
}
