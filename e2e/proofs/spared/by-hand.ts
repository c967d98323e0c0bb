import type { Action } from '@secateur/networks/port';
import { handCommand } from './cast.ts';
import { keyed } from './check-writes.ts';
import type { Game } from './game.ts';
import type { Person } from './people.ts';
import type { ByHand } from './step.ts';

/** What happens on a network past us, between the user and somebody. */
export async function byHand(game: Game, what: ByHand, person: Person): Promise<void> {
  const { truth } = game;
  const { me } = game.people[person.network];
  const { control } = game.stage.life.sandbox;
  const now = game.now();
  switch (what) {
    case 'follow':
    case 'unfollow':
      await control.perform(handCommand(person.network, what, me.nativeId, person.nativeId));
      return truth.follow(person, 'follows', what === 'follow', now);
    case 'followed':
    case 'unfollowed': {
      const did = what === 'followed' ? 'follow' : 'unfollow';
      await control.perform(handCommand(person.network, did, person.nativeId, me.nativeId));
      return truth.follow(person, 'followedBy', what === 'followed', now);
    }
    case 'block':
    case 'mute':
      return make(game, what, person);
    case 'beside':
      return person.network === 'bluesky' ? beside(game, person) : make(game, 'block', person);
    case 'unblock':
    case 'unmute':
      return lift(game, what === 'unblock' ? 'block' : 'mute', person);
  }
}

/** Over ours, or over what may be ours as far as anybody can know, it can't be told apart where there are no keys. */
async function make(game: Game, action: Action, person: Person): Promise<void> {
  const { truth } = game;
  const { me } = game.people[person.network];
  const { state } = await game.row(action, person);
  const maybeOurs = state === 'applying' || state === 'applied' || state === 'lifting';
  // As the network's own app does it, an older record of the same person is replaced: ours is gone then.
  if (keyed(action, person)) await refuse(game, action, person);
  await game.stage.life.sandbox.control.perform(handCommand(person.network, action, me.nativeId, person.nativeId));
  truth.touch(action, person);
  if (keyed(action, person)) {
    forgetRecords(game, person);
    truth.records.add(person.id);
    return;
  }
  const held = truth.held(action, person);
  if (held?.by !== 'hand')
    truth.setHeld(action, person, { by: held || maybeOurs ? 'both' : 'hand', sure: true, at: game.now() });
  if (action === 'block') truth.part(person, game.now());
}

async function beside(game: Game, person: Person): Promise<void> {
  const { truth } = game;
  const { me } = game.people.bluesky;
  const command = { do: 'block', beside: true, account: me.nativeId, subject: person.nativeId } as const;
  await game.stage.life.sandbox.control.perform(command);
  truth.touch('block', person);
  truth.records.add(person.id);
  truth.beside.add(person.id);
}

async function lift(game: Game, action: Action, person: Person): Promise<void> {
  const { me } = game.people[person.network];
  const undo = action === 'block' ? 'unblock' : 'unmute';
  await refuse(game, action, person);
  await game.stage.life.sandbox.control.perform(handCommand(person.network, undo, me.nativeId, person.nativeId));
  game.truth.touch(action, person);
  if (keyed(action, person)) forgetRecords(game, person);
  else game.truth.setHeld(action, person, null);
}

function forgetRecords({ truth }: Game, person: Person): void {
  truth.records.delete(person.id);
  truth.beside.delete(person.id);
}

/** Whatever of ours goes now was lifted by hand: the shields that cover it may not make it again. */
async function refuse(game: Game, action: Action, person: Person): Promise<void> {
  const there = await game.holds(person.network, action);
  const its = there.filter((one) => one.nativeId === person.nativeId);
  const ours = keyed(action, person)
    ? its.some((one) => one.by === 'app')
    : its.length > 0 && game.truth.held(action, person)?.by === 'ours';
  const { state, covers } = await game.row(action, person);
  // Of a write still in flight nobody can tell whether it was lifted or never came.
  if (ours && state === 'applied') game.truth.refuse(covers, action, person);
}
