import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { inlineScripts } from './inline-scripts.ts';

const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

test('every script in the page itself is hashed, once, as it stands there', () => {
  const html = `<!DOCTYPE html><head><script src="/a.js" async=""></script><SCRIPT id="x"> let a = 1;\n</SCRIPT></head>
    <body><script>let b = "<p>";</script><script>let b = "<p>";</script ><p>script</p></body>`;
  expect(inlineScripts(html)).toEqual([hash(' let a = 1;\n'), hash('let b = "<p>";')]);
});

test('a page without any has no hashes', () => {
  expect(inlineScripts('<p>Hello</p><script src="/a.js"></script>')).toEqual([]);
});
