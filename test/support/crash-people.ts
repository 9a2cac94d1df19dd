// The people whom the crash rounds call: exact ones, so that the carrier's records show whether anybody was cut short.

import * as numbers from '../../asterisk/box/numbers.ts';
import { seededRandom } from '../../src/base/random.ts';

/** People who pick up after a while and talk for an exact time, between busy lines, machines and no answer. */
export function people(seed: number, count: number): string[] {
  const random = seededRandom(seed);
  let persons = 0;
  return Array.from({ length: count }, (_, index) => {
    const kind = random.next();
    if (kind < 0.72) {
      // Delay and talk go through all their pairs, so that each pair's numbers last eleven times five times as long.
      const [afterS, talksS] = [1 + (persons % 5), 5 + (persons % 11)];
      return numbers.personAnswers({ afterS, talksS }, Math.floor(persons++ / 55));
    }
    if (kind < 0.8) return numbers.busy(index, 1);
    if (kind < 0.86) return numbers.machineLong(index, 3);
    if (kind < 0.9) return numbers.unknownNumber(index, 1);
    if (kind < 0.93) return numbers.hangsUpAtOnce(index, 1);
    return numbers.noAnswer(index);
  });
}

/** How long the person at a number of `people` talks, ms; undefined for what is no person. */
export function wantsToTalkMs(number: string): number | undefined {
  return /^\+1(212|646|917|718|347|929)/.test(number) ? Number(number.slice(8, 10)) * 1000 : undefined;
}
