import { hostname } from 'node:os';
import { newId } from '@secateur/base';
import type { Lane } from '../lane.ts';
import { createAlarm } from './alarm.ts';
import { giveBack } from './give-back.ts';
import { createLink } from './link.ts';
import { lockKey } from './lock-key.ts';
import { inShort, type Log } from './log.ts';

/** Milliseconds between two beats, and without one until a member counts as stalled. */
const BEAT_EVERY_MS = 2_000;
export const DEAD_AFTER_MS = 10_000;
/** Milliseconds between tries to connect again. */
const RETRY_MS = 100;

export type FleetOptions = {
  /** Postgres itself, past any pooler, as the role secateur_queue. */
  directUrl: string;
  /** What kind of process this is, for people. */
  name: string;
  log: Log;
  beatEveryMs?: number;
  /** The sweeper's limit. Half of it after the last acknowledged beat this member doubts itself and asks. */
  deadAfterMs?: number;
};

/** This process as the others see it: alive while it holds its lock and beats. */
export type FleetMember = {
  readonly id: string;
  /** Aborted for good when others took this process for dead and have its work. It takes no more jobs; end it. */
  readonly lost: AbortSignal;
  /** Makes the name under which a lane will lock jobs, and makes it known before the first job is taken under it. */
  register(lane: Lane): Promise<string>;
  /** Gives back what was left locked under that name and forgets it. */
  retire(poolId: string): Promise<void>;
  /** Whether this process was alive in the eyes of the others a moment ago; asks the database only when unsure. */
  confirm(): Promise<boolean>;
  /** Gives everything back and leaves. Lanes are stopped before. */
  leave(): Promise<void>;
};

/** Joins the fleet: takes the lock, then writes the row, then beats until `leave`. Throws when the first try fails. */
export async function joinFleet(options: FleetOptions): Promise<FleetMember> {
  const { directUrl, name, log, beatEveryMs = BEAT_EVERY_MS, deadAfterMs = DEAD_AFTER_MS } = options;
  const id = newId();
  const key = lockKey(`fleet ${id}`);
  const losing = new AbortController();
  const alarm = createAlarm();
  let left = false;
  let pools = 0;
  let asking: Promise<boolean> | null = null;
  /** When, by this process's own clock, the last acknowledged beat was sent. */
  let provenAt = performance.now();

  const application = `secateur member ${id}`;
  const link = createLink({
    url: directUrl,
    name: application,
    // Longer than the sweeper waits: a stalled member is told by its silence, its lock is only freed for good measure.
    silenceMs: 2 * deadAfterMs,
    lost: alarm.ring,
    async opened(client) {
      // A session of ours that the server has not missed yet would keep the lock from us.
      await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()',
        [application],
      );
      const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [key]);
      if (!rows[0]?.held) throw new Error('somebody else holds the lock of this member');
    },
  });

  /** Beats, and changes this member's row as told. Without a row this process has been swept. */
  async function change(set = '', values: unknown[] = []): Promise<void> {
    const sentAt = performance.now();
    const text = `update queue.fleet set beat_at = clock_timestamp() ${set} where member_id = $1`;
    const { rowCount } = await link.use((client) => client.query(text, [id, ...values]));
    if (rowCount === 0) {
      losing.abort(new Error('this process was taken for dead'));
      throw losing.signal.reason;
    }
    provenAt = sentAt;
  }

  async function keepBeating(): Promise<void> {
    let wait = beatEveryMs;
    while (!left && !losing.signal.aborted) {
      await alarm.wait(wait);
      if (left) return;
      try {
        await change();
        wait = beatEveryMs;
      } catch (error) {
        if (wait !== RETRY_MS) log.warn({ member: id, error: inShort(error) }, 'could not beat');
        wait = RETRY_MS;
      }
    }
    if (!left) log.error({ member: id }, 'this process was taken for dead and takes no more jobs');
  }

  await link
    .use((client) =>
      client.query('insert into queue.fleet (member_id, name, lock_key, host, pid) values ($1, $2, $3, $4, $5)', [
        id,
        name,
        key,
        hostname(),
        process.pid,
      ]),
    )
    .catch(async (error: unknown) => {
      await link.close();
      throw error;
    });
  const kept = keepBeating();

  return {
    id,
    lost: losing.signal,
    async register(lane) {
      pools += 1;
      const poolId = `member:${id}:${lane}:${pools}`;
      await change(', pool_ids = array_append(pool_ids, $2)', [poolId]);
      return poolId;
    },
    async retire(poolId) {
      await link.use((client) => giveBack(client, [poolId]));
      await change(', pool_ids = array_remove(pool_ids, $2)', [poolId]);
    },
    async confirm() {
      if (losing.signal.aborted) return false;
      if (performance.now() - provenAt < deadAfterMs / 2) return true;
      // Every slot of every lane asks, again and again while Postgres is away: one question answers them all.
      asking ??= change()
        .then(
          () => true,
          () => false,
        )
        .finally(() => {
          asking = null;
        });
      return asking;
    },
    async leave() {
      if (left) return;
      left = true;
      alarm.ring();
      await kept;
      try {
        await link.use(async (client) => {
          const { rows } = await client.query('select unnest(pool_ids) as pool from queue.fleet where member_id = $1', [
            id,
          ]);
          await giveBack(
            client,
            rows.map(({ pool }) => String(pool)),
          );
          await client.query('delete from queue.fleet where member_id = $1', [id]);
        });
      } catch (error) {
        log.warn({ member: id, error: inShort(error) }, 'left without a word; the sweep will notice');
      }
      await link.close();
    },
  };
}
