// Waiting for a condition in tests: asked again and again, with a deadline.

/** From here on a limit bounds a wait and is no promise of outdial's; on a busy machine things come later. */
const NO_PROMISE_MS = 10_000;
const PATIENCE = 3;

/** What `look` finds (neither undefined nor false), asked every 100 ms unless `everyMs` says otherwise; one that fails is asked again. Refuses after `limitMs` (or more, for limits of 10 s and above), saying what was awaited. */
export async function until<T>(
  what: string | (() => string),
  look: () => Promise<T | undefined | false>,
  limitMs: number,
  everyMs = 100,
): Promise<T> {
  const deadline = Date.now() + limitMs * (limitMs < NO_PROMISE_MS ? 1 : PATIENCE);
  let fault: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      fault = undefined;
    } catch (error) {
      fault = error;
    }
    if (Date.now() > deadline) {
      const reported = typeof what === 'string' ? what : what();
      throw new Error(`not within ${limitMs} ms: ${reported}`, fault === undefined ? {} : { cause: fault });
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
