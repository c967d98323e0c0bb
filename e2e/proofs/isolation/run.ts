import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLife } from '@secateur/core/testing';
import {
  buildWeb,
  freePorts,
  generate,
  loadSecrets,
  startDatabase,
  startHealthy,
  web,
  webUrl,
} from '@secateur/launcher';
import { openAsker } from '../shared/database.ts';
import type { Finding } from '../shared/say.ts';
import { CALLERS } from './callers.ts';
import { CASES } from './cases.ts';
import { takeFiles } from './files.ts';
import { askEverything, type Tally } from './matrix.ts';
import { openEverything, unclassified } from './routes.ts';
import { lookPast } from './rows.ts';
import { listenAsEverybody } from './streams.ts';
import { makeWorld } from './world.ts';

export const BUGS = ['no-where', 'no-policy'] as const;
/** In what state everything is asked: as it stands, and without the row policies. */
export const ROUNDS = ['stands', 'alone'] as const;
export type Options = {
  bug: (typeof BUGS)[number] | null;
  rounds: readonly (typeof ROUNDS)[number][];
  say(text: string): void;
};

const NOTHING: Tally = { calls: 0, wrong: [] };

/** In the order in which they are asked for. */
const PROMISES = {
  classified: 'every route and every procedure is classified',
  rows: 'no row is seen past its tenant, even by a query that forgets to ask',
  matrix: 'nobody sees or does what is not theirs',
  alone: 'nobody would even if the row policies were gone',
} as const;

/**
 * Asks everything as everybody, over HTTP, of the web app that was built. Twice: as it stands, and with the row policies
 * taken away, so that a query that leans on them is found. And the policies alone, by queries that ask for everything.
 */
export async function proveIsolation({ bug, rounds, say }: Options): Promise<Finding> {
  const dataDir = mkdtempSync(join(tmpdir(), 'secateur-isolation-'));
  await generate();
  await buildWeb();
  const unknown = unclassified();
  const settings = { dataDir, databaseUrl: null, ports: await freePorts() };
  const secrets = loadSecrets(dataDir);
  const database = await startDatabase(settings, secrets);
  const life = await startLife({ urls: database.urls, world: 'empty' });
  const admin = await openAsker(database.urls.admin);
  const ports = { ...settings.ports, sandbox: Number(new URL(life.sandbox.url).port) };
  const served = { ...settings, ports };
  if (bug === 'no-where') process.env.NODE_OPTIONS = `--import=${new URL('no-where.mjs', import.meta.url).href}`;
  // What the web app seals, the life's own worker opens.
  const sealing = { ...secrets, sealingPublicKey: life.member.sealingKey };
  const page = await startHealthy(web, { settings: served, secrets: sealing, urls: database.urls }).finally(() => {
    delete process.env.NODE_OPTIONS;
  });
  const url = webUrl(served);
  try {
    if (bug === 'no-policy') await admin.ask('ALTER POLICY own_tenant ON shields USING (true)');
    const first = await makeWorld(life, admin);
    const rows = await lookPast(database.urls, admin, first.tenantId, first.strangersTenant);
    say(`${rows.length} rows or tables seen past their tenant`);
    const asStands = rounds.includes('stands')
      ? total(
          await openEverything(url, first),
          await takeFiles(url, first, admin),
          await listenAsEverybody(url, first, life),
          await askEverything(url, first, admin),
        )
      : NOTHING;
    say(`${asStands.calls} questions as it stands: ${asStands.wrong.length} wrong answers`);
    let alone = NOTHING;
    if (rounds.includes('alone')) {
      await dropPolicies(admin);
      const second = await makeWorld(life, admin);
      alone = total(
        await listenAsEverybody(url, second, life),
        await takeFiles(url, second, admin),
        await askEverything(url, second, admin),
      );
    }
    say(`${alone.calls} questions without row policies: ${alone.wrong.length} wrong answers`);
    const wrong = { classified: unknown, rows, matrix: asStands.wrong, alone: alone.wrong };
    for (const one of Object.values(wrong).flat()) say(one);
    const [broke] = (Object.keys(PROMISES) as (keyof typeof PROMISES)[]).filter((name) => wrong[name].length > 0);
    return {
      figures: {
        procedures: Object.keys(CASES).length,
        callers: CALLERS.length,
        questions: asStands.calls + alone.calls,
        unclassified: unknown.length,
        leaks: rows.length + asStands.wrong.length + alone.wrong.length,
      },
      broke: broke ? PROMISES[broke] : null,
    };
  } finally {
    await page.stop();
    await admin.close();
    await life.close();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function dropPolicies(admin: Awaited<ReturnType<typeof openAsker>>): Promise<void> {
  const policies = await admin.ask<{ table: string }>(
    `SELECT tablename AS table FROM pg_policies WHERE policyname = 'own_tenant'`,
  );
  for (const { table } of policies) await admin.ask(`ALTER POLICY own_tenant ON ${table} USING (true)`);
}

function total(...tallies: Tally[]): Tally {
  return {
    calls: tallies.reduce((sum, { calls }) => sum + calls, 0),
    wrong: tallies.flatMap(({ wrong }) => wrong),
  };
}
