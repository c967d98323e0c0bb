import { newId, profileId } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exempt, PROTECTED } from '../exemptions/policy/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { planMembers } from './plan-members.ts';

let database: TestDatabase;
let life: Life;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: 'empty' });
});
afterAll(async () => {
  await life.close();
  await database.close();
});

const BOTH = [false, true];

test('the plan spares exactly whom the policy spares, for the same reason, in every combination', async () => {
  const { tenantId, userId } = life.member.actor;
  const now = life.worker.clock.now();
  const accountId = profileId('bluesky', 'did:plc:account');
  const people = BOTH.flatMap((own) =>
    BOTH.flatMap((allowed) =>
      BOTH.flatMap((follows) =>
        BOTH.map((followedBy) => ({
          own,
          allowed,
          follows,
          followedBy,
          protected: false,
          id: profileId('bluesky', `did:plc:${own}${allowed}${follows}${followedBy}`),
        })),
      ),
    ),
  );
  const shielded = PROTECTED[0] ?? '';
  people.push({ own: false, allowed: false, follows: false, followedBy: false, protected: true, id: shielded });
  await withTenant(life.worker.prisma, tenantId, async (tx) => {
    await tx.networkAccount.createMany({
      data: [accountId, ...people.filter((p) => p.own).map((p) => p.id)].map((id) => ({
        tenantId,
        accountId: id,
        connectionId: newId(),
      })),
    });
    await tx.person.createMany({
      data: people
        .filter((p) => p.follows || p.followedBy)
        .map((p) => ({
          tenantId,
          accountId,
          profileId: p.id,
          follows: p.follows,
          followedBy: p.followedBy,
          followsGeneration: 1,
          followerGeneration: 1,
        })),
    });
  });
  await withTenant(life.member.prisma, tenantId, async (tx) => {
    await tx.exemption.createMany({
      data: people.filter((p) => p.allowed).map((p) => ({ tenantId, profileId: p.id, addedBy: userId, addedAt: now })),
    });
  });
  for (const spareFollows of BOTH) {
    for (const spareFollowers of BOTH) {
      for (const spareMutuals of BOTH) {
        for (const kind of ['account', 'followers'] as const) {
          const rules = { spareFollows, spareFollowers, spareMutuals };
          const shield = { tenantId, id: newId(), action: 'block' as const, ...rules };
          const planned = await withTenant(life.worker.prisma, tenantId, async (tx) => {
            await tx.shield.create({
              data: { ...shield, createdBy: userId, createdAt: now, state: 'gathering' },
            });
            await tx.shieldConnection.create({
              data: { tenantId, shieldId: shield.id, connectionId: newId(), accountId },
            });
            const stretch = {
              shield,
              profileIds: people.map(({ id }) => id),
              named: kind === 'account',
              accountIds: [accountId],
              now,
            };
            await planMembers(tx, stretch);
            return tx.target.findMany({ where: { tenantId, shieldId: shield.id } });
          });
          const reasons = Object.fromEntries(planned.map((t) => [t.profileId, t.reason]));
          const expected = Object.fromEntries(people.map((p) => [p.id, exempt(p, rules, kind === 'account')]));
          expect(reasons).toEqual(expected);
        }
      }
    }
  }
});
