import type { BY_HAND } from '../shared/steps.ts';
import { noteMute } from './check-writes.ts';
import type { Action } from './command.ts';
import type { Game } from './game.ts';
import type { Person } from './people.ts';

/** What the user does on the network, past us, with their first account. */
export async function byHand(game: Game, what: (typeof BY_HAND)[number], person: Person): Promise<void> {
  const { control } = game.stage.sandbox;
  const { life } = game;
  const [me] = game.people.own;
  if (!me) return;
  const to = { account: me.did, subject: person.did };
  const from = { account: person.did, subject: me.did };
  const followed = (side: 'follows' | 'followedBy', on: boolean) => {
    const spans = life.relationsOf(me.id, person.did);
    const open = spans.find((s) => s.side === side && s.to === null);
    if (on && !open) spans.push({ side, from: game.now(), to: null });
    if (!on && open) open.to = game.now();
  };
  switch (what) {
    case 'block':
    case 'unblock':
      await refuse(game, me, person, 'block');
      await control.perform({ do: what, ...to });
      return noteGone(game, me, person);
    case 'beside':
      life.touchedByHand.add(`${me.id} block ${person.did}`);
      return control.perform({ do: 'block', beside: true, ...to });
    case 'mute':
      life.touchedByHand.add(`${me.id} mute ${person.did}`);
      await control.perform({ do: 'mute', ...to });
      noteMute(game, me.id, person.did, true, 'hand');
      // Without keys nobody can tell it from one of ours that is on its way.
      if (await isInFlight(game, me, person, 'mute')) noteMute(game, me.id, person.did, true, 'ours');
      return;
    case 'unmute':
      await refuse(game, me, person, 'mute');
      await control.perform({ do: 'unmute', ...to });
      return noteMute(game, me.id, person.did, false, 'hand');
    case 'follow':
      await control.perform({ do: 'follow', ...to });
      return followed('follows', true);
    case 'unfollow':
      await control.perform({ do: 'unfollow', ...to });
      return followed('follows', false);
    case 'followed':
      await control.perform({ do: 'follow', ...from });
      return followed('followedBy', true);
    case 'unfollowed':
      await control.perform({ do: 'unfollow', ...from });
      return followed('followedBy', false);
  }
}

/** Whatever of ours goes now was lifted by hand: the shields that cover it may not make it again. */
async function refuse(game: Game, me: Person, person: Person, action: Action): Promise<void> {
  const { life } = game;
  life.touchedByHand.add(`${me.id} ${action} ${person.did}`);
  const state = await effectOf(game, me, person, action);
  const ours =
    action === 'block'
      ? [...life.records].some(([at, r]) => at.startsWith(me.id) && r.did === person.did && !r.gone)
      : ['ours', 'both'].includes(life.mutes.get(`${me.id} ${person.did}`)?.by ?? '');
  // Of a write still in flight nobody can tell whether it was lifted or never came.
  if (!ours || state !== 'applied') return;
  const covers = await game.covers(me.id, action, [person.id]);
  for (const shield of covers.get(person.id) ?? []) life.refused.add(`${shield} ${me.id} ${person.did}`);
}

async function effectOf(game: Game, me: Person, person: Person, action: Action): Promise<string | undefined> {
  const [row] = await game.ask<{ state: string }>(
    `SELECT state::text AS state FROM effects WHERE tenant_id = $1 AND account_id = $2 AND profile_id = $3 AND action = $4::action`,
    [game.tenantId(), me.id, person.id, action],
  );
  return row?.state;
}

async function isInFlight(game: Game, me: Person, person: Person, action: Action): Promise<boolean> {
  const state = await effectOf(game, me, person, action);
  return state === 'applying' || state === 'lifting';
}

function noteGone(game: Game, me: Person, person: Person): void {
  for (const [at, record] of game.life.records) {
    if (at.startsWith(me.id) && record.did === person.did) record.gone = true;
  }
}
