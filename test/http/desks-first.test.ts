// Right after a start: agents' requests wait until their desks have been taken up; everything else is answered.

import { afterEach, expect, test } from 'vitest';
import fastify, { type FastifyError } from 'fastify';
import { desksFirst } from '../../src/http/desk/desks-first.ts';
import { refusalOf } from '../../src/http/error-shape.ts';

const api = fastify();
afterEach(() => api.close());

test('[A-23] a desk asked for before it is taken up is answered afterwards, or refused when it lasts; others do not wait', async () => {
  const began: (() => void)[] = [];
  api.setErrorHandler((error, _request, reply) => {
    const { httpCode, body } = refusalOf(error as FastifyError);
    return reply.code(httpCode).send(body);
  });
  desksFirst(api, { begun: () => new Promise((resolve) => began.push(resolve)) }, 50);
  for (const url of ['/api/agent', '/api/agent/commands', '/api/agents']) api.get(url, () => ({ is: 'answered' }));

  expect((await api.inject('/api/agents')).statusCode).toBe(200);
  const late = await api.inject('/api/agent');
  expect([late.statusCode, late.body]).toEqual([503, expect.stringContaining('has just started')]);
  const asked = api.inject('/api/agent/commands');
  for (const begin of began) begin();
  expect([(await asked).statusCode, (await api.inject('/api/agent')).statusCode]).toEqual([200, 200]);
});
