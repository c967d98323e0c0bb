import { newId, profileId } from '@secateur/base';
import { withTenant } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CALM_RULES } from '../exemptions/policy/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { countPreview, getPreview, planShield } from './index.ts';

const NETWORKS = ['bluesky', 'mastodon'] as const;
/** Different people that the crowds are made of; some come on several lists. */
const PEOPLE = 24;
/** Room for a slow machine, in milliseconds: each case is some fifty transactions. */
const SLOW = 120_000;

let database: TestDatabase;
let life: Life;
let accounts: Record<NetworkName, { connectionId: string; accountId: string }>;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: 'empty' });
  const entries = await Promise.all(NETWORKS.map(async (network) => [network, await addAccount(network)] as const));
  accounts = Object.fromEntries(entries) as typeof accounts;
});
afterAll(async () => {
  await life.close();
  await database.close();
});

/** A connected account of which everything is known that a plan asks for: it has no people, and holds nobody. */
async function addAccount(network: NetworkName) {
  const { tenantId } = life.member.actor;
  const now = life.worker.clock.now();
  const nativeId = `did:plc:${network}`;
  const [connectionId, accountId] = [newId(), profileId(network, nativeId)];
  await withTenant(life.worker.prisma, tenantId, async (tx) => {
    await tx.profile.create({ data: { id: accountId, network, nativeId, handle: network, seenAt: now } });
    await tx.connection.create({
      data: { tenantId, id: connectionId, network, handle: network, accountId, state: 'ready', createdAt: now },
    });
    await tx.networkAccount.create({ data: { tenantId, accountId, connectionId } });
    await tx.reading.createMany({
      data: (['people', 'blocks'] as const).map((kind) => ({ tenantId, accountId, kind, readAt: now })),
    });
  });
  return { connectionId, accountId };
}

/** Who a crowd has, in the order of its list; a page is how far it goes on. */
type Crowd = { network: (typeof NETWORKS)[number]; members: number[]; brought: boolean };
type Case = { crowds: Crowd[]; threshold: number; named: number[]; pages: { of: number; last: boolean }[] };

const crowd: fc.Arbitrary<Crowd> = fc.record({
  network: fc.constantFrom(...NETWORKS),
  members: fc.uniqueArray(fc.nat(PEOPLE - 1), { maxLength: PEOPLE }),
  brought: fc.boolean(),
});
const cases: fc.Arbitrary<Case> = fc.record({
  crowds: fc.array(crowd, { minLength: 1, maxLength: 5 }),
  threshold: fc.integer({ min: 1, max: 4 }),
  named: fc.uniqueArray(fc.nat(PEOPLE - 1), { maxLength: 2 }),
  /** Which crowd the next page is of, and whether it is the last before somebody looks; each has a few members. */
  pages: fc.array(fc.record({ of: fc.nat(4), last: fc.boolean() }), { minLength: 5, maxLength: 20 }),
});

const idOf = (network: NetworkName, who: number) => profileId(network, `did:plc:person${who}`);

/** Whom the case means on a network, said without any order: the plan's answer has to be this. */
function meant({ crowds, threshold, named }: Case, network: (typeof NETWORKS)[number]): string[] {
  const here = crowds.filter((c) => c.network === network);
  const inEnough = (who: number) => here.filter((c) => c.members.includes(who)).length >= threshold;
  const everybody = Array.from({ length: PEOPLE }, (_, who) => who);
  const isNamed = (who: number) => network === 'bluesky' && named.includes(who);
  return everybody.filter((who) => isNamed(who) || inEnough(who)).map((who) => idOf(network, who));
}

/** A shield with the case's sources, of which nothing is listed yet. */
async function order({ crowds, threshold, named }: Case, state: 'preview' | 'gathering') {
  const { tenantId, userId } = life.member.actor;
  const now = life.worker.clock.now();
  const shieldId = newId();
  const ids = crowds.map(() => newId());
  await withTenant(life.worker.prisma, tenantId, async (tx) => {
    const whole = { tenantId, id: shieldId, createdBy: userId, createdAt: now, action: 'block' } as const;
    await tx.shield.create({ data: { ...whole, ...CALM_RULES, state, threshold, holdSeconds: null } });
    await tx.shieldConnection.createMany({
      data: NETWORKS.map((network) => ({ tenantId, shieldId, ...accounts[network] })),
    });
    for (const [ordinal, who] of named.entries()) {
      const id = newId();
      const subjectId = idOf('bluesky', who);
      const about = { network: 'bluesky', kind: 'account' } as const;
      await tx.audience.create({ data: { id, ...about, subjectId, state: 'complete', size: 1, startedAt: now } });
      await tx.source.create({
        data: { tenantId, shieldId, ordinal, ...about, query: 'named', subjectId, audienceId: id, claimed: 1 },
      });
    }
    for (const [n, { network, brought }] of crowds.entries()) {
      const id = ids[n] ?? '';
      const source = { tenantId, shieldId, ordinal: named.length + n, network, query: 'a crowd' };
      if (brought) {
        await tx.source.create({ data: { ...source, kind: 'file', uploadId: id } });
      } else {
        const about = { network, kind: 'followers', subjectId: newId() } as const;
        await tx.audience.create({ data: { id, ...about, state: 'listing', startedAt: now } });
        await tx.source.create({ data: { ...source, kind: 'followers', subjectId: about.subjectId, audienceId: id } });
      }
    }
  });
  await withTenant(life.member.prisma, tenantId, async (tx) => {
    const uploads = crowds.flatMap(({ network, brought, members }, n) => {
      const size = { lines: members.length, readable: members.length };
      const upload = { tenantId, id: ids[n] ?? '', createdBy: userId, createdAt: now, network, name: 'file.csv' };
      return brought ? [{ ...upload, ...size, state: 'listing' as const }] : [];
    });
    await tx.upload.createMany({ data: uploads });
  });
  return { shieldId, ids };
}

