// Half-typed forms: a row each, whose version shows whether the writer has seen the last inputs. What was given up stays as
// an empty row, so that a writing that comes late finds itself late; all of them go with their interaction.

import { MOST_FORMS, type FormStore, type HalfTyped, type WriteForm } from '../../engine/store/forms.ts';
import { Json, sql } from '../statement.ts';
import { all, first, quick, run, write } from '../work.ts';
import type { Noun, Work } from '../work.ts';

export const forms: Noun<FormStore> = {
  write: write((writing) => keep(writing)),
  of: quick((interaction) => all(OF, { interaction })),
};

/** Of an interaction that is done. */
export function* dropForms(interaction: string): Work<void> {
  yield* run(DROP, { interaction });
}

/** Empty rows that stay. */
const MOST_EMPTY = 20;

const OF = sql<HalfTyped>`
  SELECT form, inputs AS "inputs{}", version FROM forms WHERE interaction = :interaction ORDER BY form`;
const STANDING = sql<{ closed: number; others: number }>`
  SELECT (SELECT count(*) FROM interactions WHERE interaction = :interaction AND state = 'done') AS closed,
    (SELECT count(*) FROM forms WHERE interaction = :interaction AND form <> :form AND inputs IS NOT NULL) AS others`;
const PUT = sql`
  INSERT INTO forms (interaction, form, agent, contact, inputs, version, written_at)
  VALUES (:interaction, :form, :agent, :contact, :inputs, :version, :at)
  ON CONFLICT (interaction, form) DO UPDATE SET agent = excluded.agent, contact = excluded.contact,
    inputs = excluded.inputs, version = excluded.version, written_at = excluded.written_at`;
const DROP_EMPTY = sql`
  DELETE FROM forms WHERE interaction = :interaction AND inputs IS NULL AND form NOT IN (
    SELECT form FROM forms WHERE interaction = :interaction AND inputs IS NULL
    ORDER BY written_at DESC, form LIMIT :kept)`;
const DROP = sql`DELETE FROM forms WHERE interaction = :interaction`;

function* keep(writing: WriteForm): ReturnType<(typeof forms)['write']['work']> {
  const { interaction, form, inputs, base } = writing;
  const known = (yield* all(OF, { interaction })).find((one) => one.form === form);
  const now: HalfTyped = { form, inputs, version: base + 1 };
  if (known !== undefined && known.version !== base) {
    return JSON.stringify(known) === JSON.stringify(now)
      ? { kind: 'written', form: known }
      : { kind: 'changed', form: known };
  }
  const { closed = 0, others = 0 } = (yield* first(STANDING, { interaction, form })) ?? {};
  if (closed > 0) return { kind: 'closed' };
  if (inputs !== null && others >= MOST_FORMS) return { kind: 'too-many' };
  const { version } = now;
  yield* run(PUT, { ...writing, version, inputs: inputs === null ? undefined : new Json(inputs) });
  if (inputs === null) yield* run(DROP_EMPTY, { interaction, kept: MOST_EMPTY });
  return { kind: 'written', form: now };
}
