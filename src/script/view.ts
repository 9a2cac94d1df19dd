// What an agent sees of a script at one moment: the present section with its texts filled in, what has been answered on
// the way, what is still to be answered, the ways out. Reads a run, changes nothing.

import { own } from '../base/own.ts';
import { fillIn } from './answers.ts';
import { countingAnswers, missing, unanswered, type ScriptRun, type Unanswered } from './machine.ts';
import {
  isQuestion,
  questionsOf,
  sectionOf,
  type Answer,
  type Answers,
  type Part,
  type Question,
  type Script,
  type Section,
} from './script.ts';

/** A text as it is read out. */
interface SaidPart {
  readonly say: string;
}

interface AskedPart extends Question {
  /** Null: not answered. */
  readonly answer: Answer | null;
}

interface AnsweredQuestion {
  readonly ask: string;
  readonly text: string;
  readonly answer: Answer;
  /** The answer as people read it: labels of choices. */
  readonly words: string;
}

/** A section of the way that lies behind. */
interface PastStep {
  readonly section: string;
  readonly title: string;
  readonly answers: readonly AnsweredQuestion[];
}

export interface ScriptView {
  readonly script: string;
  readonly scriptVersion: string;
  /** To be given back with the next act. */
  readonly version: number;
  readonly section: {
    readonly section: string;
    readonly title: string;
    readonly parts: readonly (SaidPart | AskedPart)[];
    /** The script is over after it. */
    readonly isLast: boolean;
  };
  readonly isOver: boolean;
  /** The way so far, the earliest first; without the present section. */
  readonly steps: readonly PastStep[];
  readonly exits: readonly { readonly exit: string; readonly label: string }[];
  /** The exit that was taken. */
  readonly exit: string | null;
  /** Keeps the present section from being left. */
  readonly missing: readonly Unanswered[];
  /** Keeps the record from being done. */
  readonly owed: readonly Unanswered[];
}

/** The run as it is seen; `fields`: of the record, for the texts. */
export function viewOf(script: Script, run: ScriptRun, fields: Readonly<Record<string, unknown>>): ScriptView {
  const filled = (text: string): string => fillIn(text, fields);
  const present = sectionOf(script, run.way.at(-1) ?? '');
  return {
    script: script.name,
    scriptVersion: script.version,
    version: run.version,
    section: {
      section: present?.section ?? '',
      title: filled(present?.title ?? ''),
      parts: (present?.parts ?? []).map((part) => shownPart(part, run.answers, filled)),
      isLast: present?.isLast ?? true,
    },
    isOver: run.isOver,
    steps: run.way.slice(0, -1).flatMap((name) => {
      const section = sectionOf(script, name);
      return section === undefined ? [] : [pastStep(section, countingAnswers(script, run), filled)];
    }),
    exits: script.exits.map(({ exit, label }) => ({ exit, label })),
    exit: run.exit ?? null,
    missing: filledAll(missing(present === undefined ? [] : questionsOf(present), run.answers), filled),
    owed: filledAll(unanswered(script, run), filled),
  };
}

function shownPart(part: Part, answers: Answers, filled: (text: string) => string): SaidPart | AskedPart {
  if (!isQuestion(part)) return { say: filled(part.say) };
  return { ...part, text: filled(part.text), answer: own(answers, part.ask) ?? null };
}

function pastStep(section: Section, answers: Answers, filled: (text: string) => string): PastStep {
  return {
    section: section.section,
    title: filled(section.title),
    answers: questionsOf(section).flatMap((question) => {
      const answer = own(answers, question.ask);
      if (answer === undefined) return [];
      const { ask, text } = question;
      return [{ ask, text: filled(text), answer, words: wordsOf(question, answer) }];
    }),
  };
}

function filledAll(questions: readonly Unanswered[], filled: (text: string) => string): readonly Unanswered[] {
  return questions.map(({ question, text }) => ({ question, text: filled(text) }));
}

/** An answer as people read it. */
function wordsOf({ choices }: Pick<Question, 'choices'>, answer: Answer): string {
  const codes = typeof answer === 'object' ? answer : [String(answer)];
  return codes.map((code) => choices.find((choice) => choice.code === code)?.label ?? code).join(', ');
}
