import { createHash } from 'node:crypto';
import type { SharedTx } from '@secateur/db';
import type { Context } from '../context/index.ts';

/** A verb called for a browser: `browser` is a secret that it alone holds, in a cookie. */
export type BrowserContext = Context & { browser: string };

/**
 * Only this browser's rows are there for the transaction: what one began no other can see or end. Queries name the hash that
 * it returns all the same.
 */
export async function asBrowser(tx: SharedTx, ctx: BrowserContext): Promise<Uint8Array<ArrayBuffer>> {
  const hash = digest(ctx.browser);
  await tx.$executeRaw`SELECT set_config('app.browser', ${Buffer.from(hash).toString('hex')}, true)`;
  return hash;
}

/** Begins a transaction of this browser. */
export function withBrowser<T>(
  ctx: BrowserContext,
  work: (tx: SharedTx, browser: Uint8Array<ArrayBuffer>) => Promise<T>,
): Promise<T> {
  return ctx.prisma.$transaction(async (tx) => work(tx, await asBrowser(tx, ctx)));
}

/** SHA-256: rows hold no secret of a browser, nor what one is to bring back. */
export function digest(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(text).digest());
}
