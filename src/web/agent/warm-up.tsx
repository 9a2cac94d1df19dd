// The first record of a page would be the slowest to come to the screen: a browser reads most of a program only when it runs
// it. So the record of no one is drawn once, where it is not seen, while the agent waits.

import { useEffect, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { DeskInteraction } from '../live/live.ts';
import { useWords, WordsProvider } from '../words/words.tsx';
import { Callback } from './callback/callback.tsx';
import { Contact } from './contact/contact.tsx';
import type { Desk } from './desk.ts';
import { Notes } from './notes/notes.tsx';
import { Outcomes } from './outcomes/outcomes.tsx';
import { DeskProvider, useDesk } from './use-desk.tsx';

const FIELD = { choices: [], editable: true, required: false, value: null } as const;

const NO_ONE: DeskInteraction = {
  id: 'no one',
  version: 0,
  campaign: '',
  kind: 'predictive',
  state: 'talking',
  since: 0,
  deadlineAt: null,
  atDeadline: null,
  origin: { kind: 'list', label: '' },
  record: {
    record: null,
    contact: null,
    name: '',
    phones: [{ number: '', type: 'mobile' }],
    next: 0,
    fields: [
      { ...FIELD, field: 'text', label: '', type: 'text' },
      { ...FIELD, field: 'check', label: '', type: 'check-box' },
    ],
    priority: 0,
    attempts: [],
    zone: 'UTC',
    screenPop: null,
  },
  call: null,
  tried: [],
  message: null,
  may: ['dispose', 'set-callback', 'do-not-call', 'edit-fields', 'write-notes'],
  declines: [],
  mustClickNumber: false,
  newNumbers: false,
  callerIds: [],
  dispositions: [{ code: '', label: '', key: '1', ask: null }],
  dispositionRequired: false,
  disposition: null,
  missing: [],
  callback: null,
  notes: { text: '', version: 0, at: null },
};

/** It is looked at by no one for so long; then it is gone. */
const STAYS_MS = 1_000;
const drawn = new WeakSet<Desk>();

/** Once in the life of a page, when the browser has time. */
export function useWarmUp(): void {
  const words = useWords();
  const desk = useDesk();
  useEffect(() => {
    if (drawn.has(desk)) return;
    const timer = setTimeout(() => {
      drawn.add(desk);
      const root = createRoot(document.createElement('div'));
      root.render(
        <WordsProvider value={words}>
          <DeskProvider value={desk}>
            <Unseen />
          </DeskProvider>
        </WordsProvider>,
      );
      setTimeout(() => root.unmount(), STAYS_MS);
    }, STAYS_MS);
    return () => clearTimeout(timer);
  }, [desk, words]);
}

function Unseen(): ReactElement {
  return (
    <>
      <Contact one={NO_ONE} callerId={null} onCallerId={() => undefined} />
      <Notes one={NO_ONE} />
      <Outcomes one={NO_ONE} />
      <Callback one={NO_ONE} />
    </>
  );
}
