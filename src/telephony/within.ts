// Waits for the outside no longer than it is worth.

/** Said by `within` when time is up. */
class TooLate extends Error {
  constructor(limitMs: number) {
    super(`no answer within ${limitMs} ms`);
    this.name = 'TooLate';
  }
}

/** Settles as the promise does, or rejects with `TooLate` after `limitMs`; what comes later is dropped. */
export async function within<T>(limitMs: number, promise: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TooLate(limitMs)), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
