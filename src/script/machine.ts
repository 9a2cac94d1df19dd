// An agent's way through a script, as a pure function: where the agent is, what was answered, where it may go on. One step
// records an answer or moves; an answer that decides a branch may be corrected later, and what was answered on the way that
// is taken no more does not count.
//
// open  in a section; forward by its branches, back to any section of the way, out by an exit
// over  after a last section

import { own } from '../base/own.ts';
import { readAnswer } from './answers.ts';
import { branchOf, questionsOf, sectionOf, type Answer, type Answers, type Question, type Script } from './script.ts';

/** Sections that a way may have: a script that leads in a circle is left by its exits. */
const LONGEST_WAY = 1_000;

export interface ScriptRun {
  readonly script: string;
  /** Of the script that the answers were given to. */
  readonly scriptVersion: string;
  /** Counts the changes. */
  readonly version: number;
  /** The sections so far, the present one last. */
  readonly way: readonly string[];
  /** Everything that was answered, also off the way. */
  readonly answers: Answers;
  /** The exit that was taken. */
  readonly exit?: string;
  readonly isOver: boolean;
}

export type ScriptEvent =
  /** As it came from the form; empty takes the answer back. */
  | { readonly type: 'answer'; readonly question: string; readonly value: unknown }
  | { readonly type: 'forward' }
  | { readonly type: 'back-to'; readonly section: string }
  | { readonly type: 'exit'; readonly exit: string };

export interface Unanswered {
  readonly question: string;
  readonly text: string;
}

interface ScriptRefusal {
  readonly why: string;
  readonly unanswered?: readonly Unanswered[];
}

export interface ScriptStep {
  readonly run: ScriptRun;
  readonly refused?: ScriptRefusal;
}

/** At the first section, nothing answered. */
export const startScript = (script: Script): ScriptRun => ({
  script: script.name,
  scriptVersion: script.version,
  version: 0,
  way: [script.start],
  answers: {},
  isOver: false,
});

/** The run after `event`; total: what cannot be done is refused with the reason, and the run is as it was. */
export function stepScript(script: Script, run: ScriptRun, event: ScriptEvent): ScriptStep {
  if (script.version !== run.scriptVersion)
    return refuse(run, 'The script has been changed; these answers keep theirs.');
  switch (event.type) {
    case 'answer':
      return answer(script, run, event);
    case 'forward':
      return forward(script, run);
    case 'back-to':
      return backTo(run, event.section);
    case 'exit':
      return leaveBy(script, run, event.exit);
  }
}

const refuse = (run: ScriptRun, why: string, unanswered?: readonly Unanswered[]): ScriptStep => ({
  run,
  refused: unanswered === undefined ? { why } : { why, unanswered },
});

const change = (run: ScriptRun, changes: Partial<ScriptRun>): ScriptStep => ({
  run: { ...run, ...changes, version: run.version + 1 },
});

function answer(
  script: Script,
  run: ScriptRun,
  { question: name, value }: ScriptEvent & { type: 'answer' },
): ScriptStep {
  const question = onTheWay(script, run).find(({ ask }) => ask === name);
  if (question === undefined) return refuse(run, `${name} has not been asked.`);
  const reading = readAnswer(question, value);
  switch (reading.kind) {
    case 'refused':
      return refuse(run, reading.why);
    case 'empty': {
      const { [name]: _taken, ...rest } = run.answers;
      return change(run, { answers: rest });
    }
    case 'answer':
      return change(run, { answers: { ...run.answers, [name]: reading.answer } });
  }
}

/** The next section by the answers; what must be answered here comes first. */
function forward(script: Script, run: ScriptRun): ScriptStep {
  const section = sectionOf(script, run.way.at(-1) ?? '');
  if (run.isOver || section === undefined) return refuse(run, 'The script is over.');
  const unanswered = missing(questionsOf(section), run.answers);
  if (unanswered.length > 0) return refuse(run, 'Answer what is required first.', unanswered);
  if (section.isLast) return change(run, { isOver: true });
  const branch = branchOf(section, countingAnswers(script, run));
  if (branch === undefined) return refuse(run, 'No way leads on from these answers.');
  return run.way.length >= LONGEST_WAY
    ? refuse(run, 'This way leads in a circle; leave by an exit.')
    : change(run, { way: [...run.way, branch.go] });
}

/** Back to a section of the way: what comes after it is decided again. */
function backTo(run: ScriptRun, section: string): ScriptStep {
  const place = run.way.lastIndexOf(section);
  if (place < 0) return refuse(run, `${section} is not on the way so far.`);
  const { exit: _exit, ...rest } = run;
  return change(rest, { way: run.way.slice(0, place + 1), isOver: false });
}

function leaveBy(script: Script, run: ScriptRun, name: string): ScriptStep {
  const exit = script.exits.find((one) => one.exit === name);
  if (exit === undefined) return refuse(run, `The script has no exit ${name}.`);
  if (run.exit === name) return refuse(run, 'That exit has been taken already.');
  return change(run, { exit: name, way: [...run.way, exit.go], isOver: false });
}

const onTheWay = (script: Script, { way }: ScriptRun): Question[] =>
  [...new Set(way)].flatMap((name) => {
    const section = sectionOf(script, name);
    return section === undefined ? [] : questionsOf(section);
  });

/** Questions that must be answered and are not. */
export const missing = (questions: readonly Question[], answers: Answers): Unanswered[] =>
  questions
    .filter(({ ask, required }) => required && own(answers, ask) === undefined)
    .map(({ ask, text }) => ({ question: ask, text }));

/** What counts: the answers to the questions on the way that was taken. */
export function countingAnswers(script: Script, run: ScriptRun): Answers {
  const counting = onTheWay(script, run).flatMap(({ ask }): [string, Answer][] => {
    const value = own(run.answers, ask);
    return value === undefined ? [] : [[ask, value]];
  });
  return Object.fromEntries(counting);
}

/** What must still be answered before the record is done; whoever left by an exit owes only what comes after it. */
export function unanswered(script: Script, run: ScriptRun): Unanswered[] {
  const exit = script.exits.find((one) => one.exit === run.exit);
  const from = exit === undefined ? 0 : run.way.lastIndexOf(exit.go);
  const way = [...run.way.slice(from), ...certainly(script, run)];
  return missing(onTheWay(script, { ...run, way }), run.answers);
}

/** The sections ahead that no answer keeps the agent from, the present one left out. */
function certainly(script: Script, { way, answers, isOver }: ScriptRun): string[] {
  const ahead: string[] = [];
  let section = isOver ? undefined : sectionOf(script, way.at(-1) ?? '');
  while (section !== undefined && ahead.length < script.sections.length) {
    const branch = branchOf(section, answers);
    // A question that is still open may lead elsewhere.
    const isOpen = section.next
      .slice(0, branch && section.next.indexOf(branch) + 1)
      .some(({ when }) => Object.keys(when).some((question) => own(answers, question) === undefined));
    if (branch === undefined || isOpen) break;
    ahead.push(branch.go);
    section = sectionOf(script, branch.go);
  }
  return ahead;
}
