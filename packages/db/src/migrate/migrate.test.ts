import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prismaFolder } from '../fixtures/prisma-folder.ts';
import { ask, scratchDatabase } from '../fixtures/scratch-database.ts';
import { create } from './create.ts';
import { applyMigrations, deploy } from './deploy.ts';
import { drift } from './drift.ts';

let database: Awaited<ReturnType<typeof scratchDatabase>>;
let url: string;
beforeEach(async () => {
  database = await scratchDatabase();
  url = database.url;
});
afterEach(() => database.close());

describe('the product’s schema', () => {
  test('is what the migrations make', async () => {
    expect(await drift(url)).toBeNull();
  });

  test('is deployed once, also when two deploys meet', async () => {
    const applied = await Promise.all([deploy(url), deploy(url)]);
    const names = await ask(url, 'select migration_name from _prisma_migrations order by 1');
    expect(applied.flat().sort()).toEqual(names);
    expect(await deploy(url)).toEqual([]);
  });

  test('has a queue in a schema of its own for every lane, which the queue’s role owns and adds none to', async () => {
    await deploy(url);
    const owners = `select nspname || ' ' || pg_get_userbyid(nspowner) from pg_namespace where nspname like 'queue\\_%' order by 1`;
    expect(await ask(url, owners)).toEqual([
      'queue_background secateur_queue',
      'queue_critical secateur_queue',
      'queue_standard secateur_queue',
    ]);
    const may = `select has_database_privilege('secateur_queue', current_database(), 'create')`;
    expect(await ask(url, may)).toEqual([false]);
  });
});

describe('a Prisma folder', () => {
  const model = (fields = '') => `model Note {\n  id Int @id\n  text String\n  ${fields}\n}\n`;
  const TABLE =
    'CREATE TABLE "Note" (id integer NOT NULL, text text NOT NULL, CONSTRAINT "Note_pkey" PRIMARY KEY (id));';
  let folder: ReturnType<typeof prismaFolder>;
  afterEach(() => folder.remove());

  test('may hold semicolons in comments and in bodies of code', async () => {
    const body = `-- one; two\n${TABLE}\nDO $$ BEGIN INSERT INTO "Note" VALUES (1, 'a;b'); END; $$;`;
    folder = prismaFolder({ 'note.prisma': model() }, { '1_note': body });
    expect(await applyMigrations(url, folder.dir)).toEqual(['1_note']);
    expect(await ask(url, 'select text from "Note"')).toEqual(['a;b']);
  });

  test('is applied whole or not at all, a migration at a time', async () => {
    folder = prismaFolder(
      { 'note.prisma': model() },
      { '1_note': TABLE, '2_bad': `DROP TABLE "Note"; SELECT nonsense;` },
    );
    await expect(applyMigrations(url, folder.dir)).rejects.toThrow('2_bad');
    expect(await ask(url, 'select count(*)::int from "Note"')).toEqual([0]);
  });

  test('with a migration that failed is applied no further', async () => {
    folder = prismaFolder({ 'note.prisma': model() }, { '1_note': TABLE });
    await applyMigrations(url, folder.dir);
    folder.migrate('2_bad', 'SELECT nonsense;');
    await expect(applyMigrations(url, folder.dir)).rejects.toThrow('2_bad');
    folder.migrate('3_good', 'SELECT 1;');
    await expect(applyMigrations(url, folder.dir)).rejects.toThrow('found failed migrations');
  });

  test('shows in SQL how its schema differs, and writes that as a migration', async () => {
    const files = {
      'note.prisma': model('done Boolean @default(false)'),
      'tag.prisma': 'model Tag {\n  id Int @id\n}\n',
    };
    folder = prismaFolder(files, { '1_note': TABLE });
    expect(await drift(url, folder.dir)).toContain('ADD COLUMN     "done" BOOLEAN');
    const file = await create(url, 'more_notes', folder.dir);
    expect(readFileSync(file ?? '', 'utf8')).toContain('CREATE TABLE "Tag"');
    expect(await drift(url, folder.dir)).toBeNull();
    expect(await create(url, 'nothing', folder.dir)).toBeNull();
  });

  test('leaves no shadow database behind', async () => {
    folder = prismaFolder({ 'note.prisma': model() }, { '1_note': TABLE });
    await drift(url, folder.dir);
    expect(await ask(url, `select datname from pg_database where datname like 'shadow%'`)).toEqual([]);
  });
});
