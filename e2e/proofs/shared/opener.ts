import { newId } from '@secateur/base';
import type { WorkerContext } from '@secateur/core/context';
import { type KeyTexts, readKeys } from '@secateur/core/testing';
import { createDb, createLocks } from '@secateur/db';
import type { Urls } from './database.ts';

/** A worker that has every key there ever was, in this process: what an attacker with all of them could open. */
export function opener(urls: Urls, everyKey: KeyTexts): { ctx: WorkerContext; close(): Promise<void> } {
  const db = createDb(urls.worker, { max: 4 });
  const locks = createLocks(urls.worker);
  const ctx: WorkerContext = {
    prisma: db.prisma,
    clock: { now: () => new Date() },
    networks: {},
    keys: readKeys(everyKey),
    locks,
    memberId: newId(),
    lost: new AbortController().signal,
  };
  return { ctx, close: async () => void (await Promise.all([db.close(), locks.close()])) };
}
