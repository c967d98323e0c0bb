/** `npm test`: every test there is. Ends with a line `N passed, N failed`, and with code 1 when something failed. */
import { generate } from './build.ts';
import { type Count, failure, total } from './count.ts';
import { print } from './say.ts';
import { runStep, STEPS } from './steps.ts';

const told = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => told.abort());

const counts: Count[] = [];
try {
  await generate();
  for (const row of STEPS) {
    told.signal.throwIfAborted();
    counts.push(...(await Promise.all(row.map((step) => runStep(step, told.signal)))));
  }
} catch (error) {
  counts.push(failure(error instanceof Error ? error.message : String(error)));
}
const { passed, failed, failures } = total(counts);
for (const one of failures) print(`\nFAILED  ${one}`);
print(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
