// What a source file imports and which forbidden things it touches, read from its syntax tree.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export interface SourceImport {
  /** The importing file, relative to the repository. */
  readonly file: string;
  readonly line: number;
  /** As written: a package, `node:fs`, or `./x.ts`. */
  readonly specifier: string;
  /** The imported file, relative to the repository; absent for packages. */
  readonly target?: string;
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

export interface SourceUse {
  readonly file: string;
  readonly line: number;
  readonly what: string;
}

/** All TypeScript files under a folder, relative to `root`, in order. */
export function sourceFiles(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}

export function readSource(root: string, file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** Static, dynamic and type imports and re-exports of a file. */
export function importsOf(file: string, text: string): SourceImport[] {
  const source = parse(file, text);
  const found: SourceImport[] = [];
  const add = (node: ts.Node, specifier: string, typeOnly: boolean): void => {
    const target = specifier.startsWith('.') ? { target: path.join(path.dirname(file), specifier) } : {};
    found.push({ file, line: lineOf(source, node), specifier, ...target, typeOnly });
  };
  walk(source, (node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node, node.moduleSpecifier.text, isTypeOnly(node));
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node, node.moduleSpecifier.text, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      if (ts.isStringLiteral(node.argument.literal)) add(node, node.argument.literal.text, true);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteralLike(argument)) add(node, argument.text, false);
    }
  });
  return found;
}

/** Uses of the clock, chance, timers, the console and the process in a file that may have none of them. */
export function impureUses(file: string, text: string): SourceUse[] {
  const source = parse(file, text);
  const found: SourceUse[] = [];
  walk(source, (node) => {
    const what = impurity(node);
    if (what !== undefined) found.push({ file, line: lineOf(source, node), what });
  });
  return found;
}

const IMPURE_MEMBERS: ReadonlySet<string> = new Set(['Date.now', 'Math.random', 'performance.now']);
const IMPURE_NAMES: ReadonlySet<string> = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'console',
  'process',
  'fetch',
]);

function impurity(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const member = `${node.expression.getText()}.${node.name.text}`.replace(/^globalThis\./, '');
    return IMPURE_MEMBERS.has(member) ? member : undefined;
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()';
  if (ts.isIdentifier(node) && IMPURE_NAMES.has(node.text) && isFreeName(node)) return node.text;
  return undefined;
}

/** Whether an identifier stands for a global: not the name of a member, property or declaration. */
function isFreeName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return ts.isExpression(parent) || ts.isExpressionStatement(parent) || ts.isReturnStatement(parent);
}

function isTypeOnly(node: ts.ImportDeclaration): boolean {
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { namedBindings } = clause;
  if (clause.name || !namedBindings || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly);
}

function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

function lineOf(source: ts.SourceFile, node: ts.Node): number {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}
