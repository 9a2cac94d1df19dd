// The import of a list in the browser: the step that is open, and the steps there are.

import type { ReactElement } from 'react';
import { useValue } from '../../agent/use-desk.tsx';
import { useSayings } from '../use-words.tsx';
import { FileStep, SendingStep } from './file-step.tsx';
import './imports.css';
import { MappingStep } from './mapping-step.tsx';
import { LastImports, OverStep, RunningStep } from './running-step.tsx';
import { listImport } from './steps.ts';
import type { Wizard } from './wizard.ts';
import { importWords } from './words.ts';

export function Imports(): ReactElement {
  const words = useSayings(importWords);
  const wizard = useValue(listImport);
  return (
    <>
      <section className="card" aria-labelledby="import-title">
        <div className="card-head">
          <h1 id="import-title">{words.title}</h1>
          <Steps step={wizard.step} />
        </div>
        <Step wizard={wizard} />
      </section>
      {(wizard.step === 'file' || wizard.step === 'over') && <LastImports />}
    </>
  );
}

function Step({ wizard }: { readonly wizard: Wizard }): ReactElement {
  switch (wizard.step) {
    case 'file':
      return <FileStep />;
    case 'sending':
      return <SendingStep wizard={wizard} />;
    case 'mapping':
      return <MappingStep wizard={wizard} />;
    case 'running':
      return <RunningStep wizard={wizard} />;
    case 'over':
      return <OverStep wizard={wizard} />;
  }
}

function Steps({ step }: { readonly step: Wizard['step'] }): ReactElement {
  const { steps, title } = useSayings(importWords);
  const names = Object.keys(steps) as (keyof typeof steps)[];
  const now = names.indexOf(step);
  return (
    <ol className="import-steps" aria-label={title}>
      {names.map((name, place) => (
        <li
          key={name}
          className={place < now ? 'is-past' : ''}
          {...(place === now ? { 'aria-current': 'step' as const } : {})}
        >
          <span className="step-number numbers">{place + 1}</span>
          {steps[name]}
        </li>
      ))}
    </ol>
  );
}
