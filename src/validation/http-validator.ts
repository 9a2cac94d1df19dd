// Asks a validation service over HTTP (docs/validation.md has the protocol). A service that is slow, refuses, or says
// something else than it should has not answered.

import { z } from 'zod';
import type { NumberValidator } from '../engine/ports.ts';
import { addressJudge } from '../base/addresses.ts';
import { AddressRefused, guardedPost } from '../base/guarded-post.ts';

/** No answer of this size is read. */
const MAX_BYTES = 1_048_576;

const answerSchema = z.object({
  results: z.array(
    z.object({ number: z.string().max(32), allowed: z.boolean(), reason: z.string().max(200).default('') }),
  ),
});

/** The validator over HTTP; each question is one request. `networks`: private ones in which services may be. */
export function httpValidator(networks: readonly string[]): NumberValidator {
  const judge = addressJudge(networks);
  return {
    async ask({ url, timeoutMs, campaign, numbers }) {
      const body = JSON.stringify({ campaign, numbers });
      const how = { timeoutMs, maxBytes: MAX_BYTES, judge, setting: 'validation.networks' };
      const { status, text } = await guardedPost(url, body, how).catch((cause: unknown) => {
        throw new Error(reasonOf(cause, timeoutMs), { cause });
      });
      if (status !== 200) throw new Error(`it answered ${status}`);
      if (text === undefined) throw new Error('its answer is too long');
      const answer = answerSchema.safeParse(jsonOf(text));
      if (!answer.success) throw new Error('its answer is not what it should be', { cause: answer.error });
      return new Map(answer.data.results.map(({ number, allowed, reason }) => [number, { allowed, reason }]));
    },
  };
}

function reasonOf(cause: unknown, timeoutMs: number): string {
  if (cause instanceof AddressRefused) return cause.message;
  if (!(cause instanceof Error)) return 'it cannot be reached';
  if (cause.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  return cause.message === 'aborted' ? 'its answer broke off' : 'it cannot be reached';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON at all: not what it should be
  }
}
