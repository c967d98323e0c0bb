import { checkBooks } from './check-books.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkTenants } from './check-tenants.ts';
import { checkViews } from './check-views.ts';
import type { Action } from './command.ts';
import type { Game } from './game.ts';
import { type KnownShield, membersOf } from './life.ts';
import type { Person } from './people.ts';
import { hold } from './promises.ts';

/** A hold is lengthened by at most a twentieth. */
const LONGEST = 1.05;
/** After so many milliseconds a reading of what the account holds has found a write that came late. */
const FOUND = 27 * 3_600_000;
const MINUTE = 60_000;
/** After so many milliseconds of calm a crowd was looked at again: the hour, and the longest backoff. */
const SEEN = 150 * MINUTE;

export type TargetRow = {
  account: string;
  profile: string;
  shield: string;
  action: Action;
  target: string;
  reason: string | null;
  coveredAt: Date | null;
  effect: string | null;
  key: string | null;
  confirmedAt: Date | null;
};

/** Everything, when nothing is under way and the network is well. */
export async function checkAll(game: Game): Promise<void> {
  const rows = await targets(game);
  checkConfirmations(game, rows);
  await checkOver(game, rows);
  await checkPresent(game, rows);
  await checkCovered(game, rows);
  await checkKeptUp(game, rows);
  await checkViews(game);
  await checkBooks(game);
  await checkTenants(game);
  await checkSecrets(game);
}

async function targets(game: Game): Promise<TargetRow[]> {
  return game.ask<TargetRow>(
    `SELECT t.account_id::text AS account, t.profile_id::text AS profile, t.shield_id::text AS shield, t.action::text AS action,
            t.state::text AS target, t.reason::text AS reason, t.covered_at AS "coveredAt", e.state::text AS effect, e.key,
            e.confirmed_at AS "confirmedAt"
     FROM targets t LEFT JOIN effects e ON e.tenant_id = t.tenant_id AND e.account_id = t.account_id
       AND e.profile_id = t.profile_id AND e.action = t.action
     WHERE t.tenant_id = $1`,
    [game.tenantId()],
  );
}

/** Re-reading never changes an expiry: a confirmation, once written, stands as long as its record does. */
function checkConfirmations({ life }: Game, rows: TargetRow[]): void {
  for (const row of rows) {
    if (row.effect !== 'applied' || !row.confirmedAt || row.key === null) continue;
    const at = `${row.account} ${row.key}`;
    const first = life.confirmed.get(at) ?? row.confirmedAt.getTime();
    life.confirmed.set(at, first);
    hold(
      first === row.confirmedAt.getTime() || life.records.get(at)?.late === true,
      'cover',
      () => `${at} was confirmed anew`,
    );
    const sent = life.records.get(at)?.at ?? 0;
    hold(first >= sent, 'cover', () => `${at} counts from before it was sent`);
  }
}

/** A target is over only for a reason that came to pass. */
async function checkOver(game: Game, rows: TargetRow[]): Promise<void> {
  for (const row of rows) {
    const shield = game.life.shield(row.shield);
    if (!shield || row.target !== 'over' || row.reason !== 'time_up') continue;
    const soonest = shield.raisedAt + shield.shortest * 1_000;
    hold(game.now() >= soonest, 'cover', () => `${row.profile} is over before its time`);
  }
}

/** What of ours is on the network has a cover that goes on. */
async function checkPresent(game: Game, rows: TargetRow[]): Promise<void> {
  for (const { account } of game.connections) {
    for (const [action, did] of await ours(game, account)) {
      const id = game.people.all.find((p) => p.did === did)?.id ?? '';
      const covers = rows.filter((r) => r.account === account.id && r.profile === id && r.action === action);
      const alive = covers.some((row) => row.target === 'covering' && !isOver(game, row));
      const late = [...game.life.records.values()].some((r) => r.did === did && r.late && game.now() - r.at < FOUND);
      const reread = action === 'mute' || late;
      hold(alive || reread || covers.length === 0, 'silence', () => `the ${action} of ${did} outlives every shield`);
      if (action === 'mute' && !alive) await muteMayStay(game, account, did);
    }
  }
}

/** A mute that both made stays or goes: nobody can tell whose it is. */
async function muteMayStay(game: Game, account: Person, did: string): Promise<void> {
  const mute = game.life.mutes.get(`${account.id} ${did}`);
  hold(mute?.by !== 'ours', 'silence', () => `the mute of ${did} outlives every shield`);
}

/** Actions of ours that the network holds now. */
async function ours(game: Game, account: Person): Promise<[Action, string][]> {
  const blocks = (await game.records(account)).filter((r) => r.by === 'app');
  const muted = await game.mutes(account);
  return [
    ...blocks.map((r): [Action, string] => ['block', r.subject]),
    ...muted
      .filter((did) => ['ours', 'both'].includes(game.life.mutes.get(`${account.id} ${did}`)?.by ?? ''))
      .map((did): [Action, string] => ['mute', did]),
  ];
}

