// The editor of a script: its text with what is wrong at its lines, and beside it the script as an agent sees it.

import { useMemo, useRef, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Chip, Note } from '../../ui/signs.tsx';
import { Refused } from '../data.tsx';
import { useMe } from '../me.tsx';
import { hrefOf } from '../place.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { Preview } from './preview.tsx';
import { difference, numbered, offsetOf, type Fault } from './text.ts';
import { useScript, type Script } from './use-script.tsx';
import { scriptWords } from './words.ts';

export function Editor({ name, isNew }: { readonly name: string; readonly isNew: boolean }): ReactElement {
  const words = useSayings(scriptWords);
  const { loading } = useFrameWords();
  const script = useScript(name, isNew);
  return (
    <>
      <a className="back" href={hrefOf('scripts')}>
        <Icon name="back" />
        {words.back}
      </a>
      {script.text === undefined ? (
        <>
          <Refused refusal={script.refusal} />
          {script.refusal === undefined && <p role="status">{loading}</p>}
        </>
      ) : (
        <div className="script-columns">
          <TextCard name={name} script={script} text={script.text} />
          <Preview
            name={name}
            text={script.text}
            hasFaults={script.faults.some(({ severity }) => severity === 'fault')}
          />
        </div>
      )}
    </>
  );
}

interface TextProps {
  readonly name: string;
  readonly script: Script;
  readonly text: string;
}

function TextCard({ name, script, text }: TextProps): ReactElement {
  const words = useSayings(scriptWords);
  const me = useMe();
  const mayWrite = me.may('campaigns');
  const { faults, isSaved, isJustSaved, theirs, refusal } = script;
  const hasGrave = faults.some(({ severity }) => severity === 'fault');
  return (
    <section className="card" aria-labelledby="script-title">
      <div className="card-head">
        <div className="script-name">
          <h1 id="script-title">{name}</h1>
          <Chip tone={isSaved ? 'good' : 'warn'} icon={isSaved ? 'check' : 'pencil'}>
            {isSaved ? words.asSaved : words.unsaved}
          </Chip>
        </div>
        {mayWrite ? (
          <Button
            look="main"
            isDisabled={isSaved || hasGrave || theirs !== undefined}
            onPress={() => void script.save()}
          >
            {words.save}
          </Button>
        ) : (
          <span className="soft small">{words.readOnly}</span>
        )}
      </div>
      {theirs ? <Conflict script={script} text={text} theirs={theirs.yaml} /> : <Refused refusal={refusal} />}
      {isJustSaved && (
        <Note tone="good" icon="check">
          {words.saved}
        </Note>
      )}
      <TextArea name={name} script={script} text={text} isReadOnly={!mayWrite} />
    </section>
  );
}

interface AreaProps extends TextProps {
  readonly isReadOnly: boolean;
}

function TextArea({ name, script, text, isReadOnly }: AreaProps): ReactElement {
  const words = useSayings(scriptWords);
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLOListElement>(null);
  const lines = useMemo(() => numbered(text, script.faults), [text, script.faults]);
  const goTo = ({ line, column }: Fault): void => {
    const one = area.current;
    if (!one) return;
    const at = offsetOf(text, line, column);
    one.focus();
    one.setSelectionRange(at, offsetOf(text, line, Infinity));
    one.scrollTop = (one.scrollHeight / lines.length) * Math.max(0, line - 5);
  };
  return (
    <>
      <div className="code">
        <ol className="line-numbers" ref={gutter} aria-hidden="true">
          {lines.map(({ line, severity }) => (
            <li key={line} {...(severity ? { 'data-severity': severity } : {})}>
              {line}
            </li>
          ))}
        </ol>
        <textarea
          ref={area}
          aria-label={words.text(name)}
          aria-describedby="script-faults"
          value={text}
          readOnly={isReadOnly}
          spellCheck={false}
          wrap="off"
          autoComplete="off"
          onChange={(event) => script.write(event.target.value)}
          onScroll={(event) => gutter.current && (gutter.current.scrollTop = event.currentTarget.scrollTop)}
        />
      </div>
      <div id="script-faults" role="status">
        {script.faults.length === 0 && (
          <p className="small soft">{script.isChecking ? words.checking : words.noFaults}</p>
        )}
        <ul className="script-faults">
          {script.faults.map((fault, place) => (
            <li key={place}>
              <Button look="plain" isSmall icon="warning" className={fault.severity} onPress={() => goTo(fault)}>
                {words.at(fault.line, fault.column)}
              </Button>
              <span>
                {fault.key !== null && <code>{fault.key}</code>} {fault.message}{' '}
                <span className="soft">{fault.hint}</span>
              </span>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

interface ConflictProps {
  readonly script: Script;
  readonly text: string;
  readonly theirs: string;
}

/** Both texts are kept until somebody decides. */
function Conflict({ script, text, theirs }: ConflictProps): ReactElement {
  const words = useSayings(scriptWords);
  const me = useMe();
  const differs = difference(theirs, text);
  const actions = (
    <>
      <Button isSmall onPress={script.take}>
        {words.theirs}
      </Button>
      {me.may('campaigns') && differs && (
        <Button isSmall onPress={() => void script.insist()}>
          {words.mine}
        </Button>
      )}
    </>
  );
  return (
    <Note tone="warn" icon="warning" actions={actions}>
      <p>
        <strong>{words.changed}</strong>
      </p>
      {differs && (
        <div className="differs">
          <Side title={`${words.inFile}, ${words.at(differs.line, 1)}`} lines={differs.theirs} />
          <Side title={words.inMine} lines={differs.mine} />
        </div>
      )}
    </Note>
  );
}

function Side({ title, lines }: { readonly title: string; readonly lines: readonly string[] }): ReactElement {
  return (
    <div>
      <p className="small soft">{title}</p>
      <pre tabIndex={0} role="group" aria-label={title}>
        {lines.length === 0 ? '–' : lines.join('\n')}
      </pre>
    </div>
  );
}
