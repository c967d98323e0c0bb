import { globSync, readFileSync } from 'node:fs';
import { browserOptions, browserRules } from './packages/config/src/import-rule.ts';

const sources = globSync('{apps/web,packages/ui}/src/**/*.{ts,tsx}');
const startingWith = (directive) => {
  const pattern = new RegExp(`^\\s*['"]${directive}['"]`);
  return sources.filter((file) => pattern.test(readFileSync(file, 'utf8')));
};

export default {
  forbidden: browserRules(startingWith('use client')),
  options: browserOptions(startingWith('use server')),
};
