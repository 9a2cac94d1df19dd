// The do-not-call list: add, remove, look up. Imports come as many additions of up to 1000 numbers.

import { z } from 'zod';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { OperationalError } from '../../base/errors.ts';
import { byWhom, type Api, type RouteContext } from '../context.ts';
import { doNotCallAdded, doNotCallEntry, errorBody, removedName, typedNumber } from '../wire.ts';

const tags = ['do-not-call'];
const E164 = /^\+[1-9]\d{6,14}$/;
/** Numbers parsed in one turn of the event loop: about a millisecond. */
const PARSED_PER_TURN = 50;

/** Numbers as E.164, and those that are none with their place in `texts`. */
async function parseAll(texts: readonly string[], parse: (text: string) => string | undefined) {
  const numbers: string[] = [];
  const invalid: { index: number; text: string }[] = [];
  for (const [index, text] of texts.entries()) {
    if (index % PARSED_PER_TURN === PARSED_PER_TURN - 1) await nextTurn();
    const number = E164.test(text) ? text : parse(text);
    if (number === undefined) invalid.push({ index, text });
    else numbers.push(number);
  }
  return { numbers, invalid };
}

export function doNotCallRoutes(api: Api, context: RouteContext): void {
  additionRoutes(api, context);
  numberRoutes(api, context);
}

function additionRoutes(api: Api, { store, clock, parseNumber }: RouteContext): void {
  api.post(
    '/do-not-call',
    {
      schema: {
        tags,
        summary: 'Adds numbers; those that are none come back',
        body: z.object({
          numbers: z.array(z.string().min(1).max(64)).min(1).max(1000),
          reason: z.string().max(200).default(''),
        }),
        response: {
          200: doNotCallAdded,
        },
      },
    },
    async (request) => {
      const { numbers, invalid } = await parseAll(request.body.numbers, parseNumber);
      const entry = { by: byWhom(request), at: clock.now(), reason: request.body.reason };
      const added = numbers.length === 0 ? 0 : await store.doNotCall.add(numbers, entry);
      return { added, known: numbers.length - added, invalid };
    },
  );
}

function numberRoutes(api: Api, { store, parseNumber }: RouteContext): void {
  const params = z.object({ number: typedNumber });
  const numberOf = (text: string): string => {
    const number = E164.test(text) ? text : parseNumber(text);
    if (number !== undefined) return number;
    throw new OperationalError('number-invalid', `${text} is no telephone number.`, {
      hint: 'Give it as +, country code and number, or in the form of the default country.',
    });
  };

  api.get(
    '/do-not-call/:number',
    {
      schema: {
        tags,
        summary: 'Whether a number is on it, since when and why',
        params,
        response: {
          200: doNotCallEntry,
          400: errorBody,
        },
      },
    },
    async (request) => {
      const number = numberOf(request.params.number);
      const entry = await store.doNotCall.check(number);
      return { blocked: entry !== undefined, ...(entry ?? { number }) };
    },
  );
  api.delete(
    '/do-not-call/:number',
    {
      schema: {
        tags,
        summary: 'Takes a number off',
        params,
        response: { 200: removedName, 404: errorBody },
      },
    },
    async (request) => {
      const number = numberOf(request.params.number);
      if (await store.doNotCall.remove(number)) return { removed: number };
      throw new OperationalError('number-not-listed', `${number} is not on the do-not-call list.`, {
        hint: 'Nothing was changed.',
        httpCode: 404,
      });
    },
  );
}
