import { join } from 'node:path';
import { makeKeys } from '@secateur/core/testing';
import { makeWorkerUtils } from 'graphile-worker';
import { castPlayers, type Player } from '../shared/cast.ts';
import { startChild } from '../shared/child.ts';
import { openAsker, type Server } from '../shared/database.ts';
import { loadAccounts } from '../shared/load.ts';
import { type SandboxProcess, startSandboxProcess } from '../shared/sandbox.ts';
import { until } from '../shared/until.ts';
import { wakeAll } from '../shared/wake.ts';
import { wantTargets } from '../shared/wanted.ts';
import { startWorkerProcess } from '../shared/worker.ts';
import { measure, type Took } from './measure.ts';

export type Size = { accounts: number; effects: number; seed: number };

/** Accounts that one shield covers: a tenant with several, so that some rows are shared. */
const ACCOUNTS_PER_TENANT = 5;

/** One account in so many is done before the others, and is not measured. */
const WARM_UP = 10;

/** All accounts with their targets, those that are not measured first. */
async function cast(
  sandbox: SandboxProcess,
  { accounts, effects }: Size,
): Promise<{ players: Player[]; warm: number }> {
  const each = effects / accounts;
  const before = Math.ceil(accounts / WARM_UP);
  return { players: await castPlayers(sandbox, accounts + before, each), warm: before * each };
}

/** The real worker, as `npm start` runs it. */
export async function ours(server: Server, database: string, size: Size): Promise<Took> {
  const urls = await server.database(database);
  const sandbox = await startSandboxProcess(size.seed);
  const keys = makeKeys();
  const { players, warm } = await cast(sandbox, size);
  const now = new Date();
  const loaded = await loadAccounts(urls, { keys, players, accountsPerTenant: ACCOUNTS_PER_TENANT, now });
  // Another session than the one that looks on: sessions say what they counted when they end.
  const loader = await openAsker(urls.admin);
  await wantTargets(
    loader,
    loaded.map((account) => ({ account, dids: account.player.targets })),
    now,
  );
  await loader.ask('VACUUM ANALYZE');
  await loader.close();
  const worker = await startWorkerProcess({ urls, sandboxUrl: sandbox.url, keys });
  const inside = await openAsker(urls.admin);
  const first = loaded.length - size.accounts;
  const left = async () => {
    const [row] = await inside.ask<{ left: number }>('SELECT sum(pending)::int AS left FROM shield_connections');
    return row?.left;
  };
  const took = await measure({
    server,
    database,
    sandbox,
    worker,
    effects: size.effects,
    warm,
    async warmUp() {
      await wakeAll(inside, loaded.slice(0, first));
      await until('the first accounts are done', 60, async () => (await left()) === size.effects);
    },
    begin: () => wakeAll(inside, loaded.slice(first)),
    finished: async () => (await left()) === 0,
  });
  await inside.close();
  await sandbox.close();
  await server.drop(database);
  return took;
}

/** One job an effect: see baseline.ts. */
export async function baseline(server: Server, database: string, size: Size): Promise<Took> {
  const { admin } = await server.database(database, true);
  const sandbox = await startSandboxProcess(size.seed);
  const { players, warm } = await cast(sandbox, size);
  const utils = await makeWorkerUtils({ connectionString: admin });
  await utils.migrate();
  await utils.release();
  const inside = await openAsker(admin);
  await inside.ask(
    `CREATE TABLE wanted (id int PRIMARY KEY, account int NOT NULL, subject text NOT NULL, state text NOT NULL DEFAULT 'pending',
                          uri text, confirmed_at timestamptz)`,
  );
  const wanted = players.flatMap((player, account) => player.targets.map((subject) => ({ account, subject })));
  await inside.ask('INSERT INTO wanted SELECT row_number() OVER (), * FROM unnest($1::int[], $2::text[])', [
    wanted.map((one) => one.account),
    wanted.map((one) => one.subject),
  ]);
  await inside.ask(
    `SELECT count(*) FROM graphile_worker.add_jobs((
       SELECT array_agg(ROW('block', json_build_object('id', id), NULL, NULL, NULL, NULL, NULL, NULL)::graphile_worker.job_spec
                        ORDER BY id) FROM wanted))`,
  );
  await inside.ask('VACUUM ANALYZE');
  const worker = startChild({
    args: [join(import.meta.dirname, 'baseline.ts')],
    env: {
      DATABASE_URL: admin,
      SANDBOX_URL: sandbox.url,
      PLAYERS: JSON.stringify(players.map(({ handle, password }, id) => ({ id, handle, password }))),
      NO_LOG_SUCCESS: '1',
    },
  });
  await worker.line((line) => (line === 'ready' ? true : undefined));
  const took = await measure({
    server,
    database,
    sandbox,
    worker,
    effects: size.effects,
    warm,
    async warmUp(made) {
      worker.tell('go');
      await until('the first effects are done', 120, async () => (await made()) >= warm);
    },
    begin: async () => {},
    async finished() {
      const [row] = await inside.ask<{ left: boolean }>(
        'SELECT EXISTS (SELECT FROM graphile_worker._private_jobs) AS left',
      );
      return row?.left === false;
    },
  });
  await inside.close();
  await sandbox.close();
  await server.drop(database);
  return took;
}
