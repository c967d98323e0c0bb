import type { PrismaClient } from '@secateur/db';
import { isLive } from './lifetime.ts';

type FaultLog = { error(fields: Record<string, unknown>, message: string): void };

/** Milliseconds between two looks: a stream outlives its session by no more. */
const EVERY = 2_000;

/**
 * Tells open streams that their session is over, whichever process ended it: one question every two seconds for all
 * streams of this process together, and none while there are none.
 */
export class SessionWatch {
  readonly #prisma: PrismaClient;
  readonly #log: FaultLog;
  readonly #watchers = new Map<string, Set<() => void>>();
  #running = false;
  #failing = false;

  constructor(prisma: PrismaClient, log: FaultLog) {
    this.#prisma = prisma;
    this.#log = log;
  }

  /** Calls `onOver` once the session is over. Returns what ends the watch. */
  watch(sessionId: string, onOver: () => void): () => void {
    const mine = this.#watchers.get(sessionId) ?? new Set();
    mine.add(onOver);
    this.#watchers.set(sessionId, mine);
    if (!this.#running) {
      this.#running = true;
      this.#later();
    }
    return () => {
      mine.delete(onOver);
      if (mine.size === 0 && this.#watchers.get(sessionId) === mine) this.#watchers.delete(sessionId);
    };
  }

  #later(): void {
    setTimeout(() => void this.#look(), EVERY).unref();
  }

  async #look(): Promise<void> {
    const ids = [...this.#watchers.keys()];
    if (ids.length === 0) {
      this.#running = false;
      return;
    }
    try {
      const live = await this.#prisma.session.findMany({
        where: { id: { in: ids }, ...isLive(new Date()) },
        select: { id: true },
      });
      this.#failing = false;
      const living = new Set(live.map(({ id }) => id));
      for (const id of ids) {
        if (living.has(id)) continue;
        for (const onOver of this.#watchers.get(id) ?? []) onOver();
      }
    } catch (err) {
      // Nobody is signed out because the database can't be asked: what a stream tells then is nothing anyway.
      if (!this.#failing) this.#log.error({ err }, 'sessions could not be read');
      this.#failing = true;
    }
    this.#later();
  }
}
