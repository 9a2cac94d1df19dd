// The workspace: the bar on top, three columns below: the contact, the script, and what the agent writes and decides.

import { memo, useCallback, useDeferredValue, useEffect, useState, type ReactElement } from 'react';
import type { DeskView } from '../live/live.ts';
import { Dialog } from '../ui/over.tsx';
import { Note } from '../ui/signs.tsx';
import { useWords } from '../words/words.tsx';
import { say, unsay } from './announcer.tsx';
import { Bar, BarNotes } from './bar/bar.tsx';
import { closeMenu, openMenu } from './bar/open-menu.ts';
import { Callback } from './callback/callback.tsx';
import { Campaigns, Channels } from './campaigns/campaigns.tsx';
import { Contact } from './contact/contact.tsx';
import { KeysDialog } from './keys/keys-dialog.tsx';
import { useKeys } from './keys/use-keys.tsx';
import { HomelessNotes, Notes } from './notes/notes.tsx';
import { Notices } from './notices/notices.tsx';
import { Outcomes } from './outcomes/outcomes.tsx';
import { PhoneDialog } from './phone/phone-dialog.tsx';
import { goTo, isTypingIn } from './places.ts';
import { Refusal } from './refusal.tsx';
import { Script } from './script/script.tsx';
import { CompanyPage, useCampaignPage } from './start/start.tsx';
import { Today } from './today/today.tsx';
import { useBefore } from './use-desk.tsx';
import './workspace.css';

/** Shown by its own place; everything else stands under the bar. */
const ELSEWHERE = [
  'call',
  'edit-fields',
  'dispose',
  'done',
  'set-callback',
  'cancel-callback',
  'script',
  'call-control',
  'change-phone',
] as const;

interface WorkspaceProps {
  readonly view: DeskView;
  readonly isNew: boolean;
}

export function Workspace({ view, isNew }: WorkspaceProps): ReactElement {
  const words = useWords();
  const [over, setOver] = useState<'keys' | 'campaigns' | 'phone'>();
  const one = view.interaction?.state === 'done' ? null : view.interaction;
  const [chosen, setChosen] = useState<{ readonly interaction: string; readonly callerId: string }>();
  const callerId = chosen !== undefined && chosen.interaction === one?.id ? chosen.callerId : null;
  const onCampaigns = (): void => setOver('campaigns');
  const onKeys = (): void => setOver('keys');
  const id = one?.id;
  const onCallerId = useCallback(
    (number: string): void => (id === undefined ? undefined : setChosen({ interaction: id, callerId: number })),
    [id],
  );
  // The bar and the contact are painted first: what is beside them follows at once, in a turn of its own.
  const beside = useDeferredValue(view);
  useKeys({ callerId, onCampaigns, onKeys });
  useArrival(view);
  return (
    <div className="workspace">
      <Bar
        view={view}
        isNew={isNew}
        callerId={callerId}
        onCampaigns={onCampaigns}
        onKeys={onKeys}
        onPhone={() => setOver('phone')}
      />
      <BarNotes view={view} />
      <main className="under-bar">
        <div className="over-columns">
          <Refusal except={ELSEWHERE} />
          <HomelessNotes />
          <Notices view={view} />
          {view.nothing !== null && one === null && (
            <Note tone="quiet" icon="info">
              {view.nothingReason === null ? view.nothing : words.reasons.reason(view.nothingReason, words.locale)}
            </Note>
          )}
        </div>
        <div className="columns">
          <div className="column">
            <Contact one={one} callerId={callerId} onCallerId={onCallerId} />
          </div>
          <BesideContact view={beside} />
        </div>
      </main>
      {over === 'keys' && <KeysDialog onClose={() => setOver(undefined)} />}
      {over === 'phone' && <PhoneDialog view={view} onClose={() => setOver(undefined)} />}
      {over === 'campaigns' && (
        <Dialog title={words.campaigns.title} closeName={words.close} onClose={() => setOver(undefined)}>
          <Channels view={view} />
          <Campaigns view={view} />
        </Dialog>
      )}
    </div>
  );
}

/** The script, and what the agent writes and decides. */
const BesideContact = memo(function BesideContact({ view }: { readonly view: DeskView }): ReactElement {
  const one = view.interaction?.state === 'done' ? null : view.interaction;
  const hasRecord = one !== null && one.record !== null;
  const hasCall = one?.state === 'talking' || one?.state === 'wrap-up';
  const page = useCampaignPage(view.session?.campaign);
  return (
    <>
      <div className="column">
        <Script hasCall={hasCall} ahead={page?.script} />
      </div>
      <div className="column">
        {hasRecord && <Notes key={one.id} one={one} />}
        {one !== null && <Outcomes one={one} />}
        {hasRecord && <Callback key={`callback ${one.id}`} one={one} />}
        {one === null && <Today view={view} />}
        <Instructions key={String(one === null)} page={page} isOpen={one === null} />
      </div>
    </>
  );
});

/** At a connection the focus goes to the name, unless somebody types. */
function useArrival({ interaction: one }: DeskView): void {
  const words = useWords();
  const id = one?.id;
  const isTalking = one?.state === 'talking' && one.record !== null;
  const name = one?.record?.name ?? '';
  const before = useBefore({ id, isTalking, name });
  useEffect(() => {
    if (before !== undefined && before.id !== id) unsay(words.spoken.connected(before.name));
  }, [before, id, words]);
  const isNew = isTalking && (before?.id !== id || !before?.isTalking);
  useEffect(() => {
    if (!isNew) return;
    say(name === '' ? words.spoken.connectedUnknown : words.spoken.connected(name), 'assertive');
    if (openMenu.get() !== null) return closeMenu(() => goTo('contact'));
    if (!isTypingIn(document.activeElement)) goTo('contact');
  }, [isNew, name, words]);
}

interface InstructionsProps {
  readonly page: ReturnType<typeof useCampaignPage>;
  readonly isOpen: boolean;
}

function Instructions({ page, isOpen }: InstructionsProps): ReactElement | null {
  const words = useWords();
  if (page === undefined || (page.instructions.trim() === '' && page.companyPage.trim() === '')) return null;
  return (
    <details className="card instructions" open={isOpen}>
      <summary>
        <h2>{words.start.instructions}</h2>
      </summary>
      {page.instructions.trim() !== '' && <p className="prose">{page.instructions}</p>}
      {page.companyPage.trim() !== '' && (
        <>
          <h3>{words.start.company}</h3>
          <CompanyPage text={page.companyPage} />
        </>
      )}
    </details>
  );
}
