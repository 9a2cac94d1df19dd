// A script for tests: a greeting that asks who it is, an offer, a goodbye, and an exit that leads to it.

import type { Question, Script } from '../../src/script/script.ts';

export const aQuestion = (change: Partial<Question> = {}): Question => ({
  ask: 'right',
  text: 'Is it you?',
  type: 'choice',
  choices: [
    { code: 'yes', label: 'Yes' },
    { code: 'no', label: 'No' },
  ],
  required: true,
  ...change,
});

export const aScript = (change: Partial<Script> = {}): Script => ({
  name: 'renewals',
  version: 'v1',
  start: 'greeting',
  exits: [{ exit: 'not-interested', label: 'Not interested', go: 'goodbye' }],
  sections: [
    {
      section: 'greeting',
      title: 'Greeting',
      parts: [{ say: 'Good morning, {first_name}.' }, aQuestion()],
      next: [
        { when: { right: ['yes'] }, go: 'offer' },
        { when: { right: ['no'] }, go: 'goodbye' },
      ],
      isLast: false,
    },
    {
      section: 'offer',
      title: 'Offer',
      parts: [
        aQuestion({ ask: 'cars', text: 'How many cars?', type: 'number', choices: [] }),
        aQuestion({ ask: 'remarks', text: 'Anything else?', type: 'text', choices: [], required: false }),
      ],
      next: [{ when: {}, go: 'goodbye' }],
      isLast: false,
    },
    { section: 'goodbye', title: 'Goodbye', parts: [{ say: 'Goodbye.' }], next: [], isLast: true },
  ],
  ...change,
});
