import type { ServerResponse } from 'node:http';
import { Html, html, nothing } from '@secateur/base';
import { HTML_TYPE, reply } from '../http/reply.ts';
import { STYLE } from './style.ts';

/** What became of the last form, as the address carries it. */
export type Told = { done: string | null; problem: string | null };

/** Answers with a whole page. */
export function replyPage(res: ServerResponse, title: string, told: Told, body: Html): void {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="soft">A pretend social network for trying things out. Nobody here is real, and nothing leaves this machine.</p>
</header>
<main>
${told.problem === null ? nothing : html`<p class="note bad" role="alert">${told.problem}</p>`}
${told.done === null ? nothing : html`<p class="note" role="status">${told.done}</p>`}
${body}
</main>
</body>
</html>`;
  reply(res, 200, HTML_TYPE, page.text, [
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    'cache-control',
    'no-store',
  ]);
}
