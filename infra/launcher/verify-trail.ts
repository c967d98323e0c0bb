/**
 * `npm run verify-trail`: checks the whole trail of a local installation, running or not, against its anchor. Says in words
 * what is wrong and ends with code 1 then. Where TRAIL_KEY is given, the database is the one that DATABASE_URL names, as
 * any role that may read the trail.
 */
import { join } from 'node:path';
import { anchorAt, readTrailKey, sentenceOf, type Verified, verifyTrail } from '@secateur/core/trail';
import { isFree, startPostgres } from '@secateur/db/server';
import { takeDataDir } from './data-dir.ts';
import { DATABASE } from './database.ts';
import { openContext } from './deps.ts';
import { inherited, readSettings, type Settings, trailAnchor } from './env.ts';
import { print, say } from './say.ts';
import { loadSecrets, type Secrets } from './secrets.ts';

const settings = readSettings();
const { TRAIL_KEY, DATABASE_URL, ...others } = inherited;
const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION, AWS_ENDPOINT_URL_S3 } = others;
const store = { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION, AWS_ENDPOINT_URL_S3 };
const seen =
  TRAIL_KEY && DATABASE_URL
    ? await verified(DATABASE_URL, TRAIL_KEY)
    : await verifyLocal(loadSecrets(settings.dataDir));
for (const finding of seen.findings) print(sentenceOf(finding));
const { tenants, links, rows, entries, anchoredAt, faults } = seen;
if (faults > seen.findings.length) print(`… and ${faults - seen.findings.length} more`);
const upto = anchoredAt === null ? 'nothing is anchored yet' : `anchored up to ${anchoredAt.toISOString()}`;
say(`${tenants} tenants, ${rows} rows in ${links} links, ${entries} entries, ${upto}`);
say(faults === 0 ? 'the trail is whole' : `${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;

/** With the product running beside it, or with its database started for as long as this takes. */
async function verifyLocal(secrets: Secrets): Promise<Verified> {
  const { databaseUrl, ports, dataDir } = settings;
  if (databaseUrl) return verified(databaseUrl, secrets.trailKey);
  const password = secrets.adminPassword;
  if (!(await isFree(ports.postgres))) return verified(urlOf(settings, password), secrets.trailKey);
  const release = takeDataDir(dataDir);
  const server = await startPostgres({ dataDir: join(dataDir, 'postgres'), port: ports.postgres, password });
  try {
    return await verified(server.url(DATABASE), secrets.trailKey);
  } finally {
    await server.stop();
    release();
  }
}

function urlOf({ ports }: Settings, password: string): string {
  return `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${ports.postgres}/${DATABASE}`;
}

async function verified(url: string, key: string): Promise<Verified> {
  const { ctx, close } = openContext(url);
  const trail = { key: readTrailKey(key), anchor: anchorAt(trailAnchor(settings), store) };
  return verifyTrail(ctx, trail).finally(close);
}
