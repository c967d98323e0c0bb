import type { ServerResponse } from 'node:http';
import { html } from '@secateur/base';
import { replyPage } from '../../page/layout.ts';
import type { Site } from '../../site.ts';
import { covers } from '../call.ts';
import type { FediApp } from '../events.ts';
import { hostOf, personByUsername } from '../people.ts';
import type { Server } from '../servers.ts';
import { CODE_LIFE, issueCode } from './codes.ts';

/** What an app asks for, carried through the page in hidden fields. */
const CARRIED = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
] as const;

/** The page on which somebody signs in and says whether an app may. All or nothing: there are no finer choices. */
export function showAuthorize(site: Site, server: Server, res: ServerResponse, asked: URLSearchParams): void {
  const app = appOf(site, server, asked);
  if (app === null) return void refuse(site, server, res);
  showForm(site, server, res, app, asked, null);
}

/** What they answered. */
export function answerAuthorize(site: Site, server: Server, res: ServerResponse, form: URLSearchParams): void {
  const app = appOf(site, server, form);
  if (app === null) return void refuse(site, server, res);
  if (form.get('answer') !== 'allow') {
    return void sendBack(site, server, res, form, {
      error: 'access_denied',
      error_description: 'The resource owner or authorization server denied the request.',
    });
  }
  const person = personByUsername(
    site,
    server.index,
    (form.get('handle') ?? '').trim().replace(/^@/, '').replace(/@.*/, ''),
  );
  const password = person?.account?.password ?? null;
  if (person === null || password === null || password !== form.get('password'))
    return void showForm(site, server, res, app, form, 'There is no such account with this password.');
  if (person.status !== 'active')
    return void showForm(site, server, res, app, form, `This account is ${person.status}.`);
  const code = issueCode(site, {
    server: server.index,
    app: app.id,
    ref: person.ref,
    scopes: form.get('scope') || 'read',
    redirectUri: form.get('redirect_uri') ?? '',
    // What older servers do not know they pass over.
    challenge: server.discovery ? form.get('code_challenge') : null,
    until: site.clock.now() + CODE_LIFE,
  });
  sendBack(site, server, res, form, { code });
}

/** The app that asks, null when the server would not send anybody back to it. */
function appOf(site: Site, server: Server, asked: URLSearchParams): FediApp | null {
  const app = site.state.fediverse.apps.get(asked.get('client_id') ?? '');
  if (app === undefined || app.gone || app.server !== server.index) return null;
  if (asked.get('response_type') !== 'code' || !app.redirectUris.includes(asked.get('redirect_uri') ?? '')) return null;
  const scopes = (asked.get('scope') || 'read').split(' ');
  return scopes.every((scope) => covers(app.scopes, scope)) ? app : null;
}

function showForm(
  site: Site,
  server: Server,
  res: ServerResponse,
  app: FediApp,
  asked: URLSearchParams,
  problem: string | null,
): void {
  const carried = CARRIED.flatMap((name) => {
    const value = asked.get(name);
    return value === null ? [] : [html`<input type="hidden" name="${name}" value="${value}">`];
  });
  replyPage(
    res,
    titleOf(site, server),
    { done: null, problem },
    html`<section aria-labelledby="who">
<h2 id="who">${app.name} asks to act for your account</h2>
<form method="post" action="/oauth/authorize">
${carried}
<div class="row">
<label>Handle<input name="handle" required value="" autocomplete="username" autocapitalize="none" spellcheck="false"></label>
<label>Password<input name="password" type="password" autocomplete="current-password"></label>
</div>
<p class="soft">It asks for: ${asked.get('scope') || 'read'}</p>
<p class="row"><button class="main" name="answer" value="allow">Allow</button><button name="answer" value="deny" formnovalidate>Say no</button></p>
</form>
</section>`,
  );
}

/** Back to the app, from a page of its own: a form may not lead to other sites. */
function sendBack(
  site: Site,
  server: Server,
  res: ServerResponse,
  asked: URLSearchParams,
  answer: Record<string, string>,
): void {
  const to = new URL(asked.get('redirect_uri') ?? '');
  const state = asked.get('state');
  for (const [name, value] of Object.entries({ ...answer, ...(state === null ? {} : { state }) }))
    to.searchParams.set(name, value);
  replyPage(
    res,
    titleOf(site, server),
    { done: 'Done. You are being sent back.', problem: null },
    html`<meta http-equiv="refresh" content="0;url=${to.href}"><p><a href="${to.href}">Go back to the app</a></p>`,
  );
}

function refuse(site: Site, server: Server, res: ServerResponse): void {
  const problem = 'Client authentication failed: this app, its address or what it asks for is unknown here.';
  replyPage(res, titleOf(site, server), { done: null, problem }, html`<p class="soft">You can close this page.</p>`);
}

function titleOf(site: Site, server: Server): string {
  return `Sign in to ${server.name} (${hostOf(site, server)})`;
}
