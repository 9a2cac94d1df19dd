// Work on many things that no one waits for, in pieces: between two pieces whatever came meanwhile has its turn.

/** So many in one turn of the event loop. */
const AT_ONCE = 4;

/** Does it to each in order; the first ones at once. `act` must not throw. */
export function inTurns<T>(all: readonly T[], act: (one: T) => void): void {
  for (const one of all.slice(0, AT_ONCE)) act(one);
  const rest = all.slice(AT_ONCE);
  if (rest.length > 0) setImmediate(() => inTurns(rest, act));
}
