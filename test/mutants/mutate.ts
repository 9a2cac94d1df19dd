// The faults that a file could have: one small change each, of the kinds that slip into a program and past its tests.
// Pure: takes the text, says what to replace by what. Types, imports and what is only logged stay as they are.

import ts from 'typescript';

export interface Mutant {
  /** Of the place in the file that is changed. */
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
  readonly instead: string;
}

type Add = (node: ts.Node, instead: string) => void;
type Kind = (node: ts.Node, add: Add) => void;

/** Every mutant of a file, in the order of their places; each gives another text. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const found = new Map<string, Mutant>();
  const add: Add = (node, instead) => {
    const [start, end] = [node.getStart(source), node.getEnd()];
    if (text.slice(start, end) === instead) return;
    const { line, character } = source.getLineAndCharacterOfPosition(start);
    found.set(`${start} ${end} ${instead}`, { line: line + 1, column: character + 1, start, end, instead });
  };
  const visit = (node: ts.Node): void => {
    if (isLeftAlone(node)) return;
    for (const kind of KINDS) kind(node, add);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

export function applied(text: string, { start, end, instead }: Mutant): string {
  return text.slice(0, start) + instead + text.slice(end);
}

/** The lines that a mutant changes, as they are and as they become. */
export function difference(text: string, mutant: Mutant): readonly string[] {
  const from = text.lastIndexOf('\n', mutant.start - 1) + 1;
  const lineEnd = text.indexOf('\n', mutant.end);
  const to = lineEnd === -1 ? text.length : lineEnd;
  const after = text.slice(from, mutant.start) + mutant.instead + text.slice(mutant.end, to);
  const lines = (part: string, sign: string): string[] => part.split('\n').map((line) => `${sign} ${line.trim()}`);
  return [...lines(text.slice(from, to), '-'), ...lines(after, '+')];
}

const { SyntaxKind: K } = ts;

/** By operator: what is written in its place. */
const OPERATORS: ReadonlyMap<ts.SyntaxKind, readonly string[]> = new Map([
  [K.LessThanToken, ['<=', '>=']],
  [K.LessThanEqualsToken, ['<', '>']],
  [K.GreaterThanToken, ['>=', '<=']],
  [K.GreaterThanEqualsToken, ['>', '<']],
  [K.EqualsEqualsEqualsToken, ['!==']],
  [K.ExclamationEqualsEqualsToken, ['===']],
  [K.PlusToken, ['-']],
  [K.MinusToken, ['+']],
  [K.AsteriskToken, ['/']],
  [K.SlashToken, ['*']],
  [K.PlusEqualsToken, ['-=']],
  [K.MinusEqualsToken, ['+=']],
]);

/** By method: another one with the same arguments. */
const METHODS: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  ceil: 'floor',
  floor: 'ceil',
};
/** What a call of these methods picks or orders, it leaves as it was. */
const PASSED_THROUGH: ReadonlySet<string> = new Set(['filter', 'sort', 'reverse', 'toSorted', 'slice']);

const KINDS: readonly Kind[] = [
  function operators(node, add) {
    if (!ts.isBinaryExpression(node)) return;
    const { left, right, operatorToken } = node;
    const isText = [left, right].some((side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side));
    if (isText && operatorToken.kind === K.PlusToken) return;
    for (const instead of OPERATORS.get(operatorToken.kind) ?? []) add(operatorToken, instead);
  },
  function guardsAmongConditions(node, add) {
    if (!ts.isBinaryExpression(node)) return;
    const { left, right, operatorToken } = node;
    const isJoined = operatorToken.kind === K.AmpersandAmpersandToken || operatorToken.kind === K.BarBarToken;
    if (!isJoined && operatorToken.kind !== K.QuestionQuestionToken) return;
    add(node, left.getText());
    add(node, right.getText());
  },
  function conditions(node, add) {
    const condition = ts.isIfStatement(node)
      ? node.expression
      : ts.isConditionalExpression(node)
        ? node.condition
        : undefined;
    if (!condition) return;
    add(condition, 'true');
    add(condition, 'false');
  },
  function negations(node, add) {
    if (ts.isPrefixUnaryExpression(node) && node.operator === K.ExclamationToken) add(node, node.operand.getText());
  },
  function statements(node, add) {
    if (!ts.isExpressionStatement(node)) return;
    if (!ts.isAwaitExpression(node.expression) || !ts.isBlock(node.parent)) add(node, ';');
    else add(node.expression, 'undefined');
  },
  function callsOfArrows(node, add) {
    if (ts.isArrowFunction(node) && ts.isCallExpression(node.body)) add(node.body, 'undefined');
  },
  function callsReturnedFromVoid(node, add) {
    if (!ts.isReturnStatement(node) || !node.expression || !ts.isCallExpression(node.expression)) return;
    const owner = ts.findAncestor(node, ts.isFunctionLike);
    if (owner?.type?.kind === K.VoidKeyword) add(node, 'return;');
  },
  function picks(node, add) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const { name, expression } = node.expression;
    const instead = METHODS[name.text];
    if (instead !== undefined) add(name, instead);
    if (PASSED_THROUGH.has(name.text)) add(node, expression.getText());
  },
  function literals(node, add) {
    if (ts.isNumericLiteral(node)) add(node, Number(node.text) === 0 ? '1' : '0');
    if (node.kind === K.TrueKeyword) add(node, 'false');
    if (node.kind === K.FalseKeyword) add(node, 'true');
    if (ts.isStringLiteral(node) && isWordOfUnion(node)) add(node, `''`);
  },
  function absences(node, add) {
    if (ts.isPropertyAccessExpression(node) && node.questionDotToken) add(node.questionDotToken, '.');
  },
];

/** A word that other code tells from others; sentences are for people, comparisons are turned around already. */
function isWordOfUnion(node: ts.StringLiteral): boolean {
  if (!/^[a-z]+(-[a-z]+)*$/.test(node.text)) return false;
  const { parent } = node;
  return !ts.isBinaryExpression(parent) && !ts.isCaseClause(parent) && !ts.isComputedPropertyName(parent);
}

function isLeftAlone(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  // What is logged or said in an error is for people.
  if (ts.isNewExpression(node)) return node.expression.getText().endsWith('Error');
  return ts.isCallExpression(node) && /(^|\.)#?log\??\.\w+$/.test(node.expression.getText());
}
