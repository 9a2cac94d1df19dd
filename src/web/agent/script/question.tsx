// One question with the editor of its type.

import type { ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Pick, Tick, Typed } from '../../ui/fields.tsx';
import { useWords } from '../../words/words.tsx';
import { PLACES } from '../places.ts';
import { useDesk } from '../use-desk.tsx';
import { shownAnswer, toggled, type Asking } from './answers.ts';

interface QuestionProps {
  readonly part: Asking;
  readonly typed: unknown;
  /** A click on a choice answers and goes on. */
  readonly isAlone: boolean;
}

export function Question({ part, typed, isAlone }: QuestionProps): ReactElement {
  const words = useWords();
  const answer = shownAnswer(part, typed);
  const isMissing = part.required && answer.length === 0;
  return (
    <div className={isMissing ? `question ${PLACES['owed-answer']}` : 'question'} role="group" aria-label={part.text}>
      <p className="ask prose">
        {part.text}
        {isMissing && <span className="is-missing small"> {words.contact.required}</span>}
      </p>
      <Answer part={part} answer={answer} isAlone={isAlone} />
    </div>
  );
}

interface AnswerProps {
  readonly part: Asking;
  readonly answer: string | readonly string[];
  readonly isAlone: boolean;
}

function Answer({ part, answer, isAlone }: AnswerProps): ReactElement {
  const words = useWords();
  const { script } = useDesk();
  const one = typeof answer === 'string' ? answer : '';
  const several = typeof answer === 'string' ? [] : answer;
  const type = (value: unknown): void => script.type(part.ask, value);
  switch (part.type) {
    case 'choice':
      if (!isAlone)
        return (
          <Pick
            label={part.text}
            isLabelUnseen
            choices={part.choices}
            value={one === '' ? null : one}
            onChange={type}
          />
        );
      return (
        <div className="choices">
          {part.choices.map(({ code, label }) => (
            <Button
              key={code}
              isPressed={one === code}
              onPress={() => void script.act({ do: 'answer', answers: { [part.ask]: code }, forward: true })}
            >
              {label}
            </Button>
          ))}
        </div>
      );
    case 'several':
      return (
        <div className="choices">
          {part.choices.map(({ code, label }) => (
            <Tick key={code} isOn={several.includes(code)} onChange={() => type(toggled(several, code))}>
              {label}
            </Tick>
          ))}
        </div>
      );
    case 'number':
      return (
        <Typed
          label={words.script.answer}
          isLabelUnseen
          value={one}
          onChange={type}
          inputMode="decimal"
          maxLength={40}
        />
      );
    case 'date':
      return <Typed label={words.script.answer} isLabelUnseen value={one} onChange={type} type="date" />;
    case 'text':
      return <Typed label={words.script.answer} isLabelUnseen value={one} onChange={type} rows={2} />;
  }
}
