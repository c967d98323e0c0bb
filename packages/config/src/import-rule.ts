import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser';

/**
 * Who may import whom: apps → core → { db, queue, networks/port } → base; apps may also use rpc and ui. Type-only imports
 * count. `.dependency-cruiser.mjs` hands this to the tool, `import-rule.test.ts` plants a violation of every rule.
 */

/** Tests, what only tests use, and tools' settings. */
const TEST = '[.]test[.]tsx?$|/fixtures/|/src/testing/|[.]config[.]ts$';
const OURS = '^(apps|packages|infra|e2e)/';

/** What each part may import of ours, beside itself. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  'packages/base': [],
  'packages/db': ['packages/base'],
  'packages/queue': ['packages/base'],
  'packages/networks': ['packages/base'],
  'packages/core': ['packages/base', 'packages/db', 'packages/queue', 'packages/networks/src/port[.]ts'],
  'packages/rpc': ['packages/base'],
  'packages/ui': [],
  'packages/testing': [
    'packages/base',
    'packages/db',
    'packages/queue',
    'packages/networks/src/port[.]ts',
    'packages/core',
  ],
  'packages/config': [],
  'apps/web': [
    'packages/(base|core|db|queue|rpc|ui)',
    'packages/networks/src/port[.]ts',
    // How the service describes itself in public: data, and no adapter.
    'packages/networks/src/bluesky/client-metadata[.]ts',
  ],
  'apps/worker': ['packages/(base|core|db|queue|rpc|ui)', 'packages/networks/src/port[.]ts'],
  'apps/sandbox': ['packages/base'],
  'infra/launcher': ['packages/(base|core|db|queue)'],
};

const layers: IForbiddenRuleType[] = Object.entries(MAY).map(([part, others]) => ({
  name: `layer: ${part}`,
  severity: 'error',
  from: { path: `^${part}/`, pathNot: [TEST, '/deps[.]ts$'] },
  to: { path: OURS, pathNot: [part, ...others].map((one) => `^${one}(/|$)`) },
}));

/** The layers, and what else an import may not do. */
export const rules: IForbiddenRuleType[] = [
  ...layers,
  {
    name: 'adapters only in deps.ts',
    comment: 'An app builds its network adapters and guarded clients in one place.',
    severity: 'error',
    from: { path: '^apps/[^/]+/src/.*deps[.]ts$' },
    to: {
      path: OURS,
      pathNot: ['^apps/', '^packages/(base|core|db|queue|rpc)/', '^packages/networks/src/(port|[a-z]+/index)[.]ts$'],
    },
  },
  {
    name: 'nobody imports an app',
    comment: 'Tests may use the sandbox.',
    severity: 'error',
    from: { path: '^(apps|packages|infra)/([^/]+)/', pathNot: [TEST] },
    to: { path: '^(apps|e2e)/', pathNot: ['^$1/$2/'] },
  },
  {
    name: 'tests use no app but the sandbox',
    severity: 'error',
    from: { path: ['^(apps|packages|infra)/([^/]+)/'] },
    to: { path: '^(apps|e2e)/', pathNot: ['^$1/$2/', '^apps/sandbox/'] },
  },
  {
    name: 'nobody imports test support',
    severity: 'error',
    from: { path: OURS, pathNot: [TEST, '^e2e/', '^packages/testing/'] },
    to: { path: ['^packages/testing/', '/fixtures/', '/src/testing/', '[.]test[.]tsx?$'] },
  },
  {
    name: 'slices meet at their index',
    comment:
      'Beside it, schemas.ts and policy/ are safe for browsers, and jobs.ts only declares: no slice has to load another to wake it.',
    severity: 'error',
    from: { path: '^packages/core/src/([^/]+)/', pathNot: [TEST] },
    to: {
      path: '^packages/core/src/[^/]+/',
      pathNot: ['^packages/core/src/$1/', '^packages/core/src/[^/]+/(index|schemas|jobs|policy/index)[.]ts$'],
    },
  },
  {
    name: 'apps enter packages by their front doors',
    severity: 'error',
    from: { path: '^(apps|infra|e2e)/' },
    to: {
      path: '^packages/core/src/[^/]+/',
      pathNot: ['^packages/core/src/[^/]+/(index|schemas|policy/index)[.]ts$'],
    },
  },
  {
    name: 'policy is pure',
    comment: 'No database, no network, no queue, nothing of Node: `now` is an argument.',
    severity: 'error',
    from: { path: '^packages/core/src/[^/]+/policy/', pathNot: [TEST] },
    to: {
      pathNot: [
        '^packages/core/src/[^/]+/(policy/|schemas[.]ts$)',
        '^packages/base/',
        '^packages/networks/src/port[.]ts$',
        'node_modules/',
      ],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'plain SQL stays below',
    comment: 'Only the packages that own a database connection know its driver.',
    severity: 'error',
    from: { path: OURS, pathNot: ['^packages/(db|queue|testing)/', '^e2e/', TEST] },
    to: { path: 'node_modules/(pg|@prisma/adapter-pg)/' },
  },
  {
    name: 'one guarded fetch',
    comment: 'Whatever calls an address that a stranger chose goes through it.',
    severity: 'error',
    from: { path: '^(apps|packages)/', pathNot: ['^packages/networks/src/http/', TEST] },
    to: { path: 'node_modules/(undici|axios|got|node-fetch)/' },
  },
  {
    name: 'everything resolves',
    severity: 'error',
    // What the real Bluesky servers need is installed when their suite runs.
    from: { pathNot: '^e2e/bluesky/' },
    to: { couldNotResolve: true },
  },
  {
    name: 'no circles',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
];

/**
 * What the browser's code may never reach, by whatever detour. `clientFiles` are those that begin with 'use client'.
 * For a graph without type-only imports, since those are gone before the browser gets anything.
 */
export function browserRules(clientFiles: readonly string[]): IForbiddenRuleType[] {
  if (clientFiles.length === 0) return [];
  return [
    {
      name: 'browser code reaches only schemas and policy',
      severity: 'error',
      from: { path: exactly(clientFiles) },
      to: {
        path: [
          '^packages/(db|queue|networks|rpc|testing)/',
          '^packages/core/src/(?!([^/]+/(schemas[.]ts|policy/)))',
          '^apps/web/src/(env|deps)[.]ts$',
          '^(node:)?(fs|net|tls|crypto|child_process|path|os)(/|$)',
        ],
        reachable: true,
      },
    },
  ];
}

function exactly(files: readonly string[]): string[] {
  return files.map((file) => `^${file.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`);
}

const EXCLUDED = ['/generated/', '/next-env[.]d[.]ts$', '/[.]next/', '^e2e/bluesky/node_modules/'];

/** How the tool reads our code. */
export const options: ICruiseOptions = {
  tsConfig: { fileName: 'apps/web/tsconfig.json' },
  exclude: { path: EXCLUDED },
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'node', 'default', 'types'],
    extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
  },
};

/**
 * The same for the browser's graph: types are gone before the browser gets anything, and where code imports a file that
 * begins with 'use server' the browser gets a reference in its place.
 */
export function browserOptions(serverFiles: readonly string[]): ICruiseOptions {
  return { ...options, tsPreCompilationDeps: false, exclude: { path: [...EXCLUDED, ...exactly(serverFiles)] } };
}
