// How many steps may a condition take for one contact? Read off its syntax tree before it is ever asked, so that no
// condition can hold up the thread that asks it. Steps are about characters looked at; the figure is an upper bound.

import type { ASTNode } from '@marcbachmann/cel-js';
import type { ConditionFault } from './terms.ts';
import { patternOf, programSize } from './text-pattern.ts';

/** Texts longer than this, in characters, cannot be asked by a condition that SQL cannot answer. */
export const MAX_TEXT = 4000;
/** A few milliseconds. */
const MAX_STEPS = 4_000_000;
/** Loops within loops. */
const MAX_NESTED_LOOPS = 2;
/** Fields that a contact may have, for conditions that look at all of them. */
const MAX_FIELDS = 200;

const LOOPS: ReadonlySet<string> = new Set(['exists', 'all', 'exists_one', 'map', 'filter']);
const LISTS: ReadonlySet<string> = new Set(['map', 'filter']);

/** What a part of a condition gives at most: its characters, its elements when it is a list, and the steps to get there. */
interface Bound {
  readonly size: number;
  readonly items: number;
  readonly steps: number;
}

/** The sizes of the variables of the loops around a part. */
type Scope = ReadonlyMap<string, number>;

/** The fault of a condition that may take too long for one contact; undefined when it cannot. */
export function costFault(tree: ASTNode): ConditionFault | undefined {
  if (loopDepth(tree) > MAX_NESTED_LOOPS) {
    const message = `The condition loops within loops more than ${MAX_NESTED_LOOPS} deep.`;
    return { column: 1, message, hint: 'Compare the fields one by one, or prepare a field for it in the list.' };
  }
  const { steps } = boundOf(tree, new Map());
  if (steps <= MAX_STEPS) return undefined;
  return {
    column: 1,
    message: `The condition may take ${Math.round(steps / 1e6)} million steps for one contact; ${MAX_STEPS / 1e6} million are allowed.`,
    hint: 'Shorten its patterns, and do not compare every part of one text with every part of another.',
  };
}

function loopDepth(node: ASTNode): number {
  const within = Math.max(0, ...partsOf(node).map(loopDepth));
  return isLoop(node) ? within + 1 : within;
}

const isLoop = (node: ASTNode): boolean => node.op === 'rcall' && LOOPS.has(node.args[0]) && node.args[2].length > 1;

function boundOf(node: ASTNode, scope: Scope): Bound {
  switch (node.op) {
    case 'value':
      return { size: typeof node.args === 'string' ? node.args.length : 1, items: 0, steps: 1 };
    case 'id':
      return { size: scope.get(node.args) ?? MAX_TEXT, items: scope.get(node.args) ?? MAX_FIELDS, steps: 1 };
    case '.':
    case '.?':
    case '[]':
    case '[?]':
      return { size: MAX_TEXT, items: 0, steps: sum(partsOf(node).map((part) => boundOf(part, scope))).steps };
    case 'rcall':
      return isLoop(node) ? loopBound(node, scope) : callBound(node, scope);
    case '+': {
      const all = sum(partsOf(node).map((part) => boundOf(part, scope)));
      return { ...all, steps: all.steps + all.size };
    }
    case 'list':
    case 'map': {
      const all = sum(partsOf(node).map((part) => boundOf(part, scope)));
      return { ...all, items: node.args.length };
    }
    case '?:': {
      const branches = partsOf(node).map((part) => boundOf(part, scope));
      const most = (key: keyof Bound): number => Math.max(...branches.map((branch) => branch[key]));
      return { size: most('size'), items: most('items'), steps: sum(branches).steps };
    }
    case 'call': {
      const all = sum(partsOf(node).map((part) => boundOf(part, scope)));
      return { ...all, steps: all.steps + all.size };
    }
    default: {
      // A comparison, a calculation, yes or no: looks at all of both sides and gives one value.
      const all = sum(partsOf(node).map((part) => boundOf(part, scope)));
      return { size: 1, items: 0, steps: all.steps + all.size };
    }
  }
}

/** A call on a text or a list: looks at all of it once, and at all that it is given. */
function callBound(node: ASTNode & { readonly op: 'rcall' }, scope: Scope): Bound {
  const [name, receiver, given] = node.args;
  const of = boundOf(receiver, scope);
  const others = sum(given.map((part) => boundOf(part, scope)));
  const steps = of.steps + others.steps + of.size + others.size;
  if (name === 'split') return { size: of.size, items: of.size + 1, steps };
  if (name === 'join') {
    const size = of.size + of.items * others.size;
    return { size, items: 0, steps: steps + size };
  }
  const pattern = patternOf(node);
  if (pattern === undefined) return { size: of.size + others.size, items: of.items, steps };
  return { size: 1, items: 0, steps: steps + of.size * programSize(pattern) };
}

/**
 * A loop over a list of `items` elements that are `size` long together. The steps of its body grow at least as fast as
 * its element, so that one element with everything in it and the others empty is the worst case.
 */
function loopBound(node: ASTNode & { readonly op: 'rcall' }, scope: Scope): Bound {
  const [name, receiver, [variable, ...bodies]] = node.args;
  const list = boundOf(receiver, scope);
  const named = variable?.op === 'id' ? variable.args : '';
  const at = (size: number): Bound => sum(bodies.map((body) => boundOf(body, new Map([...scope, [named, size]]))));
  const [small, large] = [at(1), at(list.size)];
  const steps = list.steps + list.items * small.steps + large.steps;
  if (!LISTS.has(name)) return { size: 1, items: 0, steps };
  return { size: list.size + list.items * small.size + large.size, items: list.items, steps };
}

function sum(bounds: readonly Bound[]): Bound {
  return bounds.reduce(
    (all, bound) => ({ size: all.size + bound.size, items: all.items + bound.items, steps: all.steps + bound.steps }),
    { size: 0, items: 0, steps: 1 },
  );
}

/** The nodes directly below one. */
function partsOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'list':
      return node.args;
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
}
