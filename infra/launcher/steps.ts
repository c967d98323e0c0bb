import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks } from './checks.ts';
import { type Count, countPlaywright, countVitest, failure } from './count.ts';
import { ROOT } from './env.ts';
import { freePorts } from './ports.ts';
import { startProduct } from './product.ts';
import { print, say } from './say.ts';
import { shown } from './tool.ts';

/** A part of `npm test`: runs its tests and counts them; `scratch` is for its reports and data. */
export type Step = { name: string; run(scratch: string, signal: AbortSignal): Promise<Count> };

const checks: Step = {
  name: 'checks',
  async run() {
    const results = await runChecks();
    for (const { name, ok, output } of results) {
      print(`  ${ok ? 'ok' : 'FAILED'}  ${name}`);
      if (!ok) print(output);
    }
    const passed = results.filter(({ ok }) => ok).length;
    const failures = results.filter(({ ok }) => !ok).map(({ name }) => name);
    return { passed, failed: failures.length, failures };
  },
};

const unit: Step = {
  name: 'unit and integration tests, small proofs',
  async run(scratch, signal) {
    const report = join(scratch, 'vitest.json');
    await vitest(report, signal);
    return countVitest(report);
  },
};

const browser: Step = {
  name: 'browser tests',
  async run(scratch, signal) {
    const report = join(scratch, 'playwright.json');
    const settings = { dataDir: join(scratch, 'data'), databaseUrl: null, ports: await freePorts() };
    const product = await startProduct(settings, signal);
    try {
      const config = join(ROOT, 'e2e/browser/playwright.config.ts');
      const env = {
        // For arranging only: what a browser can't, such as a passkey that is days old.
        ADMIN_DATABASE_URL: product.databaseUrls.admin,
        BASE_URL: product.url,
        SANDBOX_URL: product.sandboxUrl,
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      };
      const cli = join(ROOT, 'e2e/node_modules/.bin/playwright');
      await shown(cli, ['test', '--config', config, '--reporter=list,json'], { env, signal });
    } finally {
      await product.stop();
    }
    return countPlaywright(report);
  },
};

const bluesky: Step = {
  name: 'tests on the real Bluesky servers',
  async run(scratch, signal) {
    const report = join(scratch, 'bluesky.json');
    await vitest(report, signal, '--config', join(ROOT, 'e2e/bluesky/vitest.config.ts'));
    return countVitest(report);
  },
};

function vitest(report: string, signal: AbortSignal, ...args: string[]): Promise<number> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return shown('vitest', ['run', ...reporters, ...args], { signal });
}

/** In the order in which they run; those of a row at once, because each mostly waits for a browser or a server. */
export const STEPS: readonly (readonly Step[])[] = [[checks], [unit], [browser, bluesky]];

/** Runs a step in a directory of its own, until `signal` ends it. What it throws is one failure. */
export async function runStep({ name, run }: Step, signal: AbortSignal): Promise<Count> {
  say(name);
  const scratch = mkdtempSync(join(tmpdir(), 'secateur-step-'));
  // Where we are root the database's own account has to pass through.
  chmodSync(scratch, 0o711);
  try {
    const count = await run(scratch, signal);
    say(`${name}: ${count.passed} passed, ${count.failed} failed`);
    return count;
  } catch (error) {
    const words = `${name}: ${error instanceof Error ? error.message : String(error)}`;
    say(words);
    return failure(words);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
