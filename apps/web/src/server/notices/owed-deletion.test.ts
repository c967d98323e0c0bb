import { DAY, heldClock } from '@secateur/base';
import { askDeletion, cancelDeletion } from '@secateur/core/deletion';
import { createOrganisation, memberOf } from '@secateur/core/tenants';
import { withTenant } from '@secateur/db';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openWorld, type World } from '../fixtures/world.ts';
import type { Mail } from '../mailer.ts';
import { payNotices } from './owed.ts';

const clock = heldClock(new Date('2026-11-21T12:00:00Z'));
let world: World;
let sent: Mail[];
let refused: string[];
beforeAll(async () => {
  world = await openWorld(clock);
});
afterAll(() => world.close());
beforeEach(() => {
  [sent, refused] = [[], []];
});

const mailer = {
  async send(mail: Mail) {
    if (refused.includes(mail.to)) throw new Error('refused');
    sent.push(mail);
  },
  shown: () => null,
};

/** Sends all that is owed, whether or not it is time to try again. */
async function pay(): Promise<void> {
  await world.asAdmin('UPDATE owed_notices SET next_at = now()', []);
  await payNotices({ prisma: world.db.prisma, clock, mailer, log: { error: () => {} } });
}

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
  return { sam, kim, kims, addresses: [sam.user.email, second, kim.user.email] };
}

const told = (addresses: string[]) => addresses.map((to) => sent.filter((mail) => mail.to === to).length);

test('every member and their second contact is told once, in words that give nothing away, and that it was called off', async () => {
  const { kims, addresses, sam } = await doomed('The Gazette');
  await pay();
  clock.advance(DAY);
  await pay();
  expect(told(addresses)).toEqual([1, 1, 1]);
  for (const { text } of sent) expect(text).toContain('The Gazette');
  expect(sent.find(({ to }) => to === addresses[1])?.text).not.toContain(sam.user.email);
  await cancelDeletion(kims);
  await pay();
  expect(told(addresses)).toEqual([2, 2, 2]);
  for (const { text } of sent.slice(3)) expect(text).toContain('called off');
});

test('one mailbox that is refused keeps nobody from it, and is tried again', async () => {
  const { addresses, kim } = await doomed('The Herald');
  refused = [kim.user.email];
  await pay();
  expect(told(addresses)).toEqual([1, 1, 0]);
  refused = [];
  await pay();
  expect(told(addresses)).toEqual([1, 1, 1]);
});

test('who could not be told before it was called off hears of that alone', async () => {
  const { kims, addresses } = await doomed('The Times');
  refused = addresses;
  await pay();
  await cancelDeletion(kims);
  refused = [];
  await pay();
  expect(told(addresses)).toEqual([1, 1, 1]);
  for (const { text } of sent) expect(text).toContain('called off');
});
