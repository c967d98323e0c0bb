import { type Html, html } from '@secateur/base';
import { accountRef } from '../mastodon/refs.ts';
import type { Site } from '../site.ts';
import { countsOf } from '../x/follows.ts';
import { personByRef } from '../x/people.ts';
import { number } from './words.ts';

/** With hundreds of accounts the rest is left to the control API. */
const SHOWN = 100;
const MICRO = 1_000_000;

/** Who is on X, and what the app was charged there. Nothing where nobody is. */
export function xSection(site: Site): Html {
  const { x } = site.state;
  if (x.accounts.length === 0) return html``;
  const people = x.accounts.slice(0, SHOWN).flatMap(({ index }) => personByRef(site, accountRef(index)) ?? []);
  const credit = x.app.credit === null ? 'has more credit than it can use' : `has ${dollars(x.app.credit)} left`;
  return html`<section aria-labelledby="x">
<h2 id="x">X</h2>
<p>The app was charged ${dollars(x.spent)} and ${credit}. It may ${x.app.enterprise ? 'block and mute' : 'mute, not block'}.</p>
<div class="scroll" role="group" tabindex="0" aria-labelledby="x"><table>
<thead><tr><th scope="col">Username</th><th scope="col">Status</th><th scope="col" class="number">Followers</th><th scope="col" class="number">Blocks</th><th scope="col" class="number">Mutes</th></tr></thead>
<tbody>
${people.map(
  (person) => html`<tr><th scope="row">@${person.username}</th>
<td>${person.status}${person.account?.password === null ? '' : ', can sign in'}</td><td class="number">${number(countsOf(site, person).followers)}</td><td class="number">${number(x.held('block', person.ref).size)}</td><td class="number">${number(x.held('mute', person.ref).size)}</td></tr>`,
)}
</tbody>
</table></div>
</section>`;
}

function dollars(microDollars: number): string {
  return `$${(microDollars / MICRO).toFixed(2)}`;
}
