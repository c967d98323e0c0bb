import { buildWeb } from './build.ts';
import { takeDataDir } from './data-dir.ts';
import { type DatabaseUrls, startDatabase } from './database.ts';
import type { Settings } from './env.ts';
import { died } from './health.ts';
import { requireFree } from './ports.ts';
import { say } from './say.ts';
import { loadSecrets } from './secrets.ts';
import { type Service, type Setup, sandbox, sandboxUrl, startHealthy, web, webUrl, worker } from './services.ts';
import { supervise } from './supervise.ts';

/** The whole product, running. */
export type Product = {
  url: string;
  sandboxUrl: string;
  /** The host of the sandbox's first Mastodon server, as handles name it. */
  mastodonHost: string;
  databaseUrls: DatabaseUrls;
  /** Resolves with a sentence when a part ends without which the rest is of no use. */
  broken: Promise<string>;
  /** Stops everything, in the reverse order of need, and settles when nothing of it is left. */
  stop(): Promise<void>;
};

/**
 * Builds what changed and starts PostgreSQL, the sandbox, the worker and the web app. Settles when all are healthy.
 * Throws a sentence, with nothing left running, when one of them is not. An abort of `told` ends the start.
 */
export async function startProduct(settings: Settings, told?: AbortSignal): Promise<Product> {
  const { dataDir, ports } = settings;
  const release = takeDataDir(dataDir);
  const failing = new AbortController();
  const signal = told ? AbortSignal.any([told, failing.signal]) : failing.signal;
  const stops: (() => Promise<void>)[] = [async () => release()];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    await requireFree(ports, ['web', 'sandbox', 'mastodon', 'worker']);
    const secrets = loadSecrets(dataDir);
    const building = buildWeb(signal);
    // Judged when it is awaited; a database that fails first must not make this an unhandled rejection.
    building.catch(() => {});
    const database = await startDatabase(settings, secrets);
    stops.push(database.stop);
    say((await building) ? 'web app built' : 'web app unchanged');

    const setup: Setup = { settings, secrets, urls: database.urls };
    const start = async (service: Service) => {
      const child = await startHealthy(service, setup, signal);
      say(`${service.name} ready`);
      return child;
    };
    const keep = async (service: Service) => {
      stops.push(supervise(service, setup, await start(service)));
    };
    await keep(sandbox);
    // Both are waited for, whatever comes of the other, so that none is left behind.
    const [working, serving] = await Promise.allSettled([keep(worker), start(web)]);
    if (serving.status === 'fulfilled') stops.push(() => serving.value.stop());
    if (working.status === 'rejected') throw working.reason;
    if (serving.status === 'rejected') throw serving.reason;
    const page = serving.value;

    return {
      url: webUrl(settings),
      sandboxUrl: sandboxUrl(settings),
      mastodonHost: `127.0.0.1:${settings.ports.mastodon}`,
      databaseUrls: database.urls,
      broken: Promise.race([
        page.ended.then((end) => died('web app', end)),
        database.died.then((lines) => `PostgreSQL ended. Its last lines:\n${lines}`),
      ]),
      stop,
    };
  } catch (error) {
    failing.abort();
    await stop();
    throw error;
  }
}
