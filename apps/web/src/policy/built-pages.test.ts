import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltPages, readBuiltPages } from './built-pages.ts';
import { inlineOf } from './inline.ts';

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
      route('/help', '/help'),
      route('/icon.svg', '/icon\\.svg'),
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
    '/help/route': '/help',
    '/icon.svg/route': '/icon.svg',
  });
  write('prerender-manifest.json', { routes: { '/': {}, '/_not-found': {}, '/icon.svg': {}, '/help': {} } });
  const answer = (name: string, type: string, body: string) => {
    write(`server/app/${name}.meta`, { headers: { 'content-type': type } });
    writeFileSync(join(dir, `server/app/${name}.body`), body);
  };
  answer('icon.svg', 'image/svg+xml', '<style>a{}</style>');
  answer('help', 'text/html; charset=utf-8', '<style>b{}</style>');
  for (const name of ['index', '_not-found']) writeFileSync(join(dir, `server/app/${name}.html`), html(name));
  pages = readBuiltPages(dir);
});
afterAll(() => rmSync(dir, { recursive: true }));

test('a page that was built has the scripts of its own file', () => {
  expect(pages.inlineAt('/')).toEqual(inlineOf(html('index')));
});

test.each(['/shields/new', '/shields/7', '/shields/7/'])('%s is made for each request', (path) => {
  expect(pages.inlineAt(path)).toBeNull();
});

test.each(['/no-such-page', '/shields/7/x', '/icon', '/../etc/passwd'])('at %s nothing is found', (path) => {
  expect(pages.inlineAt(path)).toEqual(inlineOf(html('_not-found')));
});

test('a route handler whose answer is a page is one; others are not', () => {
  expect(pages.inlineAt('/help')).toEqual(inlineOf('<style>b{}</style>'));
  expect(pages.inlineAt('/icon.svg')).toBeNull();
  expect(pages.all).toEqual([
    { page: '/', built: true },
    { page: '/shields/[id]', built: false },
    { page: '/sign-in', built: false },
    { page: '/help', built: true },
  ]);
});

test('the console is what stands in its folder', () => {
  const paths = ['/shields/7', '/shields/7/', '/', '/sign-in', '/shields/7/x', '/no-such-page'];
  expect(paths.filter((path) => pages.isConsole(path))).toEqual(['/shields/7', '/shields/7/']);
});
