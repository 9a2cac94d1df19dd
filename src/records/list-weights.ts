// Whose turn it is among lists with weights: over time each gets its share, and no list gets many turns in a row.
// Pure: balances go in and come out.

/** By list: how far it is behind its share, in weights. */
export type Balances = ReadonlyMap<string, number>;

/**
 * The list whose turn it is among those that have somebody to dial, and the balances after that turn; undefined without
 * any. Each of the waiting lists gains its weight, the one that is furthest behind is taken and pays for all of them.
 */
export function nextTurn(
  waiting: readonly string[],
  weightOf: (list: string) => number,
  balances: Balances,
): { readonly list: string; readonly balances: Balances } | undefined {
  const gained = waiting.map((list) => [list, (balances.get(list) ?? 0) + weightOf(list)] as const);
  const [first, ...others] = gained;
  if (!first) return undefined;
  const [list, balance] = others.reduce((best, one) => (one[1] > best[1] ? one : best), first);
  const price = waiting.reduce((sum, one) => sum + weightOf(one), 0);
  return { list, balances: new Map([...balances, ...gained, [list, balance - price]]) };
}
