// Callbacks: listed, agreed, moved, taken back; and the calls that people made to our numbers.

import { noTime, timeZone } from '../wanted-time.ts';
import { z } from 'zod';
import type { CallbackRequest } from '../../engine/calls/callback-request.ts';
import { noteChange } from '../audit-hook.ts';
import { actorOf, type Api, type RouteContext } from '../context.ts';
import { errorBody, period } from '../wire/wire.ts';
import {
  callbackDetails,
  callbackQuery,
  callbackRow,
  cancelledCallback,
  inboundRow,
  movedCallback,
  newCallback,
} from '../wire/callbacks.ts';
import { shownOf } from '../../engine/calls/callbacks.ts';
import { callbackOver, callbackUnknown } from '../../engine/calls/callback-refusals.ts';

const tags = ['callbacks'];
const params = z.object({ id: z.coerce.number().int().positive() });

export function callbackRoutes(api: Api, context: RouteContext): void {
  lookRoutes(api, context);
  setRoutes(api, context);
  cancelRoute(api, context);
}

function lookRoutes(api: Api, { store, clock }: RouteContext): void {
  api.get(
    '/callbacks',
    {
      schema: {
        tags,
        summary: 'Callbacks by their time',
        querystring: callbackQuery,
        response: { 200: z.array(callbackRow).readonly() },
      },
    },
    (request) => {
      const { from: fromAt, to: toAt, ...query } = request.query;
      return store.callbacks.list(given({ ...query, fromAt, toAt, now: clock.now() }));
    },
  );
  api.get(
    '/callbacks/:id',
    {
      schema: {
        tags,
        summary: 'One callback and its history',
        params,
        response: { 200: callbackDetails, 404: errorBody },
      },
    },
    async (request) => {
      const row = await store.callbacks.show(request.params.id, clock.now());
      if (!row) throw callbackUnknown(request.params.id);
      return { ...row, steps: await store.callbacks.steps(row.id) };
    },
  );
  api.get(
    '/inbound',
    {
      schema: {
        tags,
        summary: 'Calls that people made to our numbers',
        querystring: period.extend({
          campaign: z.string().max(64).optional(),
          record: z.coerce.number().int().positive().optional(),
          limit: z.coerce.number().int().min(1).max(1000).default(200),
        }),
        response: { 200: z.array(inboundRow).readonly() },
      },
    },
    (request) => {
      const { from: fromAt, to: toAt, ...query } = request.query;
      return store.inbound.list(given({ ...query, fromAt, toAt }));
    },
  );
}

function setRoutes(api: Api, { control, store, clock }: RouteContext): void {
  api.post(
    '/callbacks',
    {
      config: { audit: 'callback.set' },
      schema: {
        tags,
        summary: 'Agrees on a callback for a record, or moves the one it has; also while the record is in a call',
        body: newCallback,
        response: { 200: callbackRow, 400: errorBody, 404: errorBody, 409: errorBody },
      },
    },
    async (request) => {
      const { record, at, local, agent = null, ...more } = request.body;
      const time = timeOf({ at, local, zone: more.zone });
      const row = await control.setCallback(given({ ...more, record, agent, at: time, by: actorOf(request) }));
      noteChange(request, { subject: `callback ${row.id}`, from: null, to: shownOf(row) });
      return row;
    },
  );
  api.post(
    '/callbacks/:id/move',
    {
      config: { audit: 'callback.move' },
      schema: {
        tags,
        summary: 'Moves a callback: what is left out stays',
        params,
        body: movedCallback,
        response: { 200: callbackRow, 400: errorBody, 404: errorBody, 409: errorBody },
      },
    },
    async (request) => {
      const before = await store.callbacks.show(request.params.id, clock.now());
      if (!before) throw callbackUnknown(request.params.id);
      if (before.state !== 'pending' && before.state !== 'due') throw callbackOver(before);
      const { at, local, agent = before.agent, number = before.number, ...more } = request.body;
      const zone = more.zone ?? before.zone;
      const time = at === undefined && local === undefined ? before.at : timeOf({ at, local, zone });
      const asked = { ...more, record: before.record, zone, number, agent, at: time, by: actorOf(request) };
      const row = await control.setCallback(given(asked));
      noteChange(request, { subject: `callback ${row.id}`, from: shownOf(before), to: shownOf(row) });
      return row;
    },
  );
}

function cancelRoute(api: Api, { control }: RouteContext): void {
  api.post(
    '/callbacks/:id/cancel',
    {
      config: { audit: 'callback.cancel' },
      schema: {
        tags,
        summary: 'Takes a callback back',
        params,
        body: cancelledCallback,
        response: { 200: callbackRow, 404: errorBody, 409: errorBody },
      },
    },
    async (request) => {
      const row = await control.cancelCallback(request.params.id, { by: actorOf(request), again: request.body.again });
      noteChange(request, { subject: `callback ${row.id}`, from: null, to: shownOf(row) });
      return row;
    },
  );
}

interface Time {
  readonly at: number | undefined;
  readonly local: string | undefined;
  readonly zone: string | undefined;
}

/** The instant, or what clocks of the zone that is meant show. */
function timeOf({ at, local, zone }: Time): CallbackRequest['at'] {
  if (zone !== undefined) timeZone(zone);
  if (at !== undefined) return at;
  if (local !== undefined) return { shownAt: Date.parse(`${local}:00Z`) };
  throw noTime();
}

type Given<T> = { readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the parts that were left out. */
function given<T extends object>(parts: T): Given<T> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Given<T>;
}
