import { DAY, HOUR, type Html, html, MINUTE } from '@secateur/base';
import type { ClockView } from '../control/views.ts';
import { moment, span } from './words.ts';

const STEPS = [
  ['+2 minutes', 2 * MINUTE],
  ['+1 hour', HOUR],
  ['+1 day', DAY],
  ['+1 week', 7 * DAY],
  ['+6 weeks', 42 * DAY],
] as const;

export function clockSection(clock: ClockView): Html {
  return html`<section aria-labelledby="clock">
<h2 id="clock">Clock</h2>
<p class="time"><time datetime="${new Date(clock.now).toISOString()}">${moment(clock.now)}</time></p>
<p class="soft">${clock.offsetMs === 0 ? 'The same as this machine’s.' : `${span(clock.offsetMs)} ${clock.offsetMs > 0 ? 'ahead of' : 'behind'} this machine’s.`}</p>
<div class="row">
${STEPS.map(([name, ms]) => html`<form method="post" action="/page/clock"><button name="advanceMs" value="${ms}">${name}</button></form>`)}
<form method="post" action="/page/clock"><button name="offsetMs" value="0">Back to this machine’s</button></form>
</div>
</section>`;
}
