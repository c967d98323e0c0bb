import { withTenant } from '@secateur/db';
import type { Context, MemberContext } from '../context/index.ts';
import type { EventKind } from './schemas.ts';

/** One row of the history: `xid` and `id` order it, and a reader who names the last it saw misses none. */
export type EventRow = { tenantId: string; xid: bigint; id: bigint; kind: EventKind; subjectId: string };

/** Most events told to a tenant at once when it comes back; beyond that its pages ask for everything anyway. */
const BACKLOG = 500;

/** What happened to anybody since transaction `xid`, oldest first: for the relay, which gives each tenant its own. */
export async function eventsSince(ctx: Context, xid: bigint, limit: number): Promise<EventRow[]> {
  return ctx.prisma.$queryRaw<EventRow[]>`
    SELECT tenant_id AS "tenantId", xid, id, kind, subject_id AS "subjectId" FROM across.events_since(${xid}, ${limit}::int)`;
}

/** The newest transaction that `eventsSince` would tell of now. */
export async function eventsHead(ctx: Context): Promise<bigint> {
  const [row] = await ctx.prisma.$queryRaw<{ head: bigint }[]>`SELECT across.events_head() AS head`;
  return row?.head ?? 0n;
}

/** What happened in the actor's tenant after transaction `xid`, oldest first. */
export async function tenantEvents(ctx: MemberContext, xid: bigint): Promise<EventRow[]> {
  return withTenant(
    ctx.prisma,
    ctx.actor.tenantId,
    (tx) =>
      tx.$queryRaw<EventRow[]>`
      SELECT tenant_id AS "tenantId", xid, id, kind, subject_id AS "subjectId" FROM events
      WHERE tenant_id = ${ctx.actor.tenantId}::uuid AND xid > ${xid}
        AND xid < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint
      ORDER BY xid, id LIMIT ${BACKLOG}`,
  );
}
