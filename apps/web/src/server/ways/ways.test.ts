import { Refusal } from '@secateur/base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withOldPasskey } from '../fixtures/with-passkey.ts';
import { openWorld, VISITOR, type World } from '../fixtures/world.ts';
import { admitOwner } from '../sign-in/by-network.ts';
import { addWay } from './add.ts';
import { listWays } from './list.ts';
import { removeWay } from './remove.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

let made = 0;
function proof() {
  made += 1;
  const [nativeId, handle] = [`did:plc:number${made}`, `number${made}.sandbox.test`];
  return { network: 'bluesky' as const, nativeId, handle };
}

/** Comes in with an account, and says who that is. */
async function comeIn(who: ReturnType<typeof proof>): Promise<string> {
  await admitOwner(world.stranger(), who, VISITOR, '/shields');
  const where = { provider_providerAccountId: { provider: 'bluesky', providerAccountId: who.nativeId } };
  return (await world.db.prisma.identity.findUniqueOrThrow({ where })).userId;
}

test('who signed up by mail adds an account, and is the same user when they come in with it', async () => {
  const sam = await world.person();
  const who = proof();
  await addWay(sam, sam.user.id, who);
  expect(await listWays(sam)).toMatchObject({ email: sam.user.email, identities: [{ handle: who.handle }] });
  expect(await comeIn(who)).toBe(sam.user.id);
  expect((await world.trail(sam.tenantId)).map(({ action }) => action)).toContain('way.added');
  expect(world.mails(sam.user.email).at(-2)).toMatch(/One more way to sign in was added/);
});

test('an account that somebody signs in with stays theirs', async () => {
  const [sam, who] = [await world.person(), proof()];
  const other = await comeIn(who);
  await expect(addWay(sam, sam.user.id, who)).rejects.toThrow(new Refusal('way_taken'));
  expect(await comeIn(who)).toBe(other);
  expect(await listWays(sam)).toMatchObject({ identities: [] });
});

test('two users who add the same account at once: one has it', async () => {
  const [sam, kim, who] = [await world.person(), await world.person(), proof()];
  const both = await Promise.allSettled([addWay(sam, sam.user.id, who), addWay(kim, kim.user.id, who)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a handle or a name that looks like somebody’s address opens nothing of theirs', async () => {
  const sam = await world.person();
  const who = { ...proof(), handle: sam.user.email };
  expect(await comeIn(who)).not.toBe(sam.user.id);
});

test('one is removed, and opens somebody new from then on; both addresses hear of it', async () => {
  const [sam, who] = [await world.person(), proof()];
  await addWay(sam, sam.user.id, who);
  await removeWay(sam, who);
  expect(await listWays(sam)).toMatchObject({ identities: [] });
  expect(world.mails(sam.user.email).at(-1)).toMatch(/was removed from the ways to sign in/);
  expect(await comeIn(who)).not.toBe(sam.user.id);
});

test('the same number on two networks is two people', async () => {
  const [sam, who] = [await world.person(), proof()];
  await addWay(sam, sam.user.id, { ...who, network: 'x' });
  expect(await comeIn(who)).not.toBe(sam.user.id);
  expect(await listWays(sam)).toMatchObject({ identities: [{ network: 'x', nativeId: who.nativeId }] });
  await removeWay(sam, { network: 'x', nativeId: who.nativeId });
  expect(await comeIn(who)).not.toBe(sam.user.id);
});

test('nobody removes another’s', async () => {
  const [sam, kim, who] = [await world.person(), await world.person(), proof()];
  await addWay(kim, kim.user.id, who);
  await expect(removeWay(sam, who)).rejects.toThrow(new Refusal('not_found'));
  expect(await listWays(kim)).toMatchObject({ identities: [{ handle: who.handle }] });
});

test('the last way in stays, also beside a passkey, and when two are removed at once', async () => {
  const [sam, one, two] = [await world.person(), proof(), proof()];
  await addWay(sam, sam.user.id, one);
  await addWay(sam, sam.user.id, two);
  await world.db.prisma.user.update({ where: { id: sam.user.id }, data: { email: null, passkeyAlone: true } });
  await withOldPasskey(sam);
  const both = await Promise.allSettled([removeWay(sam, one), removeWay(sam, two)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const left = (await listWays(sam)).identities;
  expect(left).toHaveLength(1);
  await expect(removeWay(sam, { network: 'bluesky', nativeId: String(left[0]?.nativeId) })).rejects.toThrow(
    new Refusal('last_way'),
  );
});
