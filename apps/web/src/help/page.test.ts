import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { helpPage } from './page.ts';

const page = helpPage();

test('the page is light, and one file', () => {
  expect(gzipSync(page).byteLength).toBeLessThan(15_000);
  expect([...page.matchAll(/\ssrc="([^"]*)"/g)].map(([, src]) => src)).toEqual(['/leave.js']);
  expect([...page.matchAll(/<link\b[^>]*href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['/icon.svg']);
});

test('nothing in it runs that a policy would have to allow', () => {
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
  expect(page).not.toMatch(/\son\w+=|javascript:/);
});

test('the numbers for an emergency stand where one looks for them: by the names of the countries', () => {
  const list = page.slice(page.indexOf('class="numbers"'), page.indexOf('</ul>'));
  const names = [...list.matchAll(/<li>([^:<]+):/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(names).toEqual([...names].sort());
});

test('numbers can be called, and pages outside are not told where somebody comes from', () => {
  expect(page).toContain('<a href="tel:08088020300">0808 802 0300</a>');
  const outside = [...page.matchAll(/<a\b[^>]*href="https?:[^>]*>/g)].map(([tag]) => tag);
  expect(outside.length).toBeGreaterThan(20);
  expect(outside.filter((tag) => !tag.includes('rel="noreferrer"'))).toEqual([]);
});
