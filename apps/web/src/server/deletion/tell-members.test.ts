import { DAY, heldClock } from '@secateur/base';
import { askDeletion, tellOfDeletions } from '@secateur/core/deletion';
import { createOrganisation, memberOf } from '@secateur/core/tenants';
import { withTenant } from '@secateur/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../fixtures/world.ts';
import { mailNotices } from '../notices/notify.ts';
import { callOff } from './call-off.ts';
import { tellAll } from './tell-members.ts';

const clock = heldClock(new Date('2026-11-21T12:00:00Z'));
let world: World;
beforeAll(async () => {
  world = await openWorld(clock);
});
afterAll(() => world.close());

/** An organisation that two own, one of them with a second contact, and of which one asked that it be deleted. */
async function doomed(name: string) {
  const [sam, kim] = [await world.person(), await world.person()];
  const second = `second-${sam.user.email}`;
  await world.db.prisma.secondContact.create({ data: { userId: sam.user.id, email: second, verifiedAt: new Date() } });
  const { tenantId } = await createOrganisation(sam, sam.user.id, { name });
  await withTenant(world.db.prisma, tenantId, (tx) =>
    tx.member.create({ data: { tenantId, userId: kim.user.id, role: 'owner', joinedAt: clock.now() } }),
  );
  const actor = await memberOf(sam, sam.user.id, tenantId);
  await askDeletion({ ...sam, actor }, { name, blocks: 'keep' });
  const kims = { ...kim, actor: await memberOf(kim, kim.user.id, tenantId) };
  return { sam, kim, kims, tenantId, addresses: [sam.user.email, second, kim.user.email] };
}

const context = () => ({ prisma: world.db.prisma, clock });
const counts = (addresses: string[]) => addresses.map((to) => world.mails(to).length);

test('every member and their second contact is told once, in words that give nothing away, and that it was called off', async () => {
  const { kims, addresses, sam } = await doomed('The Gazette');
  await tellOfDeletions(context(), (news) => tellAll(world.notify, news));
  await tellOfDeletions(context(), (news) => tellAll(world.notify, news));
  clock.advance(DAY);
  await tellOfDeletions(context(), (news) => tellAll(world.notify, news));
  expect(counts(addresses)).toEqual([1, 1, 1]);
  for (const to of addresses) expect(world.mails(to)[0]).toContain('The Gazette');
  expect(world.mails(addresses[1] ?? '')[0]).not.toContain(sam.user.email);
  await callOff(kims);
  expect(counts(addresses)).toEqual([2, 2, 2]);
  for (const to of addresses) expect(world.mails(to)[1]).toContain('called off');
});

test('while no mail can be handed over it is tried again; one mailbox that is refused keeps nobody from it', async () => {
  const { addresses, kim } = await doomed('The Herald');
  const log = { error: () => {} };
  const { prisma } = world.db;
  let refused: string[] = addresses;
  let handed: string[] = [];
  const mailer = {
    async send({ to }: { to: string }) {
      if (refused.includes(to)) throw new Error('refused');
      handed.push(to);
    },
    shown: () => null,
  };
  const notify = mailNotices({ prisma, mailer, log });
  const tell = () => tellOfDeletions(context(), (news) => tellAll(notify, news));
  await tell();
  expect(handed).toEqual([]);
  refused = [kim.user.email];
  clock.advance(DAY);
  await tell();
  expect(handed.sort()).toEqual(addresses.filter((to) => to !== kim.user.email).sort());
  handed = [];
  clock.advance(DAY);
  await tell();
  expect(handed).toEqual([]);
});
