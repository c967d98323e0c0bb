import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { literalsIn } from './literals.ts';

const ROOT = join(import.meta.dirname, '../../../..');

test('no page has words of its own', () => {
  const files = globSync(['apps/web/src/**/*.tsx', 'packages/ui/src/**/*.tsx'], { cwd: ROOT });
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap((file) => literalsIn(file, readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
});

test.each([
  ['text', '<p>Hello</p>'],
  ['an expression', "<p>{'Hello'}</p>"],
  ['a choice', "<p>{here ? 'Hello' : t('bye')}</p>"],
  ['a template', `<p>{\`Hello $\{name}\`}</p>`],
  ['a label', '<TextField label="Hello" />'],
  ['a spoken name', "<button aria-label={here ? 'Hello' : undefined} />"],
])('words in %s are found', (_, jsx) => {
  expect(literalsIn('x.tsx', `const x = ${jsx};`)).toEqual([expect.stringContaining('Hello')]);
});

test.each([
  '<p>{t("hello")}</p>',
  '<p className="grid">·</p>',
  '<Tag tone={good ? "good" : "plain"} />',
  '<p> {1} % </p>',
])('%s has none', (jsx) => {
  expect(literalsIn('x.tsx', `const x = ${jsx};`)).toEqual([]);
});
