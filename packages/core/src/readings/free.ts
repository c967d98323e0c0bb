import type { Tx } from '@secateur/db';
import type { Acting } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { forgetFamiliar, isFamiliarOver, nextFamiliar } from './familiar.ts';
import { type Free, NOBODY, type Page, type ReadRef, type Row } from './page.ts';
import { forgetTalked, isTalkedWanted, talkedSince } from './talked.ts';

/** What is public, and read only where that costs nothing. */
export async function freePage(
  ctx: WorkerContext,
  { account, port }: Acting,
  { tenantId, accountId }: ReadRef,
  kind: Free,
  at: Row,
): Promise<Page> {
  if (kind === 'familiar') return { ...NOBODY, ...(await nextFamiliar(ctx, { tenantId, accountId }, port, at)) };
  if (!port.tellsTalks || at.startedAt === null) return { ...NOBODY, cursor: null, untold: true };
  const page = await account.talked(talkedSince(at.startedAt, at.wasUntold ? null : at.readAt), at.cursor);
  return { ...NOBODY, talks: page.items, cursor: page.cursor, untold: page.untold ?? false };
}

/** What nobody needs any more is forgotten in place of being read. */
export async function isForgotten(tx: Tx, { tenantId, accountId, kind }: ReadRef, now: Date): Promise<boolean> {
  const account = { tenantId, accountId };
  if (kind === 'talked' && !(await isTalkedWanted(tx, account, now))) {
    await forgetTalked(tx, account, now);
    return true;
  }
  if (kind === 'familiar' && (await isFamiliarOver(tx, account, now))) {
    await forgetFamiliar(tx, account);
    return true;
  }
  return false;
}

/** Whoever looks at a preview of this account sees what came of it. */
export async function tellPreviews(tx: Tx, { tenantId, accountId }: ReadRef, now: Date): Promise<void> {
  const previews = await tx.shield.findMany({
    where: { tenantId, state: 'preview', connections: { some: { accountId } } },
    select: { id: true },
  });
  await record(
    tx,
    tenantId,
    now,
    previews.map(({ id: subjectId }) => ({ kind: 'shield', subjectId })),
  );
}
