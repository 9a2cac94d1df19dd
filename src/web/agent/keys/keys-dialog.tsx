// The list of keys, from the table that the page obeys; each key with Alt can be changed here.

import { useState, type ReactElement } from 'react';
import { Button, Chord } from '../../ui/button.tsx';
import { Tick } from '../../ui/fields.tsx';
import { Dialog } from '../../ui/over.tsx';
import { useWords } from '../../words/words.tsx';
import { prefer, preferences } from '../preferences.ts';
import { useValue } from '../use-desk.tsx';
import { keysWith, type KeyId } from './keys.ts';
import { useNewKey } from './use-new-key.tsx';

export function KeysDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const words = useWords();
  const { singleKeys, keys } = useValue(preferences);
  const [changing, setChanging] = useState<KeyId>();
  const [news, setNews] = useState('');
  useNewKey(changing, {
    onNews: setNews,
    onEnd: () => setChanging(undefined),
  });
  const begin = (id: KeyId): void => {
    setChanging(id);
    setNews(words.keys.press);
  };
  return (
    <Dialog title={words.keys.title} closeName={words.close} onClose={onClose}>
      <p className="soft">{words.keys.text}</p>
      <p className="keys-news" role="status">
        {news}
      </p>
      <KeysTable keys={keys} changing={changing} onChange={begin} />
      {Object.keys(keys).length > 0 && (
        <Button isSmall onPress={() => prefer({ keys: {} })}>
          {words.keys.usual}
        </Button>
      )}
      <Tick isOn={singleKeys} onChange={(isOn) => prefer({ singleKeys: isOn })}>
        {words.keys.singles}
      </Tick>
    </Dialog>
  );
}

interface TableProps {
  readonly keys: Parameters<typeof keysWith>[0];
  readonly changing: KeyId | undefined;
  readonly onChange: (id: KeyId) => void;
}

function KeysTable({ keys, changing, onChange }: TableProps): ReactElement {
  const words = useWords();
  return (
    <table className="keys">
      <thead className="unseen">
        <tr>
          <th scope="col">{words.keys.key}</th>
          <th scope="col">{words.keys.does}</th>
          <th scope="col">{words.keys.change}</th>
        </tr>
      </thead>
      <tbody>
        {keysWith(keys).map(({ id, shown, alt }) => (
          <tr key={id} className={changing === id ? 'is-changing' : ''}>
            <Key shown={shown} />
            <td>{words.keys.table[id]}</td>
            <td>
              {alt && (
                <Button
                  isSmall
                  look="plain"
                  isPressed={changing === id}
                  name={words.keys.changeNamed(words.keys.table[id])}
                  onPress={() => onChange(id)}
                >
                  {words.keys.change}
                </Button>
              )}
            </td>
          </tr>
        ))}
        <tr>
          <Key shown="1 – 9" />
          <td>{words.keys.table.disposition}</td>
          <td />
        </tr>
      </tbody>
    </table>
  );
}

function Key({ shown }: { readonly shown: string }): ReactElement {
  return (
    <th scope="row">
      <span className="unseen">{shown}</span>
      <Chord keys={shown} />
    </th>
  );
}
