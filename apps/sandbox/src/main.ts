import { DEMO } from './control/demo-world.ts';
import { readEnv } from './env.ts';
import { startSandbox } from './start.ts';

const env = readEnv();
const sandbox = await startSandbox({
  port: env.SANDBOX_PORT,
  seed: env.SANDBOX_SEED,
  world: env.SANDBOX_WORLD,
  ...(env.SANDBOX_MASTODON_PORT === undefined ? {} : { mastodonPort: env.SANDBOX_MASTODON_PORT }),
  ...(env.SANDBOX_ORIGIN === undefined ? {} : { origin: new URL(env.SANDBOX_ORIGIN).origin }),
  ...(env.SANDBOX_DATA === undefined ? {} : { dataDir: env.SANDBOX_DATA }),
  ...(env.SANDBOX_LIMITS === undefined ? {} : { limits: env.SANDBOX_LIMITS === 'on' }),
});
process.stdout.write(`sandbox network at ${sandbox.url}\n`);
if (env.SANDBOX_WORLD === 'demo') process.stdout.write(`sign in to it as ${DEMO.handle} with ${DEMO.password}\n`);

const stop = async () => {
  await sandbox.close();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
