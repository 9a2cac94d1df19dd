// What one click does with a script, and what the agent sees then.

import { describe, expect, test } from 'vitest';
import { takeAct, type ScriptAct } from '../../src/script/acts.ts';
import { startScript, type ScriptStep } from '../../src/script/machine.ts';
import { viewOf } from '../../src/script/view.ts';
import { aQuestion, aScript } from './builders.ts';

const script = aScript();
const person = { first_name: 'Ada' };

function play(...acts: ScriptAct[]): ScriptStep {
  return acts.reduce((step, act) => takeAct(script, step.run, act), { run: startScript(script) });
}
const answer = (answers: Record<string, unknown>, forward = true): ScriptAct => ({ do: 'answer', answers, forward });

describe('[A-14] one click in a script', () => {
  test('the answer is recorded and the next section shown with the same click', () => {
    const { run, refused } = play(answer({ right: 'yes' }));
    expect(refused).toBeUndefined();
    expect(viewOf(script, run, person)).toMatchObject({
      section: { section: 'offer' },
      steps: [{ section: 'greeting', answers: [{ ask: 'right', answer: 'yes', words: 'Yes' }] }],
    });
  });

  test('a required answer is missing: what was typed stays, the section too, and it says which', () => {
    const { run, refused } = play(answer({ right: 'yes' }), answer({ remarks: 'has a dog' }));
    expect(refused?.unanswered).toEqual([{ question: 'cars', text: 'How many cars?' }]);
    expect(run.answers).toMatchObject({ remarks: 'has a dog' });
    expect(viewOf(script, run, person).section.section).toBe('offer');
  });

  test('one of two answers cannot be read: neither is taken', () => {
    const before = play(answer({ right: 'yes' })).run;
    const { run, refused } = takeAct(script, before, answer({ remarks: 'has a dog', cars: 'many' }));
    expect(refused?.why).toBe('cars: Write a number.');
    expect(run).toEqual(before);
  });

  test('what the agent sees: the texts with the record filled in, the answers so far, what is missing and owed', () => {
    const view = viewOf(script, startScript(script), person);
    expect(view.section.parts).toEqual([
      { say: 'Good morning, Ada.' },
      expect.objectContaining({ ask: 'right', answer: null, required: true }),
    ]);
    expect(view).toMatchObject({ version: 0, isOver: false, exit: null, steps: [] });
    expect(view.missing).toEqual([{ question: 'right', text: 'Is it you?' }]);
    expect(view.owed).toEqual(view.missing);
    expect(view.exits).toEqual([{ exit: 'not-interested', label: 'Not interested' }]);
  });

  test('left by an exit: nothing is owed any more; back again, it is', () => {
    const left = play({ do: 'exit', exit: 'not-interested' });
    expect(viewOf(script, left.run, person)).toMatchObject({ exit: 'not-interested', owed: [] });
    const back = takeAct(script, left.run, { do: 'back', section: 'greeting' });
    expect(viewOf(script, back.run, person)).toMatchObject({ exit: null, owed: [{ question: 'right' }] });
  });

  test.each(['constructor', 'toString'])(
    '[O-10] a required question called %s: it is asked, and leads nowhere unanswered',
    (ask) => {
      const sections = aScript().sections.map((one) =>
        one.section === 'greeting'
          ? { ...one, parts: [aQuestion({ ask })], next: [{ when: { [ask]: ['yes'] }, go: 'goodbye' }] }
          : one,
      );
      const odd = aScript({ sections });
      const view = viewOf(odd, startScript(odd), person);
      expect(view.section.parts).toEqual([expect.objectContaining({ ask, answer: null })]);
      expect(view.missing).toEqual([{ question: ask, text: 'Is it you?' }]);
      expect(takeAct(odd, startScript(odd), { do: 'forward' }).refused?.unanswered).toEqual(view.missing);
      expect(takeAct(odd, startScript(odd), answer({ [ask]: 'yes' })).run.answers).toEqual({ [ask]: 'yes' });
    },
  );
});
