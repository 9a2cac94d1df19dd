// What a number is looked up by on the do-not-call lists.

/** Its digits. */
export function digitsOf(number: string): number {
  return Number(number.slice(1));
}
