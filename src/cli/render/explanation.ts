// Why a record would or would not be dialed now, for the terminal: the answer, then rule by rule, the phones one after
// the other. Pure.

import type { RecordExplanation } from '../../reports/explain.ts';
import { formatLocal } from '../../base/local-time.ts';
import { showInstant } from './instants.ts';
import type { Paint } from './paint.ts';
import { harmless, pad, seenWidth, wrapWords } from './table.ts';

type Check = RecordExplanation['checks'][number];

const LEAST_WIDTH = 40;
const SAYS_WHEN = /\d{4}-\d\d-\d\d \d\d:\d\d/;

/** The explanation in lines of at most `width` places, words that are longer aside. */
export function renderExplanation(one: RecordExplanation, paint: Paint, width: number): string {
  const ruleWidth = Math.max(0, ...one.checks.map(({ rule }) => seenWidth(rule)));
  const general = one.checks.filter(({ phone }) => phone === undefined);
  const phones = [...new Set(one.checks.flatMap(({ phone }) => phone ?? []))];
  const lines = (checks: readonly Check[]): readonly string[] =>
    checks.flatMap((check) => checkLines(check, { paint, width, ruleWidth }));
  return [
    answerLine(one, paint),
    ...lines(general),
    ...phones.flatMap((phone) => [
      '',
      paint.bold(phone),
      ...lines(one.checks.filter((check) => check.phone === phone)),
    ]),
  ].join('\n');
}

function answerLine(one: RecordExplanation, paint: Paint): string {
  const what = one.record === null ? 'a new record' : `record ${one.record}`;
  const phone = one.phone === undefined ? '' : `, on ${one.phone}`;
  const shown = (at: number): string => (one.zone === undefined ? showInstant(at) : formatLocal(one.zone, at));
  const later = one.notBeforeAt === undefined ? '' : `, not before ${shown(one.notBeforeAt)}`;
  const from = one.agentEngagedFromAt;
  const held = from === undefined ? '' : `, with an agent engaged for the call from ${shown(from)} on`;
  const answer = one.mayDialNow
    ? paint.good(`may be dialed now${phone}`)
    : paint.warn(one.never ? 'will not be dialed again' : `is not dialed now${later}${held}`);
  return `${what} of ${one.campaign} (${harmless(one.contact)}) ${answer}`;
}

function checkLines(
  { allows, rule, why, notBeforeAt, agentEngagedFromAt, citation }: Check,
  { paint, width, ruleWidth }: { readonly paint: Paint; readonly width: number; readonly ruleWidth: number },
): readonly string[] {
  const room = Math.max(LEAST_WIDTH, width - ruleWidth - 4);
  const more = [
    // A moment is reported once: by the clocks that the sentence names.
    ...(notBeforeAt === undefined || SAYS_WHEN.test(why) ? [] : [`not before ${showInstant(notBeforeAt)}`]),
    ...(agentEngagedFromAt === undefined ? [] : [`with an agent engaged from ${showInstant(agentEngagedFromAt)} on`]),
    ...(citation === undefined ? [] : [citation]),
  ].join('; ');
  const said = wrapWords(harmless(why), room);
  const behind = more === '' ? [] : wrapWords(more, room).map((line) => paint.dim(line));
  return [...said, ...behind].map((text, index) => {
    if (index > 0) return `${' '.repeat(ruleWidth + 4)}${text}`;
    const mark = allows ? paint.good('✔') : paint.bad('✘');
    return `${mark} ${pad(rule, ruleWidth)}  ${text}`;
  });
}
