import type { Action } from '@secateur/networks/port';
import { FRESH, keyed } from './check-writes.ts';
import type { Game, There } from './game.ts';
import type { Person } from './people.ts';
import { hold } from './promises.ts';
import { NETWORKS } from './step.ts';
import type { Known } from './truth.ts';

/** What each network holds, when nothing is under way and all are well. */
export async function checkAll(game: Game): Promise<void> {
  for (const network of NETWORKS) {
    for (const action of ['block', 'mute'] as const) {
      const there = await game.holds(network, action);
      for (const person of game.people[network].all) checkOne(game, action, person, there);
    }
    await checkCovered(game, network);
  }
}

/** Nothing came or went but what was seen to. */
function checkOne({ truth }: Game, action: Action, person: Person, there: There[]): void {
  const its = there.filter((one) => one.nativeId === person.nativeId);
  const who = `${action} of ${person.name} on ${person.network}`;
  if (keyed(action, person)) {
    const byHand = its.some((one) => one.by === 'hand');
    hold(byHand || !truth.records.has(person.id), 'hand', () => `the hand-made ${who} is gone`);
    const twice = its.length > 1 && !truth.beside.has(person.id);
    hold(!twice, 'doubles', () => `there are ${its.length} records of the ${who}`);
    return;
  }
  const held = truth.held(action, person);
  hold(held?.by !== 'hand' || its.length > 0, 'hand', () => `the hand-made ${who} is gone`);
  hold(held !== undefined || its.length === 0, 'meant', () => `the ${who} came by itself`);
}

/** Whomever a running shield means is hit, unless there was a reason to spare them, or a hand in it. */
async function checkCovered(game: Game, network: (typeof NETWORKS)[number]): Promise<void> {
  const { truth } = game;
  for (const shield of truth.shields) {
    if (!shield.on.includes(network) || shield.undone !== null || shield.paused || isOver(game, shield)) continue;
    const there = await game.holds(network, shield.action);
    for (const person of game.people[network].all) {
      if (!shield.meant.has(person.id)) continue;
      if (truth.wasTouched(shield.action, person) || truth.wasOwn(person, shield.raisedAt - FRESH - 60_000)) {
        truth.figures.spared += 1;
        continue;
      }
      const who = () => `${person.name} on ${network} and gets no ${shield.action}`;
      const is = there.some((one) => one.nativeId === person.nativeId);
      if (!is) hold(false, 'meant', () => `shield ${truth.shields.indexOf(shield)} means ${who()}`);
    }
  }
}

/** Whether the first of it may have been let go already. */
function isOver(game: Game, shield: Known): boolean {
  return game.now() >= shield.raisedAt + shield.hold * 1_000;
}

/** When every shield is over, all that is there was made by hand. */
export async function checkLeft(game: Game): Promise<void> {
  const { truth } = game;
  for (const network of NETWORKS) {
    for (const action of ['block', 'mute'] as const) {
      for (const { nativeId, by } of await game.holds(network, action)) {
        const person = game.personOf(network, nativeId);
        if (!person) continue;
        const ours = keyed(action, person) ? by === 'app' : truth.held(action, person)?.by === 'ours';
        const row = ours ? JSON.stringify(await game.row(action, person)) : '';
        hold(
          !ours,
          'left',
          () => `our ${action} of ${person.name} on ${network} is left when every shield is over: ${row}`,
        );
      }
    }
  }
  const rows = await game.ask<{ state: string }>(
    `SELECT state::text AS state FROM shields WHERE tenant_id = $1 AND state NOT IN ('ended', 'preview', 'discarded')`,
    [game.tenantId()],
  );
  hold(rows.length === 0, 'left', () => `shields are still ${rows.map((r) => r.state).join(', ')} at the end`);
}
