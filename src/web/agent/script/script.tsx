// The script: one section at a time, its way so far folded and clickable, the ways out always at hand. An answer with one
// choice is recorded and moved on from by one click.

import { memo, type ReactElement } from 'react';
import { answersOf, isAsking, isOneClick, type Section } from './answers.ts';
import type { ScriptView } from '../../live/script-answers.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/signs.tsx';
import type { Words } from '../../words/en.ts';
import { useWords } from '../../words/words.tsx';
import { PLACES } from '../places.ts';
import { Refusal } from '../refusal.tsx';
import { useDesk, useValue } from '../use-desk.tsx';
import { ScriptAhead, type Ahead } from '../start/script-ahead.tsx';
import { Question } from './question.tsx';
import './script.css';

interface ScriptProps {
  readonly hasCall: boolean;
  /** What will be read out and asked, for who waits or previews; absent: the campaign has none, or it comes. */
  readonly ahead: Ahead | undefined;
}

export const Script = memo(function Script({ hasCall, ahead }: ScriptProps): ReactElement {
  const words = useWords();
  const { script } = useDesk();
  const { view, isStuck } = useValue(script);
  return (
    <section className="card script" aria-labelledby={PLACES.script}>
      {view === null ? (
        <>
          <h2 id={PLACES.script} tabIndex={-1}>
            {words.script.title}
          </h2>
          {!hasCall && ahead !== undefined ? (
            <details className="script-parts script-coming" open>
              <summary className="soft">{words.script.notYet}</summary>
              <ScriptAhead script={ahead} />
            </details>
          ) : (
            <p className="soft">{waitingWords(words, { isStuck, hasCall, isOnItsWay: ahead !== undefined })}</p>
          )}
        </>
      ) : (
        <Present view={view} />
      )}
    </section>
  );
});

interface Waiting {
  readonly isStuck: boolean;
  readonly hasCall: boolean;
  readonly isOnItsWay: boolean;
}

function waitingWords(words: Words, { isStuck, hasCall, isOnItsWay }: Waiting): string {
  if (isStuck) return words.notes.unsaved;
  if (!hasCall) return words.script.notYet;
  return isOnItsWay ? words.loading : words.script.none;
}

function Present({ view }: { readonly view: ScriptView }): ReactElement {
  const words = useWords();
  const { script } = useDesk();
  const { typed, isSending, isStuck } = useValue(script);
  const { section, steps } = view;
  const exit = view.exits.find((one) => one.exit === view.exit);
  return (
    <>
      <Way steps={steps} />
      <div className="card-head">
        <h2 id={PLACES.script} tabIndex={-1}>
          {section.title}
        </h2>
        <span className="small soft" role="status">
          {isStuck ? words.notes.unsaved : isSending ? words.notes.saving : ''}
        </span>
      </div>
      {!view.isCurrent && (
        <Note tone="quiet" icon="info">
          {words.script.changed}
        </Note>
      )}
      <div className="script-parts">
        {section.parts.map((part, place) =>
          isAsking(part) ? (
            <Question key={part.ask} part={part} typed={typed[part.ask]} isAlone={isOneClick(section)} />
          ) : (
            <p key={place} className="say prose">
              {part.say}
            </p>
          ),
        )}
      </div>
      <Refusal of={['script']} />
      {view.isOver ? (
        <Note tone="good" icon="check">
          {words.script.over} {exit ? words.script.left(exit.label) : ''}
        </Note>
      ) : (
        <Onward section={section} missing={view.missing.length} />
      )}
      <Exits view={view} />
    </>
  );
}

function Onward({ section, missing }: { readonly section: Section; readonly missing: number }): ReactElement | null {
  const words = useWords();
  const { script } = useDesk();
  const { typed } = useValue(script);
  if (isOneClick(section) && missing > 0) return null;
  const answers = answersOf(section, typed);
  return (
    <div className="script-onward">
      <Button icon="next" look="main" onPress={() => void script.act({ do: 'answer', answers, forward: true })}>
        {section.parts.some(isAsking) ? words.script.record : words.script.next}
      </Button>
    </div>
  );
}

function Way({ steps }: { readonly steps: ScriptView['steps'] }): ReactElement | null {
  const words = useWords();
  const { script } = useDesk();
  if (steps.length === 0) return null;
  return (
    <ol className="way">
      {steps.map(({ section, title, answers }, place) => (
        <li key={`${section} ${place}`}>
          <Button look="plain" isSmall icon="back" onPress={() => void script.act({ do: 'back', section })}>
            <span>
              <span className="unseen">{words.script.backTo}</span>
              <span className="soft">{title}</span>
              {answers.length > 0 && <strong> {answers.map((one) => one.words).join(' · ')}</strong>}
            </span>
          </Button>
        </li>
      ))}
    </ol>
  );
}

function Exits({ view }: { readonly view: ScriptView }): ReactElement | null {
  const words = useWords();
  const { script } = useDesk();
  if (view.exits.length === 0) return null;
  return (
    <div className="exits" role="group" aria-label={words.script.exits}>
      <span className="small soft">{words.script.exits}:</span>
      {view.exits.map(({ exit, label }) => (
        <Button
          key={exit}
          isSmall
          icon="exit"
          isPressed={view.exit === exit}
          onPress={() => void script.act({ do: 'exit', exit })}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}
