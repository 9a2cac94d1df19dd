// The answers of validation services that still count.

import type { NumberCheck } from '../../engine/store/validation.ts';
import { sql } from './database.ts';

/** Of a service, on some numbers, at a moment. */
export const VALIDATIONS = sql<NumberCheck>(`
  SELECT number, answer, reason, asked_at AS "askedAt", until FROM validations
  WHERE service = $1 AND number = ANY ($2) AND until > $3`);
