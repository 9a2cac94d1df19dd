// The list of keys, from the table that the page obeys.

import type { ReactElement } from 'react';
import { Chord } from '../../ui/button.tsx';
import { Tick } from '../../ui/fields.tsx';
import { Dialog } from '../../ui/over.tsx';
import { useWords } from '../../words/words.tsx';
import { prefer, preferences } from '../preferences.ts';
import { useValue } from '../use-desk.tsx';
import { KEYS } from './keys.ts';

export function KeysDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const words = useWords();
  const { singleKeys } = useValue(preferences);
  const rows = [
    ...KEYS.map(({ id, shown }) => [shown, words.keys.table[id]] as const),
    ['1 – 9', words.keys.table.disposition] as const,
  ];
  return (
    <Dialog title={words.keys.title} closeName={words.close} onClose={onClose}>
      <p className="soft">{words.keys.text}</p>
      <table className="keys">
        <thead className="unseen">
          <tr>
            <th scope="col">{words.keys.key}</th>
            <th scope="col">{words.keys.does}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([shown, does]) => (
            <tr key={shown}>
              <th scope="row">
                <span className="unseen">{shown}</span>
                <Chord keys={shown} />
              </th>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Tick isOn={singleKeys} onChange={(isOn) => prefer({ singleKeys: isOn })}>
        {words.keys.singles}
      </Tick>
    </Dialog>
  );
}
