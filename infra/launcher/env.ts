import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The repository's root. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** What we were started with; children get it too, with their own settings on top. */
export const inherited: Readonly<NodeJS.ProcessEnv> = process.env;

/** When the command was given, in milliseconds since 1970. */
export const BEGUN = Number(process.env.LAUNCHER_BEGUN ?? Date.now());

/** `mastodon`: the first of those of the sandbox's Mastodon servers, which take the next ones too. */
export type Ports = { web: number; sandbox: number; mastodon: number; worker: number; postgres: number };

/** Servers of a network other than the pretend one. */
export type BlueskyServers = { appviewUrl: string; plcUrl: string; entrywayUrl: string };

export type Settings = {
  /** Everything that outlives a run: the database's files, secrets, the sandbox's journal, logs. */
  dataDir: string;
  /** A server to use in place of the embedded one, as a role that may create roles there. */
  databaseUrl: string | null;
  ports: Ports;
  /** Where accounts are, when not on the sandbox. Its clock is followed all the same. */
  bluesky?: BlueskyServers;
};

/** The environment's settings. Throws a sentence for a port that is none. docs/running.md lists the names. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  return {
    dataDir: resolve(env.DATA_DIR || join(ROOT, '.data')),
    databaseUrl: env.DATABASE_URL || null,
    ports: {
      web: port(env, 'PORT', 3420),
      sandbox: port(env, 'SANDBOX_PORT', 3421),
      mastodon: port(env, 'SANDBOX_MASTODON_PORT', 3425),
      worker: port(env, 'WORKER_PORT', 3422),
      postgres: port(env, 'PG_PORT', 54420),
    },
  };
}

/**
 * Where the trail is anchored: an object store that TRAIL_ANCHOR names, or the file that it names, which belongs on a volume that the database's owner can't write to
 * and has to be there, or one in the data directory, which is made.
 */
export function trailAnchor({ dataDir }: Settings): string {
  if (/^\w+:\/\//.test(inherited.TRAIL_ANCHOR ?? '')) return String(inherited.TRAIL_ANCHOR);
  if (inherited.TRAIL_ANCHOR) return resolve(inherited.TRAIL_ANCHOR);
  const file = join(dataDir, 'trail/anchor.jsonl');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  return file;
}

function port(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = env[name];
  if (!text) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
  throw new Error(`${name} is "${text}", which is not a port.`);
}
