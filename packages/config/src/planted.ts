/** A violation: the rule that must catch it, the file that commits it and what that file imports. */
export type Planted = { rule: string; from: string; to: string };

const layer = (part: string, to: string): Planted => ({ rule: `layer: ${part}`, from: `${part}/src/planted.ts`, to });

/** At least one violation of every rule. */
export const PLANTED: readonly Planted[] = [
  layer('packages/base', 'packages/db/src/index.ts'),
  layer('packages/db', 'packages/queue/src/index.ts'),
  layer('packages/queue', 'packages/db/src/index.ts'),
  layer('packages/networks', 'packages/core/src/shields/index.ts'),
  layer('packages/core', 'packages/networks/src/bluesky/index.ts'),
  layer('packages/core', 'packages/rpc/src/index.ts'),
  layer('packages/rpc', 'packages/core/src/shields/index.ts'),
  layer('packages/ui', 'packages/base/src/index.ts'),
  layer('packages/testing', 'packages/rpc/src/index.ts'),
  layer('packages/config', 'packages/base/src/index.ts'),
  layer('apps/web', 'packages/networks/src/bluesky/index.ts'),
  layer('apps/worker', 'packages/networks/src/bluesky/index.ts'),
  layer('apps/worker', 'packages/testing/src/index.ts'),
  layer('apps/sandbox', 'packages/core/src/shields/index.ts'),
  layer('infra/launcher', 'packages/networks/src/bluesky/index.ts'),
  {
    rule: 'adapters only in deps.ts',
    from: 'apps/worker/src/deps.ts',
    to: 'packages/networks/src/bluesky/client.ts',
  },
  { rule: 'nobody imports an app', from: 'packages/core/src/shields/planted.ts', to: 'apps/sandbox/src/index.ts' },
  { rule: 'nobody imports an app', from: 'apps/web/src/planted.ts', to: 'apps/worker/src/main.ts' },
  {
    rule: 'tests use no app but the sandbox',
    from: 'packages/core/src/shields/planted.test.ts',
    to: 'apps/worker/src/main.ts',
  },
  {
    rule: 'nobody imports test support',
    from: 'packages/core/src/shields/planted.ts',
    to: 'packages/core/src/testing/world.ts',
  },
  { rule: 'nobody imports test support', from: 'apps/web/src/planted.ts', to: 'packages/testing/src/index.ts' },
  {
    rule: 'slices meet at their index',
    from: 'packages/core/src/shields/planted.ts',
    to: 'packages/core/src/quotas/store.ts',
  },
  {
    rule: 'apps enter packages by their front doors',
    from: 'apps/web/src/planted.ts',
    to: 'packages/core/src/quotas/store.ts',
  },
  {
    rule: 'policy is pure',
    from: 'packages/core/src/quotas/policy/planted.ts',
    to: 'packages/core/src/quotas/store.ts',
  },
  { rule: 'policy is pure', from: 'packages/core/src/quotas/policy/planted.ts', to: 'fs' },
  { rule: 'plain SQL stays below', from: 'packages/core/src/shields/planted.ts', to: 'node_modules/pg/index.js' },
  { rule: 'one guarded fetch', from: 'packages/networks/src/bluesky/planted.ts', to: 'node_modules/undici/index.js' },
  { rule: 'everything resolves', from: 'packages/base/src/planted.ts', to: './nowhere.ts' },
  { rule: 'no circles', from: 'packages/base/src/circle.ts', to: 'packages/base/src/other.ts' },
  {
    rule: 'browser code reaches only schemas and policy',
    from: 'apps/web/src/button.tsx',
    to: 'packages/core/src/quotas/store.ts',
  },
];

/** What is there to be imported, none of it wrong in itself. */
export const INNOCENT: Readonly<Record<string, string>> = {
  'apps/sandbox/src/index.ts': 'export const a = 1;',
  'apps/web/src/between.ts':
    "import { a } from '../../../packages/core/src/quotas/index.ts';\nimport type { T } from './deps.ts';\nexport const b: T = a;",
  'apps/web/src/deps.ts': 'export type T = number;',
  'apps/web/src/button.tsx': "'use client';\nimport { b } from './between.ts';\nexport const c = b;",
  'apps/web/src/field.tsx':
    "'use client';\nimport { a } from '../../../packages/core/src/quotas/schemas.ts';\nimport { act } from './action.ts';\nimport type { T } from './deps.ts';\nexport const c: T = a;\nexport const d = act;",
  'apps/web/src/action.ts':
    "'use server';\nimport { a } from '../../../packages/core/src/quotas/index.ts';\nexport const act = async () => a;",
  'apps/worker/src/main.ts': 'export const a = 1;',
  'packages/base/src/circle.ts': "import { b } from './other.ts';\nexport const a = () => b;",
  'packages/base/src/other.ts': "import { a } from './circle.ts';\nexport const b = () => a;",
  'packages/base/src/index.ts': 'export const a = 1;',
  'packages/core/src/quotas/index.ts': "export { a } from './store.ts';",
  'packages/core/src/quotas/schemas.ts': 'export const a = 1;',
  'packages/core/src/quotas/store.ts': 'export const a = 1;',
  'packages/core/src/shields/allowed.test.ts':
    "import { a } from '../../../../apps/sandbox/src/index.ts';\nexport const b = a;",
  'packages/core/src/shields/index.ts': 'export const a = 1;',
  'packages/core/src/testing/world.ts':
    "import { a } from '../../../networks/src/bluesky/index.ts';\nexport const b = a;",
  'packages/db/src/index.ts': 'export const a = 1;',
  'packages/networks/src/bluesky/client.ts': 'export const a = 1;',
  'packages/networks/src/bluesky/index.ts': 'export const a = 1;',
  'packages/networks/src/port.ts': 'export const a = 1;',
  'packages/queue/src/index.ts': 'export const a = 1;',
  'packages/rpc/src/index.ts': 'export const a = 1;',
  'packages/testing/src/index.ts': 'export const a = 1;',
  'node_modules/pg/index.js': 'exports.a = 1;',
  'node_modules/pg/package.json': '{"name":"pg","version":"1.0.0","main":"index.js"}',
  'node_modules/undici/index.js': 'exports.a = 1;',
  'node_modules/undici/package.json': '{"name":"undici","version":"1.0.0","main":"index.js"}',
};
