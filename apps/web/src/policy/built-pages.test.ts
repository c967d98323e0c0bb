import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltPages, readBuiltPages } from './built-pages.ts';
import { inlineScripts } from './inline-scripts.ts';

let dir = '';
let pages: BuiltPages;
const html = (name: string) => `<script>${name}</script>`;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'built-pages-'));
  mkdirSync(join(dir, 'server/app'), { recursive: true });
  const write = (name: string, value: object) => writeFileSync(join(dir, name), JSON.stringify(value));
  const route = (page: string, regex: string) => ({ page, regex: `^${regex}(?:/)?$` });
  write('routes-manifest.json', {
    staticRoutes: [
      route('/', '/'),
      route('/sign-in', '/sign-in'),
      route('/_not-found', '/_not\\-found'),
      route('/shields/new', '/shields/new'),
    ],
    dynamicRoutes: [route('/shields/[id]', '/shields/([^/]+?)')],
  });
  write('app-path-routes-manifest.json', {
    '/page': '/',
    '/(console)/shields/[id]/page': '/shields/[id]',
    '/sign-in/page': '/sign-in',
    '/leave/route': '/leave',
  });
  write('prerender-manifest.json', { routes: { '/': {}, '/_not-found': {}, '/icon.svg': {} } });
  for (const name of ['index', '_not-found']) writeFileSync(join(dir, `server/app/${name}.html`), html(name));
  pages = readBuiltPages(dir);
});
afterAll(() => rmSync(dir, { recursive: true }));

test('a page that was built has the scripts of its own file', () => {
  expect(pages.scriptsAt('/')).toEqual(inlineScripts(html('index')));
});

test.each(['/shields/new', '/shields/7', '/shields/7/'])('%s is made for each request', (path) => {
  expect(pages.scriptsAt(path)).toBeNull();
});

test.each(['/no-such-page', '/shields/7/x', '/icon', '/../etc/passwd'])('at %s nothing is found', (path) => {
  expect(pages.scriptsAt(path)).toEqual(inlineScripts(html('_not-found')));
});

test('route handlers are not among the pages', () => {
  expect(pages.all).toEqual([
    { page: '/', built: true },
    { page: '/shields/[id]', built: false },
    { page: '/sign-in', built: false },
  ]);
});

test('the console is what stands in its folder', () => {
  const paths = ['/shields/7', '/shields/7/', '/', '/sign-in', '/shields/7/x', '/no-such-page'];
  expect(paths.filter((path) => pages.isConsole(path))).toEqual(['/shields/7', '/shields/7/']);
});
