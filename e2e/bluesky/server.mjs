// The real server software in a process of its own: PLC directory, PDS with its limits on, AppView. Prints one JSON
// line when it is ready and ends when its standard input does, so that it never outlives whoever started it.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { control } from './control-server.mjs';

// The PDS keeps its repositories in the temporary directory and leaves them there.
const files = mkdtempSync(join(tmpdir(), 'secateur-bluesky-'));
process.env.TMPDIR = files;
process.once('exit', () => rmSync(files, { recursive: true, force: true }));

process.env.REDIS_HOST ??= 'unused.invalid'; // asserted to be set, never connected to
const { TestNetwork } = await import('@atproto/dev-env');

const databaseUrl = process.env.DB_POSTGRES_URL;
if (!databaseUrl) throw new Error('DB_POSTGRES_URL is not set');
// A schema name may hold letters and underscores only.
const schema = `real_${randomBytes(8)
  .toString('hex')
  .replace(/\d/g, (d) => 'ghijklmnop'[Number(d)])}`;
const bypass = randomBytes(16).toString('hex');
const jwtSecret = randomBytes(16).toString('hex');

const network = await TestNetwork.create({
  dbPostgresUrl: databaseUrl,
  dbPostgresSchema: schema,
  pds: { rateLimitsEnabled: true, rateLimitBypassKey: bypass, jwtSecret },
});

const server = await control(network, { bypass, jwtSecret });
process.stdout.write(
  `${JSON.stringify({
    plcUrl: network.plc.url,
    pdsUrl: network.pds.url,
    appviewUrl: network.bsky.url,
    controlUrl: `http://127.0.0.1:${server.address().port}`,
    bypass,
  })}\n`,
);

process.stdin.resume();
process.stdin.once('end', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
