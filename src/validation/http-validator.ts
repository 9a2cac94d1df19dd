// Asks a validation service over HTTP (docs/validation.md has the protocol). A service that is slow, refuses, or says
// something else than it should has not answered.

import { z } from 'zod';
import type { NumberValidator } from '../engine/ports.ts';

/** No answer of this size is read. */
const MAX_BYTES = 1_048_576;

const answerSchema = z.object({
  results: z.array(
    z.object({ number: z.string().max(32), allowed: z.boolean(), reason: z.string().max(200).default('') }),
  ),
});

/** The validator over HTTP; each question is one request. */
export function httpValidator(): NumberValidator {
  return {
    async ask({ url, timeoutMs, campaign, numbers }) {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ campaign, numbers }),
      }).catch((cause: unknown) => {
        throw new Error(isTimeout(cause) ? `no answer within ${timeoutMs} ms` : 'it cannot be reached', { cause });
      });
      if (!response.ok) {
        await response.body?.cancel();
        throw new Error(`it answered ${response.status}`);
      }
      const { results } = await parsed(response, timeoutMs);
      return new Map(results.map(({ number, allowed, reason }) => [number, { allowed, reason }]));
    },
  };
}

async function parsed(response: Response, timeoutMs: number): Promise<z.output<typeof answerSchema>> {
  const length = Number(response.headers.get('content-length') ?? 0);
  if (length > MAX_BYTES) throw new Error('its answer is too long');
  const text = await textOf(response).catch((cause: unknown) => {
    throw new Error(isTimeout(cause) ? `no whole answer within ${timeoutMs} ms` : 'its answer broke off', { cause });
  });
  if (text === undefined) throw new Error('its answer is too long');
  const answer = answerSchema.safeParse(jsonOf(text));
  if (!answer.success) throw new Error('its answer is not what it should be', { cause: answer.error });
  return answer.data;
}

/** Read piece by piece, so that an answer without end takes no more memory than a long one; undefined when too long. */
async function textOf(response: Response): Promise<string | undefined> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += piece.length;
    if (bytes > MAX_BYTES) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON at all: not what it should be
  }
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';
