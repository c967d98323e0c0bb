import { type Html, html } from '@secateur/base';
import type { SiteView } from '../control/views.ts';
import { number } from './words.ts';

/** With hundreds of accounts the rest is left to the control API. */
const SHOWN = 100;

export function accountsSection({ accounts }: SiteView): Html {
  return html`<section aria-labelledby="accounts">
<h2 id="accounts">Accounts</h2>
<div class="scroll" role="group" tabindex="0" aria-labelledby="accounts"><table>
<caption>${accounts.length > SHOWN ? `The first ${SHOWN} of ${accounts.length}.` : 'What each holds at this moment.'}</caption>
<thead><tr><th scope="col">Handle</th><th scope="col">Status</th><th scope="col" class="number">Followers</th><th scope="col" class="number">Follows</th><th scope="col" class="number">Blocks</th><th scope="col" class="number">Mutes</th></tr></thead>
<tbody>
${accounts.slice(0, SHOWN).map(
  (account) => html`<tr><th scope="row"><a href="/accounts?name=${account.handle}">${account.handle}</a></th>
<td>${account.status}${account.canSignIn ? ', can sign in' : ''}</td><td class="number">${number(account.followers)}</td><td class="number">${number(account.follows)}</td><td class="number">${number(account.blocks)}</td><td class="number">${number(account.mutes)}</td></tr>`,
)}
</tbody>
</table></div>
</section>`;
}
