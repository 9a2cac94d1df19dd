// Name and password. What is refused is said in words, at the fields.

import { useState, type ReactElement } from 'react';
import { ask, isError, type ErrorBody } from '../../live/ask.ts';
import { Button } from '../../ui/button.tsx';
import { Typed } from '../../ui/fields.tsx';
import { Note } from '../../ui/signs.tsx';
import { useWords } from '../../words/words.tsx';
import './sign-in.css';

interface SignInProps {
  readonly onSignedIn: () => void;
}

interface SignInWords {
  readonly title: string;
  readonly user: string;
  readonly password: string;
  readonly submit: string;
  readonly busy: string;
  readonly noAnswer: string;
}

interface WordedProps extends SignInProps {
  readonly words: SignInWords;
}

/** The page before anybody is signed in. */
export function SignIn(props: SignInProps): ReactElement {
  return <SignInCard words={useWords().signIn} {...props} />;
}

/** The same of any page, with its words. */
export function SignInCard(props: WordedProps): ReactElement {
  return (
    <main className="sign-in-page">
      <div className="sign-in-card">
        <p className="brand">outdial</p>
        <h1>{props.words.title}</h1>
        <SignInForm {...props} />
      </div>
    </main>
  );
}

export function SignInForm({ words, onSignedIn }: WordedProps): ReactElement {
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const { refused } = useWords().server;

  const submit = async (): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      const { body } = await ask<ErrorBody | object>('POST', '/api/session', { user: user.trim(), password });
      if (isError(body)) {
        setFault(refused(body.error));
        setPassword('');
      } else onSignedIn();
    } catch {
      setFault(words.noAnswer);
    } finally {
      setBusy(false);
    }
  };
  const isReady = user.trim() !== '' && password !== '' && !isBusy;
  return (
    <form
      className="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void submit();
      }}
    >
      <Typed label={words.user} value={user} onChange={setUser} autoComplete="username" autoFocus maxLength={64} />
      <Typed
        label={words.password}
        value={password}
        onChange={setPassword}
        type="password"
        autoComplete="current-password"
      />
      <div role="alert">
        {fault !== undefined && (
          <Note tone="bad" icon="warning">
            {fault}
          </Note>
        )}
      </div>
      <Button look="main" onPress={() => void submit()} isDisabled={!isReady}>
        {isBusy ? words.busy : words.submit}
      </Button>
      {/* Enter in a field submits a form only where it has a button for it. */}
      <input type="submit" hidden />
    </form>
  );
}
