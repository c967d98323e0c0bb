import type { WorkerContext } from '@secateur/core/context';
import { sealedTo, wrappedBy } from '@secateur/core/secrets';
import type { Logger } from 'pino';

/**
 * Says which keys this process lacks although something is sealed under them. It goes on without: others may have them, and
 * what waits is not lost.
 */
export async function sayMissingKeys(ctx: WorkerContext, log: Logger): Promise<void> {
  for (const { name, keys, known } of await wrappedBy(ctx)) {
    if (!known) log.error({ key: name, tenants: keys }, 'WORKER_KEYS lacks a key that is needed');
  }
  for (const { id, secrets, known } of await sealedTo(ctx)) {
    if (!known) log.error({ key: id, secrets }, 'SEALING_PRIVATE_KEYS lacks a key that is needed');
  }
}
