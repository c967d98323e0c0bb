/**
 * `npm run prove` runs every proof, `npm run prove:NAME -- --targets 1000 --seed 7` one with its flags. A proof prints
 * its figures as JSON on its last line and fails by its exit code.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from './build.ts';
import { ROOT } from './env.ts';
import { print, say } from './say.ts';
import { shown } from './tool.ts';

const [wanted = 'all', ...flags] = process.argv.slice(2);
const known = proofs();
const names = wanted === 'all' ? known : known.filter((name) => name === wanted);
if (names.length === 0) throw new Error(`There is no proof "${wanted}". There are: ${known.join(', ')}.`);

await generate();
const results: string[] = [];
for (const name of names) {
  const code = await shown(process.execPath, [join(ROOT, `e2e/proofs/${name}.ts`), ...flags]);
  results.push(`${name}: ${code === 0 ? 'holds' : 'broken'}`);
  if (code !== 0) process.exitCode = 1;
}
if (names.length > 1) {
  for (const line of results) print(line);
  say('done');
}

/** Every `prove:NAME` of the root's scripts. */
function proofs(): string[] {
  const manifest: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return Object.keys(manifest.scripts).flatMap((script) => (script.startsWith('prove:') ? [script.slice(6)] : []));
}
