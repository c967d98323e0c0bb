import type { ServerResponse } from 'node:http';
import { type Html, html } from '@secateur/base';
import { replyPage } from '../page/layout.ts';
import type { Site } from '../site.ts';
import { personByDid, personByName } from '../state/people.ts';
import { clientById } from './clients.ts';
import { CODE } from './lifetimes.ts';
import { type Asked, consent, find, forget } from './requests.ts';
import { sentenceFor } from './words.ts';

const TITLE = 'Sign in to the sandbox network';

/** The page on which somebody signs in and says what an app may do. */
export function showAuthorize(site: Site, res: ServerResponse, query: URLSearchParams): void {
  const asked = find(site, query.get('request_uri') ?? '');
  if (asked === null || asked.clientId !== query.get('client_id')) return void refuse(res);
  showForm(site, res, asked, query.get('request_uri') ?? '', null);
}

/** What they answered. */
export function answerAuthorize(site: Site, res: ServerResponse, form: URLSearchParams): void {
  const uri = form.get('request_uri') ?? '';
  const asked = find(site, uri);
  if (asked === null) return void refuse(res);
  if (form.get('answer') !== 'allow') {
    forget(site, asked);
    return void sendBack(site, res, asked, { error: 'access_denied', error_description: 'The person said no' });
  }
  const person = personByName(site.state, (form.get('handle') ?? '').trim().replace(/^@/, '').toLowerCase());
  if (!person?.account || person.account.password === null || person.account.password !== form.get('password'))
    return void showForm(site, res, asked, uri, 'There is no such account with this password.');
  if (person.status !== 'active') return void showForm(site, res, asked, uri, `This account is ${person.status}.`);
  const kept = new Set(['atproto', ...form.getAll('scope')]);
  const scope = asked.scope.split(' ').filter((one) => kept.has(one));
  sendBack(site, res, asked, { code: consent(asked, person.did, scope.join(' '), site.clock.now() + CODE) });
}

function showForm(site: Site, res: ServerResponse, asked: Asked, uri: string, problem: string | null): void {
  const client = clientById(site, asked.clientId);
  const hint = asked.hint?.startsWith('did:') ? personByDid(site.state, asked.hint)?.handle : asked.hint;
  const rights = asked.scope.split(' ').filter((one) => one !== 'atproto');
  replyPage(
    res,
    TITLE,
    { done: null, problem },
    html`<section aria-labelledby="who">
<h2 id="who">${client.name} wants to know who you are</h2>
<form method="post" action="/oauth/authorize">
<input type="hidden" name="request_uri" value="${uri}">
<div class="row">
<label>Handle<input name="handle" required value="${hint ?? ''}" autocomplete="username" autocapitalize="none" spellcheck="false"></label>
<label>Password<input name="password" type="password" autocomplete="current-password"></label>
</div>
${rights.length === 0 ? html`<p class="soft">It asks for nothing else.</p>` : choices(rights)}
<p class="row"><button class="main" name="answer" value="allow">Allow</button><button name="answer" value="deny" formnovalidate>Say no</button></p>
</form>
</section>`,
  );
}

function choices(rights: string[]): Html {
  return html`<fieldset><legend>And it wants to</legend>
${rights.map((one) => html`<label class="tick"><input type="checkbox" name="scope" value="${one}" checked>${sentenceFor(one)}</label>`)}
</fieldset>`;
}

/** Back to the app, from a page of its own: a form may not lead to other sites. */
function sendBack(site: Site, res: ServerResponse, asked: Asked, answer: Record<string, string>): void {
  const to = new URL(asked.redirectUri);
  for (const [name, value] of Object.entries({ iss: site.origin, state: asked.state, ...answer }))
    to.searchParams.set(name, value);
  replyPage(
    res,
    TITLE,
    { done: 'Done. You are being sent back.', problem: null },
    html`<meta http-equiv="refresh" content="0;url=${to.href}"><p><a href="${to.href}">Go back to the app</a></p>`,
  );
}

function refuse(res: ServerResponse): void {
  const problem = 'This request is unknown, too old, or was answered already. Begin again in the app.';
  replyPage(res, TITLE, { done: null, problem }, html`<p class="soft">You can close this page.</p>`);
}
