// By what the values of a line are separated. Looks at the first lines only and never at what the values mean.

const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const SAMPLE_LINES = 50;

/** The delimiter that splits most of the lines into as many values as the first line has; `,` when none splits them. */
export function guessDelimiter(text: string): Delimiter {
  let best: { readonly delimiter: Delimiter; readonly score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = delimitersPerLine(text, delimiter);
    const first = counts[0] ?? 0;
    const agreeing = counts.filter((count) => count === first).length / Math.max(1, counts.length);
    const score = first === 0 ? 0 : agreeing * 1000 + first;
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
