import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type * as Module from '@prisma/schema-engine-wasm/schema_engine_bg';
import { MigrationAdapter } from './adapter.ts';
import { schemaFiles } from './files.ts';

export type SchemaEngine = Pick<Module.SchemaEngine, 'applyMigrations' | 'diagnoseMigrationHistory' | 'diff'>;

/**
 * Prisma's schema engine as WebAssembly, connected to `url` while `use` runs. The package expects a bundler; here Node
 * instantiates it. Nothing is downloaded.
 */
export async function withEngine<T>(
  url: string,
  prismaDir: string,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const module = await load();
  const adapter = new MigrationAdapter(url);
  try {
    const engine = await module.SchemaEngine.new(
      { datamodels: schemaFiles(prismaDir).map((file) => [file.path, file.content]) },
      ignoreLog,
      bindMigrationAwareSqlAdapterFactory(adapter),
    );
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } finally {
    await adapter.close();
  }
}

let loaded: Promise<typeof Module> | undefined;

function load(): Promise<typeof Module> {
  loaded ??= instantiate();
  return loaded;
}

async function instantiate(): Promise<typeof Module> {
  // The engine calls this by name when it panics; the panic itself arrives as a rejected promise.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => process.stderr.write(`schema engine: ${text}\n`) },
  });
  const module = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const dir = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const binary = readFileSync(join(dir, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(binary, { './schema_engine_bg.js': { ...module } });
  module.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start !== 'function') throw new Error('the schema engine has no start function');
  start();
  return module;
}

function ignoreLog(): void {}
