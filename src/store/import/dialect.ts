// By what the values of a line are separated. Looks at the first lines only and never at what the values mean.

const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const SAMPLE_LINES = 50;

/** The delimiter that splits most of the lines into the same number of values; `,` when none splits them. */
export function guessDelimiter(text: string): Delimiter {
  let best: { readonly delimiter: Delimiter; readonly score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = delimitersPerLine(text, delimiter);
    const usual = mostFrequent(counts.filter((count) => count > 0));
    const agreeing = counts.filter((count) => count === usual).length / Math.max(1, counts.length);
    const score = usual === 0 ? 0 : agreeing * 1000 + usual;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** How often the delimiter stands outside quotes, for each of the first lines that are not blank. */
function delimitersPerLine(text: string, delimiter: Delimiter): readonly number[] {
  const counts: number[] = [];
  let count = 0;
  let isQuoted = false;
  let isBlank = true;
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    if (character === '\n' && !isQuoted) {
      if (!isBlank) counts.push(count);
      if (counts.length === SAMPLE_LINES) return counts;
      count = 0;
      isBlank = true;
    } else if (character === delimiter && !isQuoted) count += 1;
    if (character.trim() !== '') isBlank = false;
  }
  if (!isBlank) counts.push(count);
  return counts;
}

/** Of several that are as frequent the first; 0 when there is none. */
function mostFrequent(counts: readonly number[]): number {
  let best = { count: 0, times: 0 };
  for (const count of new Set(counts)) {
    const times = counts.filter((one) => one === count).length;
    if (times > best.times) best = { count, times };
  }
  return best.count;
}
