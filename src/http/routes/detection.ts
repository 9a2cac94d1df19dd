// Checking the answering-machine detector by a sample of its verdicts: drawing, judging, the estimate.

import { defined } from '../../base/defined.ts';
import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { OperationalError } from '../../base/errors.ts';
import { estimateOf, LEAST_JUDGED } from '../../campaign/detector-check.ts';
import type { DetectionPeriod } from '../../engine/store/detection.ts';
import { byWhom, type Api, type RouteContext } from '../context.ts';
import { errorBody, name, period } from '../wire/wire.ts';
import { detectionDrawn, detectionJudged, detectionReport, detectionSamples, judgement } from '../wire/detection.ts';

const tags = ['detection'];
const MAX_SEED = 2 ** 31;

const which = period.extend({ campaign: name.optional() });

export function detectionRoutes(api: Api, context: RouteContext): void {
  readingRoutes(api, context);
  changingRoutes(api, context);
}

function readingRoutes(api: Api, { store }: RouteContext): void {
  api.get(
    '/detection/samples',
    {
      schema: {
        tags,
        summary: 'The random sample of machine verdicts',
        querystring: which,
        response: { 200: detectionSamples },
      },
    },
    (request) => store.detection.samples(periodOf(request.query)),
  );
  api.get(
    '/detection/report',
    {
      schema: {
        tags,
        summary: 'How many people the detector takes for machines, by the sample',
        querystring: which,
        response: { 200: detectionReport },
      },
    },
    async (request) => {
      const counts = await store.detection.counts(periodOf(request.query));
      const estimate = estimateOf(counts);
      return { ...counts, estimate: estimate ?? null, isCounted: (estimate?.judged ?? 0) >= LEAST_JUDGED };
    },
  );
}

function changingRoutes(api: Api, { store, clock }: RouteContext): void {
  api.post(
    '/detection/samples',
    {
      config: { audit: 'detection.sample' },
      schema: {
        tags,
        summary: 'Takes a random sample of the machine verdicts that have a recording',
        body: z.object({
          campaign: name.optional(),
          from: z.number().optional(),
          to: z.number().optional(),
          size: z.number().int().min(1).max(1000).default(50),
          seed: z.number().int().min(0).max(MAX_SEED).optional().describe('The same seed draws the same sample'),
        }),
        response: { 200: detectionDrawn },
      },
    },
    async (request) => {
      const { size, seed = randomInt(MAX_SEED) } = request.body;
      const drawing = { period: periodOf(request.body), size, seed, by: byWhom(request), at: clock.now() };
      return { drawn: await store.detection.draw(drawing) };
    },
  );
  api.post(
    '/detection/samples/:attempt',
    {
      config: { audit: 'detection.judge' },
      schema: {
        tags,
        summary: 'What a listener has heard',
        params: z.object({ attempt: z.string().regex(/^[\w.-]{1,120}$/) }),
        body: z.object({ is: judgement }),
        response: { 200: detectionJudged, 404: errorBody },
      },
    },
    async (request) => {
      const { attempt } = request.params;
      const { is } = request.body;
      if (await store.detection.judge(attempt, { is, by: byWhom(request), at: clock.now() })) return { attempt, is };
      throw new OperationalError('sample-unknown', `Attempt ${attempt} is in no sample.`, {
        hint: 'outdial detection list shows what was drawn; outdial detection sample draws more.',
        httpCode: 404,
      });
    },
  );
}

function periodOf(asked: {
  readonly campaign?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}): DetectionPeriod {
  const { campaign, from, to } = asked;
  return {
    ...defined({ campaign, fromAt: from, toAt: to }),
  };
}
