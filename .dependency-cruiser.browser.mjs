import { globSync, readFileSync } from 'node:fs';
import { browserRules, options } from './packages/config/src/import-rule.ts';

const startsInBrowser = (file) => /^\s*['"]use client['"]/.test(readFileSync(file, 'utf8'));
const clientFiles = globSync('{apps/web,packages/ui}/src/**/*.{ts,tsx}').filter(startsInBrowser);

// Types are gone before the browser gets anything.
export default { forbidden: browserRules(clientFiles), options: { ...options, tsPreCompilationDeps: false } };
