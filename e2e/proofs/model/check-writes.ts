import type { Arriving } from '../shared/watch.ts';
import type { Action, Choice } from './command.ts';
import type { Game } from './game.ts';
import type { KnownShield } from './life.ts';
import { hold } from './promises.ts';

/** Facts about the account's own people may be this old, in milliseconds. */
const FRESH = 15 * 60_000;

type Row = { profile: string; native: string; state: string; key: string | null };

/** What must hold for a write that is about to reach the network. */
export async function checkArriving(game: Game, call: Arriving): Promise<void> {
  const account = game.accountOf(call.account);
  const rows = await game.ask<Row>(
    `SELECT e.profile_id::text AS profile, p.native_id AS native, e.state::text AS state, e.key
     FROM effects e JOIN profiles p ON p.id = e.profile_id
     WHERE e.tenant_id = $1 AND e.account_id = $2 AND e.action = $3::action AND p.native_id = ANY($4::text[])`,
    [game.tenantId(), account.id, call.action, call.writes.map((w) => w.nativeId)],
  );
  for (const write of call.writes) {
    const row = rows.find((r) => r.native === write.nativeId && (write.key === null || r.key === write.key));
    if (call.kind === 'apply') {
      hold(
        row !== undefined,
        'intent',
        () => `${call.action} of ${write.nativeId} under ${write.key}: no row holds it`,
      );
      hold(row?.state !== 'applied', 'confirmed', () => `${write.nativeId} shows as done before it was sent`);
      hold(row?.state === 'applying', 'intent', () => `${write.nativeId} is sent while its row says ${row?.state}`);
    }
  }
  if (call.kind === 'apply') await checkApplies(game, call, account.id);
  else await checkLifts(game, call, account.id);
}

async function checkApplies(game: Game, call: Arriving, account: string): Promise<void> {
  const { life } = game;
  const profiles = new Map(game.people.all.map((p) => [p.did, p.id]));
  const ids = call.writes.flatMap((w) => profiles.get(w.nativeId) ?? []);
  const covers = await game.covers(account, call.action, ids);
  const own = new Set(game.people.own.map((p) => p.did));
  for (const { nativeId } of call.writes) {
    hold(!own.has(nativeId), 'spared', () => `${nativeId} is the user's own account`);
    const id = profiles.get(nativeId) ?? '';
    const shields = (covers.get(id) ?? []).flatMap((s) => life.shield(s) ?? []);
    const willing = shields.filter((s) => !life.refused.has(`${s.id} ${account} ${nativeId}`));
    const lifted = () => `${nativeId} was lifted by hand and is made again by the same shield`;
    hold(shields.length === 0 || willing.length > 0 || touchedNow(game, shields), 'ours', lifted);
    const allowed = (life.allowed.get(id) ?? []).some((a) => a.to === null && a.tick < life.tick);
    hold(!allowed, 'spared', () => `${nativeId} is on the allow list`);
    const hits = shields.some((s) => wants(game, s, account, nativeId, call.action));
    hold(shields.length === 0 || hits, 'spared', () => `${nativeId} is one of the account's own people`);
  }
}

function touchedNow(game: Game, shields: KnownShield[]): boolean {
  return shields.some((s) => s.touched === game.life.tick);
}

/** Whether a shield wants this of somebody, by relations that are older than facts may be: who is weakened is only muted. */
function wants(game: Game, shield: KnownShield, account: string, did: string, action: Action): boolean {
  const choices = choicesFor(game, shield, account, did);
  if (choices.includes('spare')) return false;
  return action === 'mute' || !choices.includes('weaken');
}

/** What the shield's rules that find somebody do about them. */
function choicesFor(game: Game, shield: KnownShield, account: string, did: string): Choice[] {
  if (shield.account && shield.troll.did === did) return [];
  const { life } = game;
  const now = game.now();
  const is = (side: 'follows' | 'followedBy') =>
    life.relationsOf(account, did).some((r) => r.side === side && r.to === null && r.from <= now - FRESH);
  const [follows, followedBy] = [is('follows'), is('followedBy')];
  const { rules } = shield;
  return [
    ...(follows ? [rules.follows] : []),
    ...(followedBy ? [rules.followers] : []),
    ...(follows && followedBy ? [rules.mutuals] : []),
  ];
}

