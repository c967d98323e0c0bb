import { SECOND } from '@secateur/base';
import type { Tx } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { crowdsOf } from './crowds.ts';
import { meantOn } from './estimate.ts';
import type { InTurn } from './policy/foretell.ts';
import type { Span } from './policy/lifts-due.ts';
import { allOf } from './policy/supply.ts';

type Account = { tenantId: string; accountId: string; network: NetworkName };

/** What other shields have an account do: what they still make, what is to be lifted of what they made, the tokens they hold. */
export type Before = { queue: InTurn[]; lifting: Span[]; tokensHeld: number };

type Row = {
  shieldId: string;
  state: string;
  stands: boolean;
  pending: number;
  done: number;
  total: number;
  tokensHeld: number;
  holdSeconds: number | null;
  endsAt: Date | null;
  undoneAt: Date | null;
  firstDoneAt: Date | null;
  lastDoneAt: Date | null;
};

/** Jitter lengthens a hold by at most a twentieth. */
const LONGEST = 1.05;

/**
 * Looks at what runs on an account besides a preview. Whom several shields cover waits once, and stands once for each of them
 * among what is to be lifted, so lifts are rather too many than too few.
 */
export async function beforeOn(tx: Tx, { tenantId, accountId, network }: Account, now: Date): Promise<Before> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT s.id AS "shieldId", s.state::text AS state, c.pending, c.done, c.total, c.tokens_held AS "tokensHeld",
           (s.paused_at IS NOT NULL OR s.cancelled_at IS NOT NULL OR s.undone_at IS NOT NULL) AS stands,
           s.hold_seconds AS "holdSeconds", s.ends_at AS "endsAt", coalesce(s.undone_at, s.lift_from) AS "undoneAt",
           c.first_done_at AS "firstDoneAt", c.last_done_at AS "lastDoneAt"
    FROM shield_connections c JOIN shields s ON s.tenant_id = c.tenant_id AND s.id = c.shield_id
    WHERE c.tenant_id = ${tenantId}::uuid AND c.account_id = ${accountId}::uuid
      AND s.state IN ('gathering', 'acting', 'holding', 'lifting')
    ORDER BY s.raised_at`;
  const going = rows.filter(({ stands }) => !stands);
  const counted = going.reduce((sum, { pending }) => sum + pending, 0);
  const waiting = counted === 0 ? 0 : await pendingOn(tx, tenantId, accountId);
  const once = counted === 0 ? 0 : Math.min(1, waiting / counted);
  const queue: InTurn[] = [];
  for (const { shieldId, state, pending, total, holdSeconds } of going) {
    const toCome = state === 'gathering' ? Math.max(0, (await meantBy(tx, tenantId, shieldId, network)) - total) : 0;
    const effects = Math.round(pending * once) + toCome;
    if (effects > 0) queue.push({ effects, supply: allOf(effects), holdSeconds });
  }
  return {
    queue,
    lifting: rows.flatMap((row) => liftsOf(row, now) ?? []),
    tokensHeld: going.reduce((sum, { tokensHeld }) => sum + tokensHeld, 0),
  };
}

async function pendingOn(tx: Tx, tenantId: string, accountId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM effects
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid AND state = 'pending'`;
  return row?.count ?? 0;
}

/** Whom a shield that is still being planned means in the end, as far as anybody knows. */
async function meantBy(tx: Tx, tenantId: string, shieldId: string, network: NetworkName): Promise<number> {
  const shield = await tx.shield.findUnique({
    where: { tenantId_id: { tenantId, id: shieldId } },
    include: { sources: { orderBy: { ordinal: 'asc' } } },
  });
  if (!shield) return 0;
  const { soFar, atMost } = meantOn(await crowdsOf(tx, tenantId, shield.sources), shield, network);
  return Math.max(soFar, atMost ?? 0);
}

function liftsOf(row: Row, now: Date): Span | null {
  const { done: count, holdSeconds, endsAt, undoneAt, firstDoneAt, lastDoneAt } = row;
  if (count === 0 || !firstDoneAt || !lastDoneAt) return null;
  const end = undoneAt ?? endsAt;
  if (end) return { count, from: Math.max(end.getTime(), now.getTime()), to: Math.max(end.getTime(), now.getTime()) };
  if (holdSeconds === null) return null;
  const from = firstDoneAt.getTime() + holdSeconds * SECOND;
  return { count, from, to: lastDoneAt.getTime() + Math.round(holdSeconds * SECOND * LONGEST) };
}
