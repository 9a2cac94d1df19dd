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

/** The page before anybody is signed in. */
export function SignIn(props: SignInProps): ReactElement {
  const words = useWords();
  return (
    <main className="sign-in-page">
      <div className="sign-in-card">
        <p className="brand">outdial</p>
        <h1>{words.signIn.title}</h1>
        <SignInForm {...props} />
      </div>
    </main>
  );
}

export function SignInForm({ onSignedIn }: SignInProps): ReactElement {
  const words = useWords();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const submit = async (): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      const { body } = await ask<ErrorBody | object>('POST', '/api/session', { user: user.trim(), password });
      if (isError(body)) {
        setFault(`${body.error.message} ${body.error.hint}`);
        setPassword('');
      } else onSignedIn();
    } catch {
      setFault(words.signIn.noAnswer);
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
      <Typed
        label={words.signIn.user}
        value={user}
        onChange={setUser}
        autoComplete="username"
        autoFocus
        maxLength={64}
      />
      <Typed
        label={words.signIn.password}
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
        {isBusy ? words.signIn.busy : words.signIn.submit}
      </Button>
      {/* Enter in a field submits a form only where it has a button for it. */}
      <input type="submit" hidden />
    </form>
  );
}
