// What an agent does with a script by one click: answers, all of them or none, and perhaps moves on with the same click;
// goes on, back, or out. Made of the machine's steps.

import { stepScript, type ScriptEvent, type ScriptRun, type ScriptStep } from './machine.ts';
import type { Script } from './script.ts';

export type ScriptAct =
  | {
      readonly do: 'answer';
      /** By question, as it came from the form; empty takes the answer back. */
      readonly answers: Readonly<Record<string, unknown>>;
      /** And on to the next section. */
      readonly forward: boolean;
    }
  | { readonly do: 'forward' }
  | { readonly do: 'back'; readonly section: string }
  | { readonly do: 'exit'; readonly exit: string };

/**
 * The run after the act. What is refused leaves it as it was, but for one thing: answers stay although the section cannot
 * be left yet, so that nothing that was typed is lost.
 */
export function takeAct(script: Script, run: ScriptRun, act: ScriptAct): ScriptStep {
  if (act.do !== 'answer') return stepScript(script, run, eventOf(act));
  let answered: ScriptStep = { run };
  for (const [question, value] of Object.entries(act.answers)) {
    answered = stepScript(script, answered.run, { type: 'answer', question, value });
    if (answered.refused) return { run, refused: { ...answered.refused, why: `${question}: ${answered.refused.why}` } };
  }
  return act.forward ? stepScript(script, answered.run, { type: 'forward' }) : answered;
}

function eventOf(act: Exclude<ScriptAct, { readonly do: 'answer' }>): ScriptEvent {
  switch (act.do) {
    case 'forward':
      return { type: 'forward' };
    case 'back':
      return { type: 'back-to', section: act.section };
    case 'exit':
      return { type: 'exit', exit: act.exit };
  }
}
