import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { inlineScripts } from './inline-scripts.ts';

const route = z.object({ page: z.string(), regex: z.string() });
const routesManifest = z.object({ staticRoutes: z.array(route), dynamicRoutes: z.array(route) });
const appManifest = z.record(z.string(), z.string());
const prerenderManifest = z.object({ routes: z.record(z.string(), z.unknown()) });

/** What Next serves for an address that no page has. */
const NOT_FOUND = '/_not-found';

/** The folder whose pages stand in the console's frame. */
const CONSOLE = '/(console)/';

/** Tells what is served where. */
export type BuiltPages = {
  /** The hashes of the inline scripts of the page that is served at `path`, or null where it is made for each request. */
  scriptsAt(path: string): readonly string[] | null;
  /** Whether the page that is served at `path` is one of the console: only for those who are signed in. */
  isConsole(path: string): boolean;
  /** Every page of ours, whether built beforehand or not; with the gaps of dynamic ones. Route handlers are no pages. */
  readonly all: readonly { page: string; built: boolean }[];
};

/** Reads what `next build` left in `dir`. */
export function readBuiltPages(dir: string): BuiltPages {
  const { staticRoutes, dynamicRoutes } = routesManifest.parse(json(join(dir, 'routes-manifest.json')));
  const prerendered = prerenderManifest.parse(json(join(dir, 'prerender-manifest.json')));
  const files = Object.entries(appManifest.parse(json(join(dir, 'app-path-routes-manifest.json'))));
  const consolePages = new Set(files.filter(([file]) => file.startsWith(CONSOLE)).map(([, page]) => page));
  const scripts = new Map<string, readonly string[]>();
  for (const page of Object.keys(prerendered.routes)) {
    const file = join(dir, 'server/app', page === '/' ? 'index.html' : `${page}.html`);
    if (existsSync(file)) scripts.set(page, inlineScripts(readFileSync(file, 'utf8')));
  }
  // Next looks among the static ones first.
  const routes = [...staticRoutes, ...dynamicRoutes].map(({ page, regex }) => ({ page, match: new RegExp(regex) }));
  const pageAt = (path: string) => routes.find(({ match }) => match.test(path))?.page ?? NOT_FOUND;
  return {
    scriptsAt: (path) => scripts.get(pageAt(path)) ?? null,
    isConsole: (path) => consolePages.has(pageAt(path)),
    all: files.filter(([file]) => file.endsWith('/page')).map(([, page]) => ({ page, built: scripts.has(page) })),
  };
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
