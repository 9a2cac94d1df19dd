// The first record of a page would be the slowest to come to the screen: a browser reads most of a program only when it runs
// it, and makes it fast only when it has run a few times. So the record of no one is drawn some times, where it is not seen,
// while there is none.

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

/** The more often it has run, the faster a browser makes it. */
const ROUNDS = 8;
const EACH_MS = 250;
const drawn = new WeakSet<Desk>();

/** Once in the life of a page, while no one is in the agent's hands. */
export function useWarmUp(): void {
  const words = useWords();
  const desk = useDesk();
  useEffect(() => {
    if (drawn.has(desk)) return undefined;
    const root = createRoot(document.createElement('div'));
    let round = 0;
    const timer = setInterval(() => {
      if (desk.live.get().view?.interaction) return;
      round += 1;
      root.render(
        <WordsProvider value={words}>
          <DeskProvider value={desk}>
            <Unseen key={round} />
          </DeskProvider>
        </WordsProvider>,
      );
      if (round === ROUNDS) end();
    }, EACH_MS);
    const end = (): void => {
      drawn.add(desk);
      clearInterval(timer);
      setTimeout(() => root.unmount());
    };
    return end;
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
