// Fields and answers of scripts stand side by side in a condition: `fields.x` and `answers.x`. Here both have one name, and
// an answer's is one that no field has.

const MARK = '\u0001';

/** The name of the answer to a question. */
export const answerName = (question: string): string => `${MARK}${question}`;

/** The question whose answer has that name; undefined: it is a field. */
export const questionOf = (name: string): string | undefined => (name.startsWith(MARK) ? name.slice(1) : undefined);

/** As people read it. */
export function shownName(name: string): string {
  const question = questionOf(name);
  return question === undefined ? name : `answers.${question}`;
}
