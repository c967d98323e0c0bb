import type { Action } from '@secateur/networks/port';
import type { Arriving } from '../shared/watch.ts';
import type { Game, There } from './game.ts';
import type { Person } from './people.ts';
import { hold } from './promises.ts';
import type { Known } from './truth.ts';

/** Facts about the user's own people may be this old, in milliseconds. */
export const FRESH = 15 * 60_000;

/** What must hold for a write that is about to reach a network. */
export async function checkArriving(game: Game, call: Arriving): Promise<void> {
  const { network, action, kind } = call;
  const { me } = game.people[network];
  hold(call.account === me.nativeId, 'meant', () => `${call.account} acts, who is not ours`);
  const there = await game.holds(network, action);
  for (const write of call.writes) {
    const person = game.personOf(network, write.nativeId);
    if (!person) {
      hold(false, 'meant', () => `${kind} of ${action} hits ${write.nativeId}, whom no crowd has`);
      continue;
    }
    const already = there.filter((one) => one.nativeId === write.nativeId);
    if (kind === 'lift') {
      game.truth.figures.lifts += 1;
      checkLift(game, action, person);
      game.truth.end((await game.row(action, person)).covers, action, person);
      continue;
    }
    game.truth.figures.writes += 1;
    const isRenewal = renews(game, action, person, already);
    if (!isRenewal) checkWanted(game, action, person);
    await checkOnce(game, action, person, already, isRenewal);
  }
}

/** What ends by itself is told again, from time to time, until when to last: it is the same one. */
function renews(game: Game, action: Action, person: Person, already: There[]): boolean {
  const held = game.truth.held(action, person);
  return held !== undefined && game.now() > held.at && already.some((one) => one.until !== null);
}

/** Some shield wants this of somebody by facts that are older than facts may be. */
function checkWanted(game: Game, action: Action, person: Person): void {
  const { truth } = game;
  const who = `${person.name} on ${person.network}`;
  hold(!truth.isAllowed(person), 'spared', () => `${who} is on the allow list and gets a ${action}`);
  const goesOn = ({ id, undone }: Known) =>
    (undone === null || undone === truth.step) && !truth.over.has(`${id} ${action} ${person.id}`);
  const meaning = truth.shields.filter((s) => s.meant.has(person.id) && goesOn(s));
  hold(meaning.length > 0, 'meant', () => `${who} gets a ${action} and no shield that goes on means them`);
  const wanting = meaning.filter((shield) => wants(game, shield, action, person));
  const rules = meaning.map((s) => `${s.action} ${Object.values(s.rules)}`);
  const stand = () => JSON.stringify(truth.spans(person).filter((span) => span.to === null));
  hold(wanting.length > 0, 'spared', () => `${who} gets a ${action} although ${stand()} and the rules are ${rules}`);
  const willing = wanting.filter((s) => !truth.refused.has(`${s.id} ${action} ${person.id}`));
  hold(willing.length > 0, 'again', () => `${who} gets a ${action} that was lifted by hand`);
}

function wants(game: Game, shield: Known, action: Action, person: Person): boolean {
  const own = game.truth.wasOwn(person, shield.raisedAt - FRESH);
  const named = shield.named.has(person.id);
  const { rules } = shield;
  const mayMute = shield.action === 'mute' || (own && !named && Object.values(rules).includes('weaken'));
  if (action === 'mute' && !mayMute) return false;
  if (action === 'block' && shield.action === 'mute') return false;
  if (named) return true;
  const now = game.now();
  const is = (side: 'follows' | 'followedBy') =>
    game.truth.spans(person).some((s) => s.side === side && s.to === null && s.from <= now - FRESH);
  const [follows, followedBy] = [is('follows'), is('followedBy')];
  const choices = [
    ...(follows ? [rules.follows] : []),
    ...(followedBy ? [rules.followers] : []),
    ...(follows && followedBy ? [rules.mutuals] : []),
  ];
  return !choices.includes('spare') && !(action === 'block' && choices.includes('weaken'));
}

/** Nothing is written twice, nor over what was made by hand and could be seen. */
async function checkOnce(game: Game, action: Action, person: Person, already: There[], isRenewal: boolean) {
  const { truth } = game;
  const who = `${person.name} on ${person.network}`;
  if (keyed(action, person)) return;
  const held = truth.held(action, person);
  if (!held || already.length === 0) return;
  if (held.by === 'hand') {
    const { knownByHand } = await game.row(action, person);
    const seen = person.network === 'bluesky' ? knownByHand : truth.wasSeen(person, held);
    hold(!seen, 'hand', () => `the ${action} of ${who} that was made by hand is written over`);
  }
  const twice = held.by === 'ours' && held.sure && !isRenewal;
  hold(!twice, 'doubles', () => `${who} gets a second ${action}`);
}

/** Whether the network keeps an identity of it, so that whose it is can be read there. */
export function keyed(action: Action, { network }: Person): boolean {
  return network === 'bluesky' && action === 'block';
}

function checkLift(game: Game, action: Action, person: Person): void {
  if (keyed(action, person)) return;
  const held = game.truth.held(action, person);
  hold(held?.by !== 'hand', 'hand', () => `the hand-made ${action} of ${person.name} on ${person.network} is lifted`);
}

/** Looks at what a write did to its network. */
export async function noteArrived(game: Game, call: Arriving, failed: boolean): Promise<void> {
  const { network, action, kind } = call;
  const there = await game.holds(network, action);
  for (const { nativeId } of call.writes) {
    const person = game.personOf(network, nativeId);
    if (!person) continue;
    const its = there.filter((one) => one.nativeId === nativeId);
    if (keyed(action, person)) noteRecords(game, person, its);
    else if (kind === 'lift' && its.length === 0) game.truth.setHeld(action, person, null);
    else if (kind === 'apply' && its.some((one) => one.by === 'app')) noteMade(game, action, person, failed);
  }
}

function noteRecords(game: Game, person: Person, records: There[]): void {
  const ours = records.filter((r) => r.by === 'app');
  const byHand = records.length - ours.length;
  hold(ours.length < 2, 'doubles', () => `two records of ours block ${person.name}`);
  const beside = ours.length > 0 && byHand > 0 && !game.truth.beside.has(person.id);
  hold(!beside, 'doubles', () => `${person.name} is blocked beside a block made by hand`);
  hold(game.truth.records.has(person.id) === byHand > 0, 'hand', () => `${byHand} hand-made blocks of ${person.name}`);
}

function noteMade(game: Game, action: Action, person: Person, failed: boolean): void {
  const { truth } = game;
  const held = truth.held(action, person);
  const at = game.now();
  if (!held) truth.setHeld(action, person, { by: 'ours', sure: !failed, at });
  else if (held.by === 'hand') truth.setHeld(action, person, { by: 'both', sure: true, at });
  else Object.assign(held, { sure: held.sure || !failed, at });
  if (action === 'block') truth.part(person, game.now());
}
