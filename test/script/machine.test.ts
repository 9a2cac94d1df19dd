// An agent's way through a script: answers, branches, the way back and the way out.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillIn, readAnswer } from '../../src/script/answers.ts';
import { countingAnswers, startScript, stepScript, unanswered, type ScriptEvent } from '../../src/script/machine.ts';
import { QUESTION_TYPES } from '../../src/script/script.ts';
import { aQuestion, aScript } from './builders.ts';

const script = aScript();
const answer = (question: string, value: unknown): ScriptEvent => ({ type: 'answer', question, value });
const forward: ScriptEvent = { type: 'forward' };

function play(...events: ScriptEvent[]): ReturnType<typeof stepScript> {
  return events.reduce((step, event) => stepScript(script, step.run, event), { run: startScript(script) });
}

describe('[A-14] the way through a script', () => {
  test('the answer decides where it goes on', () => {
    expect(play(answer('right', 'yes'), forward).run.way).toEqual(['greeting', 'offer']);
    expect(play(answer('right', 'no'), forward).run.way).toEqual(['greeting', 'goodbye']);
  });

  test('a required question holds the section until it is answered, and says which', () => {
    const { run, refused } = play(forward);
    expect(refused).toMatchObject({ unanswered: [{ question: 'right', text: 'Is it you?' }] });
    expect(run).toEqual(startScript(script));
  });

  test('after the last section it is over, and nothing leads on', () => {
    const over = play(answer('right', 'no'), forward, forward);
    expect(over.run.isOver).toBe(true);
    expect(stepScript(script, over.run, forward).refused).toBeDefined();
  });

  test('an answer that is corrected: what was answered on the other way does not count', () => {
    const { run } = play(
      ...[answer('right', 'yes'), forward, answer('cars', '2'), { type: 'back-to', section: 'greeting' } as const],
      ...[answer('right', 'no'), forward],
    );
    expect(run.way).toEqual(['greeting', 'goodbye']);
    expect(countingAnswers(script, run)).toEqual({ right: 'no' });
    expect(run.answers).toEqual({ right: 'no', cars: 2 });
  });

  test('what is required in a section ahead is owed where no open answer can lead around it', () => {
    const [greeting, ...others] = script.sections;
    const words = aScript({
      start: 'welcome',
      sections: [
        {
          section: 'welcome',
          title: '',
          parts: [{ say: 'Hello.' }],
          next: [{ when: {}, go: 'greeting' }],
          isLast: false,
        },
        ...(greeting ? [greeting] : []),
        ...others,
      ],
    });
    const asks = (events: readonly ScriptEvent[]): string[] => {
      const { run } = events.reduce((step, event) => stepScript(words, step.run, event), { run: startScript(words) });
      return unanswered(words, run).map(({ question }) => question);
    };
    expect(asks([])).toEqual(['right']);
    expect(asks([forward, answer('right', 'yes')])).toEqual(['cars']);
    expect(asks([forward, answer('right', 'no')])).toEqual([]);
  });

  test('the exit is open everywhere, and who leaves by it owes nothing of what was left', () => {
    const { run } = play({ type: 'exit', exit: 'not-interested' });
    expect(run).toMatchObject({ way: ['greeting', 'goodbye'], exit: 'not-interested' });
    expect(unanswered(script, run)).toEqual([]);
    expect(unanswered(script, startScript(script))).toEqual([{ question: 'right', text: 'Is it you?' }]);
    expect(play({ type: 'exit', exit: 'none' }).refused).toBeDefined();
  });

  test('an empty answer takes it back; one of another type or of a question not asked yet is refused', () => {
    expect(play(answer('right', 'yes'), answer('right', '')).run.answers).toEqual({});
    expect(play(answer('right', 'perhaps')).refused?.why).toBe('perhaps is none of the answers.');
    expect(play(answer('cars', 2)).refused?.why).toBe('cars has not been asked.');
  });

  test('a script that was changed meanwhile: the answers keep their version', () => {
    const { run } = play(answer('right', 'yes'));
    expect(stepScript(aScript({ version: 'v2' }), run, forward)).toMatchObject({ run, refused: {} });
  });
});

describe('[A-14] answers are of their type', () => {
  test.each([
    ['choice', 'yes', 'yes'],
    ['several', ['no', 'yes', 'no'], ['no', 'yes']],
    ['text', ' two\nlines ', 'two\nlines'],
    ['number', '2.5', 2.5],
    ['number', 0, 0],
    ['date', '2028-02-29', '2028-02-29'],
  ] as const)('%s: %j is %j', (type, value, expected) => {
    expect(readAnswer(aQuestion({ type }), value)).toEqual({ kind: 'answer', answer: expected });
  });

  test.each([
    ['choice', 'maybe'],
    ['choice', ['yes']],
    ['several', 'yes'],
    ['several', ['yes', 1]],
    ['text', 'a\u0000b'],
    ['text', 'x'.repeat(4_001)],
    ['number', 'two'],
    ['number', Infinity],
    ['date', '2026-02-29'],
    ['date', '29.11.2026'],
  ] as const)('%s: %j is refused with a reason', (type, value) => {
    expect(readAnswer(aQuestion({ type }), value)).toMatchObject({
      kind: 'refused',
      why: expect.stringMatching(/\.$/) as string,
    });
  });

  test('whatever comes from a form: an answer, nothing, or a refusal', () => {
    fc.assert(
      fc.property(fc.constantFrom(...QUESTION_TYPES), fc.anything(), (type, value) => {
        expect(['answer', 'empty', 'refused']).toContain(readAnswer(aQuestion({ type }), value).kind);
      }),
    );
  });

  test('fields of the record stand in the text; one that it lacks leaves nothing', () => {
    expect(fillIn('Good morning, {first_name} {last}: {balance}.', { first_name: 'Ann', balance: 12 })).toBe(
      'Good morning, Ann : 12.',
    );
  });
});

describe('[A-14] whatever an agent does', () => {
  const anEvent = fc.oneof(
    fc.constant(forward),
    fc.record({
      type: fc.constant('answer' as const),
      question: fc.constantFrom('right', 'cars'),
      value: fc.constantFrom('yes', 'no', '', 3),
    }),
    fc.record({ type: fc.constant('back-to' as const), section: fc.constantFrom('greeting', 'offer', 'goodbye') }),
    fc.constant<ScriptEvent>({ type: 'exit', exit: 'not-interested' }),
  );

  test('a refusal changes nothing, the way holds sections of the script, and it survives being written down', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 40, size: 'max' }), (events) => {
        let run = startScript(script);
        for (const event of events) {
          const step = stepScript(script, JSON.parse(JSON.stringify(run)) as typeof run, event);
          if (step.refused) expect(step.run).toEqual(run);
          else expect(step.run.version).toBe(run.version + 1);
          run = step.run;
          for (const name of run.way) expect(script.sections.some(({ section }) => section === name)).toBe(true);
        }
      }),
    );
  });
});
