// A filter as a small tree that a store can turn into SQL, with the same meaning as the filter itself: what fails or is
// missing is unknown, and `or`, `and`, `not` treat that as SQL treats NULL. Filters that need more than this have no tree.

import type { ASTNode } from '@marcbachmann/cel-js';
import { emptyField, fieldOf, readDate } from './field-uses.ts';
import type { FieldKind, FieldUse } from './terms.ts';

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** Instants are epoch ms of kind `date`. */
export type Operand =
  | { readonly is: 'field'; readonly field: string; readonly kind: FieldKind }
  | { readonly is: 'contact-name'; readonly kind: 'text' }
  | { readonly is: 'literal'; readonly value: string | number | boolean; readonly kind: FieldKind };

export type Predicate =
  | { readonly op: 'and' | 'or'; readonly left: Predicate; readonly right: Predicate }
  | { readonly op: 'not'; readonly of: Predicate }
  | { readonly op: 'if'; readonly condition: Predicate; readonly then: Predicate; readonly else: Predicate }
  | { readonly op: 'compare'; readonly by: Comparison; readonly left: Operand; readonly right: Operand }
  | { readonly op: 'in'; readonly value: Operand; readonly list: readonly Operand[] }
  | { readonly op: 'part'; readonly at: 'start' | 'end' | 'anywhere'; readonly text: Operand; readonly part: string }
  /** An operand of kind `bool` by itself. */
  | { readonly op: 'truth'; readonly of: Operand }
  /** The field is there and can be read as its kind. */
  | { readonly op: 'has'; readonly field: string; readonly kind: FieldKind }
  | { readonly op: 'empty'; readonly field: string };

type Uses = ReadonlyMap<string, FieldUse>;

const PLACES: Readonly<Record<string, 'start' | 'end' | 'anywhere'>> = {
  startsWith: 'start',
  endsWith: 'end',
  contains: 'anywhere',
};

/** The tree of a filter; undefined when some part of it has no counterpart. */
export function predicateOf(node: ASTNode, uses: Uses): Predicate | undefined {
  switch (node.op) {
    case '&&':
    case '||': {
      const [left, right] = node.args.map((part) => predicateOf(part, uses));
      return left && right && { op: node.op === '&&' ? 'and' : 'or', left, right };
    }
    case '!_': {
      const of = predicateOf(node.args, uses);
      return of && { op: 'not', of };
    }
    case '?:': {
      const [condition, then, otherwise] = node.args.map((part) => predicateOf(part, uses));
      return condition && then && otherwise && { op: 'if', condition, then, else: otherwise };
    }
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(node.op, node.args, uses);
    case 'in':
      return membership(node.args, uses);
    case 'rcall':
      return partOfText(node.args, uses);
    case 'call':
      return called(node, uses);
    default:
      return truth(node, uses);
  }
}

function comparison(by: Comparison, sides: readonly [ASTNode, ASTNode], uses: Uses): Predicate | undefined {
  const left = operandOf(sides[0], uses);
  const right = operandOf(sides[1], uses);
  if (left?.kind !== right?.kind || !left || !right) return undefined;
  const isOrder = by !== '==' && by !== '!=';
  if (isOrder && left.kind === 'bool') return undefined;
  if (isOrder && left.kind === 'text' && !hasPlainLiteral(left, right)) return undefined;
  return { op: 'compare', by, left, right };
}

/** Texts are in the same order for every store as long as one of the two has no rare characters. */
function hasPlainLiteral(...operands: readonly Operand[]): boolean {
  return operands.some((one) => one.is === 'literal' && !/[\ud800-\uffff]/.test(String(one.value)));
}

function membership([one, list]: readonly [ASTNode, ASTNode], uses: Uses): Predicate | undefined {
  const value = operandOf(one, uses);
  if (!value || list.op !== 'list' || list.args.length === 0) return undefined;
  const members = list.args.map((member) => operandOf(member, uses));
  const known = members.filter((member) => member?.is === 'literal' && member.kind === value.kind);
  if (known.length < members.length) return undefined;
  return { op: 'in', value, list: known.filter((member) => member !== undefined) };
}

function partOfText(
  [name, of, args]: readonly [string, ASTNode, readonly ASTNode[]],
  uses: Uses,
): Predicate | undefined {
  const at = Object.hasOwn(PLACES, name) ? PLACES[name] : undefined;
  const text = operandOf(of, uses);
  const [part] = args.map((argument) => operandOf(argument, uses));
  if (at === undefined || text?.kind !== 'text' || part?.is !== 'literal' || typeof part.value !== 'string') {
    return undefined;
  }
  return { op: 'part', at, text, part: part.value };
}

function called(node: ASTNode, uses: Uses): Predicate | undefined {
  if (node.op !== 'call') return undefined;
  const empty = emptyField(node);
  if (empty !== undefined) return { op: 'empty', field: empty };
  const [name, [argument]] = node.args;
  const field = name === 'has' && argument ? fieldOf(argument) : undefined;
  const use = field === undefined ? undefined : uses.get(field);
  return field === undefined || !use ? undefined : { op: 'has', field, kind: use.kind };
}

function truth(node: ASTNode, uses: Uses): Predicate | undefined {
  const of = operandOf(node, uses);
  return of?.kind === 'bool' ? { op: 'truth', of } : undefined;
}

function operandOf(node: ASTNode, uses: Uses): Operand | undefined {
  const field = fieldOf(node);
  const use = field === undefined ? undefined : uses.get(field);
  if (field !== undefined) return use && { is: 'field', field, kind: use.kind };
  switch (node.op) {
    case '.':
      return node.args[0].op === 'id' && node.args[0].args === 'contact' && node.args[1] === 'name'
        ? { is: 'contact-name', kind: 'text' }
        : undefined;
    case 'value':
      return literalOf(node.args);
    case '-_': {
      const number = operandOf(node.args, uses);
      return number?.is === 'literal' && typeof number.value === 'number'
        ? { ...number, value: -number.value }
        : undefined;
    }
    case 'call':
      return dateOf(node.args, uses);
    default:
      return undefined;
  }
}

function literalOf(value: unknown): Operand | undefined {
  if (typeof value === 'string') return value.includes('\0') ? undefined : { is: 'literal', value, kind: 'text' };
  if (typeof value === 'boolean') return { is: 'literal', value, kind: 'bool' };
  if (typeof value === 'number') return Number.isFinite(value) ? { is: 'literal', value, kind: 'number' } : undefined;
  if (typeof value !== 'bigint') return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? { is: 'literal', value: number, kind: 'number' } : undefined;
}

function dateOf([name, args]: readonly [string, readonly ASTNode[]], uses: Uses): Operand | undefined {
  const [argument] = args;
  if ((name !== 'timestamp' && name !== 'date') || !argument) return undefined;
  if (argument.op !== 'value') {
    const field = operandOf(argument, uses);
    return field?.is === 'field' && field.kind === 'date' ? field : undefined;
  }
  const instant = typeof argument.args === 'string' ? readDate(argument.args) : undefined;
  return instant && { is: 'literal', value: instant.getTime(), kind: 'date' };
}
