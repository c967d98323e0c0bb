import { MINUTE } from '@secateur/base';
import { withTenant } from '@secateur/db';
import type { Context } from '../context/index.ts';
import { type Audience, audienceOf } from './audience.ts';
import { timetable } from './policy/index.ts';

/** Milliseconds after which somebody else tells what was to be told. */
const AGAIN = 5 * MINUTE;
/** Most deletions of one look. */
const MOST = 20;

/** What the members of a tenant are to be told by mail. */
export type News = Audience & {
  about: 'asked' | 'stuck';
  tenantId: string;
  /** When the week is over, when it is all gone, and when what can't be lifted is kept. */
  leaveAt: Date;
  dueAt: Date;
  keepAt: Date;
  remaining: number;
};

/**
 * Has `tell` tell every member what became of their tenant's deletion. What nobody could be told of, and what whoever told
 * died over, is told again after some minutes: better twice than never.
 */
export async function tellOfDeletions(ctx: Context, tell: (news: News) => Promise<boolean>): Promise<void> {
  const now = ctx.clock.now();
  const due = await ctx.prisma.$queryRaw<{ tenantId: string }[]>`
    SELECT tenant_id AS "tenantId"
    FROM across.deletions_to_tell(${now}::timestamptz, ${new Date(now.getTime() + AGAIN)}::timestamptz, ${MOST}::int)`;
  for (const { tenantId } of due) {
    const news = await read(ctx, tenantId);
    if (!news || !(await tell(news))) continue;
    await withTenant(ctx.prisma, tenantId, (tx) =>
      tx.deletion.updateMany({ where: { tenantId, tell: news.about }, data: { tell: null, tellAt: null } }),
    );
  }
}

async function read(ctx: Context, tenantId: string): Promise<News | null> {
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const row = await tx.deletion.findUnique({ where: { tenantId } });
    if (!row?.tell) return null;
    const audience = await audienceOf(tx, tenantId);
    const { leaveAt, keepAt, dueAt } = timetable(row.askedAt, row.warnedAt);
    const about = row.tell === 'stuck' ? 'stuck' : 'asked';
    return { about, tenantId, leaveAt, keepAt, dueAt, remaining: row.remaining ?? 0, ...audience };
  });
}
