/**
 * `prove:secrets`: secrets of every kind go through the product while everything that can go wrong does, its keys are rotated
 * under load, and then they are looked for in everything that it stores, prints or answers.
 */
import { BUGS, PARTS, proveSecrets } from './secrets/run.ts';
import { startServer } from './shared/database.ts';
import { readFlags } from './shared/flags.ts';
import { conclude, say } from './shared/say.ts';

const flags = readFlags({ accounts: 20, workers: 3, rotations: 3, answers: 10, web: 1 }, BUGS);
const server = await startServer();
try {
  conclude(await proveSecrets(server, { ...flags, parts: PARTS, web: flags.web > 0, say }));
} finally {
  await server.close();
}
