import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Inline, inlineOf } from './inline.ts';

const route = z.object({ page: z.string(), regex: z.string() });
const routesManifest = z.object({ staticRoutes: z.array(route), dynamicRoutes: z.array(route) });
const appManifest = z.record(z.string(), z.string());
const prerenderManifest = z.object({ routes: z.record(z.string(), z.unknown()) });
const answerMeta = z.object({ headers: z.record(z.string(), z.string()) });

/** What Next serves for an address that no page has. */
const NOT_FOUND = '/_not-found';

/** The folder whose pages stand in the console's frame. */
const CONSOLE = '/(console)/';

/** Tells what is served where. */
export type BuiltPages = {
  /** What stands in the page itself that is served at `path`, or null where it is made for each request. */
  inlineAt(path: string): Inline | null;
  /** Whether the page that is served at `path` is one of the console: only for those who are signed in. */
  isConsole(path: string): boolean;
  /** Every page of ours, whether built beforehand or not; with the gaps of dynamic ones. */
  readonly all: readonly { page: string; built: boolean }[];
};

/** Reads what `next build` left in `dir`. */
export function readBuiltPages(dir: string): BuiltPages {
  const { staticRoutes, dynamicRoutes } = routesManifest.parse(json(join(dir, 'routes-manifest.json')));
  const prerendered = prerenderManifest.parse(json(join(dir, 'prerender-manifest.json')));
  const files = Object.entries(appManifest.parse(json(join(dir, 'app-path-routes-manifest.json'))));
  const consolePages = new Set(files.filter(([file]) => file.startsWith(CONSOLE)).map(([, page]) => page));
  const inline = new Map<string, Inline>();
  for (const page of Object.keys(prerendered.routes)) {
    const html = builtHtml(join(dir, 'server/app', page === '/' ? 'index' : page));
    if (html !== null) inline.set(page, inlineOf(html));
  }
  // Next looks among the static ones first.
  const routes = [...staticRoutes, ...dynamicRoutes].map(({ page, regex }) => ({ page, match: new RegExp(regex) }));
  const pageAt = (path: string) => routes.find(({ match }) => match.test(path))?.page ?? NOT_FOUND;
  return {
    inlineAt: (path) => inline.get(pageAt(path)) ?? null,
    isConsole: (path) => consolePages.has(pageAt(path)),
    all: files
      .filter(([file, page]) => file.endsWith('/page') || inline.has(page))
      .map(([, page]) => ({ page, built: inline.has(page) })),
  };
}

/** A page's HTML, or that of a route handler whose answer is a page; null for any other file. */
function builtHtml(file: string): string | null {
  if (existsSync(`${file}.html`)) return readFileSync(`${file}.html`, 'utf8');
  const { headers } = answerMeta.parse(json(`${file}.meta`));
  return headers['content-type']?.startsWith('text/html') ? readFileSync(`${file}.body`, 'utf8') : null;
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
