import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { readCatalogTypes } from './catalog-types.ts';

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

/** adapter-pg for the schema engine, with what the engine needs and version 7.10 does not do. */
export class MigrationAdapter extends PrismaPg {
  readonly #url: string;
  readonly #opened: Adapter[] = [];

  constructor(url: string) {
    // One connection: the engine's session-level lock must be held where the scripts run.
    super({ connectionString: url, max: 1 });
    this.#url = url;
  }

  override async connect(): Promise<Adapter> {
    const adapter = await super.connect();
    this.#opened.push(adapter);
    // The original splits scripts at every semicolon, also inside $$ bodies and comments. Sent whole, a migration is
    // one implicit transaction.
    adapter.executeScript = async (script) => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    };
    readCatalogTypes(adapter);
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolation) => {
      const transaction = await start(isolation);
      readCatalogTypes(transaction);
      return transaction;
    };
    return adapter;
  }

  /** The original drops the shadow database while it is still connected to it. */
  override async connectToShadowDb(): Promise<Adapter> {
    const name = `shadow_${randomUUID().replaceAll('-', '')}`;
    const admin = new pg.Client(this.#url);
    await admin.connect();
    await admin.query(`create database ${name}`);
    const url = new URL(this.#url);
    url.pathname = `/${name}`;
    const shadow = await new MigrationAdapter(url.href).connect();
    const dispose = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await dispose();
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    };
    return shadow;
  }

  /** Closes every connection; the engine itself leaves them open. */
  async close(): Promise<void> {
    await Promise.all(this.#opened.map((adapter) => adapter.dispose()));
  }
}
