import type { EnqueueTx } from '@secateur/queue';

/** A fleet member was found dead: the accounts it held are free at once. Runs in the sweep's own transaction. */
export async function releaseMember(tx: EnqueueTx, memberId: string): Promise<void> {
  await tx.$executeRaw`SELECT across.release(${memberId}::uuid)`;
}
