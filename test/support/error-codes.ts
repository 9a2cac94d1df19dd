// Every error code that the sources can show a person, read from the syntax itself.

import ts from 'typescript';
import { readSource, sourceFiles } from './source-imports.ts';

/** The codes in the sources under `root`, in order: of errors made on the spot, by functions that are given the code,
 * and in objects that become errors. */
export function errorCodes(root: string): string[] {
  const files = sourceFiles(root, 'src').filter((file) => !/\.test\.tsx?$/.test(file));
  const sources = files.map((file) => ts.createSourceFile(file, readSource(root, file), ts.ScriptTarget.ES2023, true));
  const makers = errorMakers(sources);
  const found = new Set<string>();
  const note = (node: ts.Node | undefined): void => {
    for (const code of literals(node)) if (/^[a-z]+(-[a-z]+)+$/.test(code)) found.add(code);
  };
  for (const source of sources) {
    walk(source, (node) => {
      if (ts.isNewExpression(node) && node.expression.getText() === 'OperationalError') note(node.arguments?.[0]);
      else if (ts.isCallExpression(node)) note(node.arguments[makers.get(node.expression.getText()) ?? -1]);
      else if (ts.isPropertyAssignment(node) && node.name.getText() === 'code') note(node.initializer);
    });
  }
  return [...found].toSorted();
}

/** Functions that make an error of a code that they are given: their name, and which parameter it is. */
function errorMakers(sources: readonly ts.SourceFile[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const source of sources) {
    walk(source, (node) => {
      if (!ts.isFunctionDeclaration(node) || !node.name || node.type?.getText() !== 'OperationalError') return;
      const at = node.parameters.findIndex((parameter) => parameter.name.getText() === 'code');
      if (at >= 0) found.set(node.name.text, at);
    });
  }
  return found;
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The texts that an expression can be, as far as it says so itself. */
function literals(node: ts.Node | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
  return [];
}
