// Notes while talking: saved by themselves, kept when the page, the network or the record goes away.

import { memo, useSyncExternalStore, type ReactElement } from 'react';
import { isUnsaved, type Draft } from '../../live/draft.ts';
import { wordsOfForm } from '../../live/form-text.ts';
import type { DeskInteraction } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Typed } from '../../ui/fields.tsx';
import { Note } from '../../ui/signs.tsx';
import type { Words } from '../../words/en.ts';
import { useWords } from '../../words/words.tsx';
import { PLACES } from '../places.ts';
import { useDesk, useDraft, useValue } from '../use-desk.tsx';
import { OtherText } from './other-text.tsx';

export const Notes = memo(function Notes({ one }: { readonly one: DeskInteraction }): ReactElement {
  const words = useWords();
  const { drafts } = useDesk();
  const draft = useDraft(one.id);
  return (
    <section className="card notes" aria-labelledby="notes-title">
      <div className="card-head">
        <h2 id="notes-title">{words.notes.title}</h2>
        <span className="small soft" role="status" data-notes={draft && isUnsaved(draft) ? 'unsaved' : 'saved'}>
          {draft && savedWords(draft, words)}
        </span>
      </div>
      <Typed
        id={PLACES.notes}
        label={words.notes.label}
        isLabelUnseen
        rows={4}
        value={draft?.text ?? one.notes.text}
        onChange={(text) => drafts.type(one.id, text)}
        onBlur={() => void drafts.flush(one.id)}
        placeholder={words.notes.empty}
        maxLength={10_000}
      />
      <OtherText draft={draft} />
    </section>
  );
});

function savedWords(draft: Draft, words: Words): string {
  if (draft.isStuck) return words.notes.unsaved;
  if (isUnsaved(draft)) return words.notes.saving;
  return draft.text === '' ? '' : words.notes.saved;
}

function lostWords({ interaction, form, text }: Draft, words: Words) {
  if (form === null) return { id: interaction, text, says: words.notes.homeless(text) };
  const typed = wordsOfForm(text);
  return { id: `${interaction} ${form}`, text: typed, says: words.notes.homelessForm(typed) };
}

/** Texts that were late: saved with the record that they were typed for; not saved, they are shown until the agent has taken them. */
export function HomelessNotes(): ReactElement {
  const words = useWords();
  const { drafts, script } = useDesk();
  useSyncExternalStore(drafts.subscribe, drafts.version);
  const { homeless: answers } = useValue(script);
  const lost = [
    ...drafts.homeless.map((draft) => ({ ...lostWords(draft, words), forget: () => drafts.forgetHomeless(draft) })),
    ...Object.entries(answers).map(([attempt, text]) => ({
      id: attempt,
      text,
      says: words.notes.homelessAnswers(text),
      forget: () => script.forgetHomeless(attempt),
    })),
  ];
  return (
    <>
      {drafts.late.map(({ interaction, name }) => (
        <Note
          key={interaction}
          tone="good"
          icon="check"
          actions={
            <Button isSmall look="plain" onPress={() => drafts.readLate(interaction)}>
              {words.notices.dismiss}
            </Button>
          }
        >
          <p role="status">{words.notes.late(name)}</p>
        </Note>
      ))}
      {lost.map(({ id, text, says, forget }) => (
        <Note
          key={id}
          tone="bad"
          icon="warning"
          actions={
            <>
              <Button isSmall onPress={() => void navigator.clipboard.writeText(text)}>
                {words.notes.copy}
              </Button>
              <Button isSmall look="plain" onPress={forget}>
                {words.notes.away}
              </Button>
            </>
          }
        >
          <p className="prose">{says}</p>
        </Note>
      ))}
    </>
  );
}
