import { readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plantTree, ROOT, toolOutput } from './fixture.ts';
import { browserRules, rules } from './import-rule.ts';
import { INNOCENT, PLANTED, type Planted } from './planted.ts';

type Cruise = {
  modules: { source: string; dependencies: { resolved: string }[] }[];
  summary: { violations: { rule: { name: string }; from: string; to: string }[] };
};

async function cruise(config: string, folders: string[], cwd: string): Promise<Cruise> {
  return JSON.parse(await toolOutput('depcruise', ['--config', config, '--output-type', 'json', ...folders], cwd));
}

describe('a tree with a violation of every rule', () => {
  let dir: string;
  let found: Planted[];
  beforeAll(async () => {
    dir = plantTree({ ...INNOCENT, ...violators(), ...configs() });
    const runs = ['all.mjs', 'browser.mjs'].map((config) => cruise(config, ['apps', 'packages', 'infra'], dir));
    const cruised = await Promise.all(runs);
    found = cruised.flatMap(({ summary }) =>
      summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    );
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  test.each(PLANTED)('"$rule" catches $from → $to', (planted) => {
    expect(found).toContainEqual(planted);
  });

  test('no rule is without a violation that it must catch', () => {
    const names = [...rules, ...browserRules(['any'])].map(({ name }) => name);
    expect(new Set(PLANTED.map(({ rule }) => rule))).toEqual(new Set(names));
  });

  test('what is innocent is not accused', () => {
    const guilty = new Set([...PLANTED.map(({ from }) => from), 'packages/base/src/other.ts']);
    expect(found.filter(({ from }) => !guilty.has(from))).toEqual([]);
  });
});

describe('our own tree', () => {
  const folders = ['apps', 'packages', 'infra', 'e2e'];

  test('breaks no rule', async () => {
    const configs = ['.dependency-cruiser.mjs', '.dependency-cruiser.browser.mjs'];
    const cruised = await Promise.all(configs.map((config) => cruise(config, folders, ROOT)));
    const found = cruised.flatMap(({ summary }) => summary.violations);
    expect(found.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });

  test('is looked at: the names of our packages lead to their sources', async () => {
    const { modules } = await cruise('.dependency-cruiser.mjs', ['apps/web'], ROOT);
    const app = modules.filter(({ source }) => source.startsWith('apps/web/'));
    const reached = app.flatMap(({ dependencies }) => dependencies.map(({ resolved }) => resolved));
    expect(reached).toContainEqual(expect.stringMatching(/^packages\/core\/src\//));
  });
});

describe('biome', () => {
  let dir: string;
  afterAll(() => rmSync(dir, { recursive: true }));

  test('keeps the environment to env.ts, database clients to deps.ts, and calls to the guarded fetch', async () => {
    const config = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'));
    const reads = 'export const port = process.env.PORT;\n';
    const builds = "import { createDb } from '@secateur/db';\n\nexport const db = createDb('');\n";
    const calls = "export const answer = fetch('https://stranger.example');\n";
    dir = plantTree({
      'biome.json': JSON.stringify({ ...config, $schema: undefined, vcs: undefined }),
      'apps/worker/src/env.ts': reads,
      'apps/worker/src/main.ts': reads,
      'apps/worker/src/deps.ts': builds,
      'apps/worker/src/jobs.ts': builds,
      'packages/networks/src/call.ts': calls,
      'packages/networks/src/call.test.ts': calls,
    });
    const output = await toolOutput('biome', ['lint', '--reporter=json', 'apps', 'packages'], dir);
    const { diagnostics }: { diagnostics: { category: string; location: { path: string } }[] } = JSON.parse(output);
    expect(diagnostics.map(({ category, location }) => `${location.path} ${category}`).sort()).toEqual([
      'apps/worker/src/jobs.ts lint/style/noRestrictedImports',
      'apps/worker/src/main.ts lint/style/noProcessEnv',
      'packages/networks/src/call.ts lint/style/noRestrictedGlobals',
    ]);
  });
});

/** The files that commit the planted violations, except those that are written out as they are. */
function violators(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { from, to } of PLANTED) {
    if (from in INNOCENT && from !== 'apps/worker/src/deps.ts') continue;
    files[from] = `${files[from] ?? ''}import ${JSON.stringify(specifier(from, to))};\n`;
  }
  return files;
}

function specifier(from: string, to: string): string {
  if (to === 'fs' || to.startsWith('./')) return to === 'fs' ? 'node:fs' : to;
  if (to.startsWith('node_modules/')) return to.split('/')[1] ?? to;
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

/** Our rules as they are, without the alias of the real web app's tsconfig. */
function configs(): Record<string, string> {
  const at = JSON.stringify(join(import.meta.dirname, 'import-rule.ts'));
  const text = (forbidden: string, read: string) =>
    `import { browserOptions, browserRules, options, rules } from ${at};\n` +
    `export default { forbidden: ${forbidden}, options: { ...${read}, tsConfig: undefined } };\n`;
  return {
    'all.mjs': text('rules', 'options'),
    'browser.mjs': text(
      "browserRules(['apps/web/src/button.tsx', 'apps/web/src/field.tsx'])",
      "browserOptions(['apps/web/src/action.ts'])",
    ),
  };
}
