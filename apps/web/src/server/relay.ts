import type { Context } from '@secateur/core/context';
import { eventsHead, eventsSince } from '@secateur/core/events';

type Row = Awaited<ReturnType<typeof eventsSince>>[number];
type Listener = (row: Row) => void;
type FaultLog = { error(fields: Record<string, unknown>, message: string): void };

/** Milliseconds between two looks. */
const EVERY = 400;
/** Rows of one look. */
const PAGE = 1_000;

/**
 * Tells open pages that something grew: one look at the events of all tenants every 400 ms however many pages are
 * open, and none while nobody listens.
 */
export class Relay {
  readonly #context: Context;
  readonly #log: FaultLog;
  readonly #listeners = new Map<string, Set<Listener>>();
  #running: Promise<void> | null = null;
  #failing = false;

  constructor(context: Context, log: FaultLog) {
    this.#context = context;
    this.#log = log;
  }

  /** Calls `listener` for every event of the tenant from now on, in their order. Returns what ends that. */
  async listen(tenantId: string, listener: Listener): Promise<() => void> {
    const mine = this.#listeners.get(tenantId) ?? new Set();
    mine.add(listener);
    this.#listeners.set(tenantId, mine);
    const leave = () => {
      mine.delete(listener);
      if (mine.size === 0 && this.#listeners.get(tenantId) === mine) this.#listeners.delete(tenantId);
    };
    try {
      this.#running ??= this.#start();
      await this.#running;
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Settles when events are being looked for. */
  async #start(): Promise<void> {
    try {
      let position = await eventsHead(this.#context);
      const look = async () => {
        if (this.#listeners.size === 0) {
          this.#running = null;
          return;
        }
        try {
          position = await this.#look(position);
          this.#failing = false;
        } catch (err) {
          if (!this.#failing) this.#log.error({ err }, 'events could not be read');
          this.#failing = true;
        }
        setTimeout(look, EVERY).unref();
      };
      setTimeout(look, EVERY).unref();
    } catch (error) {
      this.#running = null;
      throw error;
    }
  }

  async #look(position: bigint): Promise<bigint> {
    const rows = whole(await eventsSince(this.#context, position, PAGE));
    for (const row of rows) {
      for (const listener of this.#listeners.get(row.tenantId) ?? []) listener(row);
    }
    return rows.at(-1)?.xid ?? position;
  }
}

/** A full page may end within a transaction: its last one is left for the next look, unless it is all there is. */
function whole(rows: Row[]): Row[] {
  const last = rows.at(-1);
  if (rows.length < PAGE || !last) return rows;
  const before = rows.filter((row) => row.xid !== last.xid);
  return before.length > 0 ? before : rows;
}
