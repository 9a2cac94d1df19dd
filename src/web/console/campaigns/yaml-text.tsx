// A text of YAML with its line numbers, and its faults: each leads to its line.

import { useRef, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Typed } from '../../ui/fields.tsx';
import { Note } from '../../ui/signs.tsx';
import { Refused, type Refusal } from '../data.tsx';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { campaignWords } from './words.ts';

interface YamlTextProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly refusal: Refusal | undefined;
  readonly onClose: () => void;
}

const ROWS = 22;

export function YamlText({ label, value, onChange, refusal, onClose }: YamlTextProps): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  const places = (refusal?.places ?? []).filter(({ line }) => line !== undefined);
  const goToLine = (line: number): void => {
    const area = place.current?.querySelector('textarea');
    if (!area) return;
    const lines = area.value.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    area.focus();
    area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    area.scrollTop = Math.max(0, (line - 4) * (area.scrollHeight / Math.max(1, lines.length)));
  };
  return (
    <div ref={place} className="yaml-text">
      <Typed label={label} value={value} onChange={onChange} rows={ROWS} maxLength={262_144} />
      {refusal !== undefined && places.length > 0 ? (
        <Faults refusal={refusal} onClose={onClose} onLine={goToLine} />
      ) : (
        <Refused refusal={refusal} onClose={onClose} />
      )}
    </div>
  );
}

interface FaultsProps {
  readonly refusal: Refusal;
  readonly onClose: () => void;
  readonly onLine: (line: number) => void;
}

function Faults({ refusal, onClose, onLine }: FaultsProps): ReactElement {
  const words = useSayings(campaignWords);
  const frame = useFrameWords();
  const close = <Button look="plain" isSmall icon="cross" name={frame.close} onPress={onClose} />;
  return (
    <div role="alert">
      <Note tone="bad" icon="warning" actions={close}>
        <p>{refusal.message}</p>
        <ul className="faults">
          {(refusal.places ?? []).map(({ line = 1, key, message = '', hint = '' }, at) => (
            <li key={at}>
              <Button isSmall onPress={() => onLine(line)}>
                {words.atLine(line)}
              </Button>{' '}
              {key !== undefined && <code>{key}</code>} {message} {hint}
            </li>
          ))}
        </ul>
      </Note>
    </div>
  );
}
