import { type Html, html } from '@secateur/base';
import type { Recent } from '../state/recent.ts';
import { moment } from './words.ts';

/** `nameOf` gives the handle for a DID. */
export function requestsSection(recent: Recent[], nameOf: (did: string) => string): Html {
  return html`<section aria-labelledby="requests">
<h2 id="requests">Recent requests</h2>
<p><a href="/">Refresh</a></p>
<div class="scroll" role="group" tabindex="0" aria-labelledby="requests"><table>
<thead><tr><th scope="col">When</th><th scope="col">Method</th><th scope="col">As</th><th scope="col">Answer</th></tr></thead>
<tbody>
${recent.map(
  ({ at, method, account, status, fault }) =>
    html`<tr><td>${moment(at)}</td><td><code>${method}</code></td><td>${
      account === null ? 'nobody' : nameOf(account)
    }</td><td>${status === 0 ? 'connection broken' : status}${fault === null ? '' : ` (fault: ${fault})`}</td></tr>`,
)}
</tbody>
</table></div>
</section>`;
}
