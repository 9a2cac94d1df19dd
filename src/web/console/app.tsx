// Who may come in: the sign-in, the frame with the views, and the sign-in over it when a session ends meanwhile.

import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { Announcer } from '../agent/announcer.tsx';
import { SignInCard, SignInForm } from '../agent/sign-in/sign-in.tsx';
import { ask } from '../live/ask.ts';
import { readSession, type Session } from '../live/session.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/over.tsx';
import { Note } from '../ui/signs.tsx';
import './console.css';
import { Frame } from './frame.tsx';
import { BoardLink } from './live/board-link.ts';
import { BoardProvider, useBoard } from './live/use-board.tsx';
import { MeProvider, meOf } from './me.tsx';
import { ROUTES } from './routes.ts';
import { useFrameWords } from './use-words.tsx';

/** Null: no one is signed in; undefined: not known yet. */
type Who = Session | null | undefined;

export function App(): ReactElement {
  const words = useFrameWords();
  const [who, setWho] = useState<Who>();
  const look = (): void => {
    readSession().then(
      (session) => setWho(session ?? null),
      () => setTimeout(look, 2_000),
    );
  };
  useEffect(look, []);
  useEffect(() => {
    document.title = `${words.title} – outdial`;
  }, [words]);
  return (
    <>
      <Announcer />
      <Entrance who={who} onChanged={look} />
    </>
  );
}

function Entrance({ who, onChanged }: { readonly who: Who; readonly onChanged: () => void }): ReactElement {
  const words = useFrameWords();
  const me = useMemo(() => (who ? meOf(who) : undefined), [who]);
  if (who === undefined) return <Opening />;
  if (me === undefined) return <SignInCard words={words.signIn} onSignedIn={onChanged} />;
  if (ROUTES.some(({ right }) => me.may(right)))
    return (
      <MeProvider value={me}>
        <Inside onChanged={onChanged} />
      </MeProvider>
    );
  const out = (): void => void ask('DELETE', '/api/session').finally(onChanged);
  return (
    <main className="opening">
      <h1 className="unseen">{words.title}</h1>
      <Note tone="warn" icon="warning" actions={<Button onPress={out}>{words.signIn.withAnother}</Button>}>
        {words.signIn.noRight(me.name)}
      </Note>
    </main>
  );
}

function Opening(): ReactElement {
  const words = useFrameWords();
  return (
    <main className="opening">
      <p role="status">{words.opening}</p>
    </main>
  );
}

function Inside({ onChanged }: { readonly onChanged: () => void }): ReactElement {
  const link = useMemo(() => new BoardLink(), []);
  useEffect(() => link.start(), [link]);
  return (
    <BoardProvider value={link}>
      <Frame onChanged={onChanged} />
      <Session
        onSignedIn={() => {
          link.start();
          onChanged();
        }}
        onChanged={onChanged}
      />
    </BoardProvider>
  );
}

interface SessionProps {
  readonly onSignedIn: () => void;
  readonly onChanged: () => void;
}

/**
 * What is written in a view stays while its session is over. After every break the rights are read again: the daemon ends
 * the streams of whoever has another role.
 */
function Session({ onSignedIn, onChanged }: SessionProps): ReactElement | null {
  const words = useFrameWords();
  const { link } = useBoard();
  const wasAway = useRef(false);
  useEffect(() => {
    if (link === 'no-agent' || (link === 'open' && wasAway.current)) onChanged();
    wasAway.current = link !== 'open' && link !== 'opening';
    // Once for each change of the link.
  }, [link]);
  if (link !== 'signed-out') return null;
  return (
    <Dialog title={words.signIn.title} closeName={words.close} onClose={() => undefined} isFirm>
      <p>{words.signIn.ended}</p>
      <SignInForm words={words.signIn} onSignedIn={onSignedIn} />
    </Dialog>
  );
}
