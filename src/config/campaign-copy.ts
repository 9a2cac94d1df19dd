// A campaign's file under another name, with as little changed as can be: the name and, where wanted, the lists; every
// other character stays as it was written.

import { isMap, isNode, isScalar, parseDocument } from 'yaml';

export interface CopyChanges {
  /** Letters, digits, dash and underscore. */
  readonly name: string;
  /** The lists of the copy; absent: those of the original. */
  readonly lists?: readonly string[];
}

/** The text of the copy; undefined when the text is no campaign's file. */
export function copyCampaignText(text: string, { name, lists }: CopyChanges): string | undefined {
  const spans = [spanOf(text, 'campaign'), ...(lists ? [spanOf(text, 'lists')] : [])];
  const values = [name, ...(lists ? [`[${lists.join(', ')}]`] : [])];
  let copy = text;
  // From the end, so that the places before stay where they are.
  const edits = spans.map((span, index) => ({ span, value: values[index] ?? '' }));
  for (const { span, value } of edits.sort((a, b) => (b.span?.from ?? 0) - (a.span?.from ?? 0))) {
    if (!span) return undefined;
    copy = `${copy.slice(0, span.from)} ${value}${copy.slice(span.to)}`;
  }
  return copy;
}

/** Where the value of a key at the top stands: from behind its colon to its end, without what follows on its line. */
function spanOf(text: string, key: string): { readonly from: number; readonly to: number } | undefined {
  const document = parseDocument(text, { schema: 'failsafe' });
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  const pair = document.contents.items.find((item) => isScalar(item.key) && item.key.value === key);
  if (!pair || !isNode(pair.key) || !isNode(pair.value)) return undefined;
  const from = text.indexOf(':', pair.key.range[1]) + 1;
  const end = pair.value.range[1];
  const written = text.slice(from, end);
  return { from, to: from + written.trimEnd().length };
}
