import { type Html, html } from '@secateur/base';
import type { SiteView } from '../control/views.ts';

/** What the page lets one do as a person would. */
export const DEEDS = ['follow', 'unfollow', 'block', 'unblock', 'mute', 'unmute'] as const;

export function byHandSection(site: SiteView): Html {
  const first = site.accounts.find((account) => account.canSignIn)?.handle ?? '';
  return html`<section aria-labelledby="by-hand">
<h2 id="by-hand">Do something by hand</h2>
<p class="soft">As somebody would in the network’s own app. A name is a handle, a DID, or grudge.sandbox.test#17 for a follower by number.</p>
<form method="post" action="/page/by-hand" class="row">
<label>Who<input name="account" required value="${first}" autocomplete="off" spellcheck="false"></label>
<label>does what<select name="do">${DEEDS.map((deed) => html`<option>${deed}</option>`)}</select></label>
<label>to whom<input name="subject" required autocomplete="off" spellcheck="false"></label>
<button class="main">Do it</button>
</form>
</section>`;
}
