import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { inlineOf } from './inline.ts';

const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

test('every script in the page itself is hashed, once, as it stands there', () => {
  const html = `<!DOCTYPE html><head><script src="/a.js" async=""></script><SCRIPT id="x"> let a = 1;\n</SCRIPT></head>
    <body><script>let b = "<p>";</script><script>let b = "<p>";</script ><p>script</p></body>`;
  expect(inlineOf(html).scripts).toEqual([hash(' let a = 1;\n'), hash('let b = "<p>";')]);
});

test('a page without any has no hashes', () => {
  expect(inlineOf('<p style="x">Hello</p><script src="/a.js"></script>')).toEqual({ scripts: [], styles: [] });
});

test('so is every style element', () => {
  expect(inlineOf('<style>a{}</style><STYLE media="print">b{}</STYLE>').styles).toEqual([hash('a{}'), hash('b{}')]);
});
