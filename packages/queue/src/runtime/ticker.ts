import { createAlarm } from './alarm.ts';
import { createLink } from './link.ts';
import { lockKey } from './lock-key.ts';
import { inShort, type Log } from './log.ts';

/** Milliseconds of silence after which a leader that was stopped, or cut off, loses its place. */
const SILENCE_MS = 3_000;
/** Milliseconds at most until somebody who is not the leader tries again. */
const CANDIDATE_MS = 1_000;

export type TickerOptions = {
  /** Postgres itself, past any pooler; any role. */
  url: string;
  /** Those with the same name elect one leader among them. */
  name: string;
  /** Milliseconds from the start of one tick to the start of the next; a longer tick is followed at once. */
  everyMs: number;
  /**
   * One round. A throw is logged and the next round comes as usual. Must be right when two run at once: a leader that
   * was cut off finds out late.
   */
  tick(): Promise<void>;
  log: Log;
};

export type Ticker = {
  /** Settles when the running tick has ended and the leadership is free for others. */
  stop(): Promise<void>;
};

/**
 * Runs `tick` again and again in exactly one of the processes that ask for it. Another takes over within a second when
 * the leader dies, within four when it is stopped. Survives the loss of its connection and restarts of Postgres.
 */
export function startTicker({ url, name, everyMs, tick, log }: TickerOptions): Ticker {
  const key = lockKey(`ticker ${name}`);
  const alarm = createAlarm();
  let leads = false;
  let stopped = false;
  let failing = false;
  const link = createLink({
    url,
    name: `secateur ${name}`,
    silenceMs: SILENCE_MS,
    opened: async () => {
      leads = false;
    },
  });

  /** The question also proves, when we lead, that the session with the lock is still there. */
  function elect(): Promise<boolean> {
    return link.use(async (client) => {
      const question = leads ? 'select true as leads' : `select pg_try_advisory_lock(${key}) as leads`;
      const { rows } = await client.query<{ leads: boolean }>(question);
      leads = rows[0]?.leads ?? false;
      return leads;
    });
  }

  async function run(): Promise<void> {
    while (!stopped) {
      const startedAt = performance.now();
      let pause = Math.min(everyMs, CANDIDATE_MS);
      try {
        if (await elect()) {
          pause = everyMs;
          await tick();
        }
        failing = false;
      } catch (error) {
        log[failing ? 'debug' : 'error']({ ticker: name, err: error, error: inShort(error) }, 'a tick failed');
        failing = true;
      }
      if (!stopped) await alarm.wait(Math.max(0, pause - (performance.now() - startedAt)));
    }
    await link.close();
  }

  const ended = run();
  return {
    async stop() {
      stopped = true;
      alarm.ring();
      await ended;
    },
  };
}
