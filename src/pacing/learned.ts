// Reads what an earlier pacer wrote, without trusting it: wrong shape, wrong version or absurd numbers give nothing.

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One part of a saved object, or undefined. */
export function partOf(saved: unknown, key: string): unknown {
  return isObject(saved) ? saved[key] : undefined;
}

/**
 * The finite, non-negative numbers under `key` (a single number counts as a list of one);
 * undefined when anything is wrong or there are not `length` of them.
 */
export function numbersFrom(saved: unknown, key: string, length = 1): number[] | undefined {
  const part = partOf(saved, key);
  const list: unknown[] = Array.isArray(part) ? part : [part];
  if (list.length !== length) return undefined;
  const numbers: number[] = [];
  for (const value of list) {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return undefined;
    numbers.push(value);
  }
  return numbers;
}
