// A text that is typed here and was written elsewhere meanwhile: the agent says which one stays.

import type { ReactElement } from 'react';
import type { Draft } from '../../live/draft.ts';
import { inputsOf } from '../../live/form-text.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/signs.tsx';
import { useWords } from '../../words/words.tsx';
import { useDesk } from '../use-desk.tsx';

export function OtherText({ draft }: { readonly draft: Draft | undefined }): ReactElement | null {
  const words = useWords();
  const { drafts } = useDesk();
  if (!draft?.other) return null;
  const { form, other } = draft;
  const text = form === null ? other.text : Object.values(inputsOf(other.text) ?? {}).join(' · ');
  return (
    <Note
      tone="warn"
      icon="warning"
      actions={
        <>
          <Button isSmall onPress={() => drafts.settle(draft, 'keep-mine')}>
            {words.notes.keepMine}
          </Button>
          <Button isSmall onPress={() => drafts.settle(draft, 'take-other')}>
            {words.notes.takeOther}
          </Button>
        </>
      }
    >
      <p>{form === null ? words.notes.other : words.notes.otherForm}</p>
      <p className="prose">{text}</p>
    </Note>
  );
}
