import { createHash } from 'node:crypto';

/** The hashes, as a content policy writes them, of what stands in a page itself. */
export type Inline = { scripts: readonly string[]; styles: readonly string[] };

/** What a page would have to be allowed, each text once. Style attributes are not among it. */
export function inlineOf(html: string): Inline {
  return {
    scripts: hashes(html, /<script\b([^>]*)>([\s\S]*?)<\/script\b/gi),
    styles: hashes(html, /<style\b([^>]*)>([\s\S]*?)<\/style\b/gi),
  };
}

function hashes(html: string, element: RegExp): string[] {
  const texts = [...html.matchAll(element)].flatMap(([, attributes = '', text = '']) =>
    /\ssrc\s*=/i.test(attributes) ? [] : [text],
  );
  return [...new Set(texts.map((text) => `sha256-${createHash('sha256').update(text).digest('base64')}`))];
}
