import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import type { DatabaseUrls } from './database.ts';
import { inherited, ROOT, type Settings, trailAnchor } from './env.ts';
import { healthy } from './health.ts';
import type { Secrets } from './secrets.ts';

/** What a service is started from. */
export type Setup = { settings: Settings; secrets: Secrets; urls: DatabaseUrls };

/** A process of the product and how one knows that it works. */
export type Service = { name: 'sandbox' | 'worker' | 'web'; start(setup: Setup): Child; health(setup: Setup): string };

/**
 * How Node runs a worker. What a worker keeps is small (some 55 MiB for 500 accounts), but left to itself V8 lets garbage
 * pile up to several times that: `npm run prove:bench` measures it.
 */
export const WORKER_FLAGS = ['--max-semi-space-size=8', '--max-old-space-size=112'];

/**
 * How glibc gives a worker memory: out of one arena instead of eight a core, and back as soon as 128 KiB at its end are
 * free (mallopt(3)). What is large in Node are buffers and WebAssembly, which several threads ask for.
 */
export const WORKER_MEMORY = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072' };

/** The pretend network, with its journal in the data directory. */
export const sandbox: Service = {
  name: 'sandbox',
  start: ({ settings }) =>
    start('sandbox', settings, ['src/main.ts'], {
      DATABASE_URL: undefined,
      SANDBOX_PORT: String(settings.ports.sandbox),
      SANDBOX_MASTODON_PORT: String(settings.ports.mastodon),
      SANDBOX_DATA: join(settings.dataDir, 'sandbox'),
    }),
  health: ({ settings }) => `${sandboxUrl(settings)}/health`,
};

/** The only process that holds the key that opens credentials. */
export const worker: Service = {
  name: 'worker',
  start: ({ settings, secrets, urls }) =>
    start('worker', settings, [...WORKER_FLAGS, 'src/main.ts'], {
      ...networks(settings),
      ...WORKER_MEMORY,
      DATABASE_URL: urls.worker,
      QUEUE_DATABASE_URL: urls.queue,
      AUTH_URL: webUrl(settings),
      SEALING_PRIVATE_KEYS: secrets.sealingPrivateKey,
      TRAIL_ANCHOR: trailAnchor(settings),
      TRAIL_KEY: secrets.trailKey,
      WORKER_KEYS: secrets.workerKeys,
      WORKER_PORT: String(settings.ports.worker),
    }),
  health: ({ settings }) => `http://127.0.0.1:${settings.ports.worker}/health`,
};

/** The members' web app. */
export const web: Service = {
  name: 'web',
  start: ({ settings, secrets, urls }) =>
    start('web', settings, [nextBinary(), 'start', '-p', String(settings.ports.web), '-H', '127.0.0.1'], {
      ...networks(settings),
      AUTH_SECRET: secrets.authSecret,
      AUTH_URL: webUrl(settings),
      DATABASE_URL: urls.web,
      // Without a mail server the mails are shown.
      MAIL: inherited.SMTP_URL ? undefined : 'show',
      PORT: String(settings.ports.web),
      SEALING_PRIVATE_KEYS: undefined,
      TRAIL_KEY: undefined,
      SEALING_PUBLIC_KEY: secrets.sealingPublicKey,
      WORKER_KEYS: undefined,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_SESSION_TOKEN: undefined,
    }),
  health: ({ settings }) => `${webUrl(settings)}/api/health`,
};

/** Starts a service and settles when it is healthy. */
export async function startHealthy(service: Service, setup: Setup, signal?: AbortSignal): Promise<Child> {
  const child = service.start(setup);
  try {
    await healthy(child, service.health(setup), signal);
    child.show();
    return child;
  } catch (error) {
    await child.stop();
    throw error;
  }
}

/** next-auth rewrites 127.0.0.1 to localhost, so that is the app's name. */
export function webUrl({ ports }: Settings): string {
  return `http://localhost:${ports.web}`;
}

export function sandboxUrl({ ports }: Settings): string {
  return `http://127.0.0.1:${ports.sandbox}`;
}

/** The apps that the sandbox's X knows (apps/sandbox/src/x/oauth/app.ts). No secrets: they open nothing else. */
function pretendX(url: string): Record<string, string> {
  return {
    X_CLIENT_ID: 'c2FuZGJveC14LWFwcA',
    X_CLIENT_SECRET: 'sandbox-x-secret',
    X_BEARER_TOKEN: 'sandbox-x-bearer',
    X_SIGN_IN_CLIENT_ID: 'c2FuZGJveC14LXNpZ24taW4',
    X_SIGN_IN_CLIENT_SECRET: 'sandbox-x-sign-in-secret',
    X_API_URL: url,
    X_SITE_URL: url,
  };
}

/** Locally the sandbox is the whole outside world, its clock included, unless other servers are named. */
function networks(settings: Settings): Record<string, string> {
  const url = sandboxUrl(settings);
  const { appviewUrl = url, plcUrl = url, entrywayUrl = url } = settings.bluesky ?? {};
  return {
    BLUESKY_APPVIEW_URL: appviewUrl,
    BLUESKY_PLC_URL: plcUrl,
    BLUESKY_ENTRYWAY_URL: entrywayUrl,
    CLOCK_URL: `${url}/clock`,
    SANDBOX_URL: url,
    ...(appviewUrl === url ? pretendX(url) : {}),
  };
}

function start(
  name: Service['name'],
  { dataDir }: Settings,
  args: string[],
  env: Record<string, string | undefined>,
): Child {
  const logs = join(dataDir, 'logs');
  mkdirSync(logs, { recursive: true });
  return startChild({ name, args, cwd: join(ROOT, 'apps', name), env, logFile: join(logs, `${name}.log`) });
}

function nextBinary(): string {
  return createRequire(join(ROOT, 'apps/web/package.json')).resolve('next/dist/bin/next');
}
