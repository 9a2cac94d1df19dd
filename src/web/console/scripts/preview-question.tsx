// A question of a script in the preview, answered as an agent would.

import type { ReactElement } from 'react';
import { Pick, Tick, Typed } from '../../ui/fields.tsx';
import { useSayings } from '../use-words.tsx';
import type { View } from './walked.ts';
import { scriptWords } from './words.ts';

export type Asked = Extract<View['section']['parts'][number], { ask: string }>;
type Given = string | readonly string[];

/** What is sent: as it is typed; untouched, as it was answered before. */
export function given({ answer }: Asked, typed: Given | undefined): unknown {
  return typed ?? answer;
}

const written = (answer: Asked['answer']): string => (typeof answer === 'object' ? '' : String(answer));

interface QuestionProps {
  readonly part: Asked;
  readonly typed: Given | undefined;
  readonly onType: (typed: Given) => void;
}

export function PreviewQuestion({ part, typed, onType }: QuestionProps): ReactElement {
  const words = useSayings(scriptWords);
  const { text, type, choices, required, answer } = part;
  const label = required ? `${text} (${words.required})` : text;
  const now = typed ?? answer ?? '';
  const options = choices.map(({ code, label: title }) => ({ code, label: title }));
  switch (type) {
    case 'choice':
      return (
        <Pick
          label={label}
          choices={options}
          value={typeof now === 'string' && now !== '' ? now : null}
          onChange={onType}
        />
      );
    case 'several': {
      const chosen: readonly string[] = Array.isArray(now) ? (now as readonly string[]) : [];
      return (
        <fieldset className="several">
          <legend className="label">{label}</legend>
          {options.map(({ code, label: title }) => (
            <Tick
              key={code}
              isOn={chosen.includes(code)}
              onChange={(isOn) => onType(isOn ? [...chosen, code] : chosen.filter((one) => one !== code))}
            >
              {title}
            </Tick>
          ))}
        </fieldset>
      );
    }
    default: {
      const value = typeof typed === 'string' ? typed : answer === null ? '' : written(answer);
      const kind =
        type === 'date' ? { type: 'date' as const } : type === 'number' ? { inputMode: 'decimal' as const } : {};
      return (
        <Typed label={label} value={value} onChange={onType} {...kind} {...(type === 'text' ? { rows: 2 } : {})} />
      );
    }
  }
}
