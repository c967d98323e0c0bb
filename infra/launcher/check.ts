/** `npm run check`: format, lint, types, the import rule, dead code. */
import { generate } from './build.ts';
import { runChecks } from './checks.ts';
import { print, say } from './say.ts';

await generate();
for (const { name, ok, output } of await runChecks()) {
  say(`${name}: ${ok ? 'ok' : 'failed'}`);
  if (ok) continue;
  print(output);
  process.exitCode = 1;
}
