// A walk through the script as it stands in the editor, by every branch, with the daemon's own rules: what an agent would
// see, answer, and where it leads. Nothing of it is kept.

import { useEffect, useState, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Typed } from '../../ui/fields.tsx';
import { Note } from '../../ui/signs.tsx';
import { send } from '../data.tsx';
import { useSayings } from '../use-words.tsx';
import { given, PreviewQuestion, type Asked } from './preview-question.tsx';
import { sampleFor, sampleOf } from './text.ts';
import type { View, Walked } from './walked.ts';
import { scriptWords } from './words.ts';

type Act =
  | { readonly do: 'answer'; readonly answers: Readonly<Record<string, unknown>>; readonly forward: boolean }
  | { readonly do: 'forward' }
  | { readonly do: 'back'; readonly section: string }
  | { readonly do: 'exit'; readonly exit: string };

interface PreviewProps {
  readonly name: string;
  readonly text: string;
  readonly hasFaults: boolean;
}

const REST_MS = 500;

export function Preview({ name, text, hasFaults }: PreviewProps): ReactElement {
  const words = useSayings(scriptWords);
  const [acts, setActs] = useState<readonly Act[]>([]);
  /** What was typed goes when it begins again. */
  const [round, setRound] = useState(0);
  const restart = (): void => {
    setActs([]);
    setRound(round + 1);
  };
  const [sample, setSample] = useState(() => sampleFor(text));
  const walked = useWalk({ name, text, acts, sample, isOff: hasFaults });
  return (
    <section className="card script-preview" aria-labelledby="preview-title">
      <div className="card-head">
        <h2 id="preview-title">{words.preview}</h2>
        <Button isSmall icon="back" isDisabled={acts.length === 0} onPress={restart}>
          {words.restart}
        </Button>
      </div>
      {hasFaults || walked === undefined ? (
        <p className="soft">{hasFaults ? words.cannot : '…'}</p>
      ) : (
        <Present key={round} walked={walked} onAct={(act) => setActs([...acts, act])} />
      )}
      <Typed label={words.sample} hint={words.sampleHint} value={sample} onChange={setSample} />
    </section>
  );
}

interface Walk extends Omit<PreviewProps, 'hasFaults'> {
  readonly acts: readonly Act[];
  readonly sample: string;
  readonly isOff: boolean;
}

/** Where the acts lead; acts that the text no longer allows are passed over by the daemon. */
function useWalk({ name, text, acts, sample, isOff }: Walk): Walked | undefined {
  const [walked, setWalked] = useState<Walked>();
  useEffect(() => {
    if (isOff) return;
    let isGone = false;
    const timer = setTimeout(
      () => {
        const asked = { name, yaml: text, acts, fields: sampleOf(sample) };
        void send<Walked>('POST', '/api/scripts/preview', asked).then((answer) => {
          if (!isGone && 'body' in answer) setWalked(answer.body);
        });
      },
      acts.length === 0 ? REST_MS : 0,
    );
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [name, text, acts, sample, isOff]);
  return walked;
}

interface PresentProps {
  readonly walked: Walked;
  readonly onAct: (act: Act) => void;
}

function Present({ walked: { view, refused }, onAct }: PresentProps): ReactElement {
  const words = useSayings(scriptWords);
  const { section, steps, exits, isOver } = view;
  const [typed, setTyped] = useState<Readonly<Record<string, string | readonly string[]>>>({});
  const asked = section.parts.filter((part): part is Asked => 'ask' in part);
  const onward = (): void => {
    const answers = Object.fromEntries(asked.map((part) => [part.ask, given(part, typed[part.ask])]));
    onAct(asked.length === 0 ? { do: 'forward' } : { do: 'answer', answers, forward: true });
  };
  const exit = exits.find((one) => one.exit === view.exit);
  return (
    <>
      <Way steps={steps} onBack={(name) => onAct({ do: 'back', section: name })} />
      <h3>{section.title}</h3>
      {section.parts.map((part, place) =>
        'ask' in part ? (
          <PreviewQuestion
            key={part.ask}
            part={part}
            typed={typed[part.ask]}
            onType={(to) => setTyped({ ...typed, [part.ask]: to })}
          />
        ) : (
          <p key={place} className="say prose">
            {part.say}
          </p>
        ),
      )}
      {refused !== null && (
        <Note tone="warn" icon="warning">
          {words.refused}: {refused}
        </Note>
      )}
      {isOver ? (
        <Note tone="good" icon="check">
          {words.over} {exit ? words.left(exit.label) : ''}
        </Note>
      ) : (
        <div className="page-steps">
          <Button look="main" icon="next" onPress={onward}>
            {asked.length > 0 ? words.record : words.forward}
          </Button>
        </div>
      )}
      <Exits exits={exits} chosen={view.exit} onChoose={(name) => onAct({ do: 'exit', exit: name })} />
    </>
  );
}

interface ExitsProps {
  readonly exits: View['exits'];
  readonly chosen: View['exit'];
  readonly onChoose: (exit: string) => void;
}

function Exits({ exits, chosen, onChoose }: ExitsProps): ReactElement | null {
  const words = useSayings(scriptWords);
  if (exits.length === 0) return null;
  return (
    <div className="page-steps" role="group" aria-label={words.exits}>
      <span className="small soft">{words.exits}:</span>
      {exits.map(({ exit: name, label }) => (
        <Button key={name} isSmall icon="exit" isPressed={chosen === name} onPress={() => onChoose(name)}>
          {label}
        </Button>
      ))}
    </div>
  );
}

interface WayProps {
  readonly steps: View['steps'];
  readonly onBack: (section: string) => void;
}

function Way({ steps, onBack }: WayProps): ReactElement | null {
  const words = useSayings(scriptWords);
  if (steps.length === 0) return null;
  return (
    <ol className="way">
      {steps.map(({ section, title, answers }, place) => (
        <li key={`${section} ${place}`}>
          <Button look="plain" isSmall icon="back" onPress={() => onBack(section)}>
            <span>
              <span className="unseen">{words.backTo} </span>
              <span className="soft">{title}</span>
              {answers.length > 0 && <strong> {answers.map((one) => one.words).join(' · ')}</strong>}
            </span>
          </Button>
        </li>
      ))}
    </ol>
  );
}
