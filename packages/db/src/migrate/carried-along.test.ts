import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prismaFolder } from '../fixtures/prisma-folder.ts';
import { ask, scratchDatabase } from '../fixtures/scratch-database.ts';
import { applyMigrations, deploy } from './deploy.ts';
import { migrationList, PRISMA_DIR } from './files.ts';

let database: Awaited<ReturnType<typeof scratchDatabase>>;
let folder: ReturnType<typeof prismaFolder>;
beforeEach(async () => {
  database = await scratchDatabase();
});
afterEach(async () => {
  folder.remove();
  await database.close();
});

/** The database as it stood before that migration. */
async function before(name: string): Promise<void> {
  const { migrationDirectories } = migrationList(PRISMA_DIR);
  const earlier = migrationDirectories.flatMap(({ path, migrationFile: { content } }) =>
    path < name && content.tag === 'ok' ? [[path, content.value] as const] : [],
  );
  folder = prismaFolder({}, Object.fromEntries(earlier));
  await applyMigrations(database.url, folder.dir);
}

// Migrations run as a role that row-level security holds too: an UPDATE in them finds nothing.
test('shields from before there were several sources, rules and one outbox keep their meaning', async () => {
  await before('20261121220001');
  const [tenant, user, shield] = [randomUUID(), randomUUID(), randomUUID()];
  const at = "'2026-11-20T12:00:00Z'";
  await ask(database.url, `INSERT INTO tenants (id, name, created_at) VALUES ('${tenant}', 'Sam', ${at})`);
  await ask(database.url, `INSERT INTO users (id, email) VALUES ('${user}', 'sam@example.org')`);
  await ask(
    database.url,
    `INSERT INTO members (tenant_id, user_id, role, joined_at) VALUES ('${tenant}', '${user}', 'owner', ${at})`,
  );
  await ask(
    database.url,
    `INSERT INTO shields (tenant_id, id, created_by, created_at, state, action, spare_follows, spare_followers, spare_mutuals)
     VALUES ('${tenant}', '${shield}', '${user}', ${at}, 'acting', 'block', true, false, false)`,
  );
  await ask(
    database.url,
    `INSERT INTO sources (tenant_id, shield_id, ordinal, kind, query) VALUES ('${tenant}', '${shield}', 0, 'followers', 'troll')`,
  );
  await ask(
    database.url,
    `INSERT INTO deletions (tenant_id, asked_by, asked_at, blocks, due_at, receipt_hash, tell, tell_at)
     VALUES ('${tenant}', '${user}', ${at}, 'now', ${at}, '\\x00', 'asked', ${at})`,
  );
  await deploy(database.url);
  expect(await ask(database.url, 'SELECT network::text, query FROM sources')).toEqual(['bluesky', 'troll']);
  expect(
    await ask(database.url, 'SELECT for_follows::text, for_followers::text, for_mutuals::text, threshold FROM shields'),
  ).toEqual(['spare', 'nothing', 'spare', 1]);
  expect(await ask(database.url, 'SELECT about::text, listener::text FROM owed_notices ORDER BY listener')).toEqual([
    'deletion_asked',
    'first',
    'deletion_asked',
    'second',
  ]);
});
