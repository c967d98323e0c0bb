import { DAY, newId, profileId } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CALM_RULES,
  CHOICES,
  type Facts,
  judgeBy,
  PROTECTED,
  type Rules,
  STRANGER,
  TALKED_FOR,
} from '../exemptions/policy/index.ts';
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

const KNOWN = ['own', 'allowed', 'follows', 'followedBy', 'talked', 'verified', 'popular'] as const;
const ABOVE = 1_000;

/** Everybody there can be: each combination of what is known, and a protected account. */
const PEOPLE: (Facts & { id: string })[] = [
  ...Array.from({ length: 2 ** KNOWN.length }, (_, bits) => ({
    ...STRANGER,
    ...Object.fromEntries(KNOWN.map((fact, i) => [fact, ((bits >> i) & 1) === 1])),
    id: profileId('bluesky', `did:plc:${bits}`),
  })),
  { ...STRANGER, protected: true, id: PROTECTED[0] ?? '' },
];

/** Some of all 729 sets of rules, far from each other, and each choice of each rule among them. */
const RULES: Rules[] = Array.from({ length: 15 }, (_, i) => {
  const choice = (digit: number) => CHOICES[Math.floor((i * 71) / 3 ** digit) % 3] ?? 'nothing';
  return {
    forFollows: choice(0),
    forFollowers: choice(1),
    forMutuals: choice(2),
    forVerified: choice(3),
    forPopular: choice(4),
    forTalked: choice(5),
  };
});

test('the plan does with everybody what the policy says, for the same reason', async () => {
  const { tenantId, userId } = life.member.actor;
  const now = life.worker.clock.now();
  const accountId = profileId('bluesky', 'did:plc:account');
  const people = PEOPLE;
  await withTenant(life.worker.prisma, tenantId, async (tx) => {
    await tx.profile.createMany({
      data: people.map((p) => ({
        id: p.id,
        network: 'bluesky' as const,
        nativeId: p.id,
        handle: p.id,
        followers: p.popular ? ABOVE + 1 : ABOVE,
        verified: p.verified,
        verifiedAt: now,
        followersAt: now,
        seenAt: now,
      })),
    });
    await tx.networkAccount.createMany({
      data: [accountId, ...people.filter((p) => p.own).map((p) => p.id)].map((id) => ({
        tenantId,
        accountId: id,
        connectionId: newId(),
      })),
    });
    await tx.person.createMany({
      data: people
        .filter((p) => p.follows || p.followedBy || p.talked)
        .map((p) => ({
          tenantId,
          accountId,
          profileId: p.id,
          follows: p.follows,
          followedBy: p.followedBy,
          followsGeneration: 1,
          followerGeneration: 1,
          // One is as old as it may be, for whom that counts; the other is a moment too old.
          talkedAt: new Date(now.getTime() - TALKED_FOR + (p.talked ? 1 : 0)),
        })),
    });
  });
  await withTenant(life.member.prisma, tenantId, async (tx) => {
    await tx.exemption.createMany({
      data: people.filter((p) => p.allowed).map((p) => ({ tenantId, profileId: p.id, addedBy: userId, addedAt: now })),
    });
  });
  for (const rules of RULES) {
    for (const action of ['block', 'mute'] as const) {
      for (const named of [true, false]) {
        const shield = { tenantId, id: newId(), action, ...rules, popularAbove: ABOVE };
        const planned = await withTenant(life.worker.prisma, tenantId, async (tx) => {
          await tx.shield.create({ data: { ...shield, createdBy: userId, createdAt: now, state: 'gathering' } });
          await tx.shieldConnection.create({
            data: { tenantId, shieldId: shield.id, connectionId: newId(), accountId },
          });
          const profileIds = people.map(({ id }) => id);
          await planMembers(tx, { shield, profileIds, named, accountIds: [accountId], now });
          return tx.target.findMany({ where: { tenantId, shieldId: shield.id } });
        });
        const found = new Map(planned.map((t) => [t.profileId, [t.state, t.action, t.reason ?? t.weakened]]));
        const expected = people.map((p) => {
          const verdict = judgeBy(p, rules, named);
          if (verdict?.choice === 'spare') return ['spared', action, verdict.reason];
          if (verdict && action === 'block') return ['covering', 'mute', verdict.reason];
          return ['covering', action, null];
        });
        expect(people.map((p) => found.get(p.id))).toEqual(expected);
      }
    }
  }
});

test('what a network said of somebody more than a week ago is not believed', async () => {
  const { tenantId, userId } = life.member.actor;
  const now = new Date(life.worker.clock.now().getTime() + 8 * DAY);
  const accountId = profileId('bluesky', 'did:plc:account');
  const popular = PEOPLE.find(
    (p) => p.popular && !p.verified && !p.talked && !p.follows && !p.followedBy && !p.own && !p.allowed,
  );
  const rules = { ...CALM_RULES, forPopular: 'spare' as const, popularAbove: ABOVE };
  const shield = { tenantId, id: newId(), action: 'block' as const, ...rules };
  await withTenant(life.worker.prisma, tenantId, async (tx) => {
    await tx.shield.create({ data: { ...shield, createdBy: userId, createdAt: now, state: 'gathering' } });
    await tx.shieldConnection.create({ data: { tenantId, shieldId: shield.id, connectionId: newId(), accountId } });
    const profileIds = PEOPLE.map(({ id }) => id);
    await planMembers(tx, { shield, profileIds, named: false, accountIds: [accountId], now });
    const target = await tx.target.findFirst({
      where: { tenantId, shieldId: shield.id, profileId: popular?.id ?? '' },
    });
    expect(target).toMatchObject({ state: 'covering', reason: null });
  });
});
