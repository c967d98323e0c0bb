import type { ServerResponse } from 'node:http';
import { html } from '@secateur/base';
import { replyPage } from '../../page/layout.ts';
import type { Site } from '../../site.ts';
import { personByUsername } from '../people.ts';
import { isApp } from './app.ts';
import { CODE_LIFE, issueCode } from './codes.ts';

const TITLE = 'Sign in to X (sandbox)';
/** fundamentals/authentication/oauth-2-0/authorization-code. */
const SCOPES = new Set(
  'users.read tweet.read offline.access follows.read block.read block.write mute.read mute.write like.read list.read'.split(
    ' ',
  ),
);
const LONGEST_STATE = 500;
const CARRIED = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
] as const;

/** The page on which somebody signs in and says whether the app may. All or nothing. */
export function showAuthorize(site: Site, res: ServerResponse, asked: URLSearchParams): void {
  if (!isSound(site, asked)) return void refuse(res);
  showForm(res, asked, null);
}

/** What they answered. */
export function answerAuthorize(site: Site, res: ServerResponse, form: URLSearchParams): void {
  if (!isSound(site, form)) return void refuse(res);
  if (form.get('answer') !== 'allow') return void sendBack(res, form, { error: 'access_denied' });
  const person = personByUsername(site, (form.get('handle') ?? '').trim().replace(/^@/, ''));
  const password = person?.account?.password ?? null;
  if (person === null || password === null || password !== form.get('password'))
    return void showForm(res, form, 'There is no such account with this password.');
  if (person.status !== 'active') return void showForm(res, form, `This account is ${person.status}.`);
  const code = issueCode(site, {
    app: form.get('client_id') ?? '',
    ref: person.ref,
    scope: form.get('scope') ?? '',
    redirectUri: form.get('redirect_uri') ?? '',
    challenge: form.get('code_challenge') ?? '',
    until: site.clock.now() + CODE_LIFE,
  });
  sendBack(res, form, { code });
}

/** Whether X would show its page for this at all: the address has to be one of the app's, letter by letter. */
function isSound({ state }: Site, asked: URLSearchParams): boolean {
  const back = asked.get('redirect_uri') ?? '';
  const { callbacks } = state.x.app;
  return (
    isApp(asked.get('client_id')) &&
    asked.get('response_type') === 'code' &&
    asked.get('code_challenge_method') === 'S256' &&
    (asked.get('code_challenge') ?? '') !== '' &&
    (asked.get('state') ?? '') !== '' &&
    (asked.get('state') ?? '').length <= LONGEST_STATE &&
    (callbacks === null ? URL.canParse(back) : callbacks.includes(back)) &&
    (asked.get('scope') ?? '').split(' ').every((scope) => SCOPES.has(scope))
  );
}

function showForm(res: ServerResponse, asked: URLSearchParams, problem: string | null): void {
  const carried = CARRIED.map((name) => html`<input type="hidden" name="${name}" value="${asked.get(name) ?? ''}">`);
  replyPage(
    res,
    TITLE,
    { done: null, problem },
    html`<section aria-labelledby="who">
<h2 id="who">Secateur wants to access your X account</h2>
<form method="post" action="/i/oauth2/authorize">
${carried}
<div class="row">
<label>Username<input name="handle" required value="" autocomplete="username" autocapitalize="none" spellcheck="false"></label>
<label>Password<input name="password" type="password" autocomplete="current-password"></label>
</div>
<p class="soft">It asks for: ${asked.get('scope') ?? ''}</p>
<p class="row"><button class="main" name="answer" value="allow">Authorize app</button><button name="answer" value="deny" formnovalidate>Cancel</button></p>
</form>
</section>`,
  );
}

/** Back to the app, from a page of its own: a form may not lead to other sites. */
function sendBack(res: ServerResponse, asked: URLSearchParams, answer: Record<string, string>): void {
  const to = new URL(asked.get('redirect_uri') ?? '');
  for (const [name, value] of Object.entries({ state: asked.get('state') ?? '', ...answer }))
    to.searchParams.set(name, value);
  replyPage(
    res,
    TITLE,
    { done: 'Done. You are being sent back.', problem: null },
    html`<meta http-equiv="refresh" content="0;url=${to.href}"><p><a href="${to.href}">Go back to the app</a></p>`,
  );
}

function refuse(res: ServerResponse): void {
  const problem = 'Something went wrong: you weren’t able to give access to the App. Go back and try logging in again.';
  replyPage(res, TITLE, { done: null, problem }, html`<p class="soft">You can close this page.</p>`);
}
