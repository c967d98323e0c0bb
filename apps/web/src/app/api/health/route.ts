import { deps } from '~/deps.ts';
import { door } from '~/server/door/door.ts';
import { DOORS } from '~/server/door/rules.ts';

export const dynamic = 'force-dynamic';

/** 200 while this process can reach the database. */
export const GET = door(DOORS.open, async () => {
  const { db, log, ending } = deps();
  if (ending.signal.aborted) return Response.json({ ok: false }, { status: 503 });
  try {
    await db.pool.query('select 1');
    return Response.json({ ok: true });
  } catch (err) {
    log.error({ err }, 'health');
    return Response.json({ ok: false }, { status: 503 });
  }
});
