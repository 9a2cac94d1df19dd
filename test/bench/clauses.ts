// What the rule packs that come with outdial hold: packs, clauses, how many of them were held against the public text, and
// the vectors that the tests try them with.

import { findPack, packNames, SHIPPED_RULES } from '../../src/config/rule-packs.ts';
import { VECTORS } from '../rules/vectors.ts';
import type { BenchArgs } from './bench-args.ts';

export function run({ json }: BenchArgs): Promise<unknown> {
  const packs = packNames([SHIPPED_RULES]).flatMap((name) => findPack(name, [SHIPPED_RULES])?.pack ?? []);
  const clauses = packs.flatMap((pack) => pack.clauses.map((clause) => ({ pack: pack.name, clause })));
  const open = clauses.filter(({ clause }) => clause.checked === null);
  const uncited = clauses.filter(({ clause }) => clause.citation.trim() === '');
  const figures = {
    packs: packs.length,
    clauses: clauses.length,
    verified: clauses.length - open.length,
    unverified: open.length,
    withoutCitation: uncited.length,
    vectors: Object.values(VECTORS).reduce((sum, vectors) => sum + vectors.length, 0),
  };
  if (!json) {
    const { packs: many, verified, unverified, vectors } = figures;
    console.log(`  ${many} rule packs, ${clauses.length} clauses, ${uncited.length} without a citation`);
    console.log(`  ${verified} held against the public text, ${unverified} unverified; ${vectors} vectors`);
    for (const { name } of packs) {
      const own = open.filter(({ pack }) => pack === name).map(({ clause }) => clause.id);
      if (own.length > 0) console.log(`  ${name}: ${own.join(', ')} unverified`);
    }
  }
  return Promise.resolve(figures);
}
