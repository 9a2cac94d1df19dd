// The do-not-call lists: add, remove, look up, and which there are. Files of numbers are imported in
// do-not-call-imports.ts.

import { didYouMean } from '../../base/nearest.ts';
import { z } from 'zod';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { OperationalError } from '../../base/errors.ts';
import { refuseMistypedList } from '../do-not-call-list.ts';
import { GLOBAL_LIST } from '../../records/do-not-call.ts';
import { noteChange } from '../audit-hook.ts';
import { byWhom, type Api, type RouteContext } from '../context.ts';
import type { PhoneReading } from '../../numbers/phone.ts';
import { numberOrRefusal, whyNoNumber } from '../../numbers/refusal.ts';
import { checkDoNotCall, removeDoNotCall } from '../../privacy/do-not-call-numbers.ts';
import { doNotCallAdded, doNotCallCheck, doNotCallList } from '../wire/do-not-call.ts';
import { errorBody, removedName, typedNumber } from '../wire/wire.ts';

const tags = ['do-not-call'];
/** Numbers parsed in one turn of the event loop: about a millisecond. */
const PARSED_PER_TURN = 50;

export const doNotCallListName = z
  .string()
  .regex(/^[a-z\d][\w.:-]{0,99}$/i)
  .describe('global, campaign:NAME, or a name of your own');
const list = doNotCallListName.default(GLOBAL_LIST);

/** Numbers as E.164, and those that are none with their place in `texts`. */
async function readAll(texts: readonly string[], read: (text: string) => PhoneReading) {
  const numbers: string[] = [];
  const invalid: { index: number; text: string; why: string }[] = [];
  for (const [index, text] of texts.entries()) {
    if (index % PARSED_PER_TURN === PARSED_PER_TURN - 1) await nextTurn();
    const reading = read(text);
    if (reading.kind === 'number') numbers.push(reading.number);
    else invalid.push({ index, text, why: whyNoNumber(text, reading) });
  }
  return { numbers, invalid };
}

export function doNotCallRoutes(api: Api, context: RouteContext): void {
  additionRoutes(api, context);
  numberRoutes(api, context);
  listRoutes(api, context);
}

function additionRoutes(api: Api, context: RouteContext): void {
  const { store, clock, control, readNumber } = context;
  api.post(
    '/do-not-call',
    {
      config: { audit: 'do-not-call.add' },
      schema: {
        tags,
        summary: 'Puts numbers on a list; those that are none come back',
        body: z.object({
          numbers: z.array(z.string().min(1).max(64)).min(1).max(1000),
          reason: z.string().max(200).default(''),
          list,
        }),
        response: {
          200: doNotCallAdded,
        },
      },
    },
    async (request) => {
      const { reason, list } = request.body;
      await refuseMistypedList(context, list);
      const { numbers, invalid } = await readAll(request.body.numbers, readNumber);
      const entry = { list, by: byWhom(request), at: clock.now(), reason };
      const added = numbers.length === 0 ? 0 : await store.doNotCall.add(numbers, entry);
      noteChange(request, { subject: `do-not-call list ${list}`, to: { added, reason } });
      if (added > 0) await control.recordsChanged({ listed: numbers });
      return { added, known: numbers.length - added, invalid };
    },
  );
}

function numberRoutes(api: Api, { store, readNumber }: RouteContext): void {
  const params = z.object({ number: typedNumber });
  const numberOf = (text: string): string => numberOrRefusal(text, readNumber(text));

  api.get(
    '/do-not-call/:number',
    {
      schema: {
        tags,
        summary: 'Which lists hold a number, since when and why',
        params,
        response: {
          200: doNotCallCheck,
          400: errorBody,
        },
      },
    },
    (request) => checkDoNotCall(store, numberOf(request.params.number)),
  );
  api.delete(
    '/do-not-call/:number',
    {
      config: { audit: 'do-not-call.remove' },
      schema: {
        tags,
        summary: 'Takes a number off a list',
        params,
        querystring: z.object({ list }),
        response: { 200: removedName, 404: errorBody },
      },
    },
    async (request) => {
      const number = numberOf(request.params.number);
      const { list } = request.query;
      noteChange(request, { subject: `do-not-call list ${list}` });
      await removeDoNotCall(store, number, list);
      return { removed: number };
    },
  );
}

function listRoutes(api: Api, { store }: RouteContext): void {
  api.get(
    '/do-not-call-lists',
    {
      schema: { tags, summary: 'The lists that there are', response: { 200: z.array(doNotCallList).readonly() } },
    },
    () => store.doNotCall.lists(),
  );
  api.delete(
    '/do-not-call-lists/:name',
    {
      config: { audit: 'do-not-call.remove-list' },
      schema: {
        tags,
        summary: 'Removes a list with all its numbers',
        params: z.object({ name: doNotCallListName }),
        response: { 200: removedName, 404: errorBody },
      },
    },
    async (request) => {
      const { name } = request.params;
      if (await store.doNotCall.removeList(name)) return { removed: name };
      const meant = didYouMean(
        name,
        (await store.doNotCall.lists()).map((list) => list.name),
      );
      throw new OperationalError('do-not-call-list-unknown', `There is no do-not-call list ${name}.${meant}`, {
        hint: 'outdial dnc lists shows those that there are.',
        httpCode: 404,
      });
    },
  );
}
