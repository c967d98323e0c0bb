import type { Asker } from '../shared/database.ts';
import { type Answer, ask, turnedAway } from './ask.ts';
import { CALLERS, type Caller, GROUPS, MAY, SEES } from './callers.ts';
import { CASES, type Case } from './cases.ts';
import type { World } from './world.ts';

export type Tally = { calls: number; wrong: string[] };

/** A stream never ends by itself: streams.ts listens to it. */
const STREAM = 'events.follow';

/**
 * Asks every procedure as everybody. Wrong is: an answer to who may not, none to who may, a word of somebody else's in
 * any answer, and a change to the tenant by who was turned away.
 */
export async function askEverything(url: string, world: World, admin: Asker): Promise<Tally> {
  const tally: Tally = { calls: 0, wrong: [] };
  const cases = Object.entries(CASES)
    .filter(([path]) => path !== STREAM)
    .map(([path, one]) => ({ path, one: one as Case }));
  const inOrder = [...cases.filter(({ one }) => !one.last), ...cases.filter(({ one }) => one.last)];
  for (const { path, one } of inOrder) {
    // Those who may not ask first: what they find is still all there.
    const may = (caller: Caller) => MAY[one.asks].includes(caller) || (one.own === true && caller === 'stranger');
    const callers = CALLERS.filter((caller) => !(one.own && caller === 'elsewhere'));
    let gone = false;
    for (const caller of [...callers.filter((c) => !may(c)), ...callers.filter(may)]) {
      const input = one.input?.(world.things[caller]);
      const before = may(caller) ? null : await fingerprint(admin, world.tenantId);
      const answer = await ask(url, world, caller, { path, input });
      tally.calls += 1;
      const say = (what: string) => tally.wrong.push(`${path} by ${caller}: ${what} (${shortOf(answer)})`);
      const away = turnedAway(answer);
      if (away === null) say('a fault');
      else if (may(caller) && away && !(gone && answer.problem === 'not_found')) say('turned away');
      else if (!may(caller) && !away) say('let in');
      if (one.once && may(caller) && world.things[caller].tenantId === world.tenantId) gone = true;
      if (before !== null && before !== (await fingerprint(admin, world.tenantId))) say('changed something');
      const seen = one.bearer ? [] : marksIn(world, answer.text, caller, JSON.stringify(input ?? null));
      if (seen.length > 0) say(`was told of ${seen.join(', ')}`);
      if (caller === 'owner' && one.shows && !world.marks[one.shows].some((mark) => answer.text.includes(mark)))
        say(`shows nothing of "${one.shows}", so hiding it proves nothing`);
    }
  }
  return tally;
}

/** Marks in a text that this caller has no business with, but for what they named themselves. */
export function marksIn(world: World, text: string, caller: Caller, named: string): string[] {
  const hidden = GROUPS.filter((group) => !SEES[caller].includes(group));
  return hidden.flatMap((group) =>
    world.marks[group].filter((mark) => text.includes(mark) && !named.includes(mark)).map((mark) => `${group}:${mark}`),
  );
}

/** What members can change of a tenant, in one word. */
export async function fingerprint(admin: Asker, tenantId: string): Promise<string> {
  const tables = [
    'members',
    'grants',
    'invitations',
    'connections',
    'shields',
    'sources',
    'uploads',
    'shared_lists',
    'shared_members',
    'appeals',
    'subscriptions',
    'exemptions',
    'pending_actions',
    'deletions',
    'audit',
  ];
  const parts = tables.map(
    (table) =>
      `SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM ${table} t WHERE tenant_id = $1`,
  );
  const rows = await admin.ask<{ md5: string }>(
    [...parts, `SELECT md5(t::text) FROM tenants t WHERE id = $1`].join(' UNION ALL '),
    [tenantId],
  );
  return rows.map(({ md5 }) => md5).join();
}

function shortOf({ status, problem }: Answer): string {
  return `${status}${problem ? ` ${problem}` : ''}`;
}
