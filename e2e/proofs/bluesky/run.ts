import { DAY, HOUR, MINUTE } from '@secateur/base';
import { CALM_RULES } from '@secateur/core/exemptions/policy';
import { getPreview, getShield, raise, startPreview } from '@secateur/core/shields';
import { around, makeKeys } from '@secateur/core/testing';
import type { BlockRecord } from '../../bluesky/control.ts';
import type { RealBluesky } from '../../bluesky/start.ts';
import { type Asker, openAsker, type Server } from '../shared/database.ts';
import type { Finding } from '../shared/say.ts';
import { becomes, until } from '../shared/until.ts';
import { startWorkerProcess, type WorkerProcess } from '../shared/worker.ts';
import { checkCounts, checkDone, checkOnceEach, checkPreview, tallyOf, wanted } from './check.ts';
import { type MovingClock, serveClock } from './clock.ts';
import { type Crowd, FEWEST, gather, related } from './crowd.ts';
import { killHalfWay } from './kill-half-way.ts';
import { connectAccount, type Person, signUp, targetsOf } from './person.ts';
import { Broke, hold, PROMISES } from './promises.ts';

export type BlueskyOptions = {
  server: Server;
  servers: RealBluesky;
  followers: number;
  seed: number;
  bug: 'server-keys' | 'lift-all' | null;
  say(text: string): void;
};

/** Milliseconds for which the account may not write, as after a 429: longer than a plan takes. */
const REST = 5 * MINUTE;

type Stage = {
  server: RealBluesky;
  crowd: Crowd;
  clock: MovingClock;
  adminUrl: string;
  admin: Asker;
  person: Person;
  workers: WorkerProcess[];
  say(text: string): void;
};

/** Plays the path from connecting to the last lift, and stops at the first promise that does not hold. */
export async function proveBluesky(options: BlueskyOptions): Promise<Finding> {
  const { server, servers, followers, seed, bug, say } = options;
  if (followers < FEWEST + 10) throw new Error(`--followers ${followers}: at least ${FEWEST + 10}`);
  const name = `bluesky_${bug?.replace('-', '_') ?? 'real'}`;
  const urls = await server.database(name);
  const admin = await openAsker(urls.admin);
  const clock = await serveClock();
  const keys = makeKeys();
  const person = await signUp(urls, admin, clock, keys.publicKey);
  const workers: WorkerProcess[] = [];
  const figures: Record<string, unknown> = { followers };
  try {
    const crowd = await gather(servers.control, bug?.split('-').at(-1) ?? 'real', followers, seed);
    say(`${followers} followers on the real servers`);
    const env = {
      BLUESKY_APPVIEW_URL: servers.appviewUrl,
      BLUESKY_PLC_URL: servers.plcUrl,
      BLUESKY_ENTRYWAY_URL: servers.pdsUrl,
      CLOCK_URL: clock.url,
      HOST_REQUESTS: '',
    };
    for (let n = 0; n < 2; n += 1)
      workers.push(await startWorkerProcess({ urls, sandboxUrl: servers.pdsUrl, keys, bug, env }));
    const stage: Stage = { server: servers, crowd, clock, adminUrl: urls.admin, admin, person, workers, say };
    const id = await shield(stage, figures);
    await changeByHand(stage, id, figures);
    return { figures, broke: null };
  } catch (error) {
    if (!(error instanceof Broke)) throw error;
    say(`${PROMISES[error.promise]}: ${error.message.slice(0, 500)}`);
    return { figures, broke: PROMISES[error.promise] };
  } finally {
    await Promise.all(workers.map((w) => w.end()));
    clock.close();
    await person.close();
    await admin.close();
    await server.drop(name);
  }
}