async function checkLifts(game: Game, call: Arriving, account: string): Promise<void> {
  const { life } = game;
  const records = call.action === 'block' ? await game.records(game.accountOf(call.account)) : [];
  const profiles = new Map(game.people.all.map((p) => [p.did, p.id]));
  const covers = await game.covers(
    account,
    call.action,
    call.writes.flatMap((w) => profiles.get(w.nativeId) ?? []),
  );
  for (const write of call.writes) {
    let since: number | undefined;
    if (call.action === 'block') {
      const record = records.find((r) => r.key === write.key);
      hold(record?.by !== 'hand', 'ours', () => `the hand-made block of ${write.nativeId} is lifted`);
      since = record ? life.records.get(`${account} ${write.key}`)?.at : undefined;
    } else {
      const mute = life.mutes.get(`${account} ${write.nativeId}`);
      hold(!(mute?.by === 'hand' && mute.known), 'ours', () => `the hand-made mute of ${write.nativeId} is lifted`);
      since = mute && mute.by !== 'hand' ? mute.at : undefined;
    }
    if (since === undefined) continue;
    for (const id of covers.get(profiles.get(write.nativeId) ?? '') ?? []) {
      const shield = life.shield(id);
      if (shield)
        hold(ended(game, shield, account, write.nativeId, since), 'cover', () => early(game, shield, write.nativeId));
    }
  }
}

/** Whether a shield's cover of a record that stands since `since` may be over by now. */
function ended(game: Game, shield: KnownShield, account: string, did: string, since: number): boolean {
  if (shield.undone || shield.touched === game.life.tick) return true;
  const id = game.people.all.find((p) => p.did === did)?.id ?? '';
  if (shield.undoneOne.has(`${account} ${id}`)) return true;
  if (shield.hold === null) return false;
  return game.now() >= Math.max(since, shield.raisedAt) + shield.hold * 1_000;
}

function early(game: Game, shield: KnownShield, did: string): string {
  return `${did} is lifted although shield ${game.life.shields.indexOf(shield)} covers it for ${shield.hold ?? 'ever'} s`;
}

/** Looks at what a write did to the network. `late` when its worker was dead by then. */
export async function noteArrived(game: Game, call: Arriving, late: boolean): Promise<void> {
  const account = game.accountOf(call.account);
  if (call.action === 'mute') {
    const muted = new Set(await game.mutes(account));
    for (const { nativeId } of call.writes) noteMute(game, account.id, nativeId, muted.has(nativeId), 'ours');
    return;
  }
  const { life } = game;
  const records = await game.records(account);
  const ours = records.filter((r) => r.by === 'app');
  for (const { key, subject } of ours) {
    const at = `${account.id} ${key}`;
    if (!life.records.has(at)) life.records.set(at, { did: subject, at: game.now(), late, gone: false });
  }
  const twice = ours.find((r) => ours.some((o) => o.subject === r.subject && o.key !== r.key));
  hold(twice === undefined, 'doubles', () => `two records of ours block ${twice?.subject}`);
  const there = new Set(records.map((r) => `${account.id} ${r.key}`));
  for (const [at, record] of life.records) {
    if (at.startsWith(`${account.id} `) && !there.has(at)) record.gone = true;
  }
}

/** Notes that somebody is muted or not, and who made it so. */
export function noteMute(game: Game, account: string, did: string, muted: boolean, by: 'hand' | 'ours'): void {
  const at = `${account} ${did}`;
  const known = game.life.mutes.get(at);
  if (!muted) game.life.mutes.delete(at);
  else if (!known) game.life.mutes.set(at, { by, at: game.now() });
  else if (known.by !== by) game.life.mutes.set(at, { by: 'both', at: known.by === 'hand' ? game.now() : known.at });
}