/** The next few members of a crowd are there; all that are left when `rest`. */
async function arrive({ network, members, brought }: Crowd, id: string, from: number, count: number): Promise<number> {
  const { tenantId } = life.member.actor;
  const page = members.slice(from, from + count).map((who, i) => ({ profileId: idOf(network, who), seq: from + i }));
  const size = from + page.length;
  const state = size === members.length ? 'complete' : 'listing';
  await withTenant(life.worker.prisma, tenantId, async (tx) => {
    if (brought) {
      await tx.uploadMember.createMany({ data: page.map((m) => ({ tenantId, uploadId: id, ...m })) });
      await tx.upload.update({ where: { tenantId_id: { tenantId, id } }, data: { size, state } });
    } else {
      await tx.audienceMember.createMany({ data: page.map((m) => ({ audienceId: id, ...m })) });
      await tx.audience.update({ where: { id }, data: { size, state } });
    }
  });
  return size;
}

/** Lets the pages come in, in their order, and calls `work` after some and at the end. */
async function comeIn(one: Case, ids: string[], work: () => Promise<unknown>): Promise<void> {
  const at = one.crowds.map(() => 0);
  const rest = one.crowds.map((_, n) => n);
  const pages = one.pages.map((page) => ({ n: page.of % one.crowds.length, most: 4, last: page.last }));
  for (const { n, most, last } of [...pages, ...rest.map((n) => ({ n, most: PEOPLE, last: n === rest.length - 1 }))]) {
    const [next, id] = [one.crowds[n], ids[n]];
    if (!next || id === undefined) throw new Error('there is no such crowd');
    at[n] = await arrive(next, id, at[n] ?? 0, most);
    if (last) await work();
  }
}

const check = (property: (one: Case) => Promise<void>) =>
  fc.assert(fc.asyncProperty(cases, property), { numRuns: 12, seed: 4, endOnFailure: true });

test('however the pages come in, the plan has exactly whom the crowds together mean, each once', {
  timeout: SLOW,
}, async () => {
  const { tenantId } = life.member.actor;
  await check(async (one) => {
    const { shieldId, ids } = await order(one, 'gathering');
    await comeIn(one, ids, () => planShield(life.worker, { tenantId, shieldId }));
    await withTenant(life.worker.prisma, tenantId, async (tx) => {
      for (const network of NETWORKS) {
        const { accountId } = accounts[network];
        const targets = await tx.target.findMany({ where: { tenantId, shieldId, accountId } });
        expect(targets.map((t) => t.profileId).sort()).toEqual(meant(one, network).sort());
        const key = { tenantId_shieldId_accountId: { tenantId, shieldId, accountId } };
        const { total, pending } = await tx.shieldConnection.findUniqueOrThrow({ where: key });
        expect({ total, pending }).toEqual({ total: targets.length, pending: targets.length });
      }
      // The next one plans effects of its own.
      await tx.$executeRaw`DELETE FROM effects WHERE tenant_id = ${tenantId}::uuid`;
    });
  });
});

test('a preview counts the same, and never says more before all is listed than there can be', {
  timeout: SLOW,
}, async () => {
  const { tenantId } = life.member.actor;
  await check(async (one) => {
    const { shieldId, ids } = await order(one, 'preview');
    const all = NETWORKS.reduce((sum, network) => sum + meant(one, network).length, 0);
    await comeIn(one, ids, async () => {
      while ((await countPreview(life.worker, { tenantId, shieldId })).kind === 'snooze');
      const { soFar, atMost } = (await getPreview(life.member, { id: shieldId })).meant;
      expect(soFar).toBeLessThanOrEqual(all);
      expect(atMost ?? all).toBeGreaterThanOrEqual(all);
    });
    const { state, toDo, meant: found } = await getPreview(life.member, { id: shieldId });
    expect({ state, toDo, found }).toEqual({ state: 'ready', toDo: all, found: { soFar: all, atMost: all } });
  });
});
