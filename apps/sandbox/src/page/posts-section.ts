import { type Html, html, nothing } from '@secateur/base';
import type { ListInfo, PostInfo } from '../control/post-control.ts';
import { number } from './words.ts';

const SHOWN = 20;
/** Where nobody did anything about any: the newest. */
const FEW = 5;

/** Of any network. */
export type Shown = Omit<PostInfo, 'uri'>;
export type ShownList = Omit<ListInfo, 'uri'>;

/** Posts that are going round, those that most people did something about, and lists: with the links that people paste. */
export function postsSection(posts: Shown[], lists: ShownList[]): Html {
  const loud = posts.filter((post) => sum(post) > 0).toSorted((a, b) => sum(b) - sum(a));
  const loudest = loud.length === 0 ? posts.slice(-FEW) : loud.slice(0, SHOWN);
  return html`<section aria-labelledby="posts">
<h2 id="posts">Posts and lists</h2>
${loudest.length === 0 ? html`<p class="soft">Nobody wrote anything.</p>` : postTable(loudest)}
${lists.length === 0 ? nothing : listTable(lists.slice(0, SHOWN))}
</section>`;
}

function sum({ likes, reposts, quotes, replies }: Shown): number {
  return likes + reposts + quotes + replies;
}

function postTable(posts: Shown[]): Html {
  return html`<div class="scroll" role="group" tabindex="0" aria-labelledby="posts"><table>
<thead><tr><th scope="col">Who</th><th scope="col">Link</th><th scope="col" class="number">Likes</th><th scope="col" class="number">Reposts</th><th scope="col" class="number">Quotes</th><th scope="col" class="number">Replies</th><th scope="col">What</th></tr></thead>
<tbody>
${posts.map(
  (post) => html`<tr><th scope="row">${post.author}</th><td><code>${post.link}</code></td>
<td class="number">${number(post.likes)}</td><td class="number">${number(post.reposts)}</td><td class="number">${number(post.quotes)}</td><td class="number">${number(post.replies)}</td><td>${post.text.slice(0, 60)}</td></tr>`,
)}
</tbody>
</table></div>`;
}

function listTable(lists: ShownList[]): Html {
  return html`<div class="scroll" role="group" tabindex="0" aria-labelledby="posts"><table>
<thead><tr><th scope="col">Whose list</th><th scope="col">Link</th><th scope="col">Name</th><th scope="col" class="number">Members</th></tr></thead>
<tbody>
${lists.map(
  (list) =>
    html`<tr><th scope="row">${list.owner}</th><td><code>${list.link}</code></td><td>${list.name}</td><td class="number">${number(list.members.length)}</td></tr>`,
)}
</tbody>
</table></div>`;
}
