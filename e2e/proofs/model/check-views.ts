import { getShield, listTargets } from '@secateur/core/shields';
import type { Game } from './game.ts';
import { hold } from './promises.ts';

/** What a member is shown never says done before the network held it, and its counts are those of the rows. */
export async function checkViews(game: Game): Promise<void> {
  for (const { account } of game.connections) await game.records(account);
  for (const shield of game.life.shields) {
    const view = await getShield(game.member, { id: shield.id });
    const { items } = await listTargets(game.member, { id: shield.id, filter: 'all', after: null });
    let done = 0;
    for (const item of items) {
      if (item.outcome !== 'done' && item.outcome !== 'lifting') continue;
      done += 1;
      hold(
        await stood(game, item.action, item.accountId, item.profileId),
        'confirmed',
        () => `${item.handle} shows as ${item.outcome} and was never on the network`,
      );
    }
    hold(
      items.length === view.counts.total,
      'confirmed',
      () => `${view.counts.total} are counted, ${items.length} are listed`,
    );
    hold(done === view.counts.done, 'confirmed', () => `${view.counts.done} are counted as done, ${done} are listed`);
    const open = view.counts.pending + view.counts.done;
    hold(view.state !== 'ended' || open === 0, 'silence', () => `a shield has ended and ${open} are left`);
    const idle = view.state === 'lifting' || view.state === 'acting' || view.state === 'holding';
    hold(!idle || open > 0, 'silence', () => `a shield is ${view.state} and nothing is left of it`);
  }
}

async function stood(game: Game, action: 'block' | 'mute', accountId: string, profileId: string): Promise<boolean> {
  const person = game.people.all.find((p) => p.id === profileId);
  if (!person) return false;
  if (game.life.touchedByHand.has(`${accountId} ${action} ${person.did}`)) return true;
  if (action === 'mute') return game.life.mutes.has(`${accountId} ${person.did}`);
  return [...game.life.records].some(([at, r]) => at.startsWith(accountId) && r.did === person.did && !r.gone);
}
