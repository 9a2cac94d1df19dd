// What outdial tells the outside of its work: keys of outdial.yaml.

import { z } from 'zod';
import { oneOf, yesNo } from './values.ts';

const nothing = {};

export const outsideSchemas = {
  metrics: z
    .strictObject({
      access: oneOf(['token', 'loopback', 'off'])
        .prefault('token')
        .describe(
          'token: with a token that has the scope metrics; loopback: whoever is on this machine, without one; off',
        ),
      agents: yesNo().prefault('no').describe("whether each agent's state is told, by number"),
    })
    .prefault(nothing)
    .describe('figures for Prometheus at /metrics'),
};
