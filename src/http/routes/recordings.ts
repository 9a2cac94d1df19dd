// Recordings: which there are, their sound, and their deletion before their time.

import { defined } from '../../base/defined.ts';
import { z } from 'zod';
import { OperationalError } from '../../base/errors.ts';
import { keptByLaw } from '../../campaign/retention.ts';
import type { Keeping } from '../../campaign/retention.ts';
import type { RecordingRow } from '../../engine/store/recordings.ts';
import { noteChange } from '../audit-hook.ts';
import { byteRange } from '../byte-range.ts';
import { Plays } from '../plays.ts';
import { byWhom, type Api, type RouteContext } from '../context.ts';
import { errorBody, name, period } from '../wire/wire.ts';
import { recordingDeleted, recordingKind, recordingRows } from '../wire/recordings.ts';

const tags = ['recordings'];
const params = z.object({ attempt: z.string().regex(/^[\w.-]{1,120}$/) });

const search = period.extend({
  campaign: name.optional(),
  record: z.coerce.number().int().positive().optional(),
  kind: recordingKind.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export function recordingRoutes(api: Api, context: RouteContext): void {
  listRoutes(api, context);
  soundRoute(api, context);
  deletionRoute(api, context);
}

function listRoutes(api: Api, { store }: RouteContext): void {
  api.get(
    '/recordings',
    {
      schema: { tags, summary: 'Recordings, newest first', querystring: search, response: { 200: recordingRows } },
    },
    (request) => {
      const { from, to, campaign, record, kind, limit } = request.query;
      return store.recordings.list({
        limit,
        ...defined({ fromAt: from, toAt: to, campaign, record, kind }),
      });
    },
  );
  api.get(
    '/recordings/:attempt',
    { schema: { tags, summary: 'The recordings of one attempt', params, response: { 200: recordingRows } } },
    (request) => store.recordings.of(request.params.attempt),
  );
}

function soundRoute(api: Api, { store, recordings, clock }: RouteContext): void {
  const plays = new Plays();
  api.get(
    '/recordings/:attempt/sound',
    {
      config: { audit: 'recording.download' },
      schema: {
        tags,
        summary: 'What was recorded of an attempt, as audio/wav; a Range of bytes is answered with that part',
        params,
        querystring: z.object({ kind: recordingKind.default('conversation') }),
        produces: ['audio/wav'],
      },
    },
    async (request, reply) => {
      const { attempt } = request.params;
      const rows = await store.recordings.of(attempt);
      const row = rows.find(({ kind }) => kind === request.query.kind);
      if (!row || !recordings) throw unrecorded(attempt);
      if (row.deletedAt !== null) throw gone(row);
      const sound = await recordings.read(row.name);
      const { bytes } = sound;
      const asked = byteRange(request.headers.range, bytes);
      void reply.headers({ 'content-type': 'audio/wav', 'accept-ranges': 'bytes' });
      if (asked.is === 'outside') {
        await sound.close();
        void reply.header('content-range', `bytes */${bytes}`);
        throw outside(attempt, bytes);
      }
      const { start, end } = asked.is === 'part' ? asked : { start: 0, end: bytes - 1 };
      const isPart = !plays.begins({ who: byWhom(request), recording: row.name, start, at: clock.now() });
      noteChange(request, { subject: `attempt ${attempt}`, to: row.name, ...(isPart ? { isPart } : {}) });
      if (asked.is === 'whole') return reply.header('content-length', bytes).send(sound.stream());
      void reply.code(206).header('content-range', `bytes ${start}-${end}/${bytes}`);
      return reply.header('content-length', end - start + 1).send(sound.stream({ start, end }));
    },
  );
}

function deletionRoute(api: Api, { store, recordings, clock, campaigns }: RouteContext): void {
  api.delete(
    '/recordings/:attempt',
    {
      config: { audit: 'recording.delete' },
      schema: {
        tags,
        summary: 'Deletes the recordings of an attempt; their rows stay and say so',
        params,
        response: { 200: recordingDeleted, 404: errorBody, 409: errorBody },
      },
    },
    async (request) => {
      const { attempt } = request.params;
      const rows = (await store.recordings.of(attempt)).filter(({ deletedAt }) => deletedAt === null);
      if (rows.length === 0) throw unrecorded(attempt);
      if (rows.some(({ endedAt }) => endedAt === null)) throw stillRunning(attempt);
      for (const row of rows) {
        const { rules = [] } = campaigns.all().find(({ campaign }) => campaign.name === row.campaign)?.campaign ?? {};
        const keeping = keptByLaw(rules, 'recordings', row.startedAt);
        if (keeping !== undefined && keeping.until > clock.now()) throw keptStill(attempt, keeping);
      }
      for (const row of rows) {
        await recordings?.remove(row.name);
        await store.recordings.deleted(row.name, { at: clock.now(), by: byWhom(request) });
      }
      noteChange(request, { subject: `attempt ${attempt}`, from: rows.map((row) => row.name), to: null });
      return { attempt, deleted: rows.length };
    },
  );
}

function unrecorded(attempt: string): OperationalError {
  return new OperationalError('recording-unknown', `Nothing was recorded of attempt ${attempt}.`, {
    hint: 'outdial recording list shows what was.',
    httpCode: 404,
  });
}

function outside(attempt: string, bytes: number): OperationalError {
  return new OperationalError('range-outside', `The recording of attempt ${attempt} has ${bytes} bytes.`, {
    hint: 'Ask for a range that begins before its end.',
    httpCode: 416,
  });
}

function gone({ attempt, deletedBy }: RecordingRow): OperationalError {
  return new OperationalError('recording-deleted', `The recording of attempt ${attempt} was deleted.`, {
    hint: `By ${deletedBy ?? 'an unknown user'}; campaigns say how long recordings are kept.`,
    httpCode: 410,
  });
}

function keptStill(attempt: string, { until, clause, citation }: Keeping): OperationalError {
  const message = `The recording of attempt ${attempt} is kept until ${new Date(until).toISOString()} (${clause}).`;
  return new OperationalError('recording-kept', message, {
    hint: `${citation} demands it; it is deleted by itself when its time is over.`,
    httpCode: 409,
  });
}

function stillRunning(attempt: string): OperationalError {
  return new OperationalError('recording-running', `Attempt ${attempt} is still being recorded.`, {
    hint: 'Delete it when the call is over.',
    httpCode: 409,
  });
}
