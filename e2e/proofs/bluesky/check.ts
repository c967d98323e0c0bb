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
function checkByHand(crowd: Crowd, records: BlockRecord[]): void {
  for (const { account, key } of crowd.byHand) {
    const held = records.filter((r) => r.subject === account.did).map((r) => r.key);
    hold(held.join() === key, 'hand', { account: account.handle, held });
  }
}

/** What the PDS holds beside the hand-made records. All but `made` and `deactivated` count what should not be. */
export type Tally = {
  made: number;
  doubled: number;
  missing: number;
  spared: number;
  strange: number;
  deactivated: number;
};

export function tallyOf(crowd: Crowd, records: BlockRecord[]): Tally {
  const byHand = new Set(crowd.byHand.map((h) => h.key));
  const made = Map.groupBy(
    records.filter((r) => !byHand.has(r.key)),
    (r) => r.subject,
  );
  const should = wanted(crowd);
  const own = [...crowd.own, ...crowd.late].map((one) => one.did);
  const deactivated = made.get(crowd.deactivated.did)?.length ?? 0;
  const known = new Set([...should, ...own, crowd.deactivated.did]);
  return {
    made: [...made.values()].flat().length,
    doubled: [...made.values()].filter((its) => its.length > 1).length,
    missing: should.filter((did) => !made.has(did)).length,
    spared: own.filter((did) => made.has(did)).length,
    strange: [...made.keys()].filter((did) => !known.has(did)).length,
    deactivated,
  };
}

/** At any moment: hand-made ones are untouched, nobody has two of ours, and none of ours is of somebody else. */
export function checkOnceEach(crowd: Crowd, records: BlockRecord[]): void {
  checkByHand(crowd, records);
  const { doubled, spared, strange } = tallyOf(crowd, records);
  hold(spared === 0, 'spared', { spared });
  hold(doubled + strange === 0, 'one', { doubled, strange });
}

/** Right after everything was done: the PDS's records, one person after the other, and what we wrote down of them. */
export async function checkDone(crowd: Crowd, records: BlockRecord[], admin: Asker): Promise<void> {
  checkOnceEach(crowd, records);
  const { missing } = tallyOf(crowd, records);
  hold(missing === 0, 'one', { missing });
  const rows = await admin.ask<{ did: string; key: string }>(
    `SELECT p.native_id AS did, e.key FROM effects e JOIN profiles p ON p.id = e.profile_id WHERE e.state = 'applied'`,
  );
  const written = new Map(rows.map((row) => [row.did, row.key]));
  const byHand = new Set(crowd.byHand.map((h) => h.key));
  const strange = records.filter((r) => !byHand.has(r.key) && written.get(r.subject) !== r.key);
  hold(strange.length === 0, 'keys', { records: strange.length, first: strange[0] });
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
