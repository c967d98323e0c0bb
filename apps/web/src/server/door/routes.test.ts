import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const APP = join(import.meta.dirname, '../../app');
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Methods that a route handler's source exports without a door in front of them. */
function unguarded(source: string): string[] {
  const file = ts.createSourceFile('route.ts', source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const isDoor = (node: ts.Expression | undefined): boolean =>
    node !== undefined && ts.isCallExpression(node) && ['door', 'builtOnce'].includes(node.expression.getText(file));
  for (const statement of file.statements) {
    const exported = ts.canHaveModifiers(statement)
      ? ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
      : false;
    if (ts.isExportDeclaration(statement)) found.push(statement.getText(file));
    if (!exported) continue;
    if (ts.isFunctionDeclaration(statement)) found.push(statement.name?.text ?? 'default');
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || (METHODS.includes(name.text) && !isDoor(initializer)))
        found.push(name.getText(file));
    }
  }
  return found;
}

const routes = globSync('**/route.ts', { cwd: APP });

test('there are routes to look at', () => {
  expect(routes).toContain('api/trpc/[trpc]/route.ts');
});

test.each(routes)('%s stands behind a door', (route) => {
  expect(unguarded(readFileSync(join(APP, route), 'utf8'))).toEqual([]);
});

test.each(routes)('%s is built with the app if it looks at no request', (route) => {
  const source = readFileSync(join(APP, route), 'utf8');
  expect(source.includes('builtOnce(')).toBe(source.includes("dynamic = 'force-static'"));
});

test.each([
  'export async function GET() {}',
  'export const GET = handle;',
  'export const GET = async () => new Response();',
  'export const { GET, POST } = handlers;',
  'export { handle as POST };',
  "export * from './elsewhere.ts';",
])('%s is found', (source) => {
  expect(unguarded(source)).toHaveLength(1);
});
