import { getShield } from '@secateur/core/shields';
import type { PreviewView } from '@secateur/core/shields/schemas';
import type { BlockRecord } from '../../bluesky/control.ts';
import type { Asker } from '../shared/database.ts';
import type { Crowd } from './crowd.ts';
import type { Person } from './person.ts';
import { hold } from './promises.ts';

/** Everybody who is to be blocked by us: the troll and the crowd, without the victim's own people and who is blocked already. */
export function wanted({ troll, strangers }: Crowd): string[] {
  return [troll, ...strangers].map((one) => one.did);
}

export function checkPreview(crowd: Crowd, preview: PreviewView): void {
  const spared = preview.sparedPeople.map((p) => p.handle).sort();
  const own = crowd.own.map((one) => one.handle).sort();
  const { already, toDo } = preview;
  hold(spared.join() === own.join(), 'preview', { spared });
  hold(already === crowd.byHand.length, 'preview', { already });
  hold(toDo === wanted(crowd).length + crowd.late.length, 'preview', { toDo });
}

/** The five that were made by hand are there, each once, under the keys that they had. */
export function checkByHand(crowd: Crowd, records: BlockRecord[]): void {
  for (const { account, key } of crowd.byHand) {
    const held = records.filter((r) => r.subject === account.did).map((r) => r.key);
    hold(held.join() === key, 'hand', { account: account.handle, held });
  }
}

/** Counts as the checker counts them: our records, people with one, people with more. */
export type Held = { records: number; doubled: number; missing: number; spared: number };

/** Right after everything was done: the PDS's records, one person after the other. */
export async function checkDone(crowd: Crowd, records: BlockRecord[], admin: Asker): Promise<Held> {
  checkByHand(crowd, records);
  const rows = await admin.ask<{ did: string; key: string }>(
    `SELECT p.native_id AS did, e.key FROM effects e JOIN profiles p ON p.id = e.profile_id WHERE e.state = 'applied'`,
  );
  const written = new Map(rows.map((row) => [row.did, row.key]));
  const byHand = new Set(crowd.byHand.map((h) => h.key));
  const made = records.filter((r) => !byHand.has(r.key));
  const strange = made.filter((r) => written.get(r.subject) !== r.key);
  hold(strange.length === 0, 'keys', { records: strange.length, first: strange[0] });
  const times = (did: string) => made.filter((r) => r.subject === did).length;
  const own = [...crowd.own, ...crowd.late].filter((one) => times(one.did) > 0);
  hold(own.length === 0, 'spared', { blocked: own.map((one) => one.handle) });
  const should = wanted(crowd);
  const doubled = should.filter((did) => times(did) > 1);
  const missing = should.filter((did) => times(did) === 0);
  hold(doubled.length + missing.length === 0, 'one', { doubled, missing });
  const known = new Set([...should, crowd.deactivated.did]);
  const others = made.filter((r) => !known.has(r.subject));
  hold(others.length === 0 && times(crowd.deactivated.did) <= 1, 'one', { others });
  return { records: records.length, doubled: doubled.length, missing: missing.length, spared: own.length };
}

/** What the shield's page says is what the PDS holds. */
export async function checkCounts(person: Person, id: string, crowd: Crowd, records: BlockRecord[]): Promise<void> {
  const { counts, tokens } = await getShield(person, { id });
  const made = records.length - crowd.byHand.length;
  const agrees =
    counts.done === made &&
    counts.spared === crowd.own.length + crowd.late.length &&
    counts.already === crowd.byHand.length &&
    counts.pending + counts.failed + counts.over === 0 &&
    tokens.charged === made &&
    tokens.held === 0;
  hold(agrees, 'counts', { counts, tokens, made });
}
