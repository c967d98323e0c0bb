import { memberOf, rename } from '@secateur/core/tenants';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from './fixtures/world.ts';
import { inviteByMail } from './invite-by-mail.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('an invitation says who invites by a few letters, and nothing that they wrote', async () => {
  const sam = await world.person('samantha');
  const member = { ...sam, actor: await memberOf(sam, sam.user.id, sam.tenantId) };
  await rename(member, { name: 'I know where you live' });
  await inviteByMail(member, { email: 'guest@example.org', role: 'viewer', grant: null });
  const [text = ''] = world.mails('guest@example.org');
  expect(text).toContain('(sa…@example.org)');
  expect(text).not.toMatch(/where you live|samantha/);
  expect(world.lastToken('guest@example.org')).toHaveLength(43);
});