/** From the preview until the shield holds. */
async function shield(stage: Stage, figures: Record<string, unknown>): Promise<string> {
  const { server, crowd, clock, adminUrl, admin, person, workers, say } = stage;
  const { control } = server;
  const { victim, troll } = crowd;
  const connectionId = await connectAccount(person, victim);
  const { id } = await startPreview(person, {
    sources: around(troll.handle),
    threshold: 1,
    connectionIds: [connectionId],
    action: 'block',
    hold: '3d',
    ...CALM_RULES,
  });
  await until('the preview is ready', 120, async () => {
    const { state, peopleKnown } = await getPreview(person, { id });
    return state === 'ready' && peopleKnown;
  });
  const preview = await getPreview(person, { id });
  Object.assign(figures, { listed: preview.listed, expected: preview.expected });
  checkPreview(crowd, preview);
  hold((await control.blocks(victim.did)).length === crowd.byHand.length, 'nothing', {});
  say(
    `the preview: ${preview.toDo} to block, ${preview.sparedPeople.length} spared, ${preview.already} blocked already`,
  );

  // As after a 429, so that the plan stands, and is out of date, before the first write.
  await admin.ask('UPDATE network_accounts SET limited_until = $1', [new Date(clock.now().getTime() + REST)]);
  await raise(person, { id });
  await until('the plan is made', 120, async () => (await getShield(person, { id })).state === 'acting');
  await control.follows(crowd.late.flatMap((one, i) => related(victim, one, i)));
  await control.settle();
  hold((await control.blocks(victim.did)).length === crowd.byHand.length, 'nothing', {});
  say(`the plan is made, and ${crowd.late.length} more are the victim's own people since`);

  const begin = () => clock.advance(REST + MINUTE);
  const made = await killHalfWay({ control, adminUrl, did: victim.did, workers, begin });
  const toBlock = wanted(crowd).length;
  Object.assign(figures, { toBlock, recordsAtKill: made });
  checkOnceEach(crowd, await control.blocks(victim.did));
  say(`a worker was killed when the network held ${made} of ${toBlock} blocks, and before it could write that down`);
  const holding = await becomes(120, async () => {
    const { state, counts } = await getShield(person, { id });
    return counts.pending === 0 && (state === 'holding' || state === 'ended');
  });
  const records = await control.blocks(victim.did);
  Object.assign(figures, tallyOf(crowd, records));
  await checkDone(crowd, records, admin);
  await checkCounts(person, id, crowd, records);
  hold(holding, 'counts', { holding });
  say(`${records.length} records, ${crowd.byHand.length} of them made by hand: one for everybody who should have one`);
  return id;
}

/** From the user's own changes until the time is up. */
async function changeByHand(stage: Stage, id: string, figures: Record<string, unknown>): Promise<void> {
  const { server, crowd, clock, person, say } = stage;
  const { control } = server;
  const { victim } = crowd;
  const before = await control.blocks(victim.did);
  const [unblocked, doubled] = crowd.strangers.slice(-2);
  if (!unblocked || !doubled) throw new Error('the crowd is too small');
  await control.unblock(
    victim.did,
    before.filter((r) => r.subject === unblocked.did).map((r) => r.key),
  );
  const [onTop] = await control.block(victim.did, [doubled.did]);
  say('one was unblocked by hand, and one blocked a second time');

  clock.advance(25 * HOUR);
  const noticed = await becomes(60, async () => {
    const targets = await targetsOf(person, id);
    return targets.some((t) => t.handle === unblocked.handle && t.outcome === 'lifted_by_you');
  });
  const meanwhile = await control.blocks(victim.did);
  const expected = [...before.filter((r) => r.subject !== unblocked.did).map((r) => r.key), onTop];
  const held = meanwhile.map((r) => r.key);
  hold(noticed && held.sort().join() === expected.sort().join(), 'undone', { noticed, records: held.length });
  say('the one who was unblocked by hand stays so');

  clock.advance(2.2 * DAY);
  const over = await becomes(120, async () => (await getShield(person, { id })).state === 'ended');
  const after = await control.blocks(victim.did);
  const keys = [...crowd.byHand.map((h) => h.key), onTop];
  const byHand = (records: BlockRecord[]) => records.filter((r) => keys.includes(r.key));
  const oursLeft = after.length - byHand(after).length;
  Object.assign(figures, { oursLeft, byHandLeft: byHand(after).length });
  hold(JSON.stringify(byHand(after)) === JSON.stringify(byHand(meanwhile)), 'hand', { left: byHand(after) });
  hold(over && oursLeft === 0, 'gone', { over, oursLeft });
  say(`the time is up: exactly ours are gone, ${after.length} made by hand are there`);
}
