// How a sentence names all of something.

/** `The only agent is`, `Both agents are`, `All 3 agents are`. */
export function allAre(count: number, noun: string): string {
  if (count === 1) return `The only ${noun} is`;
  return count === 2 ? `Both ${noun}s are` : `All ${count} ${noun}s are`;
}
