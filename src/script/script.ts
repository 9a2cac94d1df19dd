// What agents read and ask in a conversation, as a script's file says: sections of text and questions, where each leads by
// the answers, and the ways out that are open everywhere. Written by config/, read by everyone.

import { own } from '../base/own.ts';

/** `several`: any number of the choices; `date`: a day. */
export const QUESTION_TYPES = ['choice', 'several', 'text', 'number', 'date'] as const;
type QuestionType = (typeof QUESTION_TYPES)[number];

interface Choice {
  /** Stands in reports and conditions. */
  readonly code: string;
  /** What the agent sees. */
  readonly label: string;
}

export interface Question {
  /** Unique in the script; stands in reports and conditions. */
  readonly ask: string;
  /** What the agent reads out; `{first_name}` stands for a field of the record. */
  readonly text: string;
  readonly type: QuestionType;
  /** Of `choice` and `several`. */
  readonly choices: readonly Choice[];
  /** The section is not left, and the record not done, without an answer. */
  readonly required: boolean;
}

/** Text with the record's fields. */
interface Saying {
  readonly say: string;
}

export type Part = Saying | Question;

/** Where a section leads: the first whose every question has one of the answers. */
export interface Branch {
  /** By question: answers that lead here; empty: all do. */
  readonly when: Readonly<Record<string, readonly string[]>>;
  readonly go: string;
}

export interface Section {
  readonly section: string;
  readonly title: string;
  readonly parts: readonly Part[];
  readonly next: readonly Branch[];
  /** The script is over after it. */
  readonly isLast: boolean;
}

/** A way out that is open in every section, such as "not interested". */
interface Exit {
  readonly exit: string;
  readonly label: string;
  /** The section that it leads to. */
  readonly go: string;
}

export interface Script {
  readonly name: string;
  /** Changes with the content: answers keep the version that they were given to. */
  readonly version: string;
  readonly start: string;
  readonly sections: readonly Section[];
  readonly exits: readonly Exit[];
}

/** Codes of choices, text, a number, or a day such as 2026-11-29. */
export type Answer = string | number | readonly string[];
export type Answers = Readonly<Record<string, Answer>>;

export const isQuestion = (part: Part): part is Question => 'ask' in part;

export const sectionOf = (script: Script, name: string): Section | undefined =>
  script.sections.find(({ section }) => section === name);

export const questionsOf = (section: Section): Question[] => section.parts.filter(isQuestion);

/** The branch that the answers lead to; undefined: none. */
export const branchOf = (section: Section, answers: Answers): Branch | undefined =>
  section.next.find(({ when }) =>
    Object.entries(when).every(([question, values]) =>
      given(own(answers, question)).some((code) => values.includes(code)),
    ),
  );

const given = (answer: Answer | undefined): readonly string[] => {
  if (answer === undefined) return [];
  return typeof answer === 'object' ? answer : [String(answer)];
};
