import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, startProduct } from '@secateur/launcher';

/**
 * Starts the product as `npm start` does, in a directory of its own and on free ports, unless BASE_URL and SANDBOX_URL
 * name one that runs already. What it returns stops it again.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (process.env.BASE_URL && process.env.SANDBOX_URL) return async () => {};
  const dataDir = mkdtempSync(join(tmpdir(), 'secateur-browser-'));
  const product = await startProduct({ dataDir, databaseUrl: null, ports: await freePorts() });
  process.env.BASE_URL = product.url;
  process.env.SANDBOX_URL = product.sandboxUrl;
  return async () => {
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
