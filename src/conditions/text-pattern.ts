// Regular expressions in conditions, in the syntax that CEL names (RE2): matched in time that grows with the text alone,
// whatever the pattern. The only file that knows the library.

import type { ASTNode } from '@marcbachmann/cel-js';
import { RE2JS } from 're2js';
import type { ConditionFault } from './terms.ts';

const MAX_PATTERN = 1000;

/** Patterns by their text: a campaign has a few, each is asked a million times. */
const compiled = new Map<string, RE2JS>();
const MAX_KEPT = 500;

/** The pattern of `text.matches("pattern")`; undefined for everything else. */
export function patternOf(node: ASTNode): string | undefined {
  if (!isMatch(node)) return undefined;
  const [pattern] = node.args[2];
  return pattern?.op === 'value' && typeof pattern.args === 'string' ? pattern.args : undefined;
}

/** Whether it is `text.matches(…)`. */
export function isMatch(node: ASTNode): node is ASTNode & { readonly op: 'rcall' } {
  return node.op === 'rcall' && node.args[0] === 'matches' && node.args[2].length === 1;
}

/** What is wrong with the pattern of a `matches`: it must be written out, and be one that RE2 knows. */
export function patternFault(node: ASTNode): ConditionFault | undefined {
  if (!isMatch(node)) return undefined;
  const column = (node.args[2][0] ?? node).start + 1;
  const pattern = patternOf(node);
  if (pattern === undefined) {
    return {
      column,
      message: 'The pattern of matches() must be written out.',
      hint: 'Give it in quotes, "^A[0-9]+$".',
    };
  }
  if (pattern.length > MAX_PATTERN) {
    return {
      column,
      message: `The pattern is longer than ${MAX_PATTERN} characters.`,
      hint: 'Compare with a list: fields.x in ["a", "b"].',
    };
  }
  try {
    programOf(pattern);
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    const hint = 'Patterns have the syntax of RE2: no look-ahead, no references to groups.';
    return { column, message: `The pattern cannot be read: ${why}.`, hint };
  }
}

/** Whether some part of the text fits the pattern, which must have passed `patternFault`. */
export function matchesPattern(text: string, pattern: string): boolean {
  return programOf(pattern).matcher(text).find();
}

/** Steps that one character of a text may take. */
export const programSize = (pattern: string): number => programOf(pattern).programSize();

function programOf(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  const program = RE2JS.compile(pattern);
  if (compiled.size >= MAX_KEPT) compiled.clear();
  compiled.set(pattern, program);
  return program;
}
