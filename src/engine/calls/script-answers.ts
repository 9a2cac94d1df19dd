// What was answered to the script of a call so far, for the rules that decide on its record.

import { plainAnswers } from '../../script/answers.ts';
import { countingAnswers } from '../../script/machine.ts';
import type { OpenScript } from '../world.ts';

/** What counts of a script's answers, as conditions see it; undefined without a script. */
export function answersGiven(open: OpenScript | undefined): Readonly<Record<string, string | number>> | undefined {
  return open && plainAnswers(countingAnswers(open.script, open.run));
}
