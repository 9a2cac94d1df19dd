// The schemas of the configuration files as JSON Schema, for editors that complete and check while one writes.

import { z } from 'zod';
import { campaignSchema } from './campaign/schema.ts';
import { settingsSchema } from './settings-schema.ts';

const SCHEMAS = { campaign: campaignSchema, settings: settingsSchema } as const;

/** JSON Schema (draft 2020-12) of a kind of file; looser than the daemon, which also checks units and bounds. */
export function jsonSchemaOf(kind: keyof typeof SCHEMAS): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(SCHEMAS[kind], {
    io: 'input',
    unrepresentable: 'any',
    override({ jsonSchema }) {
      // A value is text to us, but an editor's YAML calls 60 a number and true a truth value.
      if (jsonSchema.type !== 'string') return;
      if (jsonSchema.enum === undefined) Reflect.set(jsonSchema, 'type', ['string', 'number', 'boolean']);
    },
  });
}
