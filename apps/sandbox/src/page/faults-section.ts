import { type Html, html, nothing } from '@secateur/base';
import { METHODS } from '../bluesky/methods.ts';
import { FAULT_KINDS, type Fault } from '../faults/fault.ts';

export function faultsSection(faults: Fault[], limits: boolean): Html {
  return html`<section aria-labelledby="faults">
<h2 id="faults">Faults and limits</h2>
${faults.length === 0 ? html`<p class="soft">Nothing is set to go wrong.</p>` : armed(faults)}
<form method="post" action="/page/faults" class="row">
<label>What goes wrong<select name="kind">${Object.entries(FAULT_KINDS).map(([kind, does]) => html`<option value="${kind}">${kind}: ${does}</option>`)}</select></label>
<label>Method<select name="method"><option value="">all</option>${[...METHODS.keys()].map((name) => html`<option>${name}</option>`)}</select></label>
<label>Account<input name="account" placeholder="all" autocomplete="off" spellcheck="false"></label>
<label>How often, of 1<input name="probability" type="number" min="0" max="1" step="any" placeholder="1"></label>
<label>How many times<input name="count" type="number" min="1" placeholder="no end"></label>
<label>Milliseconds, if slow<input name="latencyMs" type="number" min="0" placeholder="0"></label>
<button class="main">Set it up</button>
</form>
<form method="post" action="/page/limits"><p>The network’s limits are ${limits ? 'on' : 'off'}. <button name="on" value="${limits ? 'off' : 'on'}">Turn them ${limits ? 'off' : 'on'}</button></p></form>
</section>`;
}

function armed(faults: Fault[]): Html {
  return html`<ul>${faults.map(
    (fault) =>
      html`<li><form method="post" action="/page/faults/remove">${fault.kind}${scope(fault)}, struck ${fault.struck} times <button name="id" value="${fault.id}" aria-label="Remove the fault ${fault.kind}">Remove</button></form></li>`,
  )}</ul>`;
}

function scope({ method, account, probability, count, latencyMs }: Fault): Html {
  return html`${method === undefined ? nothing : html` on <code>${method}</code>`}${account === undefined ? nothing : ` for ${account}`}${
    probability === undefined ? nothing : `, ${probability} of the time`
  }${count === undefined ? nothing : `, ${count} times in all`}${latencyMs === undefined ? nothing : `, ${latencyMs} ms`}`;
}
