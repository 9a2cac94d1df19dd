// Which view is shown: the sign-in, My Campaigns, the start of a session, or the workspace. The server's state decides; the
// agent only chooses between sessions.

import { useEffect, useState, type ReactElement } from 'react';
import { ask } from '../live/ask.ts';
import type { DeskView } from '../live/live.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/over.tsx';
import { Note } from '../ui/signs.tsx';
import { useWords } from '../words/words.tsx';
import { Announcer } from './announcer.tsx';
import { useAttention } from './attention.tsx';
import { BarNotes } from './bar/bar.tsx';
import { MoreMenu } from './bar/menus.tsx';
import { Campaigns } from './campaigns/campaigns.tsx';
import type { Desk } from './desk.ts';
import { KeysDialog } from './keys/keys-dialog.tsx';
import { Notices } from './notices/notices.tsx';
import { Refusal } from './refusal.tsx';
import { SignIn, SignInForm } from './sign-in/sign-in.tsx';
import { Start } from './start/start.tsx';
import { Today } from './today/today.tsx';
import { preferences } from './preferences.ts';
import { DeskProvider, useDesk, useLive, useValue } from './use-desk.tsx';
import { isInAnotherWindow } from './window-lock.ts';
import { useWarmUp } from './warm-up.tsx';
import { Workspace } from './workspace.tsx';

interface Who {
  readonly status: number;
  readonly name: string;
  readonly isAgent: boolean;
}

async function whoIsIt(): Promise<Who> {
  const { status, body } = await ask<{ readonly name?: string; readonly agent?: string }>('GET', '/api/session');
  return { status, name: body.name ?? '', isAgent: body.agent !== undefined };
}

export function App({ desk }: { readonly desk: Desk }): ReactElement {
  const [who, setWho] = useState<Who>();
  const look = (): void => {
    whoIsIt().then(setWho, () => setTimeout(look, 2_000));
  };
  useEffect(look, []);
  return (
    <DeskProvider value={desk}>
      <Announcer />
      {who === undefined ? <Opening /> : <Entrance who={who} onSignedIn={look} />}
    </DeskProvider>
  );
}

function Entrance({ who, onSignedIn }: { readonly who: Who; readonly onSignedIn: () => void }): ReactElement {
  const words = useWords();
  if (who.status !== 200) return <SignIn onSignedIn={onSignedIn} />;
  if (who.isAgent) return <Signed onSignedIn={onSignedIn} />;
  const out = (): void => void ask('DELETE', '/api/session').finally(onSignedIn);
  return (
    <main className="opening">
      <Note tone="warn" icon="warning" actions={<Button onPress={out}>{words.signIn.withAnother}</Button>}>
        {words.signIn.noAgent(who.name)}
      </Note>
    </main>
  );
}

function Opening(): ReactElement {
  const words = useWords();
  return (
    <main className="opening">
      <p role="status">{words.link.opening}</p>
    </main>
  );
}

function Signed({ onSignedIn }: { readonly onSignedIn: () => void }): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const link = useLive((live) => live.link);
  const view = useLive((live) => live.view);
  const [isElsewhere, setElsewhere] = useState(false);
  useEffect(() => {
    let stop = (): void => undefined;
    let isGone = false;
    void isInAnotherWindow().then((isTaken) => {
      if (isGone) return;
      if (isTaken) setElsewhere(true);
      else stop = desk.start();
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [desk]);
  const away = isElsewhere || link === 'elsewhere';
  const take = (): void => {
    if (isElsewhere) desk.start();
    else desk.takeOver();
    setElsewhere(false);
  };
  return (
    <>
      {view === null ? <Opening /> : <Views view={view} />}
      {away && (
        <Dialog title={words.elsewhere.title} closeName={words.close} onClose={() => undefined} isFirm>
          <p>{words.elsewhere.text}</p>
          <Button look="main" onPress={take} autoFocus>
            {words.elsewhere.take}
          </Button>
        </Dialog>
      )}
      {link === 'signed-out' && (
        <Dialog title={words.signIn.title} closeName={words.close} onClose={() => undefined} isFirm>
          <p>{words.signIn.ended}</p>
          <SignInForm
            words={words.signIn}
            onSignedIn={() => {
              desk.takeOver();
              onSignedIn();
            }}
          />
        </Dialog>
      )}
    </>
  );
}

function Views({ view }: { readonly view: DeskView }): ReactElement {
  const [campaign, setCampaign] = useState<string>();
  useWarmUp();
  const isNew = useAttention(view);
  const { phone } = useValue(preferences);
  // The next session in the same campaign needs no choosing. A browser as the phone would have its microphone open meanwhile.
  const next = phone === 'browser' ? undefined : view.session?.campaign;
  const isOver = view.session === null;
  useEffect(() => {
    if (!isOver) setCampaign(next);
  }, [isOver, next]);
  if (view.session !== null) return <Workspace view={view} isNew={isNew} />;
  const isThere = view.campaigns.some(({ name }) => name === campaign);
  if (campaign !== undefined && isThere)
    return <Start view={view} campaign={campaign} onBack={() => setCampaign(undefined)} />;
  return <Choose view={view} onChoose={setCampaign} />;
}

function Choose({
  view,
  onChoose,
}: {
  readonly view: DeskView;
  readonly onChoose: (name: string) => void;
}): ReactElement {
  const words = useWords();
  const [isKeys, setKeys] = useState(false);
  return (
    <main className="choose">
      <div className="page-bar">
        <h1>{words.campaigns.title}</h1>
        <div className="page-steps">
          <span className="soft">{view.agent.name}</span>
          <MoreMenu view={view} onCampaigns={() => undefined} onKeys={() => setKeys(true)} />
        </div>
      </div>
      <BarNotes view={view} />
      <Refusal />
      <Notices view={view} onChoose={onChoose} />
      <div className="card">
        <Campaigns view={view} onChoose={onChoose} />
      </div>
      <Today view={view} />
      {isKeys && <KeysDialog onClose={() => setKeys(false)} />}
    </main>
  );
}
