/** `npm start`: runs the product until it is told to stop. */
import { readSettings } from './env.ts';
import { startProduct } from './product.ts';
import { print, say } from './say.ts';
import { welcome } from './welcome.ts';

const told = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (told.signal.aborted) return;
    say('stopping');
    told.abort();
  });
}
const stopTold = new Promise<null>((settle) => told.signal.addEventListener('abort', () => settle(null)));

try {
  const product = await startProduct(readSettings(), told.signal);
  print(welcome(product));
  const broken = await Promise.race([product.broken, stopTold]);
  if (broken) {
    say(broken);
    process.exitCode = 1;
  }
  await product.stop();
  say('stopped');
} catch (error) {
  if (told.signal.aborted) {
    say('stopped');
  } else {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
