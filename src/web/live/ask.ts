// One request to the daemon. A refusal is a value; that no answer came is an error.

interface Answered<T> {
  readonly status: number;
  readonly body: T;
}

export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly hint: string };
}

/** An answer is waited for this long. */
const WITHIN_MS = 10_000;

// The caller knows what a route answers.

interface AskHow {
  /** The page may be gone before the answer: it is sent all the same. */
  readonly keepalive?: boolean;
  readonly withinMs?: number;
}

export type Ask = <T>(method: string, path: string, body?: unknown, how?: AskHow) => Promise<Answered<T>>;

/** Throws when there was no answer, or none of the daemon's. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export const ask: Ask = async <T>(method: string, path: string, body?: unknown, how: AskHow = {}) => {
  const { keepalive = false, withinMs = WITHIN_MS } = how;
  const response = await fetch(path, {
    method,
    keepalive,
    signal: AbortSignal.timeout(withinMs),
    headers: {
      'x-outdial-request': '1',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
};

export function isError(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && 'error' in body;
}
