// A file is chosen, and handed over.

import { useRef, useState, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/signs.tsx';
import { Refused } from '../data.tsx';
import { localeOf } from '../words.ts';
import { useSayings } from '../use-words.tsx';
import { Bar } from './bar.tsx';
import { listImport } from './steps.ts';
import type { Wizard } from './wizard.ts';
import { importWords } from './words.ts';

export function FileStep(): ReactElement {
  const words = useSayings(importWords);
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    const [file] = files ?? [];
    if (file) void listImport.choose(file);
  };
  return (
    <div
      className={`drop-place${isOver ? ' is-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <Button look="main" icon="list" onPress={() => input.current?.click()}>
        {words.choose}
      </Button>
      <span className="soft">{words.drop}</span>
      <p className="soft small">{words.hint}</p>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        hidden
        onChange={(event) => take(event.target.files)}
      />
    </div>
  );
}

export function SendingStep({ wizard }: { readonly wizard: Wizard }): ReactElement {
  const words = useSayings(importWords);
  const { name, size, sent, refusal } = wizard;
  const isCut = refusal !== undefined;
  return (
    <div className="import-step">
      <p>
        <bdi>{words.sending(name)}</bdi>
      </p>
      <Bar
        name={words.sending(name)}
        share={size === 0 ? 0 : sent / size}
        text={words.sent(amount(sent), amount(size))}
      />
      {refusal?.code !== 'unanswered' && <Refused refusal={refusal} />}
      {isCut && (
        <Note tone="warn" icon="warning">
          {words.cut}
        </Note>
      )}
      <div className="page-steps">
        {isCut && (
          <Button look="main" onPress={() => void listImport.goOn()}>
            {words.goOn}
          </Button>
        )}
        <Button onPress={() => void listImport.giveUp()}>{words.giveUp}</Button>
      </div>
    </div>
  );
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** 1.4 MB */
function amount(bytes: number): string {
  const step = Math.min(3, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const unit = UNITS[step] ?? 'byte';
  const format = { style: 'unit', unit, maximumFractionDigits: step > 1 ? 1 : 0 } as const;
  return (bytes / 1000 ** step).toLocaleString(localeOf(), format);
}
