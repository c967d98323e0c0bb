import type { Asker } from '../shared/database.ts';
import { type Answer, headersOf, turnedAway } from './ask.ts';
import { type Asks, CALLERS, type Caller, GROUPS, type Group, MAY } from './callers.ts';
import { fingerprint, marksIn, type Tally } from './matrix.ts';
import type { Things, World } from './world.ts';

type Handed = {
  path: string;
  input: (things: Things) => object;
  /** What of the tenant is in the owner's. */
  shows: readonly Group[];
  /**
   * It is about something that is named, and asks this of it besides: a stranger who names it is turned away, and gets no file of
   * their own.
   */
  named?: Asks;
};

/** Every file that is handed out: where, and for what. */
const FILES: Handed[] = [
  {
    path: '/api/files/activity',
    input: () => ({ actorKind: null, group: null, from: null, to: null, format: 'json' }),
    shows: ['granted'],
  },
  {
    path: '/api/files/ledger',
    input: () => ({
      term: null,
      network: null,
      connectionId: null,
      shieldId: null,
      action: null,
      standing: null,
      reason: null,
    }),
    shows: ['granted'],
  },
  {
    path: '/api/files/prepared',
    input: (things) => ({ id: things.xPreviewId, form: 'mass_block' }),
    shows: ['granted'],
    named: 'prepare',
  },
  { path: '/api/files/data', input: () => ({ form: 'json' }), shows: GROUPS },
  { path: '/api/files/data', input: () => ({ form: 'csv' }), shows: GROUPS },
  { path: '/api/files/data', input: () => ({ form: 'list' }), shows: ['granted'] },
];

/**
 * Asks for every file as everybody, each of whom has just shown a passkey. Wrong is: a file for who may not, none for
 * who may (a stranger: of their own tenant), a word of somebody else's in any answer, a change by who was turned away.
 */
export async function takeFiles(url: string, world: World, admin: Asker): Promise<Tally> {
  const tally: Tally = { calls: 0, wrong: [] };
  for (const { path, input: inputOf, shows, named } of FILES) {
    for (const caller of CALLERS) {
      if (caller === 'elsewhere') continue;
      const input = inputOf(world.things[caller]);
      const may = named
        ? MAY.export.includes(caller) && MAY[named].includes(caller)
        : MAY.export.includes(caller) || caller === 'stranger';
      const before = may ? null : await fingerprint(admin, world.tenantId);
      const answer = await take(url, world, caller, { path, input });
      tally.calls += 1;
      const say = (what: string) =>
        tally.wrong.push(
          `${path} (${JSON.stringify(input)}) by ${caller}: ${what} (${answer.status} ${answer.problem ?? ''})`,
        );
      const away = turnedAway(answer);
      if (away === null) say('a fault');
      else if (may && (away || answer.problem !== null)) say('turned away');
      else if (!may && !away) say('let in');
      if (before !== null && before !== (await fingerprint(admin, world.tenantId))) say('changed something');
      const seen = marksIn(world, answer.text, caller, JSON.stringify(input));
      if (seen.length > 0) say(`was told of ${seen.join(', ')}`);
      const missing = shows.filter((group) => !world.marks[group].some((mark) => answer.text.includes(mark)));
      if (caller === 'owner' && missing.length > 0) say(`shows nothing of ${missing.join(', ')}`);
    }
  }
  return tally;
}

async function take(
  url: string,
  world: World,
  caller: Caller,
  { path, input }: { path: string; input: object },
): Promise<Answer> {
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    headers: { ...headersOf(url, world, caller), 'content-type': 'application/json' },
    body: JSON.stringify(input),
    redirect: 'manual',
  });
  const text = await response.text();
  const problem = response.ok ? null : (/"problem":"(\w+)"/.exec(text)?.[1] ?? null);
  return { status: response.status, text, problem };
}