/** Whether a cover must be over: its longest time is up, or it was undone. */
function isOver(game: Game, row: TargetRow): boolean {
  const shield = game.life.shield(row.shield);
  if (!shield) return false;
  if (shield.undone || shield.undoneOne.has(`${row.account} ${row.profile}`)) return true;
  if (shield.hold === null || !row.confirmedAt) return false;
  const from = Math.max(row.coveredAt?.getTime() ?? 0, row.confirmedAt.getTime());
  return game.now() > from + shield.hold * 1_000 * LONGEST + MINUTE;
}

/** Whoever a running shield covers is blocked, or there is a good reason why not. */
async function checkCovered(game: Game, rows: TargetRow[]): Promise<void> {
  for (const shield of game.life.shields) {
    if (shield.undone || shield.cancelled || shield.paused) continue;
    for (const accountId of shield.accounts) {
      const account = game.people.own.find((p) => p.id === accountId);
      if (!account) continue;
      const held = new Set((await ours(game, account)).map(([action, did]) => `${action} ${did}`));
      for (const person of membersOf(shield)) checkOne(game, shield, account, person, rows, held);
    }
  }
}

/** Whoever joined the crowd of a shield that keeps up, and had time to be seen, is in it like everybody else. */
async function checkKeptUp(game: Game, rows: TargetRow[]): Promise<void> {
  for (const shield of game.life.shields) {
    if (!shield.keepUp || !shield.followers || shield.undone || shield.cancelled || shield.paused) continue;
    if (game.now() >= shield.raisedAt + shield.shortest * 1_000 || (await hasEnded(game, shield))) continue;
    for (const { person, at } of shield.troll.joined) {
      if (at > game.now() - SEEN) continue;
      for (const account of shield.accounts) {
        const planned = rows.some((r) => r.shield === shield.id && r.account === account && r.profile === person.id);
        hold(planned, 'rows', () => `${person.name}, who joined, was never planned`);
      }
    }
  }
}

async function hasEnded(game: Game, shield: KnownShield): Promise<boolean> {
  const [row] = await game.ask<{ state: string }>(`SELECT state::text AS state FROM shields WHERE id = $1`, [
    shield.id,
  ]);
  return row?.state === 'ended';
}

function checkOne(
  game: Game,
  shield: KnownShield,
  account: Person,
  person: Person,
  rows: TargetRow[],
  held: Set<string>,
): void {
  const { life } = game;
  const n = life.shields.indexOf(shield);
  const row = rows.find((r) => r.shield === shield.id && r.account === account.id && r.profile === person.id);
  const who = () => `${person.name} of shield ${n} (${row?.action ?? shield.action}) on ${account.name}`;
  hold(row !== undefined, 'rows', () => `${who()} was never planned`);
  if (!row) return;
  checkWeakened(game, shield, account, person, row);
  if (shield.undoneOne.has(`${account.id} ${person.id}`)) return;
  if (row.target === 'spared') {
    hold(wasOwn(game, shield, account, person), 'cover', () => `${who()} is spared for no reason (${row.reason})`);
    return;
  }
  const hand = life.touchedByHand.has(`${account.id} ${row.action} ${person.did}`);
  if (row.target === 'over') {
    const timely = row.reason === 'time_up' || (row.reason === 'lifted_by_you' && hand);
    hold(timely, 'cover', () => `${who()} is over: ${row.reason}`);
    return;
  }
  if (hand || row.effect === 'failed') return;
  const broken = row.effect === 'pending' || row.effect === 'applying' || row.effect === 'absent';
  hold(!broken, 'rows', () => `${who()} is ${row.effect} although nothing stands in the way`);
  hold(held.has(`${row.action} ${person.did}`), 'cover', () => `${who()} is ${row.effect} and not on the network`);
}

/** A shield that blocks mutes only those whom one of its rules weakens, and one that mutes never blocks. */
function checkWeakened(game: Game, shield: KnownShield, account: Person, person: Person, row: TargetRow): void {
  if (row.action === shield.action) return;
  const may = shield.action === 'block' && Object.values(shield.rules).includes('weaken');
  const was = may && wasOwn(game, shield, account, person);
  hold(was, 'cover', () => `${person.name} is to get a ${row.action} and the shield says ${shield.action}`);
}

/** Whether somebody was one of the account's people, or allowed, at some time since just before the shield. */
function wasOwn({ life }: Game, shield: KnownShield, account: Person, person: Person): boolean {
  const since = shield.raisedAt - 16 * MINUTE;
  const spans = life.relationsOf(account.id, person.did);
  const related = spans.some((s) => s.to === null || s.to >= since);
  const allowed = life.allowed.get(person.id)?.some((a) => a.to === null || a.to >= since) ?? false;
  return related || allowed;
}
