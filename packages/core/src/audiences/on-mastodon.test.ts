import { profileId } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { createMastodon } from '@secateur/networks/mastodon';
import type { PublicProfile } from '@secateur/networks/port';
import { freshDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkerContext } from '../context/index.ts';
import { type Life, startLife } from '../testing/world.ts';
import { ensureAudience } from './ensure.ts';
import { listAudience } from './list.ts';
import { rememberProfiles } from './profiles.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let life: Life;
let mastodon: ReturnType<typeof createMastodon>;
let ctx: WorkerContext;

beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({
    urls: database,
    world: [
      {
        do: 'add-fedi-accounts',
        accounts: [
          { server: 'quarrel', username: 'loud', followers: 200 },
          { server: 'quarrel', username: 'shy', followers: 30, hidesLists: true },
        ],
      },
    ],
  });
  const gate = { pass: async () => {} };
  mastodon = createMastodon({ gate, pagingGate: gate, allowLoopback: true, clock: life.sandbox.clock });
  ctx = { ...life.worker, networks: { mastodon } };
});
afterAll(async () => {
  await mastodon.close();
  await life.close();
  await database.close();
});

/** Lists the followers of somebody to the end. */
async function listed(name: string) {
  const person = await life.sandbox.control.fediverse.person(name);
  const profile = await mastodon.resolve(person.handle);
  const subjectId = profileId('mastodon', profile.nativeId);
  const now = ctx.clock.now();
  const audienceId = await withTenant(ctx.prisma, life.member.actor.tenantId, async (tx) => {
    await rememberProfiles(tx, 'mastodon', [profile], now);
    return ensureAudience(tx, { network: 'mastodon', kind: 'followers', subjectId, subjectRef: null }, now);
  });
  await listAudience(ctx, { audienceId });
  return ctx.prisma.audience.findUniqueOrThrow({ where: { id: audienceId } });
}

test('a crowd is listed from the home of the account, and known to be whole', async () => {
  expect(await listed('loud@quarrel')).toMatchObject({ state: 'complete', size: 200, claimed: 200 });
});

test('of a crowd that is hidden it is known how many there are', async () => {
  expect(await listed('shy@quarrel')).toMatchObject({ state: 'complete', size: 0, claimed: 30 });
});

test('nobody is renamed by another server than their own', async () => {
  const nativeId = 'https://home.example/users/sam';
  const id = profileId('mastodon', nativeId);
  const said = { nativeId, handle: 'sam@home.example', displayName: 'Sam', followers: 3, following: 4, verified: null };
  const heard = { ...said, handle: 'troll@home.example', displayName: null, followers: null, following: null };
  const remember = (profile: PublicProfile) =>
    withTenant(ctx.prisma, life.member.actor.tenantId, (tx) =>
      rememberProfiles(tx, 'mastodon', [profile], ctx.clock.now()),
    );
  const known = () => ctx.prisma.profile.findUniqueOrThrow({ where: { id } });
  // Better than nothing, until its home is asked.
  await ctx.prisma.profile.create({
    data: { id, network: 'mastodon', nativeId, handle: nativeId, seenAt: ctx.clock.now() },
  });
  await remember({ ...heard, hearsay: true });
  expect(await known()).toMatchObject({ handle: 'troll@home.example', displayName: null });
  await remember({ ...heard, handle: 'other@home.example', hearsay: true });
  expect(await known()).toMatchObject({ handle: 'troll@home.example' });
  await remember(said);
  await remember({ ...heard, hearsay: true });
  expect(await known()).toMatchObject({ handle: 'sam@home.example', displayName: 'Sam', followers: 3 });
});
