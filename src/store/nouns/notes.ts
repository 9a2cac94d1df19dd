// The notes of interactions: one row each, whose version shows whether the writer has seen the last text.

import type { Note, NoteRow, NoteStore } from '../../engine/store/notes.ts';
import { sql } from '../statement.ts';
import { all, changes, first, long, quick, write } from '../work.ts';
import type { Noun } from '../work.ts';
import { makeCampaign } from './campaigns.ts';

export const notes: Noun<NoteStore> = {
  write: write(function* (draft) {
    const { interaction, campaign, text, base, at } = draft;
    yield* makeCampaign(campaign, at);
    const isMade = base === 0 && (yield* changes(BEGIN, { ...draft })) > 0;
    if (isMade || (yield* changes(GO_ON, { ...draft })) > 0) {
      return { kind: 'written', note: { text, version: base + 1, at } };
    }
    const note = yield* first(OF, { interaction });
    const isSame = note?.text === text && note.version === base + 1;
    return note !== undefined && isSame ? { kind: 'written', note } : { kind: 'changed', note };
  }),
  of: quick((interaction) => first(OF, { interaction })),
  list: long(function* (contacts) {
    if (contacts.length === 0) return [];
    const rows = yield* all(LIST, { contacts });
    return rows.map(({ calls, ...row }) => ({ ...row, attempt: calls?.at(-1)?.attempt ?? null }));
  }),
};

const BEGIN = sql`
  INSERT INTO notes (interaction, agent, campaign, record, contact, text, version, begun_at, written_at)
  SELECT :interaction, :agent, id, :record, :contact, :text, 1, :at, :at FROM campaigns WHERE name = :campaign
  ON CONFLICT (interaction) DO NOTHING`;
const GO_ON = sql`
  UPDATE notes SET text = :text, version = version + 1, written_at = :at
  WHERE interaction = :interaction AND version = :base`;
const OF = sql<Note>`SELECT text, version, written_at AS at FROM notes WHERE interaction = :interaction`;
const LIST = sql<Omit<NoteRow, 'attempt'> & { readonly calls: readonly { readonly attempt: string }[] | null }>`
  SELECT n.contact, n.record, n.interaction, n.agent, n.text, n.begun_at AS "begunAt", n.written_at AS "writtenAt",
    i.calls AS "calls{}"
  FROM notes n LEFT JOIN interactions i ON i.interaction = n.interaction
  WHERE n.contact IN :contacts AND n.text <> '' ORDER BY n.begun_at, n.interaction`;
