import { type Html, html } from '@secateur/base';
import type { RecordView } from '../control/views.ts';
import type { Site } from '../site.ts';
import { type Person, personByDid } from '../state/people.ts';
import { number } from './words.ts';

const SHOWN = 200;

/** What one account blocks and mutes, newest first. */
export function accountPage(site: Site, person: Person, records: RecordView[], muted: string[]): Html {
  const nameOf = (did: string) => personByDid(site.state, did)?.handle ?? did;
  const newest = records.toSorted((a, b) => (a.key < b.key ? 1 : -1)).slice(0, SHOWN);
  return html`<p><a href="/">All accounts</a></p>
<section aria-labelledby="blocks">
<h2 id="blocks">Blocks: ${number(records.length)}</h2>
<p class="soft">${count(records, 'hand')} made by hand, ${count(records, 'app')} by an app.${records.length > SHOWN ? ` The newest ${SHOWN} are shown.` : ''}</p>
<div class="scroll" role="group" tabindex="0" aria-labelledby="blocks"><table>
<thead><tr><th scope="col">Who</th><th scope="col">Made</th><th scope="col">By</th><th scope="col">Key</th><th scope="col">Undo</th></tr></thead>
<tbody>
${newest.map(
  ({
    key,
    subject,
    createdAt,
    by,
  }) => html`<tr><th scope="row">${nameOf(subject)}</th><td>${createdAt}</td><td>${by === 'hand' ? 'hand' : 'an app'}</td><td><code>${key}</code></td><td><form method="post" action="/page/by-hand">
<input type="hidden" name="do" value="unblock"><input type="hidden" name="account" value="${person.did}"><input type="hidden" name="back" value="/accounts?name=${person.handle}">
<button name="subject" value="${subject}" aria-label="Unblock ${nameOf(subject)} by hand">Unblock</button></form></td></tr>`,
)}
</tbody>
</table></div>
</section>
<section aria-labelledby="mutes">
<h2 id="mutes">Mutes: ${number(muted.length)}</h2>
<ul>${muted.slice(-SHOWN).map((did) => html`<li>${nameOf(did)}</li>`)}</ul>
</section>`;
}

function count(records: RecordView[], by: RecordView['by']): string {
  return number(records.filter((record) => record.by === by).length);
}
