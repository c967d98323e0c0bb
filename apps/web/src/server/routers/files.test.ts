import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const source = readFileSync(join(import.meta.dirname, 'files.ts'), 'utf8');

test('whoever takes a file along has the right to, and has confirmed that it is them: whichever file it is', () => {
  expect(source).toContain("const takingAlong = freshMember('export', 'export');");
  const router = /const filesRouter = router\(\{\n([\s\S]*?)\n\}\);/.exec(source)?.[1] ?? '';
  const files = [...router.matchAll(/^ {2}(\w+): (\w+)/gm)].map(([, name, on]) => ({ name, on }));
  expect(files.map(({ name }) => name)).toContain('data');
  for (const file of files) expect(file).toEqual({ name: file.name, on: 'takingAlong' });
});
